import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { LineReader } from './line-reader.ts';
import type { MapEntry, MapNode, ScalarNode, SequenceNode, SourceNode } from './source-node.ts';
import type { SourceText } from './source-text.ts';

/** A part of a document that is left to the library: whole lines, which hold one entry or one item. */
export interface Fragment {
  readonly type: 'entry' | 'item';
  /** Where the entry or item starts; what stands before it on its line belongs to others. */
  readonly start: number;
  readonly end: number;
  /** Columns before `start` on its line. */
  readonly indent: number;
  readonly depth: number;
}

/** What the library makes of a fragment; undefined when it takes the whole document to judge it. */
export type ReadFragment = (fragment: Fragment) => MapNode | SequenceNode | undefined;

/** Thrown to leave the whole document to the library. It has no stack, since it is no error. */
const leaveWhole = Symbol('left to the library');

const dash = 0x2d;
const hash = 0x23;
const space = 0x20;
const tab = 0x09;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const closeBracket = 0x5d;
const closeBrace = 0x7d;
const bar = 0x7c;
const colon = 0x3a;
const questionMark = 0x3f;

const maximumDepth = 48;
/** A fragment costs the library about as much as a dozen lines of a whole document, and a few cost nothing. */
const linesOfFragment = 12;
const fewFragments = 500;
/** The header of a literal block that ends with one line end or none, without an indentation of its own. */
const literalHeader = /\|(-?)(?: +(?:#[^\n]*)?)?\r?(?:\n|$)/y;
/** A byte order mark, and characters with which the library marks its tokens. */
const marks = ['\u0002', '\u0018', '\u001f', '\ufeff'];

/**
 * Reads a document whose outermost value is a block mapping or sequence. The extent of an entry follows from
 * indentation alone (YAML 1.2.2, section 6.1), so an entry that is more than simple, or wrong, is handed on as a fragment
 * and the rest stays quick: 2,000 lines take about 2 ms where the library takes 20. Answers undefined when only the whole
 * document can be judged: other documents, anchors, an indentation that fits nothing.
 */
export function readBlocks(
  source: SourceText,
  sink: DiagnosticSink,
  readFragment: ReadFragment,
): SourceNode | undefined {
  if (marks.some((mark) => source.text.includes(mark))) return undefined;
  try {
    return new BlockReader(source, sink, readFragment).read();
  } catch (thrown) {
    if (thrown === leaveWhole) return undefined;
    throw thrown;
  }
}

/** What was read, and the line of the next thing. */
interface Read<Value> {
  readonly value: Value;
  readonly next: number;
}

class BlockReader {
  readonly #source: SourceText;
  readonly #text: string;
  readonly #sink: DiagnosticSink;
  readonly #readFragment: ReadFragment;
  readonly #lines: LineReader;
  /** Spaces before the first character of a line; -1 where nothing else stands on it. */
  readonly #indents: Int32Array;
  readonly #count: number;
  #fragments = 0;

  constructor(source: SourceText, sink: DiagnosticSink, readFragment: ReadFragment) {
    this.#source = source;
    this.#text = source.text;
    this.#sink = sink;
    this.#readFragment = readFragment;
    this.#lines = new LineReader(source);
    this.#count = source.lineStarts.length;
    this.#indents = new Int32Array(this.#count);
    for (let line = 0; line < this.#count; line++) this.#indents[line] = this.#measure(line);
  }

  read(): SourceNode | undefined {
    let first = this.#contentFrom(0);
    const marker = this.#text.slice(this.#start(first), this.#end(first)).trimEnd();
    if (marker === '---') first = this.#contentFrom(first + 1);
    if (first >= this.#count) return undefined;
    for (let line = first; line < this.#count; line++) if (this.#isMarker(line)) return undefined;
    const column = this.#indent(first);
    if (!this.#isDash(first, column) && this.#lines.key(this.#start(first) + column) === undefined)
      return undefined;
    const { value, next } = this.#collection(first, column, 0);
    return next >= this.#count ? value : undefined;
  }

  #measure(line: number): number {
    const start = this.#start(line);
    const end = this.#end(line);
    if (this.#text.charCodeAt(end) === carriageReturn && this.#text.charCodeAt(end + 1) !== lineFeed)
      throw leaveWhole;
    const at = this.#lines.afterSpaces(start);
    // A line of tabs is empty to YAML, but not in every place.
    if (this.#text.charCodeAt(at) === tab && this.#text.slice(at, end).trim() === '') throw leaveWhole;
    return at >= end ? -1 : at - start;
  }

  #start(line: number): number {
    return this.#source.lineStarts[line] ?? this.#text.length;
  }

  /** The offset after the last character of a line, before its line end. */
  #end(line: number): number {
    let end = this.#start(line + 1);
    if (line + 1 < this.#count) {
      if (this.#text.charCodeAt(end - 1) === lineFeed) end--;
      if (this.#text.charCodeAt(end - 1) === carriageReturn) end--;
    }
    return end;
  }

  #indent(line: number): number {
    return this.#indents[line] ?? -1;
  }

  #firstOf(line: number): number {
    return this.#text.charCodeAt(this.#start(line) + this.#indent(line));
  }

  /** The marker of a document's start or end, or a directive, at the start of a line. */
  #isMarker(line: number): boolean {
    if (this.#indent(line) !== 0) return false;
    const start = this.#start(line);
    const first = this.#text.slice(start, start + 3);
    return first === '---' || first === '...' || first.startsWith('%');
  }

  /** The first line from `line` that holds more than a comment. */
  #contentFrom(line: number): number {
    let at = line;
    while (at < this.#count && (this.#indent(at) < 0 || this.#firstOf(at) === hash)) at++;
    return at;
  }

  /** The first line after `line` that does not belong to what starts there at `column`. */
  #extent(line: number, column: number, isEntry: boolean): number {
    let at = this.#contentFrom(line + 1);
    while (at < this.#count && (this.#indent(at) > column || this.#continues(at, column, isEntry)))
      at = this.#contentFrom(at + 1);
    return at;
  }

  /** A sequence may stand as deep as the key that it belongs to (section 8.2.1), and so may a closing bracket. */
  #continues(line: number, column: number, isEntry: boolean): boolean {
    if (this.#indent(line) !== column) return false;
    const first = this.#firstOf(line);
    return first === closeBracket || first === closeBrace || (isEntry && this.#isDash(line, column));
  }

  #isDash(line: number, column: number): boolean {
    const at = this.#start(line) + column;
    return this.#text.charCodeAt(at) === dash && this.#isGap(at + 1, line);
  }

  #isGap(offset: number, line: number): boolean {
    return offset >= this.#end(line) || this.#text.charCodeAt(offset) === space;
  }

  /** The collection whose first entry or item starts at `column` of `line`, which may stand behind a dash. */
  #collection(line: number, column: number, depth: number): Read<SourceNode> {
    if (depth > maximumDepth) throw leaveWhole;
    return this.#isDash(line, column) ? this.#sequence(line, column, depth) : this.#map(line, column, depth);
  }

  #sequence(line: number, column: number, depth: number): Read<SequenceNode> {
    const items: SourceNode[] = [];
    let at = line;
    do {
      const item = this.#item(at, column, depth);
      if (item === undefined) {
        const end = this.#extent(at, column, false);
        const fragment = this.#fragment('item', at, column, end, depth);
        if (fragment.type !== 'sequence') throw leaveWhole;
        for (const each of fragment.items) items.push(each);
        at = end;
      } else {
        items.push(item.value);
        at = item.next;
      }
      if (at < this.#count && this.#indent(at) > column) throw leaveWhole;
    } while (at < this.#count && this.#indent(at) === column && this.#isDash(at, column));
    const start = this.#start(line) + column;
    const span = { start, end: items.at(-1)?.span.end ?? start };
    return { value: { type: 'sequence', source: this.#source, span, items }, next: at };
  }

  #item(line: number, column: number, depth: number): Read<SourceNode> | undefined {
    const offset = this.#lines.afterSpaces(this.#start(line) + column + 1);
    if (this.#lines.isEnd(offset, this.#end(line))) return this.#below(line, column, false, offset, depth);
    const inner = offset - this.#start(line);
    if (this.#isDash(line, inner) || this.#lines.key(offset) !== undefined)
      return this.#collection(line, inner, depth + 1);
    return this.#onLine(line, column, offset, false);
  }

  #map(line: number, column: number, depth: number): Read<MapNode> {
    const entries: MapEntry[] = [];
    const keys = new Set<unknown>();
    let at = line;
    do {
      const key = this.#lines.key(this.#start(at) + column);
      const value = key === undefined ? undefined : this.#entryValue(at, column, key.next, depth);
      if (key === undefined || value === undefined) {
        const end = this.#extent(at, column, true);
        const fragment = this.#fragment('entry', at, column, end, depth);
        if (fragment.type !== 'map') throw leaveWhole;
        for (const entry of fragment.entries) this.#add(entry, entries, keys);
        at = end;
      } else {
        this.#add({ key: key.node, value: value.value }, entries, keys);
        at = value.next;
      }
      if (at < this.#count && this.#indent(at) > column) throw leaveWhole;
    } while (at < this.#count && this.#indent(at) === column && !this.#isDash(at, column));
    const start = this.#start(line) + column;
    const span = { start, end: entries.at(-1)?.value.span.end ?? start };
    return { value: { type: 'map', source: this.#source, span, entries }, next: at };
  }

  #add(entry: MapEntry, entries: MapEntry[], keys: Set<unknown>): void {
    if (entry.key.value !== null && keys.has(entry.key.value)) {
      const { start } = entry.key.span;
      const place = { source: this.#source, span: { start, end: start + 1 } };
      this.#sink.at(place, 'error', 'yaml-duplicate-key', 'Map keys must be unique.');
    }
    keys.add(entry.key.value);
    entries.push(entry);
  }

  #entryValue(line: number, column: number, colonEnd: number, depth: number): Read<SourceNode> | undefined {
    const offset = this.#lines.afterSpaces(colonEnd);
    return this.#lines.isEnd(offset, this.#end(line))
      ? this.#below(line, column, true, offset, depth)
      : this.#onLine(line, column, offset, true);
  }

  /** A value on the lines below its key or dash, or none: then `empty` is its place. */
  #below(
    line: number,
    column: number,
    isEntry: boolean,
    empty: number,
    depth: number,
  ): Read<SourceNode> | undefined {
    const next = this.#contentFrom(line + 1);
    const isDeeper = next < this.#count && this.#indent(next) > column;
    if (!isDeeper && !(next < this.#count && this.#continues(next, column, isEntry)))
      return { value: this.#lines.scalar(null, empty, empty), next };
    const inner = this.#indent(next);
    if (!this.#isDash(next, inner) && this.#lines.key(this.#start(next) + inner) === undefined)
      return undefined;
    const read = this.#collection(next, inner, depth + 1);
    const isOver = read.next >= this.#count || this.#indent(read.next) <= column;
    if (!isOver) throw leaveWhole;
    return read;
  }

  #onLine(line: number, column: number, offset: number, isEntry: boolean): Read<SourceNode> | undefined {
    if (this.#text.charCodeAt(offset) === bar) return this.#literal(line, column, offset);
    const next = this.#contentFrom(line + 1);
    if (next < this.#count && (this.#indent(next) > column || this.#continues(next, column, isEntry)))
      return undefined;
    const value = this.#lines.value(offset, this.#end(line));
    return value === undefined ? undefined : { value, next };
  }

  /** A literal block (section 8.1.2) whose indentation is that of its first line. */
  #literal(line: number, column: number, offset: number): Read<ScalarNode> | undefined {
    literalHeader.lastIndex = offset;
    const header = literalHeader.exec(this.#text);
    if (header === null) return undefined;
    const indent = this.#indent(line + 1);
    if (indent <= column) return undefined;
    const lines: string[] = [];
    let last = line;
    let at = line + 1;
    for (; at < this.#count; at++) {
      const start = this.#start(at);
      const end = this.#end(at);
      if (this.#indent(at) < 0) {
        if (end > start) return undefined;
        continue;
      }
      if (this.#indent(at) < indent) break;
      while (lines.length < at - line - 1) lines.push('');
      lines.push(this.#text.slice(start + indent, end));
      last = at;
    }
    const next = this.#contentFrom(at);
    if (next < this.#count && this.#indent(next) > column) return undefined;
    const value = header[1] === '-' ? lines.join('\n') : `${lines.join('\n')}\n`;
    return { value: this.#lines.scalar(value, offset, this.#start(last + 1)), next };
  }

  #fragment(
    type: Fragment['type'],
    line: number,
    column: number,
    nextLine: number,
    depth: number,
  ): MapNode | SequenceNode {
    const start = this.#start(line) + column;
    const end = this.#start(nextLine);
    // A question mark and a colon on a line of its own belong together, as two entries seen from here.
    this.#fragments++;
    if (this.#fragments > fewFragments && this.#fragments * linesOfFragment > this.#count) throw leaveWhole;
    const first = this.#text.charCodeAt(start);
    if (first === colon || first === questionMark) throw leaveWhole;
    const read = this.#readFragment({ type, start, end, indent: column, depth });
    if (read === undefined || read.span.start !== start) throw leaveWhole;
    return read;
  }
}
