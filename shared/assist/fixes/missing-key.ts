import type { MapNode, ScalarValue } from '../../source/source-node.ts';
import { placeIn, schemasOfPlace } from '../schema-of-document.ts';
import { type FoundNode, nodesAt } from './find-node.ts';
import { editOf, type Finding, type Fix, type FixContext } from './fix.ts';
import { insertEntry, insertFirstEntry, onLine, type ValueText } from './insert-entry.ts';
import { networkValue } from './network-value.ts';
import { requiredKeys, skeletonValue } from './skeleton-value.ts';

/** Adds a required key with a first value. The finding stands at the mapping, at its key, or at its first key. */
export function missingKeyFixes(finding: Finding, context: FixContext): Fix[] {
  const { document, diagnostic } = finding;
  const version = /“version: ([12])”/.exec(diagnostic.message)?.[1];
  const titles = new Map<string, Fix>();
  for (const { map, path } of mappingsOf(finding)) {
    if (version !== undefined) return [versionFix(map, version)];
    const place = placeIn(document.path, document.source.text, path);
    const schemas = schemasOfPlace(place, document.source.text);
    for (const key of requiredKeys(schemas, presentOf(map))) {
      // One finding for each key that is missing: each gets the fix of its own.
      if (!diagnostic.message.includes(`“${key}`)) continue;
      const likely = networkValue(key, map, document.root, path);
      // Any value would be invented, and be the next mistake.
      if (likely === 'unknown') continue;
      const value =
        likely ?? firstValueFor({ kind: place.kind, path: [...place.path, key] }, finding, context);
      const edit = insertEntry(map, key, value);
      const title = `Add “${key}: ${shown(value)}”`;
      titles.set(title, { title, isPreferred: true, documents: [{ path: document.path, edits: [edit] }] });
    }
  }
  return [...titles.values()];
}

function versionFix(map: MapNode, version: string): Fix {
  const edit = insertEntry(map, 'version', onLine(version));
  const documents = [{ path: map.source.file, edits: [edit] }];
  return { title: `Add “version: ${version}”`, isPreferred: true, documents };
}

/** Fills in the value of a key that has none, or removes the key. */
export function emptyKeyFixes(finding: Finding, context: FixContext): Fix[] {
  const { document, span } = finding;
  const { source, path } = document;
  return nodesAt(document.root, span).flatMap((found): Fix[] => {
    const { entry, isKey } = found;
    if (!isKey || entry?.value.type !== 'scalar' || entry.value.value !== null) return [];
    const place = placeIn(path, source.text, found.path);
    const value = firstValueFor(place, finding, context);
    const colon = source.text.indexOf(':', entry.key.span.end) + 1;
    if (colon === 0) return [];
    const edit =
      value.type === 'line'
        ? editOf(source, { start: colon, end: colon }, ` ${value.text}`)
        : firstLines(found, value);
    if (edit === undefined) return [];
    const title = `Fill in “${String(entry.key.value)}: ${shown(value)}”`;
    return [{ title, isPreferred: true, documents: [{ path, edits: [edit] }] }];
  });
}

function firstLines({ entry }: FoundNode, value: Extract<ValueText, { type: 'lines' }>) {
  const [first = ''] = value.lines;
  const pair = /^([^:]+): (.*)$/.exec(first);
  if (entry === undefined || pair === null || value.lines.length !== 1) return undefined;
  return insertFirstEntry(entry, pair[1] ?? '', { type: 'line', text: pair[2] ?? '' });
}

function firstValueFor(
  place: Parameters<typeof skeletonValue>[0],
  { document }: Finding,
  context: FixContext,
) {
  return skeletonValue(place, { path: document.path, text: document.source.text }, context);
}

function shown(value: ValueText): string {
  const text = value.type === 'line' ? value.text : value.flow;
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

interface Mapping {
  readonly map: MapNode;
  readonly path: FoundNode['path'];
}

function mappingsOf({ document, span }: Finding): Mapping[] {
  const mappings: Mapping[] = [];
  for (const { node, path, parent, entry, isKey } of nodesAt(document.root, span)) {
    if (!isKey && node.type === 'map') mappings.push({ map: node, path });
    if (!isKey) continue;
    if (entry?.value.type === 'map') mappings.push({ map: entry.value, path });
    if (parent?.type === 'map' && parent.entries[0] === entry)
      mappings.push({ map: parent, path: path.slice(0, -1) });
  }
  return mappings;
}

function presentOf({ entries }: MapNode): Record<string, ScalarValue> {
  return Object.fromEntries(
    entries.map(({ key, value }) => [String(key.value), value.type === 'scalar' ? value.value : null]),
  );
}
