import type { ScalarNode } from '../source/source-node.ts';

/**
 * How single values are written for cloud-init. Its PyYAML reads YAML 1.1, where `yes`, `0644`, `12:30` and many MAC
 * addresses are no texts: texts that 1.1 or 1.2 could take for something else are quoted. What stands unquoted in a
 * fragment is written exactly as it stands there, so that cloud-init takes it for what it would have taken it for.
 */

/** Texts that are a null, a boolean or a merge key in one of the two versions. */
const words = /^(?:~|\.|null|true|false|yes|no|on|off|y|n|=|<<)$/i;
/** Numbers, times and dates of both versions, and more: quotes do no harm. */
const numeric =
  /^[-+.]?[0-9][0-9eE_:.,+-]*(?:[ Tt][0-9:.+Zz -]*)?$|^[-+]?0[xob][0-9a-f_]*$|^[-+]?\.(?:inf|nan)$/i;
const ipv4Address = /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;
/** A text that may stand without quotes: it starts harmlessly, and holds neither `: ` nor ` #`. */
const plain =
  /^[\p{L}\p{N}_/.$(](?:[^\p{C}\p{Z}:#]|:(?=[^\p{C}\p{Z}])|(?<=[^\p{Z}])#| (?=[^\p{C}\p{Z}#]))*$/u;
/** In brackets these end a value, and PyYAML stumbles over the last. */
const endsFlow = /[,[\]{}?]/;
/** PyYAML refuses these unescaped; all of them are rare. */
const unprintable = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

export function keyText(key: ScalarNode): string {
  return scalarText(key, false);
}

/** One line. `isFlow` is for lists in brackets, where commas and brackets have a meaning. */
export function scalarText(node: ScalarNode, isFlow: boolean): string {
  const written = writtenPlain(node);
  if (written !== undefined && !(isFlow && (endsFlow.test(written) || /:$|: /.test(written)))) return written;
  const { value } = node;
  if (typeof value === 'number') return numberText(value);
  if (typeof value !== 'string') return String(value);
  const isPlain =
    plain.test(value) && !words.test(value) && (!numeric.test(value) || ipv4Address.test(value));
  return isPlain && !(isFlow && endsFlow.test(value)) ? value : quoted(value);
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  const text = String(value);
  // YAML 1.1 takes 1e+21 for a text: a float has a dot there.
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}

/** JSON is YAML, but for what PyYAML calls unprintable. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(
    unprintable,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The text of a value as it stands in its file, when it stands there without quotes and nothing was replaced in it. */
function writtenPlain({ source, span, value }: ScalarNode): string | undefined {
  if (span.end <= span.start || span.end - span.start > 200) return undefined;
  const written = source.text.slice(span.start, span.end);
  if (typeof value === 'string') return written === value && isOneLine(written) ? written : undefined;
  return /^[-+.~\w]+$/.test(written) ? written : undefined;
}

function isOneLine(text: string): boolean {
  return !/[\r\n"'`\p{C}]|^[?:,[\]{}#&*!|>%@ ]|^-(?!-?\p{L})| $|^$/u.test(text);
}

/**
 * A text of several lines as a literal block; undefined for everything that belongs on one line: other values, short
 * texts, and texts that a block cannot hold (carriage returns, control characters, blank lines at the start), or that
 * end in a line of blanks: readers do not agree whether that is part of the text.
 */
export function blockText({ value }: ScalarNode, indent: string): string | undefined {
  if (typeof value !== 'string' || !value.includes('\n') || !canBeBlock(value)) return undefined;
  const body = value.replace(/\n+$/, '');
  const newlines = value.length - body.length;
  const chomping = newlines === 0 ? '-' : newlines === 1 ? '' : '+';
  // A first line that starts with a space would be taken for the indentation.
  const indicator = body.startsWith(' ') ? '2' : '';
  const lines = body.split('\n').map((line) => (line === '' ? '' : `${indent}${line}`));
  return [`|${indicator}${chomping}`, ...lines, ...Array<string>(Math.max(0, newlines - 1)).fill('')].join(
    '\n',
  );
}

function canBeBlock(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  return !/^\s*\n|^\t|\n[ \t]+\n*$|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]/.test(
    text,
  );
}
