/** The forms of crypt(5), by their start; a hash of another length fits no password. */
const forms: readonly (readonly [start: RegExp, whole: RegExp])[] = [
  [/^\$1\$/, /^\$1\$[^$]{0,8}\$[./\dA-Za-z]{22}$/],
  [/^\$2[abxy]\$/, /^\$2[abxy]\$\d\d\$[./\dA-Za-z]{53}$/],
  [/^\$5\$/, /^\$5\$(?:rounds=\d+\$)?[^$]{0,16}\$[./\dA-Za-z]{43}$/],
  [/^\$6\$/, /^\$6\$(?:rounds=\d+\$)?[^$]{0,16}\$[./\dA-Za-z]{86}$/],
  [/^\$y\$/, /^\$y\$[./\dA-Za-z]+\$[./\dA-Za-z]{0,86}\$[./\dA-Za-z]{43}$/],
];

/** False for the hash of a known method that was cut short or damaged; of other texts nothing is known. */
export function isWholeHash(text: string): boolean {
  return forms.find(([start]) => start.test(text))?.[1].test(text) ?? true;
}
