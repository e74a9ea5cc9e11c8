import { compareDiagnostics, type Diagnostic, type TextFix } from '../diagnostics/diagnostic.ts';
import type { DiagnosticCode } from '../diagnostics/diagnostic-codes.ts';
import type { MapEntry, SourceNode } from '../source/source-node.ts';
import { offsetAt, type Position, positionAt, rangeOf, type SourceText } from '../source/source-text.ts';
import { unclosedBefore } from '../source/unclosed.ts';

/** Findings after which the parser guesses what was meant, or leaves out what follows. */
const breaking: ReadonlySet<DiagnosticCode> = new Set([
  'yaml-syntax',
  'yaml-tab',
  'yaml-alias-limit',
  'yaml-depth',
]);
/** True of the text itself, whatever its tree looks like. */
const ofTheText: ReadonlySet<DiagnosticCode> = new Set([
  'yaml-duplicate-key',
  'yaml-multiple-documents',
  'document-encoding',
  'document-kind',
  'document-name',
  'name-duplicate',
  'key-unknown',
]);

/** Where a document stops being understood. */
export interface Break {
  readonly at: Position;
  /** `line:column` of mappings that reach into what is not understood: what they lack may stand there. */
  readonly open: ReadonlySet<string>;
}

/** The first mistake of the syntax in a document; undefined when its tree is what its text says. */
export function breakOf(
  diagnostics: readonly Diagnostic[],
  root: SourceNode | undefined,
  source: SourceText,
): { first: Diagnostic; place: Break } | undefined {
  const found = diagnostics.find(({ code, severity }) => severity === 'error' && breaking.has(code));
  if (found === undefined) return undefined;
  const first = explained(found, source);
  const open = new Set<string>();
  if (root !== undefined) gatherOpen(root, undefined, first.range.start, open);
  return { first, place: { at: first.range.start, open } };
}

/** Follows the last entries that start before the break, down to the one that holds it. */
function gatherOpen(
  node: SourceNode,
  key: MapEntry['key'] | undefined,
  at: Position,
  open: Set<string>,
): void {
  open.add(startOf(node));
  if (key !== undefined) open.add(startOf(key));
  if (node.type === 'sequence') {
    const item = node.items.findLast((each) => isBefore(positionOf(each), at));
    if (item !== undefined) gatherOpen(item, undefined, at, open);
  } else if (node.type === 'map') {
    const [firstEntry] = node.entries;
    if (firstEntry !== undefined) open.add(startOf(firstEntry.key));
    const entry = node.entries.findLast((each) => isBefore(positionOf(each.key), at));
    if (entry !== undefined) gatherOpen(entry.value, entry.key, at, open);
  }
}

function positionOf({ source, span }: SourceNode): Position {
  return rangeOf(source, span).start;
}

function startOf(node: SourceNode): string {
  const { line, column } = positionOf(node);
  return `${line}:${column}`;
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}

/** Whether a finding in a document with a break stands on what was understood, and so is no consequence of it. */
export function isSound({ range: { start }, code }: Diagnostic, place: Break): boolean {
  if (breaking.has(code)) return true;
  if (!isBefore(start, place.at)) return false;
  return ofTheText.has(code) || !place.open.has(`${start.line}:${start.column}`);
}

/** One finding for the syntax, and those that do not follow from it. */
export function soundFindings(
  diagnostics: readonly Diagnostic[],
  { first, place }: NonNullable<ReturnType<typeof breakOf>>,
): readonly Diagnostic[] {
  const others = diagnostics.filter((each) => !breaking.has(each.code) && isSound(each, place));
  return [...others, first].sort(compareDiagnostics);
}

const explanations: readonly (readonly [pattern: RegExp, message: string])[] = [
  [
    /^(Nested mappings are not allowed|Implicit keys need to be on a single line)/,
    'This value is followed by more than belongs to it. Check how the next line is indented, or put a value that holds a colon and a space in quotes.',
  ],
  [
    /^(All (mapping|sequence) items must start at the same column|A block sequence may not be used as an implicit map key)/,
    'This line is not indented like those that it belongs to.',
  ],
  [/^Implicit map keys need to be followed by map values/, 'After this key a colon is missing.'],
  [/^Tabs are not allowed/, 'A tab stands here where the line is indented. Use spaces.'],
  [/^Flow (sequence|map) in block/, 'A bracket that was opened further up is not closed before this place.'],
  [
    /^Unexpected flow-(seq|map)-end/,
    'This bracket closes nothing: none was opened, or it is closed already.',
  ],
  [
    /^Unexpected scalar at node end/,
    'Behind a closing quote or bracket nothing but a comment may stand. Put the whole value in one pair of quotes.',
  ],
  [/^Alias cannot be an empty string/, 'A text that starts with * stands in quotes: "*".'],
  [/^Plain value cannot start with/, 'A text that starts with this character stands in quotes.'],
  [/^Missing closing/, 'The quote that was opened further up is not closed.'],
];

const ofUnclosed = /^(Flow (sequence|map) in block|Expected flow|Missing closing)/;

/** The first mistake of the syntax in words of the documents, at the place that has to change. */
function explained(first: Diagnostic, source: SourceText): Diagnostic {
  const unclosed = ofUnclosed.test(first.message) ? atOpening(first, source) : undefined;
  if (unclosed !== undefined) return unclosed;
  const elsewhere = unindentedBlock(first, source) ?? outOfItsBlock(first, source);
  if (elsewhere !== undefined) return elsewhere;
  const message = explanations.find(([pattern]) => pattern.test(first.message))?.[1];
  const range = message === undefined ? first.range : atItsText(first, source);
  const hidden = lookalike(lineOf(source, range.start.line));
  return { ...first, message: `${message ?? first.message}${hidden}`, range };
}

