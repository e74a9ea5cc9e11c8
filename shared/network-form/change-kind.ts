import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { editValues, type ValueChange } from '../source/edit-value.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { entryOf, type MapEntry, nodeAt, type PathSegment, toPlain } from '../source/source-node.ts';
import { createSourceText } from '../source/source-text.ts';
import {
  type AddableSection,
  addableKinds,
  newLink,
  orderOfLinkKeys,
  orderOfSections,
} from './network-changes.ts';
import { hasKey, type WrittenLink, type WrittenNetwork } from './read-network-form.ts';

export interface KindChange {
  readonly text: string;
  /** Keys that links of the new kind do not have: they went. */
  readonly dropped: readonly string[];
}

/**
 * The text of a version 2 document with a link in another section. The lines of the link move with their comments; what
 * the new kind needs is added, what it does not have goes. Undefined where the link has no lines of its own.
 */
export function changeKind(
  text: string,
  network: WrittenNetwork,
  link: WrittenLink,
  section: AddableSection,
): KindChange | undefined {
  const moved = moveLink(text, network, link, section);
  if (moved === undefined) return undefined;
  const written = Object.keys(plainAt(text, link.path) ?? {});
  const dropped = written.filter((key) => !hasKey(section, key) || key === 'parameters');
  const path = [...network.base, section, link.id];
  const changes: ValueChange[] = [
    ...dropped.map((key): ValueChange => ({ type: 'remove', path: [...path, key] })),
    ...needsOf(
      network,
      link,
      section,
      written.filter((key) => !dropped.includes(key)),
      path,
    ),
  ];
  const result = editValues(moved, changes);
  return result.ok ? { text: result.text, dropped } : undefined;
}

/** What a new link of the kind would be given, where this one has not said it. */
function needsOf(
  network: WrittenNetwork,
  link: WrittenLink,
  section: AddableSection,
  present: readonly string[],
  path: readonly PathSegment[],
): ValueChange[] {
  const others = { ...network, links: network.links.filter((each) => each !== link) };
  const { value } = newLink(others, section, undefined);
  const wanted = section === 'ethernets' ? [] : ['interfaces', 'parameters', 'id', 'link'];
  return wanted.flatMap((key): ValueChange[] => {
    const given = value[key];
    if (given === undefined || present.includes(key)) return [];
    return [{ type: 'set', path: [...path, key], value: given, order: orderOfLinkKeys }];
  });
}

function moveLink(
  text: string,
  { base, links }: WrittenNetwork,
  link: WrittenLink,
  section: AddableSection,
): string | undefined {
  const lines = linesOf(text, entryAt(text, link.path));
  if (lines === undefined) return undefined;
  const without = text.slice(0, lines.start) + text.slice(lines.end);
  const isLast = links.filter((each) => each.section === link.section).length === 1;
  const path = [...base, section, link.id];
  const placed = editValues(without, [
    ...(isLast ? [{ type: 'remove' as const, path: [...base, link.section] }] : []),
    { type: 'set', path: [...base, section, link.id], value: {}, order: orderOfSections },
  ]);
  if (!placed.ok) return undefined;
  const place = linesOf(placed.text, entryAt(placed.text, path));
  if (place === undefined) return undefined;
  const block = indented(text.slice(lines.start, lines.end), lines.column, place.column);
  const moved = `${placed.text.slice(0, place.start)}${block}${placed.text.slice(place.end)}`;
  const isSame = JSON.stringify(plainAt(moved, path)) === JSON.stringify(plainAt(text, link.path));
  return isSame ? moved : undefined;
}

function rootOf(text: string) {
  const sink = new DiagnosticSink();
  const root = parseYaml(createSourceText('', text), sink);
  return sink.list().some(({ severity }) => severity === 'error') ? undefined : root;
}

function entryAt(text: string, path: readonly PathSegment[]): MapEntry | undefined {
  const root = rootOf(text);
  return root && entryOf(nodeAt(root, path.slice(0, -1)), String(path.at(-1)));
}

function plainAt(text: string, path: readonly PathSegment[]): object | undefined {
  const entry = entryAt(text, path);
  const value = entry === undefined ? undefined : toPlain(entry.value);
  return typeof value === 'object' && value !== null ? value : {};
}

interface Lines {
  readonly start: number;
  /** Behind the end of the last line. */
  readonly end: number;
  /** Of the key, counted from 0. */
  readonly column: number;
}

/** The lines of an entry with the comments right above it; undefined where it shares them with another. */
function linesOf(text: string, entry: MapEntry | undefined): Lines | undefined {
  if (entry === undefined) return undefined;
  const { key, value } = entry;
  const lineStart = text.lastIndexOf('\n', key.span.start - 1) + 1;
  const margin = text.slice(lineStart, key.span.start);
  if (!/^ *$/.test(margin)) return undefined;
  const last = Math.max(
    key.span.end,
    value.span.start + text.slice(value.span.start, value.span.end).trimEnd().length,
  );
  const lineEnd = text.indexOf('\n', last);
  const rest = text.slice(last, lineEnd < 0 ? text.length : lineEnd);
  if (!/^\s*:?\s*(#.*)?$/.test(rest)) return undefined;
  let start = lineStart;
  for (;;) {
    const above = text.lastIndexOf('\n', start - 2) + 1;
    if (start === 0 || !text.slice(above, start).startsWith(`${margin}#`)) break;
    start = above;
  }
  return { start, end: lineEnd < 0 ? text.length : lineEnd + 1, column: margin.length };
}

function indented(lines: string, from: number, to: number): string {
  const ended = lines.endsWith('\n') ? lines : `${lines}\n`;
  if (from === to) return ended;
  const lead = new RegExp(`^ {${from}}`, 'gm');
  return ended.replace(lead, ' '.repeat(to));
}

/** The kinds that a link can be given; none for those that the form does not make. */
export function kindsOf({ section }: WrittenLink): readonly AddableSection[] {
  return addableKinds.some((each) => each === section) ? addableKinds : [];
}
