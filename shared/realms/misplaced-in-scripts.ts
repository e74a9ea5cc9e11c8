import { linesOfText } from '../source/line-of-text.ts';
import type { MapEntry, ScalarNode, SourceNode } from '../source/source-node.ts';
import { entryOf } from '../source/source-node.ts';
import { itemsOf, type Misplaced } from './misplaced.ts';
import { commented, lineOfScript } from './misplaced-commands.ts';

/** Commands in scripts of a profile that do where the image is built what belongs to its hosts, at their lines. */
export function misplacedInScripts(spec: SourceNode | undefined): Misplaced[] {
  const list = entryOf(spec, 'scripts');
  if (spec === undefined || list === undefined) return [];
  return itemsOf(list.value).flatMap((item) => {
    const content = entryOf(item, 'content')?.value;
    if (content?.type !== 'scalar' || typeof content.value !== 'string') return [];
    return inScript(spec, list, item, content, content.value);
  });
}

function inScript(
  spec: SourceNode,
  list: MapEntry,
  item: SourceNode,
  node: ScalarNode,
  text: string,
): Misplaced[] {
  // Of another language only its comments look like commands.
  if (!/^#!\s*\S*\b(ba|da|k|z)?sh\b/.test(text)) return [];
  const lines = text.split('\n');
  const isOnly = lines.filter(saysSomething).length === 1;
  const from =
    itemsOf(list.value).length === 1 ? { parent: spec, key: list.key } : { parent: list.value, item };
  const lineAt = linesOfText(node);
  const written = new Set([...text.matchAll(/\/systemd\/system\/([\w:.@-]+)/g)].map(([, name = '']) => name));
  const texts = hereDocumentsLeftOut(lines);
  return texts.flatMap((line, index): Misplaced[] => {
    const found = lineOfScript(line, written);
    if (found === undefined) return [];
    const { home, message, label, move } = found;
    const additions = isOnly ? commented(move?.additions, lines) : undefined;
    return [
      {
        home,
        place: lineAt(index),
        inside: entryOf(item, 'name')?.value ?? item,
        message,
        label,
        ...(move === undefined || additions === undefined ? {} : { move: { to: move.to, additions, from } }),
      },
    ];
  });
}

/** Neither the interpreter, a comment, nor an option of the shell. */
function saysSomething(line: string): boolean {
  return !/^\s*(#.*|set\s+[-+]\w+(\s+pipefail)?|exit(\s+0)?)?\s*$/.test(line);
}

/** The lines of a here-document are another file's, such as a unit or a script of its own. */
function hereDocumentsLeftOut(lines: readonly string[]): string[] {
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
