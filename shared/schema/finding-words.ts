import type { TextFix } from '../diagnostics/diagnostic.ts';
import { replacementFix } from '../diagnostics/suggest.ts';
import { lookUp } from '../source/look-up.ts';
import type { PathSegment, ScalarNode, SourceNode } from '../source/source-node.ts';

/** How findings of a schema name places and values, be the schema ours or cloud-init's. */

/** YAML 1.1 took these for booleans, YAML 1.2 takes them for words. */
const oldBooleans: Readonly<Record<string, string>> = {
  yes: 'true',
  on: 'true',
  no: 'false',
  off: 'false',
};

export function nameOf(path: readonly PathSegment[]): string {
  const last = path.at(-1);
  if (last === undefined) return 'The document';
  if (typeof last === 'string') return `“${last}”`;
  const list = path.findLast((segment) => typeof segment === 'string');
  return `Entry ${last + 1}${list === undefined ? '' : ` of “${list}”`}`;
}

export function place(path: readonly PathSegment[]): string {
  return path.length === 0 ? 'in this document' : `in ${nameOf(path).replace(/^Entry/, 'entry')}`;
}

export function listOf(words: readonly string[], link: 'and' | 'or' = 'and'): string {
  const quoted = words.map((word) => `“${word}”`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} ${link} ${quoted.at(-1)}`;
}

const longestQuote = 40;

/** As it stands in the text when that is one line: 0755 is not shown as 755, and quotes are seen. */
function asWritten(node: ScalarNode): string {
  const text = node.source.text.slice(node.span.start, node.span.end);
  return text === '' || /[\r\n]/.test(text) || typeof node.value === 'string' ? String(node.value) : text;
}

export const withoutQuotes = ' Remove the quotes.';

/** What a number or a boolean in quotes is not. */
export function quotesAdvice(expected: string, node: SourceNode): string {
  if (node.type !== 'scalar') return '';
  if (typeof node.value !== 'string') return '';
  const isNumber = (expected === 'number' || expected === 'int') && /^-?\d+(\.\d+)?$/.test(node.value);
  const isBoolean = expected === 'boolean' && /^(true|false)$/.test(node.value);
  return isNumber || isBoolean ? withoutQuotes : '';
}

export function written(node: SourceNode): string {
  if (node.type === 'map') return 'a mapping';
  if (node.type === 'sequence') return 'a list';
  if (node.value === null) return 'nothing';
  const text = asWritten(node);
  return `“${text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text}”`;
}

/** No quotes around a number; true or false for the words of older YAML; brackets for one item. */
export function typeFix(expected: string, node: SourceNode): TextFix[] | undefined {
  if (node.type !== 'scalar') return undefined;
  const text = node.source.text.slice(node.span.start, node.span.end);
  if (quotesAdvice(expected, node) === withoutQuotes) return [replacementFix(node, String(node.value))];
  if (expected === 'array' && /^[^\r\n[\]{},#"'|>&*!%@`]+$/.test(text))
    return [replacementFix(node, `[${text}]`, 'Make it a list')];
  const meant = expected === 'boolean' ? lookUp(oldBooleans, String(node.value).toLowerCase()) : undefined;
  return meant === undefined ? undefined : [replacementFix(node, meant)];
}
