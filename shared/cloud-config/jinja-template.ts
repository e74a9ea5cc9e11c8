/** One piece of a template: text between marks, an expression, a statement or a comment. Offsets are those of the text. */
export interface TemplatePiece {
  readonly type: 'expression' | 'statement' | 'comment';
  readonly start: number;
  readonly end: number;
  /** What stands between the marks, without the `-` that trims space. */
  readonly body: string;
}

export interface TemplateMistake {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

export interface ReadTemplate {
  readonly pieces: readonly TemplatePiece[];
  readonly mistakes: readonly TemplateMistake[];
}

const closing = { '{{': '}}', '{%': '%}', '{#': '#}' } as const;
type Opening = keyof typeof closing;
const typeOf = { '{{': 'expression', '{%': 'statement', '{#': 'comment' } as const;

/** Statements that open a block, with what closes it; and those that stand alone (Jinja 3.1 with the extension `do`). */
const blocks: Readonly<Record<string, string>> = {
  if: 'endif',
  for: 'endfor',
  macro: 'endmacro',
  call: 'endcall',
  filter: 'endfilter',
  block: 'endblock',
  with: 'endwith',
  autoescape: 'endautoescape',
  raw: 'endraw',
};
const single = new Set(['set', 'do', 'import', 'from', 'include', 'extends']);
const inside: Readonly<Record<string, readonly string[]>> = { elif: ['if'], else: ['if', 'for'] };

/** More than these help nobody. */
const mostMistakes = 20;

/** Splits a template at its marks and tells what of its syntax cannot be right. Never throws. */
export function readTemplate(text: string): ReadTemplate {
  const pieces: TemplatePiece[] = [];
  const mistakes: TemplateMistake[] = [];
  const open: { name: string; piece: TemplatePiece }[] = [];
  let at = 0;
  for (;;) {
    const next = nextMark(text, at);
    if (next === undefined) break;
    const { mark, start } = next;
    const end = endOf(text, mark, start + 2);
    if (end === undefined) {
      mistakes.push({ start, end: start + 2, message: `This ${mark} is not closed with ${closing[mark]}.` });
      if (mark === '{#' || mistakes.length >= mostMistakes) break;
      at = start + 2;
      continue;
    }
    const body = text.slice(start + 2, end - 2).replace(/^[-+]|[-+]$/g, '');
    const piece: TemplatePiece = { type: typeOf[mark], start, end, body };
    pieces.push(piece);
    at = end;
    if (mark === '{{' && body.trim() === '')
      mistakes.push({ start, end, message: 'There is nothing between {{ and }}.' });
    if (mark !== '{%') continue;
    const name = /^\s*([a-z_]+)/.exec(body)?.[1] ?? '';
    followBlocks(name, piece, open, mistakes);
    if (name === 'raw') {
      const raw = /\{%[-+]?\s*endraw\s*[-+]?%\}/g;
      raw.lastIndex = end;
      at = raw.exec(text)?.index ?? text.length;
    }
  }
  for (const { name, piece } of open) {
    const message = `This {% ${name} %} is not closed with {% ${blocks[name] ?? `end${name}`} %}.`;
    mistakes.push({ start: piece.start, end: piece.end, message });
  }
  return { pieces, mistakes: mistakes.slice(0, mostMistakes) };
}

function nextMark(text: string, from: number): { mark: Opening; start: number } | undefined {
  for (let at = text.indexOf('{', from); at >= 0; at = text.indexOf('{', at + 1)) {
    const mark = text.slice(at, at + 2);
    if (mark === '{{' || mark === '{%' || mark === '{#') return { mark, start: at };
  }
  return undefined;
}

/** Longest expression or statement that is looked through; a mark that is not closed must not cost the whole text each time. */
const longestPiece = 10_000;

/** The offset behind the closing mark. Marks in quotes do not count, and another opening one means that this is open. */
function endOf(text: string, mark: Opening, from: number): number | undefined {
  if (mark === '{#') {
    const end = text.indexOf('#}', from);
    // A comment that is not closed holds all that follows.
    return end < 0 ? undefined : end + 2;
  }
  let quote = '';
  const limit = Math.min(text.length, from + longestPiece);
  for (let at = from; at < limit; at++) {
    const character = text[at] ?? '';
    if (quote !== '') {
      if (character === '\\') at++;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (text.startsWith(closing[mark], at)) return at + 2;
    else if (text.startsWith('{{', at) || text.startsWith('{%', at)) return undefined;
  }
  return undefined;
}

function followBlocks(
  name: string,
  piece: TemplatePiece,
  open: { name: string; piece: TemplatePiece }[],
  mistakes: TemplateMistake[],
): void {
  const { start, end, body } = piece;
  const report = (message: string) => mistakes.push({ start, end, message });
  // `{% set x %}...{% endset %}` holds text, `{% set x = 1 %}` does not.
  if (Object.hasOwn(blocks, name) || (name === 'set' && !body.includes('='))) {
    open.push({ name, piece });
    return;
  }
  if (single.has(name)) return;
  const within = open.at(-1)?.name;
  if (Object.hasOwn(inside, name)) {
    if (within === undefined || !inside[name]?.includes(within))
      report(`{% ${name} %} stands outside of {% if %}.`);
    return;
  }
  const opener =
    Object.keys(blocks).find((each) => blocks[each] === name) ?? (name === 'endset' ? 'set' : undefined);
  if (opener === undefined) {
    report(name === '' ? 'There is no statement between {% and %}.' : `Jinja knows no statement “${name}”.`);
    return;
  }
  if (within === opener) {
    open.pop();
    return;
  }
  report(
    within === undefined
      ? `Nothing is open that {% ${name} %} could close.`
      : `{% ${name} %} stands where {% ${within} %} is still open.`,
  );
}
