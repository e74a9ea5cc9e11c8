import { type HereDocument, isFilledIn } from './script-lines.ts';
import type { Stage } from './shell-words.ts';

/** What a command writes into a file, straight or by way of `tee`. */
export interface Written {
  readonly path: string;
  readonly content: string;
  /** Whether what the file has already stays there. */
  readonly isAppended: boolean;
}

const nowhere = '/dev/null';
const writes = /^1?(>>?|>\|)$|^&>>?$/;

/** The files that programs with their redirections write, in the order in which they are named. */
export function writtenPaths(stages: readonly Stage[]): string[] {
  return stages.flatMap((stage) => [...redirectedTo(stage), ...writtenByProgram(stage)]);
}

function redirectedTo({ redirections }: Stage): string[] {
  return redirections.flatMap(({ operator, target }) => {
    const path = target?.value ?? target?.raw ?? '';
    return writes.test(operator) && path.startsWith('/') && path !== nowhere ? [path] : [];
  });
}

/** tee(1), and the options for a file of curl(1), wget(1) and gpg(1). */
function writtenByProgram({ words }: Stage): string[] {
  const [program = '', ...others] = words.map(({ value, raw }) => value ?? raw);
  if (program === 'tee') return others.filter((word) => word.startsWith('/'));
  if (!/^(curl|wget|gpg)$/.test(program)) return [];
  return others.flatMap((word, index) => {
    const [, path] = /^--(?:output|output-document)=(\/.*)$/.exec(word) ?? [];
    const next = others[index + 1] ?? '';
    return (
      path ?? (/^(-[A-Za-z]*[oO]|--output|--output-document)$/.test(word) && next[0] === '/' ? next : [])
    );
  });
}

/** Undefined where it writes several files, or what it writes is made by other programs or by the shell. */
export function writtenBy(
  [first, second, ...more]: readonly Stage[],
  here: HereDocument | undefined,
): Written | undefined {
  if (first === undefined || more.length > 0) return undefined;
  const out = targetOf(first);
  if (out === 'several') return undefined;
  if (second !== undefined) {
    const tee = out === undefined ? teeOf(second) : undefined;
    const content = tee && contentOf(first, here);
    return tee && content !== undefined ? { ...tee, content } : undefined;
  }
  const tee = out === undefined ? teeOf(first) : undefined;
  if (tee !== undefined) {
    const content = contentOfHere(first, here);
    return content === undefined ? undefined : { ...tee, content };
  }
  const content = out && contentOf(first, here);
  return out && content !== undefined ? { ...out, content } : undefined;
}

type Target = Omit<Written, 'content'>;

/** Errors that go elsewhere are none of it. */
function targetOf({ redirections }: Stage): Target | 'several' | undefined {
  const outward = redirections.filter(({ operator }) => !/^(2|<<)/.test(operator));
  // Of several the last alone gets something, and the others are emptied.
  const others = outward.length > 1 ? outward : outward.filter(({ target }) => target?.value !== nowhere);
  if (others.length === 0) return undefined;
  const [{ operator = '', target } = {}] = others;
  const path = target?.value;
  const isOne = others.length === 1 && /^1?(>>?|>\|)$/.test(operator);
  return isOne && path?.startsWith('/') ? { path, isAppended: operator.endsWith('>>') } : 'several';
}

function teeOf(stage: Stage): Target | undefined {
  const [program, ...others] = stage.words.map(({ value }) => value ?? '');
  const isAppended = others[0] === '-a' || others[0] === '--append';
  const [path = '', ...more] = isAppended ? others.slice(1) : others;
  return program === 'tee' && more.length === 0 && path.startsWith('/') && targetOf(stage) === undefined
    ? { path, isAppended }
    : undefined;
}

function contentOf(stage: Stage, here: HereDocument | undefined): string | undefined {
  const [program, ...others] = stage.words.map(({ value }) => value);
  if (program === 'cat' && (others.length === 0 || (others.length === 1 && others[0] === '-')))
    return contentOfHere(stage, here);
  const words = others.filter((word) => word !== undefined);
  if (words.length < others.length) return undefined;
  if (program === 'echo') return echoed(words);
  return program === 'printf' ? printed(words) : undefined;
}

function contentOfHere({ redirections }: Stage, here: HereDocument | undefined): string | undefined {
  const isHere = redirections.filter(({ operator }) => /^<<-?$/.test(operator)).length === 1;
  if (!isHere || here === undefined) return undefined;
  return isFilledIn(here) ? undefined : here.content;
}

/** What a backslash means to echo differs from shell to shell (POSIX.1-2017, echo, “APPLICATION USAGE”). */
function echoed(words: readonly string[]): string | undefined {
  const isBare = words[0] === '-n';
  const said = isBare ? words.slice(1) : words;
  if (said[0]?.startsWith('-') || said.some((word) => word.includes('\\'))) return undefined;
  return `${said.join(' ')}${isBare ? '' : '\n'}`;
}

/** printf(1) as far as settings need it: a text with its line ends, or texts as they are, each on a line. */
function printed([format = '', ...words]: readonly string[]): string | undefined {
  const text = format.replaceAll('\\n', '\n').replaceAll('\\t', '\t');
  if (text.includes('\\')) return undefined;
  if (words.length === 0) return text.includes('%') ? undefined : text;
  return /^%s\n?$/.test(text) ? words.map((word) => text.replace('%s', () => word)).join('') : undefined;
}
