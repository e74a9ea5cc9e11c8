import { scanShell } from '../cloud-config/shell-quotes.ts';

/** The lines of a here-document are another file's, such as a unit or a script of its own. */
export function hereDocumentsLeftOut(lines: readonly string[]): string[] {
  let end: string | undefined;
  return lines.map((line) => {
    if (end !== undefined) {
      if (line.trim() === end) end = undefined;
      return '';
    }
    end = /<<-?\s*["'\\]?(\w+)/.exec(line)?.[1];
    return /^\s*#/.test(line) ? '' : line;
  });
}

const leaves = /\b(exit|return|exec|break|continue)\b/;
const goesOn = /(\\|&&|\|)\s*$/;
const opens = /(^|[;&|]\s*|\b(then|do|else)\s+)(if|for|while|until|case|select)\b|[({]\s*$/g;
const closes = /(^|[;\s])(fi|done|esac)\b|^\s*[)}]/g;

/** Programs that bring packages, files and units, without which what comes behind them may have nothing to work on. */
const brings =
  /\b(apt|apt-get|aptitude|add-apt-repository|dpkg|curl|wget|git|tar|unzip|cp|mv|ln|install|make|pip3?)\b|>\s*\/(etc|usr|lib)\//;

/**
 * Whether a line of a script is run in any case and does what it does in any place of it: behind no condition and no way
 * out, in no function or loop, and behind nothing that may bring what it needs. Here-documents are left out.
 */
export function standsAlone(lines: readonly string[], index: number): boolean {
  const line = lines[index] ?? '';
  const before = lines.slice(0, index).filter((each) => each.trim() !== '');
  const count = (pattern: RegExp) =>
    before.reduce((sum, each) => sum + [...each.matchAll(pattern)].length, 0);
  return (
    !/^\s/.test(line) &&
    !goesOn.test(line) &&
    !goesOn.test(before.at(-1) ?? '') &&
    !before.some((each) => leaves.test(each) || brings.test(each)) &&
    count(opens) === count(closes) &&
    scanShell(before.join('\n')).openQuote === undefined
  );
}
