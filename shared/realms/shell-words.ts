/** A word of a command as a shell reads it (POSIX.1-2017, 2.2 and 2.3). */
export interface ShellWord {
  readonly raw: string;
  /** Without its quotes; undefined where a shell puts something else in its place: variables, patterns, escapes. */
  readonly value: string | undefined;
  readonly start: number;
}

export interface Redirection {
  /** With the number of the file that it is for, such as `2>`. */
  readonly operator: string;
  readonly target: ShellWord | undefined;
}

/** A program with its arguments. */
export interface Stage {
  readonly words: readonly ShellWord[];
  readonly redirections: readonly Redirection[];
}

/** Programs of which each reads what the one before writes. */
export interface Pipeline {
  readonly stages: readonly Stage[];
  /** Where its last word ends. */
  readonly end: number;
  /** Whether it is run only where the one before fails. */
  readonly isAlternative: boolean;
  /** Whether it is run only where the one before succeeds. */
  readonly isConsequence: boolean;
  /** What stands behind a # at its end. */
  readonly comment?: string;
}

type Open<Value> = {
  -readonly [Key in keyof Value]: Value[Key] extends readonly (infer Item)[] ? Item[] : Value[Key];
};
type OpenPipeline = Omit<Open<Pipeline>, 'stages'> & { stages: Open<Stage>[] };

const operators = /&>>|&>|&&|\|\||\|&|;;|<<<|<<-|<<|<>|<&|>>|>&|>\||[;&|<>\n]/y;

/** Every letter is looked at once, or twice: a text that is made to be slow is read as fast as others. */
export function pipelinesIn(text: string): Pipeline[] {
  const pipelines: OpenPipeline[] = [];
  let stage: Open<Stage> = { words: [], redirections: [] };
  let pipeline: OpenPipeline = { stages: [stage], end: 0, isAlternative: false, isConsequence: false };
  pipelines.push(pipeline);
  let operator: string | undefined;
  let at = 0;
  while (at < text.length) {
    const letter = text[at] as string;
    if (/[ \t\r]/.test(letter)) {
      at++;
      continue;
    }
    if (letter === '#') {
      const end = text.indexOf('\n', at);
      const comment = text.slice(at, end < 0 ? text.length : end).trimEnd();
      pipeline.comment = comment;
      at = end < 0 ? text.length : end;
      continue;
    }
    operators.lastIndex = at;
    const sign = operators.exec(text)?.[0];
    if (sign === undefined) {
      const { word, end } = readWord(text, at);
      if (operator === undefined) stage.words.push(word);
      else stage.redirections.push({ operator, target: word });
      operator = undefined;
      pipeline.end = end;
      at = end;
      continue;
    }
    if (operator !== undefined) stage.redirections.push({ operator, target: undefined });
    operator = undefined;
    if (/[<>]/.test(sign)) {
      const last = stage.words.at(-1);
      const isNumber = last !== undefined && /^\d+$/.test(last.raw) && last.start + last.raw.length === at;
      if (isNumber) stage.words.pop();
      operator = isNumber ? `${last.raw}${sign}` : sign;
      pipeline.end = at + sign.length;
    } else if (/^\|&?$/.test(sign)) {
      stage = { words: [], redirections: [] };
      pipeline.stages.push(stage);
    } else {
      stage = { words: [], redirections: [] };
      pipeline = {
        stages: [stage],
        end: at,
        isAlternative: sign === '||',
        isConsequence: sign === '&&',
      };
      pipelines.push(pipeline);
    }
    at += sign.length;
  }
  if (operator !== undefined) stage.redirections.push({ operator, target: undefined });
  return pipelines;
}

const ends = /[\s;&|<>]/;
const expands = /[$`\\*?[\]{}~]/;

/** A quote or a parenthesis that is not closed goes on to the end. */
function readWord(text: string, start: number): { word: ShellWord; end: number } {
  const pieces: string[] = [];
  let isPlain = true;
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const letter = text[at] as string;
    if (depth === 0 && ends.test(letter)) break;
    const close = letter === '"' ? endOfDouble(text, at) : /['`]/.test(letter) ? endOf(text, at) : undefined;
    if (close !== undefined) {
      const inside = text.slice(at + 1, close);
      if (text[close] !== letter || letter === '`') isPlain = false;
      if (letter === '"' && /[$`\\]/.test(inside)) isPlain = false;
      pieces.push(inside);
      at = close + 1;
      continue;
    }
    if (letter === '(') depth++;
    if (letter === ')' && depth > 0) depth--;
    if (/[()]/.test(letter) || expands.test(letter)) isPlain = false;
    const length = letter === '\\' ? 2 : 1;
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  const end = Math.min(at, text.length);
  return {
    word: { raw: text.slice(start, end), value: isPlain ? pieces.join('') : undefined, start },
    end,
  };
}

function endOf(text: string, open: number): number {
  const close = text.indexOf(text[open] as string, open + 1);
  return close < 0 ? text.length : close;
}

function endOfDouble(text: string, open: number): number {
  let at = open + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return Math.min(at, text.length);
}
