import { compareDiagnostics, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { DiagnosticCode } from '../diagnostics/diagnostic-codes.ts';
import type { MapEntry, SourceNode } from '../source/source-node.ts';
import { type Position, rangeOf, type SourceText } from '../source/source-text.ts';

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
): { first: Diagnostic; place: Break } | undefined {
  const first = diagnostics.find(({ code, severity }) => severity === 'error' && breaking.has(code));
  if (first === undefined) return undefined;
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
  source: SourceText,
): readonly Diagnostic[] {
  const others = diagnostics.filter((each) => !breaking.has(each.code) && isSound(each, place));
  return [...others, explained(first, source)].sort(compareDiagnostics);
}

const explanations: readonly (readonly [pattern: RegExp, message: string])[] = [
  [
    /^(Nested mappings are not allowed|Implicit keys need to be on a single line)/,
    'This value is followed by more than belongs to it. Check how the next line is indented, or put a value that holds a colon and a space in quotes.',
  ],
  [
    /^All (mapping|sequence) items must start at the same column/,
    'This line is not indented like those that it belongs to.',
  ],
  [/^Implicit map keys need to be followed by map values/, 'After this key a colon is missing.'],
  [/^Tabs are not allowed/, 'A tab stands here where the line is indented. Use spaces.'],
  [/^Flow (sequence|map) in block/, 'A bracket that was opened further up is not closed before this place.'],
  [/^Alias cannot be an empty string/, 'A text that starts with * stands in quotes: "*".'],
  [/^Plain value cannot start with/, 'A text that starts with this character stands in quotes.'],
  [/^Missing closing/, 'The quote that was opened further up is not closed.'],
];

/** The first mistake of the syntax in words of the documents, at the line that has to change. */
function explained(first: Diagnostic, source: SourceText): Diagnostic {
  const message = explanations.find(([pattern]) => pattern.test(first.message))?.[1];
  const range = message === undefined ? first.range : beyondComments(first, source);
  const hidden = lookalike(source.text.split(/\r\n|\n|\r/)[range.start.line - 1] ?? '');
  return { ...first, message: `${message ?? first.message}${hidden}`, range };
}

/** Characters that office programs put in the place of blanks and quotes. */
function lookalike(line: string): string {
  if (/^\s*[\u00A0\u2000-\u200B\u202F\u3000\uFEFF]/.test(line))
    return ' The line starts with a character that only looks like a blank. Write blanks.';
  return /[\u201C\u201D\u201E\u2018\u2019]/.test(line)
    ? ' The quotes of this line are typographic; YAML knows " and \' only.'
    : '';
}

/** The parser reports a wrong indentation at the comments above the line. */
function beyondComments({ range }: Diagnostic, { text }: SourceText): Diagnostic['range'] {
  const lines = text.split(/\r\n|\n|\r/);
  let { line } = range.start;
  while (line < lines.length && /^\s*(#|$)/.test(lines[line - 1] ?? '')) line++;
  const written = lines[line - 1] ?? '';
  if (line === range.start.line) return range;
  const column = written.search(/\S/) + 1;
  return column < 1 ? range : { start: { line, column }, end: { line, column: written.length + 1 } };
}
