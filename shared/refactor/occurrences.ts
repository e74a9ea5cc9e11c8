import { inlineNetworkOf, type SiteDocument } from '../site/document.ts';
import { childOf, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { linkOccurrences } from './link-occurrences.ts';
import { isDocumentSymbol, type Occurrence, type SiteSymbol, type SymbolKind, symbolKey } from './symbols.ts';
import { occurrenceAt, referenceSpan } from './written-name.ts';

const ofDocument = new WeakMap<SiteDocument, readonly Occurrence[]>();

/** Every definition and reference of one document, in no order. Made when it is first asked for, once for a text. */
export function occurrencesIn(document: SiteDocument): readonly Occurrence[] {
  let found = ofDocument.get(document);
  if (found === undefined) {
    found = collect(document);
    ofDocument.set(document, found);
  }
  return found;
}

const ofDocuments = new WeakMap<readonly SiteDocument[], ReadonlyMap<string, readonly Occurrence[]>>();

/** The occurrences of a whole site by `symbolKey`, in the order of the documents. */
export function occurrencesOfSite(
  documents: readonly SiteDocument[],
): ReadonlyMap<string, readonly Occurrence[]> {
  const known = ofDocuments.get(documents);
  if (known !== undefined) return known;
  const index = new Map<string, Occurrence[]>();
  for (const document of documents) {
    for (const occurrence of occurrencesIn(document)) {
      const key = symbolKey(occurrence.symbol);
      const list = index.get(key);
      if (list === undefined) index.set(key, [occurrence]);
      else list.push(occurrence);
    }
  }
  ofDocuments.set(documents, index);
  return index;
}

/** What stands at an offset: in UTF-16 units, at the edges of a name too. */
export function occurrenceIn(document: SiteDocument, offset: number): Occurrence | undefined {
  return occurrencesIn(document).find(
    ({ place, span }) => span.start < span.end && place.start <= offset && offset <= place.end,
  );
}

function collect(document: SiteDocument): readonly Occurrence[] {
  const { kind, root, path } = document;
  const found: Occurrence[] = [];
  if (isDocumentSymbol(kind)) found.push(definitionOf(document, { kind, name: document.name }));
  else if (kind === 'site') found.push(definitionOf(document, { kind, name: siteName(root) }));
  if (root === undefined) return found;
  const spec = childOf(root, 'spec');
  if (kind === 'host') for (const each of inHost(spec)) found.push(each);
  if (kind === 'image') {
    found.push(
      ...referencesTo(childOf(spec, 'profile'), 'host-profile'),
      ...referencesTo(childOf(spec, 'base'), 'element'),
      ...referencesTo(childOf(spec, 'elements'), 'element'),
    );
  }
  const network = kind === 'network-config' ? root : kind === 'host' ? inlineNetworkOf(root) : undefined;
  if (network !== undefined) for (const each of linkOccurrences(network, path)) found.push(each);
  for (const { namespace, name, key, place } of document.references) {
    const span = referenceSpan(place, key);
    if (span === undefined) continue;
    const of: SiteSymbol =
      namespace === 'var'
        ? { kind: 'variable', name }
        : namespace === 'mac'
          ? { kind: 'mac', name }
          : namespace === 'secret'
            ? { kind: 'secret', name }
            : { kind: 'fact', name: key };
    found.push({
      symbol: of,
      role: 'reference',
      source: place.source,
      span,
      place: place.span,
      style: 'raw',
    });
  }
  return found;
}

function siteName(root: SourceNode | undefined): string {
  const name = childOf(childOf(root, 'metadata'), 'name');
  return name?.type === 'scalar' ? String(name.value) : '';
}

/** The name that a document says of itself, or its start. */
function definitionOf({ root, source }: SiteDocument, symbol: SiteSymbol): Occurrence {
  const name = childOf(childOf(root, 'metadata'), 'name');
  if (name?.type === 'scalar' && String(name.value) === symbol.name)
    return occurrenceAt(name, symbol, 'definition');
  const start = { start: 0, end: 0 };
  return { symbol, role: 'definition', source, span: start, place: start, style: 'raw' };
}

function inHost(spec: SourceNode | undefined): Occurrence[] {
  return [
    ...referencesTo(childOf(spec, 'profile'), 'host-profile'),
    ...referencesTo(childOf(childOf(spec, 'network'), 'ref'), 'network-config'),
    ...referencesTo(childOf(spec, 'userData'), 'cloud-config'),
    ...referencesTo(childOf(childOf(spec, 'bmc'), 'credentials'), 'secret'),
    ...definitionsUnder(childOf(spec, 'variables'), 'variable'),
    ...definitionsUnder(childOf(spec, 'macs'), 'mac'),
  ];
}

function referencesTo(node: SourceNode | undefined, kind: SymbolKind): Occurrence[] {
  const nodes = node?.type === 'sequence' ? node.items : [node];
  return nodes
    .filter((each): each is ScalarNode => each?.type === 'scalar' && each.value !== null && each.value !== '')
    .map((each) => occurrenceAt(each, { kind, name: String(each.value) }, 'reference'));
}

function definitionsUnder(node: SourceNode | undefined, kind: 'variable' | 'mac'): Occurrence[] {
  if (node?.type !== 'map') return [];
  return node.entries.map(({ key }) => occurrenceAt(key, { kind, name: String(key.value) }, 'definition'));
}
