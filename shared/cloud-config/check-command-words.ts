import type { DiagnosticSink, TextFix } from '../diagnostics/diagnostic.ts';
import { replacementFix } from '../diagnostics/suggest.ts';
import type { ScalarNode, SourceNode } from '../source/source-node.ts';
import { itemsUnder } from './user-entries.ts';

type IsOpen = (node: ScalarNode) => boolean;

/** A command as a list: the node of each word and its text; undefined for what is filled in later. */
interface Word {
  readonly node: SourceNode;
  readonly text: string | undefined;
}

/**
 * A command that is a list: `util.shellify` puts each word in single quotes, so that the shell looks for a program of
 * the name of the first and hands it the others as they are. Signs of the shell mean nothing there.
 */
export function checkCommandWords(command: SourceNode, sink: DiagnosticSink, isOpen: IsOpen): void {
  if (command.type !== 'sequence') return;
  const words = itemsUnder(command).map((node): Word => {
    const isKnown = node.type === 'scalar' && typeof node.value === 'string' && !isOpen(node);
    return { node, text: isKnown ? String(node.value) : undefined };
  });
  const first = words[0];
  if (first?.text === undefined) return;
  const program = programOf(words);
  for (const { node, text = '' } of new Set([first, words[program.index] ?? first])) {
    const message = faultOfProgram(text);
    if (message === undefined) continue;
    sink.at(node, 'warning', 'cloud-config-type', message, node === first.node ? asText(command, words) : []);
    return;
  }
  reportSign(command, words, sink);
  reportPattern(program, words, sink);
  reportLostWords(program, words, sink);
}

/** Programs that take paths and nothing that looks like a pattern of its own. */
const takesPaths: ReadonlySet<string> = new Set([
  ...['rm', 'cp', 'mv', 'ls', 'cat', 'chmod', 'chown', 'chgrp', 'mkdir', 'touch', 'ln', 'rmdir', 'truncate'],
]);

/** In single quotes the shell puts no names of files in the place of a pattern, nor a home folder in that of `~`. */
function reportPattern({ name, index }: Program, words: readonly Word[], sink: DiagnosticSink): void {
  if (!takesPaths.has(name)) return;
  const pattern = words.slice(index + 1).find(({ text = '' }) => /^~\/|^\/\S*\*|^\$HOME\b/.test(text));
  if (pattern === undefined) return;
  const message = `In a list the shell fills nothing in: ${name} looks for a file with the name “${pattern.text?.slice(0, 80)}”. Write the command as one text.`;
  sink.at(pattern.node, 'warning', 'cloud-config-type', message);
}

/** `sh -c` takes one text for the command; what follows are its $0, $1 and so on. */
function reportLostWords({ name, index }: Program, words: readonly Word[], sink: DiagnosticSink): void {
  const [option, script, next] = words.slice(index + 1);
  if (!/^(?:ba|da|z)?sh$/.test(name) || option?.text !== '-c' || next === undefined) return;
  if (script?.text === undefined || !/^[\w./-]+$/.test(script.text)) return;
  const message = `${name} -c takes the next word alone for the command, and “${script.text}” sees nothing of what follows. Write the whole command as one word.`;
  sink.at(next.node, 'warning', 'cloud-config-type', message);
}

/** A program may have a blank in its path, but hardly one before an option or another path. */
function faultOfProgram(text: string): string | undefined {
  if (/^[A-Za-z_]\w*=/.test(text))
    return `In a list the shell takes “${text.slice(0, 80)}” for the name of a program, and sets no variable. Write the command as one text, or put “env” before it.`;
  const isCommand = text.startsWith('/') ? /\s[-/]|\n/.test(text) : /\S\s+\S/.test(text);
  if (!isCommand) return undefined;
  const shown = text.trim().slice(0, 80).replaceAll(/\s+/g, ' ');
  return `In a list each word is an item of its own: the shell looks for a program with the name “${shown}”, and runs nothing. Write the command as one text, or each word as an item.`;
}

