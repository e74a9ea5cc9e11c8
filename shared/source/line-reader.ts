import { plainScalarValue } from './plain-scalar.ts';
import type { MapEntry, ScalarNode, SourceNode } from './source-node.ts';
import type { SourceText } from './source-text.ts';

/** A value that stands on one line, and the offset after it and the white space behind it. */
export interface OnOneLine<Read extends SourceNode = SourceNode> {
  readonly node: Read;
  readonly next: number;
}

/** One-line collections nest this deep at most; what nests deeper is left to the library, which counts all levels. */
const maximumFlowDepth = 8;

/** A longer key needs a question mark before it (YAML 1.2.2, section 8.2.2); the library says so. */
const maximumKeyLength = 1000;

/** Keys that need no second thought: letters, digits and what stands in file names, host names and references. */
const simpleKey = /[A-Za-z0-9_./(][A-Za-z0-9_./()@+-]*(?=:(?: |\r?\n|$))/y;
const quotedKey = /(?:"[^"\\\r\n\t]*"|'[^'\r\n\t]*')(?=:(?: |\r?\n|$))/y;
const doubleQuoted = /"[^"\\\r\n\t]*"/y;
const singleQuoted = /'(?:[^'\r\n\t]|'')*'/y;
/** In a collection on one line: a comma, bracket or colon ends it, so fewer characters need no second thought. */
const flowScalar =
  /[A-Za-z0-9_./(+~-](?:[A-Za-z0-9_./()+=@%~-]|:(?=[A-Za-z0-9_./])| (?=[A-Za-z0-9_./()+=@%~-]))*/y;
const flowKey = /[A-Za-z0-9_./][A-Za-z0-9_./-]*(?=: )/y;

const space = 0x20;
const tab = 0x09;
const hash = 0x23;
const quote = 0x22;
const apostrophe = 0x27;
const comma = 0x2c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** Indicators (YAML 1.2.2, section 5.3) with which no plain scalar starts, or only under conditions. */
const startsNoPlainScalar = new Set([...`-?:,[]{}#&*!|>'"%@\``].map((character) => character.charCodeAt(0)));

/**
 * Reads what the documents of this field put on one line: simple keys, quoted and plain scalars, short collections in
 * brackets and braces. Everything else, correct or not, is answered with undefined and left to the library.
 */
export class LineReader {
  readonly #source: SourceText;
  readonly #text: string;

  constructor(source: SourceText) {
    this.#source = source;
    this.#text = source.text;
  }

  scalar(value: ScalarNode['value'], start: number, end: number): ScalarNode {
    return { type: 'scalar', source: this.#source, span: { start, end }, value };
  }

  /** A key with its colon; `next` is the offset after the colon. */
  key(offset: number): OnOneLine<ScalarNode> | undefined {
    const plain = this.#match(simpleKey, offset);
    const text = plain ?? this.#match(quotedKey, offset);
    if (text === undefined || text.length > maximumKeyLength) return undefined;
    const value = plain === undefined ? text.slice(1, -1) : plainScalarValue(plain);
    const end = offset + text.length;
    return { node: this.scalar(value, offset, end), next: end + 1 };
  }

  /** The offset of the first character from `offset` that is no space. */
  afterSpaces(offset: number): number {
    let at = offset;
    while (this.#text.charCodeAt(at) === space) at++;
    return at;
  }

  /** Whether nothing but a comment follows on the line. A comment needs white space before it. */
  isEnd(offset: number, lineEnd: number): boolean {
    if (offset >= lineEnd) return true;
    return this.#text.charCodeAt(offset) === hash && this.#text.charCodeAt(offset - 1) === space;
  }

  /** A value that fills the rest of a line, from its first character. */
  value(offset: number, lineEnd: number): SourceNode | undefined {
    const first = this.#text.charCodeAt(offset);
    if (first === quote || first === apostrophe || first === openBracket || first === openBrace) {
      const read = this.#inFlow(offset, 0);
      return read !== undefined && this.isEnd(read.next, lineEnd) ? read.node : undefined;
    }
    return startsNoPlainScalar.has(first) ? undefined : this.#plain(offset, lineEnd);
  }

  /** A plain scalar ends before a comment; a colon before white space would make it a key. */
  #plain(offset: number, lineEnd: number): ScalarNode | undefined {
    let end = offset;
    for (let at = offset; at < lineEnd; at++) {
      const code = this.#text.charCodeAt(at);
      if (code === tab) return undefined;
      if (code === space) continue;
      if (code === hash && this.#text.charCodeAt(at - 1) === space) break;
      if (code === 0x3a && (at + 1 >= lineEnd || this.#text.charCodeAt(at + 1) === space)) return undefined;
      end = at + 1;
    }
    return this.scalar(plainScalarValue(this.#text.slice(offset, end)), offset, end);
  }

  #inFlow(offset: number, depth: number): OnOneLine | undefined {
    const first = this.#text.charCodeAt(offset);
    if (first === quote) return this.#quoted(doubleQuoted, offset);
    if (first === apostrophe) return this.#quoted(singleQuoted, offset);
    if (depth > maximumFlowDepth) return undefined;
    if (first === openBracket) return this.#sequence(offset, depth);
    if (first === openBrace) return this.#map(offset, depth);
    const text = this.#match(flowScalar, offset);
    if (text === undefined || text === '-' || text.startsWith('- ')) return undefined;
    const end = offset + text.length;
    return { node: this.scalar(plainScalarValue(text), offset, end), next: this.afterSpaces(end) };
  }

  #quoted(pattern: RegExp, offset: number): OnOneLine | undefined {
    const text = this.#match(pattern, offset);
    if (text === undefined) return undefined;
    const inside = text.slice(1, -1);
    const value = pattern === singleQuoted ? inside.replaceAll("''", "'") : inside;
    const end = offset + text.length;
    return { node: this.scalar(value, offset, end), next: this.afterSpaces(end) };
  }

  #sequence(offset: number, depth: number): OnOneLine | undefined {
    const items: SourceNode[] = [];
    const end = this.#items(offset, closeBracket, (at) => {
      const read = this.#inFlow(at, depth + 1);
      if (read !== undefined) items.push(read.node);
      return read?.next;
    });
    if (end === undefined) return undefined;
    const span = { start: offset, end };
    return { node: { type: 'sequence', source: this.#source, span, items }, next: this.afterSpaces(end) };
  }

  #map(offset: number, depth: number): OnOneLine | undefined {
    const entries: MapEntry[] = [];
    const names = new Set<unknown>();
    const end = this.#items(offset, closeBrace, (at) => {
      const text = this.#match(flowKey, at);
      if (text === undefined) return undefined;
      const key = this.scalar(plainScalarValue(text), at, at + text.length);
      if (names.has(key.value)) return undefined;
      names.add(key.value);
      const read = this.#inFlow(this.afterSpaces(key.span.end + 1), depth + 1);
      if (read !== undefined) entries.push({ key, value: read.node });
      return read?.next;
    });
    if (end === undefined) return undefined;
    const span = { start: offset, end };
    return { node: { type: 'map', source: this.#source, span, entries }, next: this.afterSpaces(end) };
  }

  /** Reads items between commas up to `closing`; answers the offset after it. */
  #items(offset: number, closing: number, read: (at: number) => number | undefined): number | undefined {
    let at = this.afterSpaces(offset + 1);
    if (this.#text.charCodeAt(at) === closing) return at + 1;
    for (;;) {
      const next = read(at);
      if (next === undefined) return undefined;
      const code = this.#text.charCodeAt(next);
      if (code === closing) return next + 1;
      if (code !== comma) return undefined;
      at = this.afterSpaces(next + 1);
    }
  }

  #match(pattern: RegExp, offset: number): string | undefined {
    pattern.lastIndex = offset;
    return pattern.exec(this.#text)?.[0];
  }
}
