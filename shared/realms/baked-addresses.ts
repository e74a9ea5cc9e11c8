import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { formatIpAddress, parseIpAddress } from '../network/addresses.ts';
import type { SiteDocument } from '../site/document.ts';
import { linesOfText } from '../source/line-of-text.ts';
import { childOf, type ScalarNode, type SourceNode, stringOf } from '../source/source-node.ts';
import { itemsOf, noFixMovesIt } from './misplaced.ts';
import type { HostOfSite } from './site-around.ts';

type NamedHost = Pick<HostOfSite, 'claims' | 'reading'>;

/** Addresses and full names of hosts of the site in a baked /etc/hosts or banner, which cost a build to change there. */
export function bakedAddresses(document: SiteDocument, hosts: readonly NamedHost[]): readonly Diagnostic[] {
  const sink = new DiagnosticSink();
  for (const { content, index, message } of addressesIn(document, hosts))
    sink.at(linesOfText(content)(index), 'info', 'realm-other', message);
  return sink.list();
}

/** The texts of a profile in which they stand. */
export function textsWithAddresses(
  document: SiteDocument,
  hosts: readonly NamedHost[],
): readonly SourceNode[] {
  return addressesIn(document, hosts).map(({ content }) => content);
}

interface BakedAddress {
  readonly content: ScalarNode;
  readonly index: number;
  readonly message: string;
}

function addressesIn(document: SiteDocument, hosts: readonly NamedHost[]): BakedAddress[] {
  if (document.break !== undefined) return [];
  const spec = childOf(document.root, 'spec');
  const files = itemsOf(childOf(spec, 'files')).flatMap((item) =>
    stringOf(item, 'path') === '/etc/hosts' ? (childOf(item, 'content') ?? []) : [],
  );
  const banners = ['login', 'motd'].flatMap((key) => childOf(childOf(spec, 'banners'), key) ?? []);
  if (files.length + banners.length === 0) return [];
  if (![...files, ...banners].some(mayHoldOne)) return [];
  const owners = ownersOf(hosts);
  return [
    ...files.flatMap((content) => linesWith(content, addressOfLine, owners, inHosts)),
    ...banners.flatMap((content) =>
      linesWith(content, (line) => line.split(/[^\w.:-]+|[.:](?=\s|$)/), owners, inBanner),
    ),
  ];
}

/** Of most banners it is told without a look at the hosts. */
function mayHoldOne(node: SourceNode): boolean {
  return node.type === 'scalar' && /[.:]\w/.test(String(node.value));
}

/** It stands in front of the names (hosts(5)). */
function addressOfLine(line: string): string[] {
  const [text = ''] = line.trim().split(/\s+/);
  return parseIpAddress(text) === undefined ? [] : [text];
}

const inHosts = (text: string, owner: string) =>
  `${text} is the address of ${owner}, which is stamped: here it costs a build when it changes. Names of hosts belong to DNS, or to user-data (write_files with append: true).${noFixMovesIt('only you can say which of the two')}`;

/** agetty(8), “ISSUE FILES”. */
const inBanner = (text: string, owner: string) =>
  `${text} is that of ${owner}, which is stamped, and every host of the image shows it.${noFixMovesIt('it is a part of a text. “login” shows \\n and \\4 as the name and address of each host, and a “motd” with them belongs to user-data')}`;

/** By address, and by full name; a name alone may be any word. */
function ownersOf(hosts: readonly NamedHost[]): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const { claims, reading } of hosts) {
    const name = String(reading.name?.value);
    for (const claim of claims) owners.set(claim, name);
    if (reading.domain !== undefined) owners.set(`${name}.${String(reading.domain.value)}`, name);
  }
  return owners;
}

function linesWith(
  content: SourceNode,
  wordsOf: (line: string) => readonly string[],
  owners: ReadonlyMap<string, string>,
  say: (text: string, owner: string) => string,
): BakedAddress[] {
  if (content.type !== 'scalar') return [];
  return String(content.value)
    .split('\n')
    .flatMap((line, index) =>
      wordsOf(line).flatMap((text): BakedAddress[] => {
        const address = parseIpAddress(text);
        const owner = owners.get(address === undefined ? text : formatIpAddress(address));
        return owner === undefined ? [] : [{ content, index, message: say(text, owner) }];
      }),
    );
}
