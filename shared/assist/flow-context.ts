import type { PathSegment } from '../source/source-node.ts';

/** Where a cursor stands inside `[...]` or `{...}`. */
export interface FlowContext {
  readonly path: readonly PathSegment[];
  readonly role: 'key' | 'value';
  /** Offset at which the word under the cursor starts. */
  readonly wordStart: number;
  readonly presentKeys: readonly string[];
}

export interface FlowScan {
  /** Offset behind the closing bracket; undefined when it is missing. */
  readonly end: number | undefined;
  readonly cursor: FlowContext | undefined;
}

interface Level {
  readonly type: 'map' | 'sequence';
  readonly keys: string[];
  index: number;
  key: string | undefined;
  wordStart: number;
}

/**
 * Reads a flow collection that starts at `start`, without asking that it is complete: while one types it never is.
 * Reading ends at its closing bracket or at `limit`.
 */
export function scanFlow(text: string, start: number, limit: number, cursor: number): FlowScan {
  const levels: Level[] = [];
  let context: { level: Level; found: Omit<FlowContext, 'presentKeys'> } | undefined;
  let end: number | undefined;
  for (let offset = start; offset <= limit && end === undefined; offset++) {
    const level = levels.at(-1);
    if (offset === cursor && level !== undefined && context === undefined)
      context = { level, found: whereIn(levels, level, text, offset) };
    const character = offset < limit ? text[offset] : undefined;
    if (character === undefined) break;
    if (character === '"' || character === "'") {
      const closed = closingQuote(text, offset, limit);
      if (cursor > offset && cursor <= closed && level !== undefined)
        context ??= { level, found: { ...whereIn(levels, level, text, offset), wordStart: offset + 1 } };
      offset = closed;
    } else if (character === '[' || character === '{') {
      const type = character === '{' ? 'map' : 'sequence';
      levels.push({ type, keys: [], index: 0, key: undefined, wordStart: offset + 1 });
    } else if (character === ']' || character === '}') {
      levels.pop();
      if (levels.length === 0) end = offset + 1;
    } else if (level !== undefined) readSeparator(text, offset, level);
  }
  const cursorContext = context && { ...context.found, presentKeys: context.level.keys };
  return { end, cursor: cursorContext };
}

function readSeparator(text: string, offset: number, level: Level): void {
  const character = text[offset];
  if (character === ',') {
    level.index++;
    level.key = undefined;
    level.wordStart = offset + 1;
  } else if (
    character === ':' &&
    level.type === 'map' &&
    level.key === undefined &&
    /^[\s,[\]{}]|^$/.test(text.slice(offset + 1, offset + 2))
  ) {
    level.key = unquoted(text.slice(level.wordStart, offset).trim());
    level.keys.push(level.key);
    level.wordStart = offset + 1;
  }
}

function whereIn(
  levels: readonly Level[],
  level: Level,
  text: string,
  offset: number,
): Omit<FlowContext, 'presentKeys'> {
  const path: PathSegment[] = [];
  for (const each of levels) {
    if (each.type === 'sequence') path.push(each.index);
    else if (each.key !== undefined) path.push(each.key);
  }
  let wordStart = level.wordStart;
  while (wordStart < offset && /\s/.test(text[wordStart] ?? '')) wordStart++;
  const role = level.type === 'map' && level.key === undefined ? 'key' : 'value';
  return { path, role, wordStart };
}

/** Offset of the closing quote, or the end of the line when it is missing. */
function closingQuote(text: string, open: number, limit: number): number {
  const quote = text[open];
  for (let offset = open + 1; offset < limit; offset++) {
    const character = text[offset];
    if (character === '\\' && quote === '"') offset++;
    else if (character === quote) return offset;
    else if (character === '\n' || character === '\r') return offset;
  }
  return limit;
}

export function unquoted(word: string): string {
  return /^(["']).*\1$/.test(word) ? word.slice(1, -1) : word;
}
