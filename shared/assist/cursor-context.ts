import type { PathSegment } from '../source/source-node.ts';
import type { SourceText, Span } from '../source/source-text.ts';
import { scanFlow, unquoted } from './flow-context.ts';

/**
 * What a cursor stands in. `key`: a key of the mapping at `path`, or a scalar that has just begun there; `value`: the
 * value at `path`; `text`: inside a block scalar or a comment, where YAML has nothing to say.
 */
export interface CursorContext {
  readonly role: 'key' | 'value' | 'text';
  readonly path: readonly PathSegment[];
  /** The word under the cursor, from its start to its end; the cursor lies inside. */
  readonly word: Span;
  /** Keys that the mapping at `path` has already, the one under the cursor left out. */
  readonly presentKeys: readonly string[];
  /** Column, from 0, at which further keys of this mapping stand. */
  readonly indent: number;
  readonly isFlow: boolean;
  /** Whether a colon follows the word: the key is there already. */
  readonly hasColon: boolean;
}

export interface OutlineKey {
  readonly path: readonly PathSegment[];
  readonly span: Span;
}

/** The keys of a document, found by indentation alone, and what the cursor stands in. */
export interface Outline {
  readonly keys: readonly OutlineKey[];
  readonly cursor: CursorContext;
}

interface Open {
  readonly indent: number;
  readonly segment: PathSegment;
}

