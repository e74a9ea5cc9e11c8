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
 * Programs that run another one, with their options and operands: sudo(8), nice(1), ionice(1), timeout(1), stdbuf(1),
 * flock(1), setsid(1), nohup(1), and `cloud-init-per FREQUENCY NAME COMMAND`.
 */
const runners: readonly (readonly [RegExp, RegExp])[] = [
  [/^sudo$/, /^(-[ug] root|-[A-Za-z]+|--)$/],
  [/^env$/, /^(--)$/],
  [/^nice$/, /^(-n -?\d+|-n-?\d+|-{1,2}\d+|--adjustment=-?\d+)$/],
  [/^ionice$/, /^(-[cn] \d+|-[cn]\d+|-t)$/],
  [/^timeout$/, /^(-[ks] \S+|--?[a-z]\S*|[\d.]+[smhd]?)$/],
  [/^stdbuf$/, /^(-[ioe] ?\S+)$/],
  [/^flock$/, /^(-[wE] \S+|-[a-z]+|\/\S+)$/],
  [/^(setsid|nohup|time|eatmydata|chronic|exec)$/, /^(-[a-z]|--[a-z-]+)$/],
];

export function leadOf(words: readonly string[]): Lead {
  let hasVariables = false;
  let at = 0;
  for (;;) {
    const word = (words[at] ?? '').replace(folder, '');
    const runner = runners.find(([program]) => program.test(word));
    if (runner !== undefined) {
      at = behindOptions(words, at + 1, runner[1]);
    } else if (word === 'cloud-init-per' && words.length > at + 3) {
      at += 3;
    } else if (/^[A-Za-z_]\w*=/.test(word)) {
      // Debian’s package tools ask nothing while an image is built anyway.
      hasVariables ||= !/^DEBIAN_FRONTEND=\w+$/.test(word);
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
