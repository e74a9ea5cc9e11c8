import type { ScalarValue } from './source-node.ts';

const nullScalar = /^(?:~|[Nn]ull|NULL)?$/;
const booleanScalar = /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/;
const octalScalar = /^0o[0-7]+$/;
const decimalScalar = /^[-+]?[0-9]+$/;
const hexadecimalScalar = /^0x[0-9a-fA-F]+$/;
const infinityOrNaN = /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/;
const floatScalar = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** First characters of scalars that may be something else than a string: ~ n N t T f F digits + - . and nothing. */
const firstOfOthers = new Set([...'~nNtTfF0123456789+-.'].map((character) => character.charCodeAt(0)));

/** The value of a plain scalar in YAML's core schema (YAML 1.2.2, section 10.3.2). */
export function plainScalarValue(text: string): ScalarValue {
  if (text.length > 0 && !firstOfOthers.has(text.charCodeAt(0))) return text;
  if (nullScalar.test(text)) return null;
  if (booleanScalar.test(text)) return text[0] === 't' || text[0] === 'T';
  if (octalScalar.test(text)) return Number.parseInt(text.slice(2), 8);
  if (decimalScalar.test(text)) return Number.parseInt(text, 10);
  if (hexadecimalScalar.test(text)) return Number.parseInt(text.slice(2), 16);
  if (infinityOrNaN.test(text)) return nonFinite(text);
  return floatScalar.test(text) ? Number.parseFloat(text) : text;
}

function nonFinite(text: string): number {
  if (text.toLowerCase().endsWith('nan')) return Number.NaN;
  return text[0] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