const keyPattern = /("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'[\]{}#][^\r\n]*?)[ \t]*:(?=[ \t]|$)/y;
const properties = /(?:[&!][^\s,[\]{}]*[ \t]+)*/y;
const wordCharacters = /[^\s,:[\]{}"'#]*/y;

/** Reads the outline of a text that need not be valid YAML: the document is broken while one types. */
export function outlineAt(source: SourceText, cursor: number): Outline {
  return new OutlineReader(source, cursor).read();
}

class OutlineReader {
  readonly #text: string;
  readonly #source: SourceText;
  readonly #cursor: number;
  readonly #keys: OutlineKey[] = [];
  #line = 0;
  #open: Open[] = [];
  #context: Omit<CursorContext, 'presentKeys'> | undefined;
  #flowKeys: readonly string[] = [];
  /** Offset up to which a flow collection was read already. */
  #readUntil = 0;
  /** Indentation that the lines of a block scalar exceed. */
  #blockIndent: number | undefined;

  constructor(source: SourceText, cursor: number) {
    this.#source = source;
    this.#text = source.text;
    this.#cursor = Math.max(0, Math.min(cursor, source.text.length));
  }

  read(): Outline {
    for (let line = 0; line < this.#source.lineStarts.length; line++) this.#readLine(line);
    const context = this.#context ?? this.#textContext([]);
    const presentKeys = context.isFlow
      ? this.#flowKeys
      : this.#keys
          .filter(({ path, span }) => isChildOf(path, context.path) && span.start !== context.word.start)
          .map(({ path }) => String(path.at(-1)));
    return { keys: this.#keys, cursor: { ...context, presentKeys } };
  }

  #readLine(line: number): void {
    this.#line = line;
    const start = this.#source.lineStarts[line] ?? 0;
    const end = this.#lineEnd(line);
    const hasCursor = this.#cursor >= start && this.#cursor <= end && this.#context === undefined;
    if (start < this.#readUntil) return;
    const content = start + (/^[ ]*/.exec(this.#text.slice(start, end))?.[0].length ?? 0);
    const isBlank = this.#text.slice(content, end).trim() === '';
    if (this.#blockIndent !== undefined && this.#staysInBlock(content - start, isBlank)) {
      if (hasCursor && (!isBlank || this.#cursor - start > this.#blockIndent))
        this.#context = this.#textContext(this.#path());
      if (!isBlank || this.#context !== undefined || !hasCursor) return;
    }
    if (!isBlank) this.#blockIndent = undefined;
    if (this.#text[content] === '#' && !isBlank) {
      if (hasCursor) this.#context = this.#textContext([]);
      return;
    }
    if (isBlank && !hasCursor) return;
    this.#readContent(start, isBlank ? this.#cursor : content, end, hasCursor);
  }

  #staysInBlock(indent: number, isBlank: boolean): boolean {
    return isBlank || indent > (this.#blockIndent ?? 0);
  }

  #readContent(lineStart: number, content: number, end: number, hasCursor: boolean): void {
    let offset = content;
    while (
      this.#text[offset] === '-' &&
      /^[ \t]|^$/.test(this.#text.slice(offset + 1, Math.min(offset + 2, end)))
    ) {
      if (hasCursor && this.#cursor <= offset) break;
      this.#pushItem(offset - lineStart);
      offset++;
      while (offset < end && (this.#text[offset] === ' ' || this.#text[offset] === '\t')) offset++;
    }
    const itemIndent = this.#open.at(-1)?.indent ?? -1;
    if (this.#text[offset] === '[' || this.#text[offset] === '{') {
      this.#readFlow(offset, end, itemIndent);
      if (this.#context !== undefined || !hasCursor) return;
      if (this.#cursor > offset) {
        this.#closeCursor(hasCursor, offset);
        return;
      }
    }
    keyPattern.lastIndex = offset;
    const match = keyPattern.exec(this.#text.slice(0, end));
    const colon = match === null ? -1 : keyPattern.lastIndex - 1;
    if (match !== null && !(hasCursor && this.#cursor <= colon)) {
      const keySpan = { start: offset, end: offset + (match[1] ?? '').length };
      this.#pushKey(offset - lineStart, unquoted(match[1] ?? ''), keySpan);
      this.#readValue(colon + 1, end, offset - lineStart, hasCursor);
      return;
    }
    if (hasCursor) this.#contextOfKey(lineStart, offset, end);
    if (match !== null) {
      this.#pushKey(offset - lineStart, unquoted(match[1] ?? ''), {
        start: offset,
        end: offset + (match[1] ?? '').length,
      });
      this.#readValue(colon + 1, end, offset - lineStart, false);
    } else if (/^[|>]/.test(this.#text.slice(offset, end))) this.#blockIndent = itemIndent;
  }

  /** A word without a colon: it may become a key, or be a scalar. */
  #contextOfKey(lineStart: number, offset: number, end: number): void {
    const before = this.#text.slice(offset, this.#cursor);
    if (/(^|\s)#/.test(before) || /^[|>]/.test(before)) {
      this.#context = this.#textContext(this.#path());
      return;
    }
    const isQuoted = /^["']/.test(before);
    const start = Math.min(isQuoted ? offset + 1 : offset, this.#cursor);
    const word = { start, end: this.#wordEnd(Math.max(this.#cursor, start), end) };
    const indent = offset - lineStart;
    const open = this.#open.filter((each) => each.indent < indent);
    const path = open.map(({ segment }) => segment);
    const hasColon = /^["']?[ \t]*:/.test(this.#text.slice(word.end, end));
    this.#context = { role: 'key', path, word, indent, isFlow: false, hasColon };
  }

  #readValue(from: number, end: number, indent: number, hasCursor: boolean): void {
    let start = from;
    while (start < end && (this.#text[start] === ' ' || this.#text[start] === '\t')) start++;
    properties.lastIndex = start;
    properties.exec(this.#text.slice(0, end));
    start = Math.max(start, properties.lastIndex);
    const first = this.#text[start];
    if (first === '[' || first === '{') {
      this.#readFlow(start, end, indent);
      this.#closeCursor(hasCursor, start);
      return;
    }
    if ((first === '|' || first === '>') && start < end) this.#blockIndent = indent;
    if (hasCursor && this.#context === undefined)
      this.#contextOfValue(Math.min(start, this.#cursor), end, indent);
  }

  #contextOfValue(start: number, end: number, indent: number): void {
    const before = this.#text.slice(start, this.#cursor);
    const path = this.#path();
    if (/(^|\s)#/.test(before) || /^[|>]/.test(before)) {
      this.#context = this.#textContext(path);
      return;
    }
    const wordStart = /^["']/.test(before) ? start + 1 : start;
    const word = { start: wordStart, end: this.#wordEnd(this.#cursor, end) };
    this.#context = { role: 'value', path, word, indent, isFlow: false, hasColon: false };
  }

  /** Reads a flow collection over as many lines as belong to it: those indented deeper than its key. */
  #readFlow(start: number, lineEnd: number, indent: number): void {
    const limit = this.#flowLimit(lineEnd, indent);
    const { end, cursor } = scanFlow(this.#text, start, limit, this.#cursor);
    this.#readUntil = end ?? limit;
    if (cursor === undefined || this.#context !== undefined) return;
    const path = [...this.#path(), ...cursor.path];
    const word = { start: cursor.wordStart, end: this.#wordEnd(this.#cursor, limit) };
    const hasColon = cursor.role === 'key' && /^["']?[ \t]*:/.test(this.#text.slice(word.end, limit));
    const own = hasColon ? unquoted(this.#text.slice(word.start, word.end)) : undefined;
    this.#flowKeys = cursor.presentKeys.filter((key) => key !== own);
    this.#context = { role: cursor.role, path, word, indent: indent + 2, isFlow: true, hasColon };
  }

  #flowLimit(lineEnd: number, indent: number): number {
    let limit = lineEnd;
    for (let line = this.#line + 1; line < this.#source.lineStarts.length; line++) {
      const start = this.#source.lineStarts[line] ?? 0;
      const text = this.#text.slice(start, this.#lineEnd(line));
      if (text.trim() !== '' && text.length - text.trimStart().length <= indent) break;
      limit = this.#lineEnd(line);
    }
    return limit;
  }

  /** A cursor behind a flow collection on its line stands in nothing that could be completed. */
  #closeCursor(hasCursor: boolean, flowStart: number): void {
    if (hasCursor && this.#context === undefined) {
      const path = this.#path();
      this.#context =
        this.#cursor <= flowStart
          ? {
              role: 'value',
              path,
              word: { start: this.#cursor, end: this.#cursor },
              indent: 0,
              isFlow: false,
              hasColon: false,
            }
          : this.#textContext(path);
    }
  }

  #pushItem(indent: number): void {
    const same = this.#open.find((each) => each.indent === indent && typeof each.segment === 'number');
    this.#open = this.#open.filter(
      (each) => each.indent < indent || (each.indent === indent && typeof each.segment === 'string'),
    );
    this.#open.push({ indent, segment: same === undefined ? 0 : Number(same.segment) + 1 });
  }

  #pushKey(indent: number, key: string, span: Span): void {
    this.#open = this.#open.filter((each) => each.indent < indent);
    this.#open.push({ indent, segment: key });
    this.#keys.push({ path: this.#path(), span });
  }

  #path(): PathSegment[] {
    return this.#open.map(({ segment }) => segment);
  }

  #textContext(path: readonly PathSegment[]): Omit<CursorContext, 'presentKeys'> {
    const word = { start: this.#cursor, end: this.#cursor };
    return { role: 'text', path, word, indent: 0, isFlow: false, hasColon: false };
  }

  #wordEnd(from: number, limit: number): number {
    wordCharacters.lastIndex = from;
    wordCharacters.exec(this.#text.slice(0, limit));
    return Math.max(from, wordCharacters.lastIndex);
  }

  #lineEnd(line: number): number {
    const next = this.#source.lineStarts[line + 1];
    if (next === undefined) return this.#text.length;
    return this.#text[next - 1] === '\n' && this.#text[next - 2] === '\r' ? next - 2 : next - 1;
  }
}

function isChildOf(path: readonly PathSegment[], parent: readonly PathSegment[]): boolean {
  return path.length === parent.length + 1 && parent.every((segment, index) => segment === path[index]);
}
