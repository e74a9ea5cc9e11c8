import type { MapEntry, ScalarNode, SourceNode } from '../source/source-node.ts';
import { positionAt } from '../source/source-text.ts';
import type { DiagnosticSink } from './diagnostic.ts';
import { replacementFix } from './suggest.ts';

/**
 * Blanks that do not break, characters of no width, and those that turn the direction in which text is shown (UAX #9):
 * word processors and web pages put them in.
 */
const invisible = /[\u00a0\u2007\u202f\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/;
const quoteMarks = '“”„‟‘’‚«»';
const typographicEnd = new RegExp(`^[${quoteMarks}]|[${quoteMarks}]$`);
const beyondAscii = /[^\p{ASCII}]/u;
const placeholder =
  /^(?:(?:change|replace|fill|fix)[_-]?me|X{3,}|<[A-Za-z][\w .:-]*>|\$\{[A-Za-z_]\w*\}|@[A-Z_]+@|%[A-Z_]+%)$/i;
const shoutedPlaceholder = /^(?:TODO|TBD|TBC|YOUR[_-][A-Z_-]+)$/;

/** Whether the value of a key is text for people or programs, in which all of this may be meant. */
export type IsFreeText = (key: string) => boolean;

/**
 * Warns of what a hurried hand leaves in values that YAML takes as they are: blanks that cannot be seen, typographic
 * quotes, a comma or a quote at the end, a placeholder that nobody filled in. In a line that has an error or a warning
 * already, only what the eye cannot tell is named again.
 */
export function checkSlips(root: SourceNode, sink: DiagnosticSink, isFreeText: IsFreeText): void {
  const told = new Set(
    sink.list().flatMap(({ severity, range }) => (severity === 'info' ? [] : [range.start.line])),
  );
  const isTold = ({ source, span }: ScalarNode) => told.has(positionAt(source, span.start).line);
  const mayHoldMarks = beyondAscii.test(root.source.text);
  const open: SourceNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'scalar') {
      if (mayHoldMarks && reportMarks(node, sink)) continue;
      reportLeftover(node, isTold, sink);
    } else if (node.type === 'sequence') {
      for (const item of node.items) open.push(item);
    } else {
      for (const entry of node.entries) visitEntry(entry, mayHoldMarks, open, isFreeText, sink);
    }
  }
}

function visitEntry(
  { key, value }: MapEntry,
  mayHoldMarks: boolean,
  open: SourceNode[],
  isFreeText: IsFreeText,
  sink: DiagnosticSink,
): void {
  if (mayHoldMarks) reportMarks(key, sink);
  if (!isFreeText(String(key.value))) open.push(value);
}

/** What stands in the text; empty for values of several lines, in which no single place can be shown. */
function writtenOf({ source, span }: ScalarNode): string {
  const written = source.text.slice(span.start, span.end);
  return /[\n\r]/.test(written) ? '' : written;
}

function reportMarks(node: ScalarNode, sink: DiagnosticSink): boolean {
  if (typeof node.value !== 'string') return false;
  const written = writtenOf(node);
  const hidden = invisible.exec(written)?.[0];
  if (hidden !== undefined) {
    const code = hidden.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    const message = `There is a character here that cannot be seen (U+${code}), and it is part of the text. It often comes along when text is copied from a page or a mail.`;
    sink.at(node, 'warning', 'value-slip', message, [
      replacementFix(node, withoutInvisible(written), 'Remove what cannot be seen'),
    ]);
    return true;
  }
  if (written === '' || !typographicEnd.test(node.value)) return false;
  const message =
    'The quotes are typographic, so YAML takes them for a part of the text. Use straight ones, or none.';
  const bare = written.replace(new RegExp(`^(["']?)[${quoteMarks}]+|[${quoteMarks}]+(["']?)$`, 'g'), '');
  const fixes = /["\\]/.test(bare) ? undefined : [replacementFix(node, `"${bare}"`, 'Use straight quotes')];
  sink.at(node, 'warning', 'value-slip', message, fixes);
  return true;
}

function withoutInvisible(written: string): string {
  return written
    .replace(/[\u00a0\u2007\u202f]+/g, ' ')
    .replace(new RegExp(invisible, 'g'), '')
    .trim();
}

function reportLeftover(node: ScalarNode, isTold: (node: ScalarNode) => boolean, sink: DiagnosticSink): void {
  const { value } = node;
  if (typeof value !== 'string' || value === '') return;
  const last = value[value.length - 1] ?? '';
  if (',;"\''.includes(last)) reportLastCharacter(node, last, isTold, sink);
  else if ((placeholder.test(value) || shoutedPlaceholder.test(value)) && !isTold(node)) {
    sink.at(node, 'warning', 'value-slip', `“${value}” looks like a placeholder that nobody has filled in.`);
  }
}

/** Only in plain words: what stands in quotes, or has blanks, may well end so. */
function reportLastCharacter(
  node: ScalarNode,
  last: string,
  isTold: (node: ScalarNode) => boolean,
  sink: DiagnosticSink,
): void {
  const written = writtenOf(node);
  const isLone = written.indexOf(last) === written.length - 1;
  if (written !== node.value || !isLone || /\s/.test(written) || written.length < 2 || isTold(node)) return;
  const name = { ',': 'comma', ';': 'semicolon' }[last] ?? 'quote';
  const message = `The ${name} at the end is part of the value; YAML needs none there.`;
  const fix = replacementFix(node, written.slice(0, -1), `Remove the ${name}`);
  sink.at(node, 'warning', 'value-slip', message, [fix]);
}
