import { flowItem, scalarText } from '../assist/insert-text.ts';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { columnOf, lineEndBehind, lineStartOf, startOfLineAbove } from '../source/edit/lines.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { childOf, entryOf, type MapEntry, type SourceNode, toPlain } from '../source/source-node.ts';
import { createSourceText, type Span } from '../source/source-text.ts';
import { type AddedItem, type Addition, itemsOf, saysSame } from './misplaced.ts';

/**
 * The text of a document with settings added below `spec`, in the style of what stands there; comments and order stay.
 * Of settings that are there already only the comments are added. Undefined where the text has no place for one: a broken document, a
 * key with a value of another kind, or a mapping that says otherwise already. The comments stand above the first that
 * is added, and those of one setting above that; for what is inside braces or brackets, above the
 * line that opens them.
 */
export function addSettings(
  text: string,
  additions: readonly Addition[],
  comments: readonly string[] = [],
): string | undefined {
  // The comments of all stand above what is new, where something is.
  let spec = childOf(readTree(text), 'spec');
  const isNothingNew = additions.every((addition) => presentOf(spec, addition) !== undefined);
  let result: string | undefined = text;
  let heading = comments;
  for (const addition of additions) {
    const present = presentOf(spec, addition);
    const takesHeading = present === undefined || isNothingNew;
    const own = [...(takesHeading ? heading : []), ...(addition.comments ?? [])];
    if (takesHeading) heading = [];
    result =
      present === undefined
        ? addSetting(result, spec, addition, own)
        : withCommentsAbove(result, present, own);
    if (result === undefined) return undefined;
    spec = childOf(readTree(result), 'spec');
  }
  return result;
}

/** Where a document says just the same. */
function presentOf(spec: SourceNode | undefined, addition: Addition): SourceNode | undefined {
  let parent = spec;
  for (const key of addition.path) parent = childOf(parent, key);
  if ('item' in addition) return itemsOf(parent).find((each) => saysSame(each, addition.item));
  const entry = entryOf(parent, addition.key);
  const isSame = entry?.value.type === 'scalar' && String(entry.value.value) === addition.value;
  return isSame ? entry.key : undefined;
}

