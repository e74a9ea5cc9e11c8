import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { formatIpAddress, parseIpAddress } from '../network/addresses.ts';
import type { SiteDocument } from '../site/document.ts';
import { linesOfText } from '../source/line-of-text.ts';
import { childOf, type ScalarNode, type SourceNode, stringOf } from '../source/source-node.ts';
import { itemsOf } from './misplaced.ts';

interface HostOfSite {
  /** Its addresses, among other texts that are one host’s. */
  readonly claims: readonly string[];
  readonly reading: { readonly name: { readonly value: unknown } | undefined };
}

/** Lines of a baked /etc/hosts with the address of a host of the site, which costs a build to change there. */
export function bakedAddresses(document: SiteDocument, hosts: readonly HostOfSite[]): readonly Diagnostic[] {
  const sink = new DiagnosticSink();
  for (const { content, index, text, owner } of addressesIn(document, hosts)) {
    const message = `${text} is the address of ${owner}, which is stamped: here it costs a build when it changes. Names of hosts belong to DNS, or to user-data (write_files with append: true). No fix moves it, because only you can say which of the two.`;
    sink.at(linesOfText(content)(index), 'info', 'realm-other', message);
  }
  return sink.list();
}

/** The contents of a profile in which there are such lines. */
export function hostsFilesWithAddresses(
  document: SiteDocument,
  hosts: readonly HostOfSite[],
): readonly SourceNode[] {
  return addressesIn(document, hosts).map(({ content }) => content);
}

interface BakedAddress {
  readonly content: ScalarNode;
  readonly index: number;
  readonly text: string;
  readonly owner: string;
}

function addressesIn(document: SiteDocument, hosts: readonly HostOfSite[]): BakedAddress[] {
  const contents = hostsFilesOf(document);
  if (contents.length === 0) return [];
  const owners = new Map(
    hosts.flatMap(({ claims, reading }) => claims.map((claim) => [claim, reading.name?.value])),
  );
  return contents.flatMap((content) =>
    String(content.value)
      .split('\n')
      .flatMap((line, index): BakedAddress[] => {
        const [text = ''] = line.trim().split(/\s+/);
        const address = parseIpAddress(text);
        const owner = address && owners.get(formatIpAddress(address));
        return owner === undefined ? [] : [{ content, index, text, owner: String(owner) }];
      }),
  );
}

function hostsFilesOf({ root, break: broken }: SiteDocument): ScalarNode[] {
  if (broken !== undefined) return [];
  return itemsOf(childOf(childOf(root, 'spec'), 'files')).flatMap((item) => {
    const content = childOf(item, 'content');
    return stringOf(item, 'path') === '/etc/hosts' && content?.type === 'scalar' ? [content] : [];
  });
}
