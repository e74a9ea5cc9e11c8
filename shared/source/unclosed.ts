import { type CST, Parser } from 'yaml';
import { type SourceText, withLineFeeds } from './source-text.ts';

/** A bracket or quote that was opened and not closed. */
export interface Unclosed {
  /** Offset of the character that opens it. */
  readonly start: number;
  /** What would close it. */
  readonly closing: ']' | '}' | '"' | "'";
  /** Offset at which it should be closed at the latest, behind the last character that may belong to it. */
  readonly end: number;
}

/** Texts beyond this are not read a second time for a better place of one mistake. */
const longestText = 300_000;

/** The innermost bracket or quote before `at` that nothing closes; undefined when there is none. */
export function unclosedBefore({ text, lineStarts }: SourceText, at: number): Unclosed | undefined {
  // An entry of the document's outermost mapping stands for itself, so what is wrong in it was mostly opened in it.
  const near = lineStarts.findLast((start) => start < at && /[^\s#\]}"']/.test(text[start] ?? '')) ?? 0;
  return unclosedIn(text, near, at) ?? (near === 0 ? undefined : unclosedIn(text, 0, at));
}

function unclosedIn(text: string, from: number, at: number): Unclosed | undefined {
  if (at - from > longestText) return undefined;
  let found: { readonly start: number; readonly closing: Unclosed['closing'] } | undefined;
  let brackets = 0;
  for (const token of tokensOf(text.slice(from, at))) {
    const closing = missingIn(token);
    if (closing === undefined) continue;
    if (closing === ']' || closing === '}') brackets += 1;
    const start = from + (token.type === 'flow-collection' ? token.start.offset : token.offset);
    if (found === undefined || start > found.start) found = { start, closing };
  }
  if (found === undefined) return undefined;
  const written = text.slice(found.start, at).trimEnd();
  const isQuote = found.closing === '"' || found.closing === "'";
  // Brackets at the end of a quoted text that is not closed close those around it.
  const swallowed = isQuote ? Math.min(brackets, /[\]}]*$/.exec(written)?.[0].length ?? 0) : 0;
  return { ...found, end: found.start + written.length - swallowed };
}

function missingIn(token: CST.Token): Unclosed['closing'] | undefined {
  if (token.type === 'flow-collection') {
    const closing = token.start.type === 'flow-map-start' ? '}' : ']';
    return token.end.some(({ source }) => source === closing) ? undefined : closing;
  }
  if (token.type !== 'double-quoted-scalar' && token.type !== 'single-quoted-scalar') return undefined;
  const quote = token.type === 'double-quoted-scalar' ? '"' : "'";
  return token.source.length > 1 && token.source.endsWith(quote) ? undefined : quote;
}

/** All tokens of a text that may be incomplete. Without recursion: nesting is as deep as the text says. */
function* tokensOf(text: string): Generator<CST.Token> {
  const open: CST.Token[] = [...new Parser().parse(withLineFeeds(text))];
  for (let token = open.pop(); token !== undefined; token = open.pop()) {
    yield token;
    if (token.type === 'document' && token.value !== undefined) open.push(token.value);
    if (!('items' in token)) continue;
    for (const item of token.items) {
      if (item.key) open.push(item.key);
      if (item.value !== undefined) open.push(item.value);
    }
  }
}
