import { plainScalarValue } from '../source/plain-scalar.ts';
import type { ScalarNode } from '../source/source-node.ts';

/** What PyYAML makes of a scalar. A date is an object in Python and fits no type of a schema. */
export type PythonType = 'string' | 'integer' | 'number' | 'boolean' | 'null' | 'date';

export interface PythonScalar {
  readonly type: PythonType;
  readonly value: string | number | boolean | null;
  /** What Python's `str()` writes, which is what reaches files and commands. */
  readonly text: string;
}

/*
 * The implicit resolvers of PyYAML 6 (yaml/resolver.py), which follow YAML 1.1: `yes` is a boolean, `0644` is 420,
 * `12:30` is 750 and `2030-12-31` is a date. Our own tree follows YAML 1.2, where all of these are texts or others.
 */
const trueWords = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const falseWords = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const nullWords = /^(?:~|null|Null|NULL|)$/;
const integer = /^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const float =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const timestamp =
  /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::?\d\d)?))?)$/;
/** Texts that start otherwise are texts in both versions. */
const firstOfOthers = /^[yYnNtTfFoO0-9+\-.~]/;
const longestOther = 64;

/** What cloud-init reads where our parser read this node. Quoted texts and blocks are texts to both. */
export function asPython(node: ScalarNode): PythonScalar {
  const { value, source, span } = node;
  const length = span.end - span.start;
  if (length === 0 || length > longestOther) return ofValue(value);
  const written = source.text.slice(span.start, span.end);
  // A tag, an alias or a filled-in reference: the text at this place is not what the value was made from.
  if (!firstOfOthers.test(written) || plainScalarValue(written) !== value) return ofValue(value);
  return ofPlain(written) ?? { type: 'string', value: written, text: written };
}

function ofValue(value: ScalarNode['value']): PythonScalar {
  if (value === null) return { type: 'null', value, text: 'None' };
  if (typeof value === 'string') return { type: 'string', value, text: value };
  if (typeof value === 'boolean') return { type: 'boolean', value, text: value ? 'True' : 'False' };
  return { type: Number.isInteger(value) ? 'integer' : 'number', value, text: String(value) };
}

function ofPlain(written: string): PythonScalar | undefined {
  if (nullWords.test(written)) return ofValue(null);
  if (trueWords.test(written)) return ofValue(true);
  if (falseWords.test(written)) return ofValue(false);
  if (integer.test(written)) {
    const value = integerOf(written.replaceAll('_', ''));
    return { type: 'integer', value, text: isPlainDecimal(written) ? written : String(value) };
  }
  if (float.test(written)) {
    const value = floatOf(written.replaceAll('_', ''));
    return { type: 'number', value, text: Number.isInteger(value) ? `${value}.0` : String(value) };
  }
  return timestamp.test(written) ? { type: 'date', value: written, text: written } : undefined;
}

/** Python has whole numbers of any length, so these come out as they went in. */
function isPlainDecimal(written: string): boolean {
  return /^(?:-?[1-9][0-9]*|0)$/.test(written);
}

function integerOf(written: string): number {
  const sign = written.startsWith('-') ? -1 : 1;
  const digits = written.replace(/^[-+]/, '');
  if (/^0b/.test(digits)) return sign * Number.parseInt(digits.slice(2), 2);
  if (/^0x/.test(digits)) return sign * Number.parseInt(digits.slice(2), 16);
  if (digits.includes(':')) return sign * sexagesimal(digits);
  return sign * Number.parseInt(digits, /^0[0-7]/.test(digits) ? 8 : 10);
}

function floatOf(written: string): number {
  if (/inf$/i.test(written))
    return written.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/nan$/i.test(written)) return Number.NaN;
  const sign = written.startsWith('-') ? -1 : 1;
  return written.includes(':')
    ? sign * sexagesimal(written.replace(/^[-+]/, ''))
    : Number.parseFloat(written);
}

function sexagesimal(digits: string): number {
  return digits.split(':').reduce((sum, part) => sum * 60 + Number.parseFloat(part), 0);
}
