import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { didYouMean, replacementFix } from '../diagnostics/suggest.ts';
import type { ScalarNode } from '../source/source-node.ts';
import type { SiteDocument } from './document.ts';
import { folderOfKind, type Kind, nameOfPath } from './document-kinds.ts';
import type { HostReading } from './host-document.ts';

/** The documents of a site by kind and name: what references are looked up in. */
export class DocumentIndex {
  readonly #byKind = new Map<Kind, Map<string, SiteDocument>>();

  constructor(documents: Iterable<SiteDocument>) {
    for (const document of documents) {
      if (document.kind === undefined) continue;
      const named = this.#byKind.get(document.kind);
      if (named === undefined) this.#byKind.set(document.kind, new Map([[document.name, document]]));
      else if (!named.has(document.name)) named.set(document.name, document);
    }
  }

  find(kind: Kind, name: string): SiteDocument | undefined {
    return this.#byKind.get(kind)?.get(name);
  }

  names(kind: Kind): readonly string[] {
    return [...(this.#byKind.get(kind)?.keys() ?? [])];
  }
}

const words: Readonly<Partial<Record<Kind, string>>> = {
  'host-profile': 'host profile',
  'network-config': 'network',
  'cloud-config': 'user-data fragment',
};

/** The document that a name refers to; reports a name that no document has. */
export function resolveReference(
  place: ScalarNode | undefined,
  kind: Kind,
  index: DocumentIndex,
  sink: DiagnosticSink,
): SiteDocument | undefined {
  if (place === undefined) return undefined;
  const name = String(place.value);
  const found = index.find(kind, name);
  if (found !== undefined) return found;
  // The path of a file is taken for its name by whoever thinks of files.
  const asFile = nameOfPath(name);
  const isPath = asFile !== name && index.find(kind, asFile) !== undefined;
  const { hint, fixes } = isPath ? insteadOfPath(place, asFile) : didYouMean(place, name, index.names(kind));
  const file = !isPath ? `: the file ${folderOfKind(kind)}/${name}.yaml does not exist` : '';
  const message = `There is no ${words[kind] ?? kind} “${name}”${file}.${hint}`;
  sink.at(place, 'error', 'reference-unknown', message, fixes);
  return undefined;
}

function insteadOfPath(place: ScalarNode, name: string) {
  return { hint: ` Write only the name, “${name}”.`, fixes: [replacementFix(place, name)] };
}

/** The fragments of a host in the order of merging. What cannot be merged is reported and left out. */
export function resolveFragments(
  host: HostReading,
  index: DocumentIndex,
  sink: DiagnosticSink,
): readonly SiteDocument[] {
  const fragments: SiteDocument[] = [];
  for (const place of host.userData) {
    const fragment = resolveReference(place, 'cloud-config', index, sink);
    if (fragment === undefined) continue;
    if (fragments.includes(fragment)) {
      const message = `“${fragment.name}” stands here twice; merging it twice doubles its lists.`;
      sink.at(place, 'warning', 'name-duplicate', message);
    } else if (fragment.userDataType === 'other') {
      const message = `${fragment.path} is not a cloud-config and cannot be merged, so the host would not receive it. Put a script under “runcmd” or “write_files” of a fragment.`;
      sink.at(place, 'error', 'cloud-config-header', message);
      continue;
    }
    fragments.push(fragment);
  }
  return fragments;
}
