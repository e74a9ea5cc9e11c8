/** What stands in front of a program and changes nothing of what it leaves behind. */
export interface Lead {
  /** How many words it has. */
  readonly length: number;
  /** Whether the program runs with variables of its own. */
  readonly hasVariables: boolean;
}

/** Where commands live, which may be written out. */
export const folder = /^(\/usr(\/local)?)?\/s?bin\//;

/**
 * Programs that run another one, their options, and how many operands stand in front of it: sudo(8), env(1), nice(1),
 * ionice(1), timeout(1), stdbuf(1), flock(1), setsid(1), nohup(1), and `cloud-init-per FREQUENCY NAME COMMAND`.
 */
const runners: readonly (readonly [program: RegExp, option: RegExp, operands: number])[] = [
  [/^sudo$/, /^(-[ug] root|-[A-Za-z]+|--)$/, 0],
  [/^env$/, /^(--)$/, 0],
  [/^nice$/, /^(-n -?\d+|-n-?\d+|-{1,2}\d+|--adjustment=-?\d+)$/, 0],
  [/^ionice$/, /^(-[cn] \d+|-[cn]\d+|-t)$/, 0],
  [/^timeout$/, /^(-[ks] \S+|--?[a-z]\S*)$/, 1],
  [/^stdbuf$/, /^(-[ioe] ?\S+)$/, 0],
  [/^flock$/, /^(-[wE] \S+|-[a-z]+)$/, 1],
  [/^cloud-init-per$/, /^$/, 2],
  [/^(setsid|nohup|time|eatmydata|chronic|exec)$/, /^(-[a-z]|--[a-z-]+)$/, 0],
];

/**
 * Variables that change what is asked and said alone: Debian’s package tools ask nothing while an image is built anyway
 * (debconf(7), needrestart(1), apt-listchanges(1)).
 */
const harmless =
  /^(DEBIAN_(FRONTEND|PRIORITY)|NEEDRESTART_(MODE|SUSPEND)|APT_LISTCHANGES_FRONTEND|LC_ALL|LANG)=[\w.-]*$/;

export function leadOf(words: readonly string[]): Lead {
  let hasVariables = false;
  let at = 0;
  for (;;) {
    const word = (words[at] ?? '').replace(folder, '');
    const [, option, operands = 0] = runners.find(([program]) => program.test(word)) ?? [];
    if (option !== undefined) {
      at = Math.min(behindOptions(words, at + 1, option) + operands, words.length);
    } else if (/^[A-Za-z_]\w*=/.test(word)) {
      hasVariables ||= !harmless.test(word);
      at++;
    } else {
      return { length: at, hasVariables };
    }
  }
}

function behindOptions(words: readonly string[], start: number, option: RegExp): number {
  let at = start;
  while (at < words.length) {
    const [word = '', next = ''] = words.slice(at, at + 2);
    if (next !== '' && option.test(`${word} ${next}`)) at += 2;
    else if (option.test(word)) at++;
    else break;
  }
  return at;
}
