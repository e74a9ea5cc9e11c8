import type { DiagnosticSink, TextFix } from '../diagnostics/diagnostic.ts';
import type { MapEntry, MapNode, SourceNode } from './source-node.ts';
import { positionAt, rangeOf, type SourceText, type Span } from './source-text.ts';

/** YAML 1.1 lets several `<<` stand in one mapping and merges all of them (https://yaml.org/type/merge.html). */
const mergeKey = '<<';

/** YAML 1.2.2, section 3.2.1.1: the keys of a mapping are unique. Says of each further one where the first stands. */
export function refuseDoubleKeys(root: SourceNode, sink: DiagnosticSink): void {
  for (const { map, entry, first } of doubleKeysOf(root).slice(0, mostReports)) {
    const message = `“${shown(entry)}” stands here a second time; the first is in line ${lineOf(first)}. Keep one of both.`;
    const isSame = textOf(entry) === textOf(first);
    sink.at(entry.key, 'error', 'yaml-duplicate-key', message, isSame ? removal(entry, map) : undefined);
  }
}

/**
 * The tree as Python's YAML and JSON readers give it: of two equal keys the last value counts, in the place of the
 * first. Each that is lost is a warning at the one that takes its place.
 */
export function takeLastOfDoubleKeys(root: SourceNode, sink: DiagnosticSink): SourceNode {
  const last = new Map<MapNode, Map<unknown, MapEntry>>();
  for (const [index, { map, entry, first, before }] of doubleKeysOf(root).entries()) {
    if (entry.key.value === mergeKey) continue;
    const winners = last.get(map) ?? new Map<unknown, MapEntry>();
    last.set(map, winners.set(entry.key.value, entry));
    if (index >= mostReports) continue;
    const message = `“${shown(entry)}” stands in line ${lineOf(first)} already. cloud-init keeps this value, the last, and drops the others without a word.`;
    sink.at(entry.key, 'warning', 'yaml-duplicate-key', message, removal(before, map));
  }
  return last.size === 0 ? root : withWinners(root, last);
}

/** A text with more of them is no text with slips; saying it of each of 10,000 lines takes longer than reading them. */
const mostReports = 100;

interface DoubleKey {
  readonly map: MapNode;
  readonly entry: MapEntry;
  readonly first: MapEntry;
  /** The last one above it; the first where there are two. */
  readonly before: MapEntry;
}

function doubleKeysOf(root: SourceNode): readonly DoubleKey[] {
  const found: DoubleKey[] = [];
  const open: SourceNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'sequence') for (const item of node.items) open.push(item);
    if (node.type !== 'map') continue;
    const seen = new Map<unknown, { first: MapEntry; before: MapEntry }>();
    for (const entry of node.entries) {
      open.push(entry.value);
      // A collection as key is null in this tree, and two of them may differ.
      if (entry.key.value === null) continue;
      const earlier = seen.get(entry.key.value);
      if (earlier !== undefined) found.push({ map: node, entry, ...earlier });
      seen.set(entry.key.value, { first: earlier?.first ?? entry, before: entry });
    }
  }
  return found;
}

function withWinners(
  node: SourceNode,
  winners: ReadonlyMap<SourceNode, ReadonlyMap<unknown, MapEntry>>,
): SourceNode {
  if (node.type === 'scalar') return node;
  if (node.type === 'sequence')
    return { ...node, items: node.items.map((item) => withWinners(item, winners)) };
  const own = winners.get(node);
  const placed = new Set<unknown>();
  const entries = node.entries.flatMap((written) => {
    const entry = own?.get(written.key.value) ?? written;
    if (entry !== written && placed.has(entry.key.value)) return [];
    if (own?.has(entry.key.value) === true && placed.has(entry.key.value)) return [];
    placed.add(entry.key.value);
    return [{ key: entry.key, value: withWinners(entry.value, winners) }];
  });
  return { ...node, entries };
}

function shown({ key }: MapEntry): string {
  const text = String(key.value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function lineOf({ key }: MapEntry): number {
  return positionAt(key.source, key.span.start).line;
}

function textOf({ key, value }: MapEntry): string {
  return key.source.text.slice(key.span.start, Math.max(key.span.end, value.span.end)).trimEnd();
}

/** Takes an entry out that has its lines to itself; others are left to whoever wrote them. */
function removal({ key, value }: MapEntry, map: MapNode): readonly TextFix[] | undefined {
  if (map.source.text[map.span.start] === '{') return undefined;
  const span = wholeLines(key.source, key.span.start, Math.max(key.span.end, value.span.end));
  if (span === undefined || key.source !== value.source) return undefined;
  const line = positionAt(key.source, key.span.start).line;
  const range = rangeOf(key.source, span);
  return [
    { title: `Remove “${shown({ key, value })}” in line ${line}`, file: key.source.file, range, newText: '' },
  ];
}

const restOfLine = /[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r|$)/y;

function wholeLines(source: SourceText, start: number, end: number): Span | undefined {
  const { text, lineStarts } = source;
  const lineStart = lineStarts[positionAt(source, start).line - 1] ?? 0;
  if (text.slice(lineStart, start).trim() !== '') return undefined;
  let last = end;
  while (last > start && /\s/.test(text[last - 1] ?? '')) last -= 1;
  restOfLine.lastIndex = last;
  const rest = restOfLine.exec(text);
  return rest === null ? undefined : { start: lineStart, end: last + rest[0].length };
}
