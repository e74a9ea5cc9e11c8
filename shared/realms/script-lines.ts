import { scanShell } from '../cloud-config/shell-quotes.ts';

/** What a here-document passes on, without the lines that open and close it. */
export interface HereDocument {
  readonly content: string;
  /** Whether it is passed on as it is written: the word that ends it is in quotes. */
  readonly isLiteral: boolean;
}

/** Whether a shell puts variables or what commands say into it. */
export function isFilledIn({ content, isLiteral }: HereDocument): boolean {
  return !isLiteral && /[$`\\]/.test(content);
}

/** A line of a script as a shell reads it: with those that go on behind a backslash, and with its here-document. */
export interface ScriptLine {
  /** Without the here-document; empty for comments. */
  readonly text: string;
  readonly comment?: string;
  readonly first: number;
  readonly last: number;
  readonly here?: HereDocument;
}

const opensHere = /(?<!<)<<(?!<)(-?)[ \t]*(["'\\]?)([A-Za-z_]\w*)/;

export function scriptLines(lines: readonly string[]): ScriptLine[] {
  const found: ScriptLine[] = [];
  for (let first = 0; first < lines.length; first++) {
    const line = lines[first] ?? '';
    if (/^\s*#/.test(line)) {
      found.push({ text: '', comment: line.trim(), first, last: first });
      continue;
    }
    let last = first;
    const parts = [line];
    while (goesOnBelow(parts.at(-1) ?? '') && last + 1 < lines.length) {
      const part = parts.pop() ?? '';
      parts.push(part.slice(0, -1), lines[++last] ?? '');
    }
    const text = parts.join('');
    const [, dash, quote, end] = opensHere.exec(text) ?? [];
    if (end === undefined) {
      found.push({ text, first, last });
    } else {
      let close = last + 1;
      while (close < lines.length && lines[close]?.trim() !== end) close++;
      const inside = lines
        .slice(last + 1, close)
        .map((each) => `${dash === '-' ? each.replace(/^\t+/, '') : each}\n`);
      last = Math.min(close, lines.length - 1);
      found.push({
        text,
        first,
        last,
        here: { content: inside.join(''), isLiteral: quote !== '' },
      });
    }
    first = last;
  }
  return found;
}

/** An even number of backslashes stands for themselves. */
function goesOnBelow(line: string): boolean {
  let count = 0;
  while (line[line.length - 1 - count] === '\\') count++;
  return count % 2 === 1;
}

const leaves = /\b(exit|return|exec|break|continue)\b/;
const goesOn = /(\\|&&|\|)\s*$/;
const opens = /(^|[;&|]\s*|\b(then|do|else)\s+)(if|for|while|until|case|select)\b|[({]\s*$/g;
const closes = /(^|[;\s])(fi|done|esac)\b|^\s*[)}]/g;

/** What a line leaves behind that lines below it may work on. */
export type Brought = 'packages' | 'units' | 'modules' | 'files';

/** How a line stands in its script. */
export interface LineStanding {
  /** Whether it is run in any case: behind no condition and no way out, in no function or loop. */
  readonly isRun: boolean;
  /** What lines above it may bring. */
  readonly brought: ReadonlySet<Brought>;
}

/** Programs that bring anything. */
const brings =
  /(^|[\s;&|({])(\/(usr\/(local\/)?)?s?bin\/)?(apt|apt-get|aptitude|add-apt-repository|dpkg|curl|wget|git|tar|unzip|cp|mv|ln|install|make|pip3?)(\s|$)/;
const anything: readonly Brought[] = ['packages', 'units', 'modules', 'files'];

/** Files that are written, and what they are for beside those who read them. */
const written = /(?:>\s*|\btee\s+(?:-a\s+|--append\s+)?)["']?(\/(?:etc|usr|lib)\/[^\s"']+)/g;
const purposes: readonly (readonly [RegExp, Brought])[] = [
  [/^\/etc\/apt\/|\/keyrings\//, 'packages'],
  [/\/(systemd|init\.d)\//, 'units'],
  [/\/(modprobe\.d|modules|modules-load\.d|udev|dkms|firmware)(\/|$)/, 'modules'],
];

function broughtBy(line: string): readonly Brought[] {
  if (brings.test(line)) return anything;
  const paths = [...line.matchAll(written)].map(([, path = '']) => path);
  const found = paths.flatMap((path) =>
    purposes.flatMap(([pattern, what]) => (pattern.test(path) ? what : [])),
  );
  return paths.length === 0 ? [] : ['files', ...found];
}

/** How each line of a script stands in it. Behind a text of several lines nothing is certain. */
export function standingsOfLines(lines: readonly ScriptLine[]): LineStanding[] {
  let depth = 0;
  let isOver = false;
  let isPart = false;
  let brought: ReadonlySet<Brought> = new Set();
  return lines.map(({ text: line }) => {
    if (line.trim() === '') return { isRun: false, brought };
    const standing = {
      isRun: !isOver && !isPart && depth === 0 && !/^\s/.test(line) && !goesOn.test(line),
      brought,
    };
    depth += [...line.matchAll(opens)].length - [...line.matchAll(closes)].length;
    isOver ||= leaves.test(line) || scanShell(line).openQuote !== undefined;
    const more = broughtBy(line);
    if (more.some((each) => !brought.has(each))) brought = new Set([...brought, ...more]);
    isPart = goesOn.test(line);
    return standing;
  });
}
