import { blockText, quoted, scalarText } from '../../render/cloud-init-scalar.ts';
import { createSourceText } from '../source-text.ts';
import { isEmpty, isList, isMap, isScalar, type PlainScalar, type PlainValue } from './plain-value.ts';

export type Quotes = 'single' | 'double' | 'none';

/** How values are written at a place: with which quotes where they have a choice, and whether the document is JSON. */
export interface ValueStyle {
  readonly quotes: Quotes;
  readonly isJson: boolean;
  /** Whether texts of several lines become literal blocks; otherwise they stand in double quotes on one line. */
  readonly hasBlocks: boolean;
}

/** Lists of short texts stand in brackets, up to this many characters. */
const longestFlowList = 60;
const nowhere = { source: createSourceText('', ''), span: { start: 0, end: 0 }, type: 'scalar' } as const;

/** A scalar on one line. */
export function scalarOnLine(
  value: PlainScalar,
  { quotes, isJson }: Pick<ValueStyle, 'quotes' | 'isJson'>,
  isFlow: boolean,
): string {
  if (typeof value !== 'string') return scalarText({ ...nowhere, value }, isFlow);
  if (isJson || quotes === 'double') return quoted(value);
  if (quotes === 'single' && !/[\p{C}\u2028\u2029]/u.test(value)) return `'${value.replaceAll("'", "''")}'`;
  return scalarText({ ...nowhere, value }, isFlow);
}

/** A value in braces, brackets or on its own, on one line. */
export function onOneLine(value: PlainValue, style: ValueStyle, isFlow: boolean): string {
  if (isList(value)) return `[${value.map((item) => onOneLine(item, style, true)).join(', ')}]`;
  if (!isMap(value)) return scalarOnLine(value, style, isFlow);
  const entries = Object.entries(value).map(
    ([key, item]) => `${keyText(key, style, true)}: ${onOneLine(item, style, true)}`,
  );
  return `{${entries.join(', ')}}`;
}

export function keyText(key: string, { isJson }: Pick<ValueStyle, 'isJson'>, isFlow: boolean): string {
  return scalarOnLine(key, { quotes: 'none', isJson }, isFlow);
}

/** A key with its value as lines that start at column 0. */
export function entryLines(key: string, value: PlainValue, style: ValueStyle): string[] {
  const name = keyText(key, style, false);
  const onLine = lineOf(value, style);
  if (onLine !== undefined) return [`${name}: ${onLine}`];
  if (isScalar(value)) {
    const [header = '', ...body] = blockLines(value);
    return [`${name}: ${header}`, ...body];
  }
  return [`${name}:`, ...collectionLines(value, style).map(indented)];
}

/** The lines of a mapping's entries or of a list's items. */
export function collectionLines(value: PlainValue, style: ValueStyle): string[] {
  if (isList(value)) return value.flatMap((item) => itemLines(item, style));
  if (isMap(value)) return Object.entries(value).flatMap(([key, item]) => entryLines(key, item, style));
  return [];
}

export function itemLines(value: PlainValue, style: ValueStyle): string[] {
  const onLine = lineOf(value, style);
  if (onLine !== undefined) return [`- ${onLine}`];
  if (isScalar(value)) {
    const [header = '', ...body] = blockLines(value);
    return [`- ${header}`, ...body];
  }
  return collectionLines(value, style).map((line, index) => (index === 0 ? `- ${line}` : indented(line)));
}

/** Undefined for what takes more lines than one. */
export function lineOf(value: PlainValue, style: ValueStyle): string | undefined {
  if (isScalar(value))
    return style.hasBlocks && isText(value) ? undefined : scalarOnLine(value, style, false);
  if (isEmpty(value)) return isList(value) ? '[]' : '{}';
  if (!isList(value) || !value.every((item) => isScalar(item) && lineOf(item, style) !== undefined))
    return undefined;
  const text = onOneLine(value, style, false);
  return text.length <= longestFlowList ? text : undefined;
}

/**
 * Whether a value is a text of several lines that a literal block can hold. Empty lines at the end are better in quotes:
 * in a block they depend on what follows.
 */
export function isText(value: PlainScalar): boolean {
  return !String(value).endsWith('\n\n') && blockText({ ...nowhere, value }, '') !== undefined;
}

/** A text of several lines: the header, and lines that stand two columns deeper than what they belong to. */
export function blockLines(value: PlainScalar): string[] {
  return (blockText({ ...nowhere, value }, '  ') ?? '').split('\n');
}

export function indented(line: string): string {
  return line === '' ? '' : `  ${line}`;
}
