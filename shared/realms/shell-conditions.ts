import type { Pipeline, Stage } from './shell-words.ts';

/** How a pipeline stands in its text. */
export interface Standing {
  /** How many of its words are the grammar of the shell; all of them where it holds no command. */
  readonly keywords: number;
  /** Whether what stands around it decides whether, or how often, it is run; or whether others are run by its outcome. */
  readonly isConditional: boolean;
}

const opening = /^(if|while|until)$/;
const between = /^(then|do|else|elif|!)$/;
/** Of `case`, in front of what is run. */
const branch = /^[^()]+\)$/;
const closing = /^(fi|done|esac|\})$/;

/** Programs that only look: what stands behind `&&` is run where they find what they look for. */
const looks =
  /^(\[|\[\[|test|[ef]?grep|which|type|hash|pgrep|mountpoint|getent|id|lsmod|lspci|lscpu|modinfo|dpkg-query|command -[vV]|dpkg -[sl]|rpm -q\w*|systemctl (-\S+ )*is-\S+|systemd-detect-virt|virt-what|ping|nc)(\s|$)/;
const leaves = /^(exit|return|exec)$/;

/** Reads the commands of a text one by one, in their order (POSIX.1-2017, 2.9.3 and 2.9.4). */
export function standingsOf(): (pipeline: Pipeline) => Standing {
  /** Of each group that is open, whether what is in it is run under a condition. */
  const open: boolean[] = [];
  let isBehindTest = false;
  let isOver = false;
  return ({ stages, isConsequence, isAlternative }) => {
    const [first] = stages;
    const words = first?.words.map(({ raw }) => raw) ?? [];
    if (!isConsequence && !isAlternative) isBehindTest = false;
    let keywords = 0;
    for (; keywords < words.length; keywords++) {
      const word = words[keywords] ?? '';
      if (opening.test(word)) open.push(true);
      else if (word === '{') open.push(isBehindTest || isAlternative);
      else if (closing.test(word)) open.pop();
      else if (word === 'case' && words[keywords + 2] === 'in') {
        open.push(true);
        keywords += 2;
      } else if (/^(for|select|case)$/.test(word) || words.at(-1) === '{') {
        open.push(true);
        return { keywords: words.length, isConditional: true };
      } else if (branch.test(word)) isBehindTest = true;
      else if (!between.test(word)) break;
    }
    const isConditional = isOver || isBehindTest || open.includes(true);
    if (leaves.test(words[keywords] ?? '') && (isConditional || isAlternative)) isOver = true;
    isBehindTest ||= isAlternative || stages.some((stage) => looks.test(textOf(stage, keywords)));
    return { keywords, isConditional };
  };
}

function textOf({ words }: Stage, keywords: number): string {
  const raw = words.map((word) => word.raw);
  const start = raw.slice(0, keywords).every((word) => opening.test(word) || between.test(word))
    ? keywords
    : 0;
  return raw.slice(start).join(' ');
}
