import type { MapEntry, ScalarNode, SourceNode } from '../source/source-node.ts';
import type { Located, PlainValue } from './model.ts';
import { textFormats } from './text-formats.ts';
import {
  type ChoiceShape,
  canonicalKey,
  type IntegerShape,
  type KeyTable,
  type ValueShape,
} from './value-shape.ts';

const trueWords = new Set(['true', 'on', 'yes', 'y']);
const falseWords = new Set(['false', 'off', 'no', 'n']);

/** The text of a scalar as it would be written; undefined for null and for collections. */
export function textOf(node: SourceNode | undefined): string | undefined {
  return node?.type === 'scalar' && node.value !== null ? String(node.value) : undefined;
}

/** The words of YAML 1.1, which both cloud-init and netplan take for booleans; with `digits` also 0 and 1. */
export function booleanOf(node: SourceNode | undefined, digits = false): boolean | undefined {
  const word = textOf(node)?.toLowerCase();
  if (word === undefined) return undefined;
  if (trueWords.has(word) || (digits && word === '1')) return true;
  return falseWords.has(word) || (digits && word === '0') ? false : undefined;
}

/** A whole number, whether written as a number or quoted. */
export function integerOf(node: SourceNode | undefined): number | undefined {
  const written = textOf(node);
  return written !== undefined && /^-?(?:0x[\da-f]+|\d+)$/i.test(written) ? Number(written) : undefined;
}

export function integerInRange(node: SourceNode | undefined, shape: IntegerShape): number | undefined {
  const value = integerOf(node);
  return value !== undefined && value >= shape.minimum && value <= shape.maximum ? value : undefined;
}

export function choiceOf(node: SourceNode | undefined, shape: ChoiceShape): string | undefined {
  const written = textOf(node);
  if (written === undefined) return undefined;
  if (shape.choices.includes(written)) return written;
  if (shape.aliases !== undefined && Object.hasOwn(shape.aliases, written)) return shape.aliases[written];
  return /^\d$/.test(written) && Number(written) < (shape.numbered ?? 0)
    ? shape.choices[Number(written)]
    : undefined;
}

/** The text of a scalar when it keeps its format. */
export function formattedText(
  node: SourceNode | undefined,
  format: keyof typeof textFormats,
): string | undefined {
  const written = textOf(node);
  return written !== undefined && textFormats[format].fault(written) === undefined ? written : undefined;
}

/** The items of a list, or the one value that stands for it. */
export function itemsOf(node: SourceNode | undefined, single?: 'scalar' | 'words'): readonly SourceNode[] {
  if (node === undefined) return [];
  if (node.type === 'sequence') return node.items;
  const written = textOf(node);
  if (written === undefined || single === undefined || node.type !== 'scalar') return [];
  if (single === 'scalar') return [node];
  return wordsOf(node, written);
}

/** Each word of a text as a node of its own, placed at the word where the text stands plainly in the source. */
function wordsOf(node: ScalarNode, written: string): SourceNode[] {
  const { source, span } = node;
  const inSource = source.text.slice(span.start, span.end);
  const shift = inSource.indexOf(written);
  return [...written.matchAll(/[^\s,]+/g)].map((match) => {
    const start = span.start + shift + match.index;
    const place = shift < 0 ? span : { start, end: start + match[0].length };
    return { type: 'scalar', source, span: place, value: match[0] };
  });
}

/** The entry under a key of a table, also when an alias or another separator was written. */
export function entryIn(
  node: SourceNode | undefined,
  keys: KeyTable,
  name: string,
  underscores = false,
): MapEntry | undefined {
  if (node?.type !== 'map') return undefined;
  return node.entries.find((entry) => canonicalKey(keys, String(entry.key.value), underscores) === name);
}

export function located<T>(
  node: SourceNode | undefined,
  read: (node: SourceNode) => T | undefined,
): Located<T> | undefined {
  const value = node === undefined ? undefined : read(node);
  return value === undefined || node === undefined ? undefined : { value, node };
}

/** The plain value of a well-formed node in its canonical form; undefined when it does not fit the shape. */
export function readValue(shape: ValueShape, node: SourceNode): PlainValue | undefined {
  switch (shape.type) {
    case 'boolean':
      return booleanOf(node, shape.digits);
    case 'integer':
      return integerInRange(node, shape);
    case 'choice':
      return choiceOf(node, shape);
    case 'text':
      return readText(shape.format, node);
    case 'list':
      return itemsOf(node, shape.single)
        .map((item) => readValue(shape.items, item))
        .filter((value) => value !== undefined);
    case 'named':
      return readNamed(shape.values, node);
    case 'either':
      return readValue(node.type === 'map' ? shape.map : shape.scalar, node);
    default:
      return undefined;
  }
}

function readText(format: keyof typeof textFormats | undefined, node: SourceNode): PlainValue | undefined {
  const written = formattedText(node, format ?? 'string');
  return format === 'duration' && written !== undefined && /^\d{1,15}$/.test(written)
    ? Number(written)
    : written;
}

function readNamed(values: ValueShape, node: SourceNode): PlainValue | undefined {
  if (node.type !== 'map') return undefined;
  const read: [string, PlainValue][] = [];
  for (const entry of node.entries) {
    const value = readValue(values, entry.value);
    if (value !== undefined) read.push([String(entry.key.value), value]);
  }
  return Object.fromEntries(read);
}
