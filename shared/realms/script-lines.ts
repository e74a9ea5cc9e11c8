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
 * For each line of a script, whether it is run in any case and does what it does in any place of it: behind no condition
 * and no way out, in no function or loop, and behind nothing that may bring what it needs. Here-documents are left out.
 * Behind a text of several lines nothing is certain.
 */
export function linesThatStandAlone(lines: readonly string[]): boolean[] {
  let depth = 0;
  let isOver = false;
  let isPart = false;
  return lines.map((line) => {
    if (line.trim() === '') return false;
    const standsAlone = !isOver && !isPart && depth === 0 && !/^\s/.test(line) && !goesOn.test(line);
    depth += [...line.matchAll(opens)].length - [...line.matchAll(closes)].length;
    isOver ||= leaves.test(line) || brings.test(line) || scanShell(line).openQuote !== undefined;
    isPart = goesOn.test(line);
    return standsAlone;
  });
}