/** A bracket or quote that is not closed is wrong where it was opened; the parser notices it where others start. */
function atOpening(first: Diagnostic, source: SourceText): Diagnostic | undefined {
  const noticed = offsetAt(source, first.range.start);
  const found = unclosedBefore(source, noticed);
  if (found === undefined) return undefined;
  const { start, end, closing } = found;
  const { line } = positionAt(source, end);
  const what = closing === ']' || closing === '}' ? 'bracket' : 'quote';
  const place = line === positionAt(source, start).line ? 'on this line' : `up to line ${line}`;
  const hidden = lookalike(lineOf(source, positionAt(source, start).line));
  const fix: TextFix = {
    title: `Insert ${closing} in line ${line}`,
    file: source.file,
    range: rangeOf(source, { start: end, end }),
    newText: closing,
  };
  return {
    ...first,
    range: rangeOf(source, { start, end: start + 1 }),
    message: `The ${what} that opens here is not closed: ${closing} is missing ${place}.${hidden}`,
    // Where a bracket of another kind comes first, only the engineer knows what stands inside.
    ...(/[\]}]/.test(source.text[noticed] ?? '') ? {} : { fixes: [fix] }),
  };
}

const blockHeader = /(?:^|:|-)[ \t]+[|>][-+0-9]*[ \t]*(?:#.*)?$/;

/** The text of a block that starts no further right than its key is taken for keys. */
function unindentedBlock(first: Diagnostic, source: SourceText): Diagnostic | undefined {
  const { line } = first.range.start;
  const indent = indentOf(lineOf(source, line));
  for (let above = line - 1; above > 0 && line - above < 100; above--) {
    const text = lineOf(source, above);
    if (text.trim() === '') continue;
    if (indentOf(text) < indent) return undefined;
    if (!blockHeader.test(text) || indentOf(text) > indent) continue;
    let textLine = above + 1;
    while (textLine < line && lineOf(source, textLine).trim() === '') textLine++;
    if (indentOf(lineOf(source, textLine)) > indent) return undefined;
    const message = `The text of the block in line ${above} starts here, but no further right than its key. Indent all its lines by two more blanks.`;
    return { ...first, message, range: textRange(source, textLine) };
  }
  return undefined;
}

/**
 * A line that stands too far left is noticed at the next one. It is to blame when that one stands like the line before
 * both of them, or when it follows a key that has no other value.
 */
function outOfItsBlock(first: Diagnostic, source: SourceText): Diagnostic | undefined {
  if (!/^All (mapping|sequence) items must start/.test(first.message)) return undefined;
  const next = atItsText(first, source).start.line;
  const line = contentAbove(source, next);
  const before = contentAbove(source, line);
  const [above, own, below] = [before, line, next].map((each) => indentOf(lineOf(source, each)));
  if (above === undefined || own === undefined || below === undefined || before === 0) return undefined;
  const isLeft = own < below && above === below;
  const isValue = own < below && above === own && /:[ \t]*(#.*)?$/.test(lineOf(source, before));
  if (!isLeft && !isValue) return undefined;
  const message = `This line is not indented like the one below, line ${next}.`;
  return { ...first, message, range: textRange(source, line) };
}

/** The nearest line above that holds more than a comment; 0 when there is none. */
function contentAbove(source: SourceText, line: number): number {
  let above = line - 1;
  while (above > 0 && /^\s*(#|$)/.test(lineOf(source, above))) above--;
  return Math.max(0, above);
}

function lineOf({ text, lineStarts }: SourceText, line: number): string {
  return text
    .slice(lineStarts[line - 1] ?? text.length, lineStarts[line] ?? text.length)
    .replace(/[\r\n]+$/, '');
}

function indentOf(line: string): number {
  const indent = line.search(/[^ ]/);
  return indent < 0 ? line.length : indent;
}

/** From the first character of a line that is no blank to the last. */
function textRange(source: SourceText, line: number): Diagnostic['range'] {
  const written = lineOf(source, line);
  const column = Math.max(0, written.search(/\S/)) + 1;
  return { start: { line, column }, end: { line, column: Math.max(column, written.trimEnd().length + 1) } };
}

/** Characters that office programs put in the place of blanks and quotes. */
function lookalike(line: string): string {
  if (/^\s*[\u00A0\u2000-\u200B\u202F\u3000\uFEFF]/.test(line))
    return ' The line starts with a character that only looks like a blank. Write blanks.';
  if (/[\u0085\u2028\u2029]/.test(line))
    return ' Within this line, an invisible character ends it for other readers. Write a line end there.';
  return /[\u201C\u201D\u201E\u2018\u2019]/.test(line)
    ? ' The quotes of this line are typographic; YAML knows " and \' only.'
    : '';
}

/** The parser reports a wrong indentation at the comments above the line, or at the blanks in front of it. */
function atItsText({ range, code }: Diagnostic, source: SourceText): Diagnostic['range'] {
  let { line } = range.start;
  while (line < source.lineStarts.length && /^\s*(#|$)/.test(lineOf(source, line))) line++;
  const written = lineOf(source, line);
  if (written.trim() === '') return range;
  const isInFront = code !== 'yaml-tab' && range.start.column <= written.search(/\S/);
  return line === range.start.line && !isInFront ? range : textRange(source, line);
}