const signs = /^(?:&&|\|\|?|;|&|[012&]?>>?(?:&[12-]|\/dev\/null)?|<|2>&1)$/;

/** Programs that take such signs themselves, anywhere: they compare, or hand their words to a shell or a language. */
const takesSigns: ReadonlySet<string> = new Set([
  ...['test', '[', '[[', 'expr', 'dpkg', 'eval', 'ssh', 'watch', 'nft', 'tmux', 'screen', 'virsh', 'jq'],
  ...['parallel', 'ovs-vsctl', 'ovs-ofctl', 'redis-cli', 'mc', 'sqlite3', 'lftp', 'busctl', 'vppctl'],
]);

/** Programs that take one behind their name or an option, as a pattern or a separator. */
const takesSignAsValue: ReadonlySet<string> = new Set([
  ...['grep', 'egrep', 'fgrep', 'zgrep', 'rg', 'cut', 'tr', 'sort', 'awk', 'gawk', 'mawk', 'column', 'join'],
  ...['paste', 'sed', 'xargs', 'printf', 'numfmt', 'csplit', 'git', 'psql', 'mysql', 'logger'],
]);

function reportSign(command: SourceNode, words: readonly Word[], sink: DiagnosticSink): void {
  const program = programOf(words);
  if (takesSigns.has(program.name)) return;
  const isSearch = program.name === 'find';
  const sign = words.find(({ text }, index) => {
    if (text === undefined || index <= program.index || !signs.test(text)) return false;
    // Between two words, or what may stand at the end.
    if (index === words.length - 1 && !/^(?:&|\d?>.*(?:&[12-]|null))$/.test(text)) return false;
    if (isSearch && text === ';') return false;
    const before = words[index - 1]?.text ?? '';
    return !(
      takesSignAsValue.has(program.name) &&
      (index - 1 === program.index || (before.startsWith('-') && !/^[\d<>]/.test(text)))
    );
  });
  if (sign === undefined) return;
  const message = `In a list “${sign.text}” is no sign of the shell: ${program.name} gets it as a word like the others. Write the command as one text, or as [sh, -c, "…"].`;
  sink.at(sign.node, 'warning', 'cloud-config-type', message, asText(command, words));
}

interface Program {
  readonly name: string;
  readonly index: number;
}

/** Options of sudo, env and nice that take the next word. */
const takesNext = /^-(?:[ugpnC]|-user|-group|-unset|-adjustment)$/;

/** What is run, behind programs that run another. */
function programOf(words: readonly Word[]): Program {
  let index = 0;
  while (index < words.length - 1) {
    const text = words[index]?.text ?? '';
    const isWrapper = /^(?:.*\/)?(?:sudo|env|nohup|nice|time|exec|command)$/.test(text);
    const isOfWrapper = index > 0 && /^-|^[A-Za-z_]\w*=/.test(text);
    if (text === 'cloud-init-per' && index === 0 && words.length > 3) index += 3;
    else if (index > 0 && takesNext.test(text) && index < words.length - 2) index += 2;
    else if (isWrapper || isOfWrapper) index++;
    else break;
  }
  const text = words[index]?.text ?? '';
  return { name: text.slice(text.lastIndexOf('/') + 1), index };
}

/** The same as one text, where the shell reads each word alike: no quotes, patterns or variables are in them. */
function asText(command: SourceNode, words: readonly Word[]): TextFix[] | undefined {
  const { text } = command.source;
  const written = text.slice(command.span.start, command.span.end);
  // Nor is an anchor, an alias or a tag in front of one, which would be lost.
  if (!/^\[[^\n#]*\]$/.test(written) || /[[,]\s*[&*!]/.test(written)) return undefined;
  const plain = words.every(
    ({ text }, index) =>
      text !== undefined &&
      (signs.test(text) || (index === 0 ? /^[\w./:=,+@% -]+$/ : /^[\w./:=,+@%-]+$/).test(text)),
  );
  if (!plain) return undefined;
  const joined = words.map((word) => word.text).join(' ');
  return [replacementFix(command, `'${joined}'`, 'Write it as one text')];
}
