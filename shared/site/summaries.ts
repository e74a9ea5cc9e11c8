import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { formatIpInterface } from '../network/addresses.ts';
import type { NetworkModel } from '../network/model.ts';
import { childOf } from '../source/source-node.ts';
import type {
  AnalysedHost,
  HostSummary,
  ImageSummary,
  NamedSummary,
  ProblemCount,
  SiteAnalysis,
} from './analysis.ts';
import type { CheckedHost } from './check-host.ts';
import type { SiteDocument } from './document.ts';
import type { Kind } from './document-kinds.ts';
import { textItems, textUnder } from './host-document.ts';
import { memoised, sameItems } from './memo.ts';
import type { SiteSettings } from './site-settings.ts';

interface Parts {
  readonly documents: readonly SiteDocument[];
  readonly hosts: readonly CheckedHost[];
  readonly settings: SiteSettings;
  readonly pending: number;
  readonly byFile: ReadonlyMap<string, readonly Diagnostic[]>;
}

const noFindings: readonly Diagnostic[] = [];

/** Puts an analysis together, keeping the objects of the one before wherever they say the same. */
export class Summaries {
  readonly #analysed = new Map<string, { inputs: readonly unknown[]; host: AnalysedHost }>();
  readonly #hostList = memoised((hosts: readonly HostSummary[]) => hosts);
  readonly #lists = new Map<Kind, readonly NamedSummary[]>();
  readonly #images = memoised<SiteDocument | string, readonly ImageSummary[]>(([release, ...documents]) =>
    (documents as SiteDocument[]).map((document) => summariseImage(document, String(release))),
  );

  of({ documents, hosts, settings, pending, byFile }: Parts): SiteAnalysis {
    const analysed = hosts.map((host) =>
      this.#host(host, byFile.get(host.reading.document.path) ?? noFindings),
    );
    const images = documents.filter(({ kind }) => kind === 'image');
    return {
      name: String(settings.name?.value ?? ''),
      settings,
      documents,
      hosts: this.#hostList.of(analysed.map(({ summary }) => summary)),
      profiles: this.#named('host-profile', documents, hosts, ({ profile }) => [profile]),
      networks: this.#named('network-config', documents, hosts, ({ networkDocument }) => [networkDocument]),
      userData: this.#named('cloud-config', documents, hosts, ({ fragments }) => fragments),
      images: this.#images.of([settings.release, ...images]),
      diagnostics: [...byFile.values()].flat(),
      diagnosticsByFile: byFile,
      analysedHosts: new Map(analysed.map((host) => [host.summary.name, host])),
      pending,
    };
  }

  #host(checked: CheckedHost, ownFindings: readonly Diagnostic[]): AnalysedHost {
    const { path } = checked.reading.document;
    const known = this.#analysed.get(path);
    const inputs = [checked, ownFindings];
    if (known !== undefined && sameItems(known.inputs, inputs)) return known.host;
    const fresh = analysedHost(checked, countProblems(checked, ownFindings));
    const isSame =
      known !== undefined && JSON.stringify(known.host.summary) === JSON.stringify(fresh.summary);
    const host = isSame ? { ...fresh, summary: known.host.summary } : fresh;
    this.#analysed.set(path, { inputs, host });
    return host;
  }

  #named(
    kind: Kind,
    documents: readonly SiteDocument[],
    hosts: readonly CheckedHost[],
    usedBy: (host: CheckedHost) => readonly (SiteDocument | undefined)[],
  ): readonly NamedSummary[] {
    const users = new Map<string, string[]>();
    for (const host of hosts) {
      for (const used of usedBy(host)) {
        if (used === undefined) continue;
        const names = users.get(used.path);
        if (names === undefined) users.set(used.path, [nameOf(host)]);
        else names.push(nameOf(host));
      }
    }
    const list = documents
      .filter((document) => document.kind === kind)
      .map(({ name, path }) => ({ name, path, hosts: users.get(path) ?? [] }));
    const before = this.#lists.get(kind);
    if (before !== undefined && JSON.stringify(before) === JSON.stringify(list)) return before;
    this.#lists.set(kind, list);
    return list;
  }
}

function nameOf({ reading }: CheckedHost): string {
  return String(reading.name?.value ?? reading.document.name);
}

/** Its own document, and what its references, network and fragments brought to light elsewhere. */
function countProblems(checked: CheckedHost, ownFindings: readonly Diagnostic[]): ProblemCount {
  const { path } = checked.reading.document;
  const elsewhere = [
    ...checked.diagnostics,
    ...checked.fragments.flatMap(({ diagnostics }) => diagnostics),
    ...(checked.networkDocument?.diagnostics ?? []),
  ].filter(({ file }) => file !== path);
  const all = [...ownFindings, ...elsewhere];
  return {
    errors: all.filter(({ severity }) => severity === 'error').length + checked.missing.length,
    warnings: all.filter(({ severity }) => severity === 'warning').length,
  };
}

function analysedHost(checked: CheckedHost, problems: ProblemCount): AnalysedHost {
  const { reading, network, values, fragments, claims } = checked;
  const summary: HostSummary = {
    name: nameOf(checked),
    path: reading.document.path,
    role: String(reading.role?.value ?? ''),
    profile: String(reading.profile?.value ?? ''),
    network: reading.inlineNetwork === undefined ? String(reading.networkReference?.value ?? '') : '',
    addresses: network === undefined ? [] : addressesOf(network),
    macs: reading.macs.map(({ value }) => String(value.value)),
    bmc: String(reading.bmcAddress?.value ?? ''),
    userData: reading.userData.map(({ value }) => String(value)),
    problems,
  };
  return { summary, reading, values, network, fragments, claims };
}

function addressesOf(network: NetworkModel): string[] {
  return network.links.flatMap(({ addresses }) => addresses.map(({ value }) => formatIpInterface(value)));
}

function summariseImage({ root, name, path }: SiteDocument, releaseOfSite: string): ImageSummary {
  const spec = childOf(root, 'spec');
  const outputs = childOf(spec, 'outputs');
  return {
    name,
    path,
    profile: String(textUnder(spec, 'profile')?.value ?? ''),
    release: String(textUnder(spec, 'release')?.value ?? releaseOfSite),
    elements: textItems(childOf(spec, 'elements')).map(({ value }) => String(value)),
    outputs: (outputs?.type === 'sequence' ? outputs.items : []).flatMap((item) => {
      const format = textUnder(item, 'format');
      return format === undefined ? [] : [String(format.value)];
    }),
  };
}
