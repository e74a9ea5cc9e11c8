import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { replacementFix } from '../diagnostics/suggest.ts';
import type { ScalarNode, SourceNode } from '../source/source-node.ts';

type IsOpen = (node: ScalarNode) => boolean;

/** What dash makes of a word of bash: the command alone fails, or the script ends there. */
type Effect = 'fails' | 'ends';

interface Word {
  readonly pattern: RegExp;
  /** In texts in double quotes too, where the shell fills in. */
  readonly isFilledIn?: boolean;
  readonly effect: Effect;
  readonly message: string;
}

/** Where a command starts. */
const start = String.raw`(?:^|[;&|\n({!]|\b(?:then|do|else|elif|if|while|until)\s)[ \t]*`;

/** Each was given to dash 0.5.12 of Debian 12. */
const words: readonly Word[] = [
  {
    pattern: new RegExp(String.raw`${start}set\s(?:[^;&|\n]{0,80}\s)?-?\w{0,8}o\s+(?:pipefail|posix)\b`),
    effect: 'ends',
    message: 'sh has no “set -o pipefail”',
  },
  { pattern: /(?:^|[\s;&|])[A-Za-z_]\w*\+?=\(/, effect: 'ends', message: 'sh has no arrays' },
  {
    pattern: /(?:^|\s)[<>]\(/,
    effect: 'ends',
    message: 'sh puts no command in the place of a file, as <( ) does',
  },
  { pattern: /<<</, effect: 'ends', message: 'sh has no <<<; write echo … |' },
  { pattern: /\|&/, effect: 'ends', message: 'sh has no |&; write 2>&1 |' },
  {
    pattern: new RegExp(String.raw`${start}function\s+[\w-]+\s*(?:\(\s*\)\s*)?\{`),
    effect: 'ends',
    message: 'sh has no “function”; write NAME() {',
  },
  { pattern: /\bfor\s*\(\(/, effect: 'ends', message: 'sh has no “for ((”; write for i in $(seq 3)' },
  {
    pattern: /\$\{(?:!\w|[A-Za-z_]\w*(?:\[|\/|\^|,|:\s*\d|:\s+-))/,
    isFilledIn: true,
    effect: 'ends',
    message: `sh knows \${name:-…}, \${name#…} and \${name%…} alone`,
  },
  { pattern: new RegExp(String.raw`${start}\[\[\s`), effect: 'fails', message: 'sh has no [[; write [ … ]' },
  {
    pattern: new RegExp(String.raw`${start}(?:\[|test)\s[^;&|\n]{0,200}\s==\s`),
    effect: 'fails',
    message: 'sh compares with a single =',
  },
  {
    pattern: new RegExp(String.raw`${start}source\s+\S`),
    effect: 'fails',
    message: 'sh has no “source”; write . and the file',
  },
  {
    pattern: new RegExp(String.raw`${start}(?:pushd|popd|shopt|declare|typeset|mapfile|readarray|let)(?=\s)`),
    effect: 'fails',
    message: 'sh has no such command of bash',
  },
  {
    pattern: /(?:^|[^>&\d])&>/,
    effect: 'fails',
    message: 'sh takes &> for a command in the background, and an empty file; write >… 2>&1',
  },
  {
    // curl(1) fills in those of its addresses itself.
    pattern: /(?:^|[\s/\w])(?<!\bcurl\s[^;&|\n]{0,300})\{(?:\w+\.\.\w+|[\w./-]+(?:,[\w./-]+)+)\}/,
    effect: 'fails',
    message: 'sh fills in no braces: it takes them for a part of the name',
  },
];

/** Without one of these a text is looked at no closer: thousands of commands must not cost a pass for each word. */
const mayHold =
  /\[\[|\b(?:source|pipefail|posix|function|pushd|popd|shopt|declare|typeset|mapfile|readarray|let)\b|==|=\(|[<>]\(|<<<|\|&|\(\(|\{|&>/;

/**
 * Texts of runcmd and bootcmd are lines of one script of /bin/sh, which is dash on Debian, whatever a first line of their own
 * says.
 */
export function checkShellDialect(item: SourceNode, sink: DiagnosticSink, isOpen: IsOpen): void {
  if (item.type !== 'scalar' || typeof item.value !== 'string' || isOpen(item)) return;
  if (!mayHold.test(item.value)) return;
  const parts = shellParts(item.value);
  if (parts === undefined) return;
  const found = words.find(({ pattern, isFilledIn }) =>
    pattern.test(isFilledIn ? parts.filledIn : parts.bare),
  );
  if (found === undefined) return;
  const consequence =
    found.effect === 'ends'
      ? 'neither this command nor any after it runs'
      : 'this command does not do what it says';
  const message = `The commands run in /bin/sh, which is dash on Debian: ${found.message}. As it stands, ${consequence}. Or write it as a script of bash in “write_files”.`;
  sink.at(item, 'warning', 'cloud-config-type', message, sourceFix(item));
}

/** The dot in the place of “source”, where the text is nothing else. */
function sourceFix(item: ScalarNode) {
  const match = /^source(\s+[\w./-]+)$/.exec(String(item.value));
  return match === null ? undefined : [replacementFix(item, `.${match[1]}`)];
}

interface ShellParts {
  /** Without quoted texts and comments. */
  readonly bare: string;
  /** The same, with what stands in double quotes. */
  readonly filledIn: string;
}

/** Undefined where a here-document holds what is for another program. */
function shellParts(text: string): ShellParts | undefined {
  if (/(?:^|[^<])<<-?\s*["'\\]?\w/.test(text)) return undefined;
  let bare = '';
  let filledIn = '';
  let quote = '';
  for (let index = 0; index < text.length; index++) {
    const letter = text[index] as string;
    if (letter === '\\' && quote !== "'") index++;
    else if (letter === quote) quote = '';
    else if (quote === '' && (letter === '"' || letter === "'")) {
      quote = letter;
      // What is quoted is a part of its word.
      bare += 'q';
      filledIn += 'q';
    } else if (quote === '' && letter === '#' && (index === 0 || /[\s;]/.test(text[index - 1] as string))) {
      const end = text.indexOf('\n', index);
      if (end < 0) break;
      index = end - 1;
    } else {
      if (quote === '') bare += letter;
      if (quote !== "'") filledIn += letter;
    }
  }
  return { bare, filledIn };
}
