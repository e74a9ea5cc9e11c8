import type { SourceNode } from '../source/source-node.ts';
import { hereDocumentsLeftOut } from './script-lines.ts';

/** A command of a shell text, without what stands in front of it and changes nothing of what it does. */
export interface Command {
  readonly text: string;
  /** Undefined where a shell would read more than words: variables, patterns, redirections. */
  readonly words: readonly string[] | undefined;
  /** Whether it is run only where another one fails. */
  readonly isAlternative: boolean;
}

/** The commands of an item of runcmd or bootcmd: a list is one, a text has one in each line and between `&&`, `||` and `;`. */
export function commandsIn(item: SourceNode): Command[] {
  if (item.type === 'scalar' && typeof item.value === 'string')
    return hereDocumentsLeftOut(item.value.split('\n')).flatMap(commandsOfLine);
  if (item.type !== 'sequence') return [];
  const words = item.items.map((word) => (word.type === 'scalar' ? String(word.value) : ''));
  const plain = words.slice(words[0] === 'sudo' ? 1 : 0);
  const [shell = '', option = '', script] = plain;
  if (
    script !== undefined &&
    plain.length === 3 &&
    /^(\/bin\/)?(ba|da)?sh$/.test(shell) &&
    /^-[a-z]*c$/.test(option)
  )
    return script.split('\n').flatMap(commandsOfLine);
  const [program = '', ...others] = plain;
  const named = [program.replace(folder, ''), ...others];
  return [{ text: named.join(' '), words: named, isAlternative: false }];
}

const folder = /^(\/usr(\/local)?)?\/s?bin\//;

/** Debian's package tools ask nothing of a script anyway. */
const before = /^((sudo(\s+-[A-Za-z]+)*|env|DEBIAN_FRONTEND=\w+)\s+)+/;
const variables = /^((sudo|env|[A-Za-z_]\w*=\S*)\s+)+/;

export function commandsOfLine(line: string): Command[] {
  return partsOf(line).flatMap(({ part, isAlternative }) => {
    const named = part.trim().replace(before, '').replace(folder, '');
    const text = named.replace(variables, '');
    const [, inner] = /^(?:ba|da)?sh\s+-[a-z]*c\s+(?:'([^']*)'|"[^"]*")$/.exec(text) ?? [];
    const script = inner ?? /^(?:ba|da)?sh\s+-[a-z]*c\s+"([^"$`\\]*)"$/.exec(text)?.[1];
    if (script !== undefined) return commandsOfLine(script);
    return text === '' ? [] : [{ text, words: text === named ? wordsOf(text) : undefined, isAlternative }];
  });
}

/** Split between `&&`, `||` and `;` outside quotes. */
function partsOf(line: string): { part: string; isAlternative: boolean }[] {
  const parts = [{ part: '', isAlternative: false }];
  for (const [token] of line.matchAll(/'[^']*'|"(?:[^"\\]|\\.)*"|&&|\|\||;|[^'"&|;]+|./g)) {
    const last = parts.at(-1);
    if (/^(&&|\|\||;)$/.test(token)) parts.push({ part: '', isAlternative: token === '||' });
    else if (last !== undefined) last.part += token;
  }
  return parts;
}

/** Words in plain quotes or none; undefined for anything that a shell would expand. */
function wordsOf(text: string): string[] | undefined {
  if (!/^(?:[^\s'"\\$`;&|<>*?(){}#~[\]]|'[^']*'|"[^"$`\\]*"|\s)+$/.test(text)) return undefined;
  return [...text.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g)].map(([word]) =>
    word.replace(/'([^']*)'|"([^"]*)"/g, (_, single = '', double = '') => `${single}${double}`),
  );
}

/** What `echo` or `printf` writes into a file, straight or by way of `tee`. */
export function writtenBy(command: string): { readonly path: string; readonly content: string } | undefined {
  const [, single, double, plain, path] =
    /^echo\s+(?:-n\s+)?(?:'([^']*)'|"([^"$`\\]*)"|([^-\s'"$`\\|<>&;*?(){}#][^'"$`\\|<>&;*?(){}#]*?))\s*(?:>>?|\|\s*(?:sudo\s+)?tee\s+(?:-a\s+)?)\s*(\/[\w./-]+)$/.exec(
      command.replace(/\s*>\s*\/dev\/null$/, ''),
    ) ?? [];
  const content = single ?? double ?? plain;
  return path === undefined || content === undefined ? undefined : { path, content };
}

/** Commands that do nothing, or nothing that is left to do once those beside them are gone. */
export function isIdle({ text }: Command): boolean {
  return /^(true|:|set\s+[-+]\w+(\s+pipefail)?|exit\s+0|(apt|apt-get)(\s+-\S+)*\s+update(\s+-\S+)*|#.*)$/.test(
    text,
  );
}
