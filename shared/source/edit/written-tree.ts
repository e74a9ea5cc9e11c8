import {
  type CST,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type ParsedNode,
  parseAllDocuments,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { withLineFeeds } from '../source-text.ts';
import { Refusal } from './refusal.ts';

export type Collection = YAMLMap | YAMLSeq;

/** An entry of a mapping or an item of a list with the places of its parts. Offsets count from the text's start. */
export interface WrittenChild {
  readonly key: string | undefined;
  /** Place of the key's text. */
  readonly keySpan: { readonly start: number; readonly end: number } | undefined;
  /** The first character: of the key, of the dash, or of the item itself in brackets. */
  readonly start: number;
  /** Behind the colon or dash, and behind an anchor or tag: a value that is missing would start here. */
  readonly after: number;
  readonly hasColon: boolean;
  /** Whether an anchor or tag stands before the value. */
  readonly hasProperties: boolean;
  /** Null where nothing is written. */
  readonly node: Node | null;
  /** Behind the last character of the value. */
  readonly end: number;
  /** Of the comma in front, in braces and brackets. */
  readonly comma: number | undefined;
}

/** The text was read before, and is whole: tokens are what is wanted here. */
const options = {
  prettyErrors: false,
  uniqueKeys: false,
  keepSourceTokens: true,
  logLevel: 'silent',
} as const;

/** The root of a document; null where it holds no value. */
export function writtenRoot(text: string): Node | null {
  const documents = parseAllDocuments(withLineFeeds(text), options);
  const [document] = 'empty' in documents ? [] : documents;
  const root = document?.contents ?? null;
  return root === null || isEmptyScalar(root) ? null : root;
}

export function isCollection(node: Node | null): node is Collection {
  return isMap(node) || isSeq(node);
}

export function isFlow(node: Collection): boolean {
  return node.flow === true;
}

export function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

/** The children of a collection in the order of the text. */
export function childrenOf(text: string, node: Collection): WrittenChild[] {
  const token = node.srcToken;
  if (token === undefined || !('items' in token)) throw new Refusal('not-writable');
  const tokens = (token.items as CST.CollectionItem[]).filter((item) => holdsChild(token.type, item));
  if (tokens.length !== node.items.length) throw new Refusal('not-writable');
  return node.items.map((item, index) => {
    const of = tokens[index];
    if (of === undefined) throw new Refusal('not-writable');
    return isMap(node)
      ? entryOf(text, item as Pair<ParsedNode, ParsedNode | null>, of)
      : itemOf(text, item as Node, of);
  });
}

/** Comments behind the last child and a last comma make items without content. */
function holdsChild(type: string, { start, key, sep, value }: CST.CollectionItem): boolean {
  if (type === 'block-seq') return start.some((token) => token.type === 'seq-item-ind');
  return key !== undefined && key !== null ? true : sep !== undefined || value !== undefined;
}

function entryOf(
  text: string,
  pair: Pair<ParsedNode, ParsedNode | null>,
  token: CST.CollectionItem,
): WrittenChild {
  const { key, value } = pair;
  const sep = token.sep ?? [];
  if (!key?.range || token.start.some(({ type }) => type === 'explicit-key-ind'))
    throw new Refusal('not-writable');
  const start = token.start.find(isProperty)?.offset ?? key.range[0];
  const keySpan = { start: key.range[0], end: key.range[1] };
  const after = endOfLast(sep, (each) => each.type === 'map-value-ind' || isProperty(each)) ?? keySpan.end;
  const node = value === null || isEmptyScalar(value) ? null : value;
  return {
    key: isScalar(key) ? String(key.value) : undefined,
    keySpan,
    start,
    after,
    hasColon: sep.some(({ type }) => type === 'map-value-ind'),
    hasProperties: sep.some(isProperty),
    node,
    end: node === null ? after : endOf(text, node),
    comma: token.start.find(({ type }) => type === 'comma')?.offset,
  };
}

function itemOf(text: string, item: Node, token: CST.CollectionItem): WrittenChild {
  const dash = token.start.find(({ type }) => type === 'seq-item-ind');
  const node = isEmptyScalar(item) ? null : item;
  const first = token.start.find(isProperty)?.offset ?? startOf(item);
  const after = endOfLast(token.start, (each) => each.type === 'seq-item-ind' || isProperty(each)) ?? first;
  return {
    key: undefined,
    keySpan: undefined,
    start: dash?.offset ?? first,
    after,
    hasColon: true,
    hasProperties: token.start.some(isProperty),
    node,
    end: node === null ? after : endOf(text, node),
    comma: token.start.find(({ type }) => type === 'comma')?.offset,
  };
}

function isProperty({ type }: CST.SourceToken): boolean {
  return type === 'anchor' || type === 'tag';
}

function endOfLast(
  tokens: readonly CST.SourceToken[],
  is: (token: CST.SourceToken) => boolean,
): number | undefined {
  const last = tokens.findLast(is);
  return last === undefined ? undefined : last.offset + last.source.length;
}

function isEmptyScalar(node: Node): boolean {
  return isScalar(node) && node.range !== undefined && node.range !== null && node.range[0] === node.range[1];
}

/** Behind the last character of a value: neither white space nor a comment behind it counts. */
export function endOf(text: string, node: Node): number {
  const [start, end] = node.range ?? [0, 0];
  if (isCollection(node) && !isFlow(node)) return childrenOf(text, node).at(-1)?.end ?? end;
  if (isAlias(node) || !isScalar(node) || !isBlockScalar(node)) return end;
  const written = text.slice(start, end);
  // With a plus sign the empty lines at the end are part of the text (YAML 1.2.2, section 8.1.1.2).
  if (/^[|>][0-9]*\+/.test(written)) return start + written.replace(/\r?\n$/, '').length;
  return start + written.trimEnd().length;
}

export function isBlockScalar(node: Node): boolean {
  return isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
}
