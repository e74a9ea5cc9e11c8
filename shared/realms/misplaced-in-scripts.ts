import { linesOfText } from '../source/line-of-text.ts';
import type { MapEntry, ScalarNode, SourceNode } from '../source/source-node.ts';
import { entryOf } from '../source/source-node.ts';
import { itemsOf, type Misplaced } from './misplaced.ts';
import { commented, misplacedBy, surroundedBy } from './misplaced-commands.ts';
import { moveOfLine } from './moved-lines.ts';
import { type ScriptLine, scriptLines, standingsOfLines } from './script-lines.ts';
import { commandsOfLine } from './shell-commands.ts';

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
  const lines = scriptLines(text.split('\n'));
  const isOnly = lines.filter(saysSomething).length === 1;
  const from =
    itemsOf(list.value).length === 1 ? { parent: spec, key: list.key } : { parent: list.value, item };
  const lineAt = linesOfText(node);
  const written = [...text.matchAll(/\/systemd\/system\/([\w:.@-]+)/g)].map(([, name = '']) => name);
  const surroundings = surroundedBy(text, new Set(written));
  const standings = standingsOfLines(lines);
  return lines.flatMap((line, index): Misplaced[] => {
    const found = misplacedBy(commandsOfLine(line), 'line', surroundings, ({ inScript }) => inScript);
    if (found === undefined) return [];
    const { move, ...told } = found;
    const place = lineAt(line.first);
    const moved =
      isOnly && move !== undefined
        ? { move: { ...move, additions: commented(move.additions, lines), from } }
        : moveOfLine(move, lineAt, line, standings[index]);
    const inside = entryOf(item, 'name')?.value ?? item;
    return [{ ...told, place, inside, ...moved }];
  });
}

/** Neither the interpreter, a comment, nor an option of the shell. */
function saysSomething({ text }: ScriptLine): boolean {
  return !/^\s*(set\s+[-+]\w+(\s+pipefail)?|exit(\s+0)?)?\s*$/.test(text);
}
