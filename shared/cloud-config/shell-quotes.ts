/** What a look at the quotes of a shell command tells. */
export interface ShellQuotes {
  /** The quote that is open at the end. */
  readonly openQuote?: '"' | "'";
  /** A quote of a word processor that stands where the shell expects its own. */
  readonly typographicQuote?: string;
}

type Context = 'single' | 'escaped' | 'double' | 'parenthesis' | 'backtick';

/**
 * Follows the quotes of a command as POSIX.1-2017 chapter 2.2 has them, and $'' of newer shells. Here-documents are not
 * followed: nothing is said of a command that has one.
 */
export function scanShell(text: string): ShellQuotes {
  if (/<<-?\s*["'\\]?\w/.test(text)) return {};
  const contexts: Context[] = [];
  let typographicQuote: string | undefined;
  for (let index = 0; index < text.length; index++) {
    const letter = text[index] as string;
    const context = contexts.at(-1);
    if (context === 'single') {
      if (letter === "'") contexts.pop();
    } else if (letter === '\\') index++;
    else if (context === 'escaped') {
      if (letter === "'") contexts.pop();
    } else if (letter === '$' && text[index + 1] === '(') {
      contexts.push('parenthesis');
      index++;
    } else if (letter === '`') {
      if (context === 'backtick') contexts.pop();
      else contexts.push('backtick');
    } else if (context === 'double') {
      if (letter === '"') contexts.pop();
    } else if (letter === '#' && isWordStart(text, index)) {
      const end = text.indexOf('\n', index);
      if (end < 0) break;
      index = end;
    } else if (letter === '"') contexts.push('double');
    else if (letter === "'") contexts.push(text[index - 1] === '$' ? 'escaped' : 'single');
    else if (letter === '(') contexts.push('parenthesis');
    // The patterns of “case” close what nothing opens.
    else if (letter === ')' && context === 'parenthesis') contexts.pop();
    else if (/[“”„‟‘’‚‛]/.test(letter)) typographicQuote ??= letter;
  }
  if (contexts.includes('double')) return { openQuote: '"' };
  if (contexts.includes('single') || contexts.includes('escaped')) return { openQuote: "'" };
  return typographicQuote === undefined ? {} : { typographicQuote };
}

function isWordStart(text: string, index: number): boolean {
  return index === 0 || /[\s;&|()]/.test(text[index - 1] as string);
}