/** Above the line on which something starts; what is said there already is not said twice. */
function withCommentsAbove(text: string, { span }: SourceNode, comments: readonly string[]): string {
  const lineStart = lineStartOf(text, span.start);
  let lead = lineStart;
  while (/^[ \t]*#/.test(text.slice(startOfLineAbove(text, lead), lead))) lead = startOfLineAbove(text, lead);
  const said = text.slice(lead, lineEndBehind(text, span.end));
  const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const added = comments
    .filter((comment) => !said.includes(comment))
    .map((comment) => `${indent}${comment}${lineEnd}`);
  return `${text.slice(0, lineStart)}${added.join('')}${text.slice(lineStart)}`;
}

/**
 * The text of a document with an entry of another below `spec`, or at the root of user-data, as it is written there,
 * comments and all. Where the key is there, entries and items join those that it has. Undefined where the two contradict
 * each other.
 */
export function addEntry(
  text: string,
  { key, value }: MapEntry,
  comments: readonly string[],
  isUserData = false,
): string | undefined {
  const root = readTree(text);
  const spec = isUserData ? root : childOf(root, 'spec');
  const present = childOf(spec, String(key.value));
  const { text: from } = key.source;
  if (spec === undefined) return undefined;
  if (present === undefined) {
    const lines = linesOf(from, key.span.start, value.span);
    return insertIntoMap(text, spec, [...comments, ...lines], lines.length === 1 ? lines[0] : undefined);
  }
  if (JSON.stringify(toPlain(present)) === JSON.stringify(toPlain(value))) return text;
  const inner = commentsAbove(from, key.span.end, value);
  const isJoined = value.type === 'sequence' && value.items.some((item) => holds(present, item));
  // In user-data the order of commands counts, and so do those that stand twice.
  const asWritten =
    isJoined && !isUserData ? undefined : addItemsAsWritten(text, present, value, [...comments, ...inner]);
  if (asWritten !== undefined || isUserData) return asWritten;
  if (present.type === 'sequence' && value.type === 'sequence') {
    const items = value.items.map((item) => (item.type === 'scalar' ? String(item.value) : undefined));
    const path = [String(key.value)];
    return items.includes(undefined)
      ? undefined
      : addSettings(
          text,
          items.map((item = '') => ({ path, item })),
          comments,
        );
  }
  const first = value.type === 'map' ? value.entries[0] : undefined;
  if (present.type !== 'map' || value.type !== 'map' || first === undefined) return undefined;
  if (/[{[]/.test(from[value.span.start] ?? '')) return undefined;
  const lines = linesOf(from, first.key.span.start, value.span);
  return insertIntoMap(text, present, [...comments, ...inner, ...lines], undefined);
}

function holds(list: SourceNode, item: SourceNode): boolean {
  const plain = JSON.stringify(toPlain(item));
  return list.type === 'sequence' && list.items.some((each) => JSON.stringify(toPlain(each)) === plain);
}

/** The comments between a key and the first part of its value, in a block. */
function commentsAbove(text: string, keyEnd: number, { span, type }: SourceNode): string[] {
  if (type === 'scalar' || /[{[]/.test(text[span.start] ?? '')) return [];
  return [...text.slice(keyEnd, span.start).matchAll(/(?<=\s)#[^\r\n]*/g)].map(([comment]) =>
    comment.trimEnd(),
  );
}

function addItemsAsWritten(
  text: string,
  present: SourceNode,
  value: SourceNode,
  comments: readonly string[],
): string | undefined {
  const { text: from } = value.source;
  const first = value.type === 'sequence' ? value.items[0] : undefined;
  const own = present.type === 'sequence' ? present.items[0] : undefined;
  if (first === undefined || own === undefined) return undefined;
  if (from[value.span.start] === '[' || text[present.span.start] === '[') return undefined;
  const lines = linesOf(from, from.lastIndexOf('-', first.span.start - 1), value.span);
  const dash = text.lastIndexOf('-', own.span.start - 1);
  return insertLines(text, present.span, columnOf(text, dash), [...comments, ...lines]);
}

/** The lines from an entry's key to the end of the last one's, as if the key stood in the first column. */
function linesOf(text: string, start: number, { start: valueStart, end }: Span): string[] {
  const column = columnOf(text, start);
  const last = Math.max(start, valueStart + text.slice(valueStart, end).trimEnd().length);
  const lines = text.slice(start, lineEndBehind(text, last)).split(/\r?\n/);
  return lines.map((line, index) => (index === 0 ? line : line.slice(Math.min(column, line.search(/\S|$/)))));
}

export function readTree(text: string): SourceNode | undefined {
  const sink = new DiagnosticSink();
  const root = parseYaml(createSourceText('', text), sink);
  return sink.list().some(({ severity }) => severity === 'error') ? undefined : root;
}

function addSetting(
  text: string,
  spec: SourceNode | undefined,
  addition: Addition,
  comments: readonly string[],
): string | undefined {
  if (spec === undefined) return undefined;
  let parent = spec;
  const rest = [...addition.path];
  while (rest.length > 0) {
    const entry = entryOf(parent, rest[0] ?? '');
    if (entry === undefined) break;
    if (entry.value.type === 'scalar') return undefined;
    parent = entry.value;
    rest.shift();
  }
  if (rest.length > 0) {
    const [key = '', ...below] = rest;
    const nested =
      'item' in addition
        ? listText(addition.item)
        : [`${scalarText(addition.key)}: ${scalarText(addition.value)}`];
    const commented = [...comments, ...nested];
    const lines = below.toReversed().reduce((inner, name) => [`${name}:`, ...indented(inner)], commented);
    return insertIntoMap(
      text,
      parent,
      [`${key}:`, ...indented(lines)],
      flowOf(key, below, addition),
      comments,
    );
  }
  if ('item' in addition)
    return parent.type === 'sequence' ? insertItem(text, parent, addition.item, comments) : undefined;
  if (parent.type !== 'map') return undefined;
  if (entryOf(parent, addition.key) !== undefined) return undefined;
  const line = `${scalarText(addition.key)}: ${scalarText(addition.value)}`;
  const inFlow = `${flowItem(addition.key)}: ${flowItem(addition.value)}`;
  return insertIntoMap(text, parent, [...comments, line], inFlow, comments);
}

const indented = (lines: readonly string[]) => lines.map((line) => (line === '' ? '' : `  ${line}`));

/** An item as lines from its dash on. Texts of several lines become block scalars, which show them as they are. */
function listText(item: string | AddedItem): string[] {
  if (typeof item === 'string') return [`- ${scalarText(item)}`];
  return Object.entries(item).flatMap(([key, value], index) => {
    const lead = index === 0 ? '- ' : '  ';
    if (typeof value !== 'string') return [`${lead}${key}: [${value.map(scalarText).join(', ')}]`];
    if (!/\n/.test(value) || /^[ \t\n]|[\r\t]/.test(value)) return [`${lead}${key}: ${scalarText(value)}`];
    const chomping = value.endsWith('\n') ? '' : '-';
    return [
      `${lead}${key}: |${chomping}`,
      ...value
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => (line === '' ? '' : `    ${line}`)),
    ];
  });
}

/** The same on one line. */
function flowOf(key: string, below: readonly string[], addition: Addition): string {
  const inner =
    'item' in addition ? `[${flowItem(addition.item)}]` : flowItem({ [addition.key]: addition.value });
  return `${key}: ${below.toReversed().reduce((text, name) => `{${name}: ${text}}`, inner)}`;
}

function insertItem(
  text: string,
  list: SourceNode,
  item: string | AddedItem,
  comments: readonly string[],
): string | undefined {
  if (list.type !== 'sequence') return undefined;
  const { span, items } = list;
  if (text[span.start] === '[') return insertIntoFlow(text, span, items.length > 0, flowItem(item), comments);
  const first = items[0];
  if (first === undefined) return undefined;
  const dash = text.lastIndexOf('-', first.span.start - 1);
  return insertLines(text, span, columnOf(text, dash), [...comments, ...listText(item)]);
}

function insertIntoMap(
  text: string,
  map: SourceNode,
  lines: readonly string[],
  flow: string | undefined,
  comments: readonly string[] = [],
): string | undefined {
  if (map.type !== 'map') return undefined;
  const { span, entries } = map;
  if (text[span.start] === '{')
    return flow === undefined ? undefined : insertIntoFlow(text, span, entries.length > 0, flow, comments);
  const first = entries[0];
  return first === undefined
    ? undefined
    : insertLines(text, span, columnOf(text, first.key.span.start), lines);
}

/** The comments stand above the line on which the braces or brackets open: inside there is no place for them. */
function insertIntoFlow(
  text: string,
  { start, end }: Span,
  hasOthers: boolean,
  written: string,
  comments: readonly string[],
): string {
  const body = text
    .slice(start + 1, end - 1)
    .trimEnd()
    .replace(/,$/, '');
  const lineStart = lineStartOf(text, start);
  const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const above = comments.map((comment) => `${indent}${comment}${lineEnd}`).join('');
  return `${text.slice(0, lineStart)}${above}${text.slice(lineStart, start + 1)}${body}${hasOthers ? ', ' : ''}${written}${text.slice(end - 1)}`;
}

/** Behind the line on which the last text of a span ends: a comment on that line stays with it. */
function insertLines(text: string, { start, end }: Span, indent: number, lines: readonly string[]): string {
  const last = start + text.slice(start, end).trimEnd().length;
  const at = lineEndBehind(text, last);
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const added = lines
    .map((line) => `${lineEnd}${line === '' ? '' : `${' '.repeat(indent)}${line}`}`)
    .join('');
  return `${text.slice(0, at)}${added}${text.slice(at)}`;
}
