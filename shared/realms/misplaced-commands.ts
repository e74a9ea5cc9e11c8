import { linesOfText } from '../source/line-of-text.ts';
import { childOf, type ScalarNode, type SourceNode, stringOf } from '../source/source-node.ts';
import { type CommandRule, commandRules } from './command-rules.ts';
import { unitOf } from './command-settings.ts';
import { type Addition, differsByHost, type Home, itemsOf, type Misplaced } from './misplaced.ts';
import { hereDocumentsLeftOut, linesThatStandAlone } from './script-lines.ts';
import { type Command, commandsIn, commandsOfLine, isIdle } from './shell-commands.ts';

/** Findings in a list of commands; `key` is runcmd or bootcmd. One for each item, or for each line of a script that stays. */
export function misplacedCommands(key: ScalarNode, list: SourceNode, root: SourceNode): Misplaced[] {
  const own = ownUnits(root);
  const told = (commands: readonly Command[]) =>
    misplacedBy(commands, own, ({ message }, { text }) =>
      differsByHost(text) ? undefined : message?.(String(key.value)),
    );
  return itemsOf(list).flatMap((item): Misplaced[] => {
    const foundInItem = told(commandsIn(item));
    if (foundInItem === undefined) return [];
    const lines = item.type === 'scalar' ? String(item.value).split('\n') : [];
    const { move, ...said } = foundInItem;
    const from = itemsOf(list).length === 1 ? { parent: root, key } : { parent: list, item };
    if (move !== undefined)
      return [{ ...said, place: item, move: { ...move, additions: commented(move.additions, lines), from } }];
    const lineAt = linesOfText(item);
    if (lineAt(0) === item) return [{ ...said, place: item }];
    const texts = hereDocumentsLeftOut(lines);
    const standAlone = linesThatStandAlone(texts);
    return texts.flatMap((line, index): Misplaced[] => {
      const found = told(commandsOfLine(line));
      if (found === undefined) return [];
      const { move: ofLine, ...saidOfLine } = found;
      const place = lineAt(index);
      const moved = moveOfLine(ofLine, place, line, standAlone[index]);
      return [{ ...saidOfLine, place, inside: item, ...(moved === undefined ? {} : { move: moved }) }];
    });
  });
}

/** What commands do in the wrong place. */
export interface Told {
  readonly label: string;
  readonly home: Home;
  readonly message: string;
  /** Undefined where one of the commands has no counterpart, or where they belong to several documents. */
  readonly move?: ToldMove;
}

interface ToldMove {
  readonly to: 'site' | 'profile';
  readonly additions: readonly Addition[];
}

/** What commands that stand together do in the wrong place; those about units of their `own` are left alone. */
export function misplacedBy(
  commands: readonly Command[],
  own: ReadonlySet<string>,
  messageOf: (rule: CommandRule, command: Command) => string | undefined,
): Told | undefined {
  const found = commands.flatMap((command) => {
    const rule = ruleFor(command, own, (each) => messageOf(each, command) !== undefined);
    return rule === undefined ? [] : [{ rule, command, message: messageOf(rule, command) ?? '' }];
  });
  const [first] = found;
  if (first === undefined) return undefined;
  const { home } = first.rule;
  const isAll = commands.every((each) => isIdle(each) || found.some(({ command }) => command === each));
  const isOfOneHome = found.every(({ rule }) => rule.home === home);
  const additions = isAll && isOfOneHome ? additionsOfAll(found) : undefined;
  return {
    label: shortened(found.map(({ command }) => command.text).join('; ')),
    home,
    message: [...new Set(found.map(({ message }) => message))].join(' '),
    ...(additions === undefined
      ? {}
      : { move: { to: home === 'site' ? ('site' as const) : ('profile' as const), additions } }),
  };
}

/** A line goes out of its script where it stands alone there, and is a line of the document. */
export function moveOfLine(
  move: ToldMove | undefined,
  place: SourceNode,
  line: string,
  standsAlone: boolean | undefined,
): Misplaced['move'] {
  const isLine = place.type === 'scalar' && place.value === line.trim();
  return move !== undefined && isLine && standsAlone === true
    ? { ...move, from: { line: place } }
    : undefined;
}

function ruleFor(
  { text }: Command,
  own: ReadonlySet<string>,
  isToldHere: (rule: CommandRule) => boolean,
): CommandRule | undefined {
  const rule = commandRules.find((each) => isToldHere(each) && each.command.test(text));
  const isOwn = rule?.exceptOwnUnits === true && text.split(/\s+/).some((word) => own.has(unitOf(word)));
  return isOwn ? undefined : rule;
}

/** The first setting with what a script says of it. */
export function commented(additions: readonly Addition[], lines: readonly string[]): readonly Addition[] {
  const comments = lines.map((line) => line.trim()).filter((line) => /^#[^!]/.test(line));
  return additions.map((each, index) => (index === 0 ? { ...each, comments } : each));
}

function additionsOf(
  rule: CommandRule,
  { text, words, isAlternative }: Command,
): readonly Addition[] | undefined {
  if (isAlternative) return undefined;
  const additions = (words && rule.additions?.(words)) ?? rule.additionsOfText?.(text);
  return additions?.length === 0 ? undefined : additions;
}

/** Undefined as soon as one of several commands has no counterpart. */
function additionsOfAll(
  found: readonly { readonly rule: CommandRule; readonly command: Command }[],
): readonly Addition[] | undefined {
  const additions = found.map(({ rule, command }) => additionsOf(rule, command));
  return additions.includes(undefined) ? undefined : additions.flatMap((each) => each ?? []);
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** Units that the fragment writes itself, or adds to (`NAME.d/`, systemd.unit(5)). */
function ownUnits(root: SourceNode): ReadonlySet<string> {
  const units = new Set<string>();
  for (const item of itemsOf(childOf(root, 'write_files'))) {
    const [, below] = stringOf(item, 'path')?.split('/systemd/system/') ?? [];
    for (const name of below?.split('/') ?? []) units.add(name.replace(/\.d$/, ''));
  }
  return units;
}
