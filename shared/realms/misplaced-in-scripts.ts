import { linesOfText } from '../source/line-of-text.ts';
import type { MapEntry, ScalarNode, SourceNode } from '../source/source-node.ts';
import { entryOf } from '../source/source-node.ts';
import { itemsOf, type Misplaced } from './misplaced.ts';
import { commented, misplacedBy, moveOfLine, type Told } from './misplaced-commands.ts';
import { hereDocumentsLeftOut, linesThatStandAlone } from './script-lines.ts';
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
  const lines = text.split('\n');
  const isOnly = lines.filter(saysSomething).length === 1;
  const from =
    itemsOf(list.value).length === 1 ? { parent: spec, key: list.key } : { parent: list.value, item };
  const lineAt = linesOfText(node);
  const written = new Set([...text.matchAll(/\/systemd\/system\/([\w:.@-]+)/g)].map(([, name = '']) => name));
  const texts = hereDocumentsLeftOut(lines);
  const standAlone = linesThatStandAlone(texts);
  return texts.flatMap((line, index): Misplaced[] => {
    const found = misplacedBy(commandsOfLine(line), written, ({ inScript }) => inScript);
    if (found === undefined) return [];
    const { move, ...told } = found;
    const place = lineAt(index);
    const moved = isOnly
      ? move && { ...move, additions: commented(move.additions, lines), from }
      : moveOfLine(move, place, line, standAlone[index]);
    const inside = entryOf(item, 'name')?.value ?? item;
    return [{ ...told, place, inside, ...(moved === undefined ? byHandOf(found) : { move: moved }) }];
  });
}

function byHandOf({ home, message, move }: Told): Pick<Misplaced, 'byHand'> {
  if (message.includes('No fix')) return {};
  if (home === 'day-2') return { byHand: 'nothing in a profile comes that late: take it out here' };
  return {
    byHand:
      move === undefined
        ? 'only you can say what it comes to there: write that, and take the command out here'
        : 'other lines of the script say whether it is run: write there what it does, and take it out here',
  };
}

/** Neither the interpreter, a comment, nor an option of the shell. */
function saysSomething(line: string): boolean {
  return !/^\s*(#.*|set\s+[-+]\w+(\s+pipefail)?|exit(\s+0)?)?\s*$/.test(line);
}
