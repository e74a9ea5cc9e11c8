import { linesOfText } from '../source/line-of-text.ts';
import { childOf, type ScalarNode, type SourceNode, stringOf } from '../source/source-node.ts';
import type { CommandRule, Surroundings } from './command-rule.ts';
import { commandRules } from './command-rules.ts';
import { unitOf } from './command-settings.ts';
import { type Addition, differsByHost, type Home, itemsOf, type Misplaced } from './misplaced.ts';
import { moveOfLine, type ToldMove } from './moved-lines.ts';
import { type ScriptLine, scriptLines, standingsOfLines } from './script-lines.ts';
import { type Command, commandsIn, commandsOfLine, isIdle } from './shell-commands.ts';

/** Findings in a list of commands; `key` is runcmd or bootcmd. One for each item, or for each line of a script that stays. */
export function misplacedCommands(key: ScalarNode, list: SourceNode, root: SourceNode): Misplaced[] {
  const surroundings = surroundingsOf(root);
  const told = (commands: readonly Command[], unit: Unit) =>
    misplacedBy(commands, unit, surroundings, ({ message }, command) =>
      differsByHost(command.text) || differsByHost(command.reads ?? '')
        ? undefined
        : message?.(String(key.value), command),
    );
  return itemsOf(list).flatMap((item): Misplaced[] => {
    const foundInItem = told(commandsIn(item), 'item');
    if (foundInItem === undefined) return [];
    const lines = item.type === 'scalar' ? scriptLines(String(item.value).split('\n')) : [];
    const { move, byHand, ...said } = foundInItem;
    const from = itemsOf(list).length === 1 ? { parent: root, key } : { parent: list, item };
    if (move !== undefined)
      return [{ ...said, place: item, move: { ...move, additions: commented(move.additions, lines), from } }];
    const lineAt = linesOfText(item);
    if (lineAt(0) === item) return [{ ...said, place: item, ...(byHand === undefined ? {} : { byHand }) }];
    const standings = standingsOfLines(lines);
    return lines.flatMap((line, index): Misplaced[] => {
      const found = told(commandsOfLine(line), 'line');
      if (found === undefined) return [];
      const { move: ofLine, ...saidOfLine } = found;
      const place = lineAt(line.first);
      return [{ ...saidOfLine, place, inside: item, ...moveOfLine(ofLine, lineAt, line, standings[index]) }];
    });
  });
}

/** What commands stand in together. */
type Unit = 'item' | 'line';

/** What commands do in the wrong place. */
export interface Told {
  readonly label: string;
  readonly home: Home;
  readonly message: string;
  readonly onlyForAll?: boolean;
  /** Undefined where one of the commands has no counterpart, or where they belong to several documents. */
  readonly move?: ToldMove;
  /** Why nothing moves them, and what to do. */
  readonly byHand?: string;
}

interface Found {
  readonly rule: CommandRule;
  readonly command: Command;
  readonly message: string;
}

/** What commands that stand together do in the wrong place; those about units of the same fragment are left alone. */
export function misplacedBy(
  commands: readonly Command[],
  unit: Unit,
  surroundings: CommandSurroundings,
  messageOf: (rule: CommandRule, command: Command) => string | undefined,
): Told | undefined {
  const found = commands.flatMap((command): Found[] => {
    const rule = ruleFor(command, surroundings, (each) => messageOf(each, command) !== undefined);
    return rule === undefined ? [] : [{ rule, command, message: messageOf(rule, command) ?? '' }];
  });
  const [first] = found;
  if (first === undefined) return undefined;
  const { home, onlyForAll = false } = first.rule;
  const amount = amountOf(commands, found, unit, surroundings);
  return {
    label: shortened(found.map(({ command }) => command.text).join('; ')),
    home,
    message: [...new Set(found.map(({ message }) => message))].join(' '),
    ...(onlyForAll ? { onlyForAll } : {}),
    ...(typeof amount === 'string'
      ? { byHand: amount }
      : { move: { to: home === 'site' ? ('site' as const) : ('profile' as const), additions: amount } }),
  };
}

/** All that commands say of other documents, or why that is not to be had of them. */
function amountOf(
  commands: readonly Command[],
  found: readonly Found[],
  unit: Unit,
  surroundings: Surroundings,
): readonly Addition[] | string {
  const amounts = found.map((each) => amountOfOne(each, surroundings));
  const why = amounts.find((each) => typeof each === 'string');
  if (why !== undefined) return why;
  const own = new Set(found.map(({ command }) => command));
  const homes = new Set(found.map(({ rule }) => rule.home));
  const apart = unit === 'item' ? 'as an item of its own' : 'on a line of its own';
  if (homes.size > 1) return `the commands belong to several documents. Write each ${apart}`;
  if (!commands.every((each) => own.has(each) || isIdle(each)))
    return `another command stands beside it, which stays. Write this one ${apart}`;
  return amounts.flatMap((each) => (typeof each === 'string' ? [] : each));
}

const byHandAtHome: Readonly<Record<Home, string>> = {
  profile: 'it has no counterpart there that is certain. Write there what it does, and take the command out',
  site: 'it has no counterpart there that is certain. Write there what it does, and take the command out',
  host: 'only you can say which host and link it is for. Write it there, and take the command out',
  'day-2':
    'no document of a site holds what is done on day 2. Take the command out, and do it once hosts are up',
};

const holdsForAll =
  'Where it should hold for all of them, write it there, and take out the command with its condition';
const underCondition: Readonly<Record<Home, string>> = {
  ...byHandAtHome,
  profile: `a condition or a loop decides whether it is run, and what a profile says holds for all its hosts. ${holdsForAll}`,
  site: `a condition or a loop decides whether it is run, and what site.yaml says holds for all hosts. ${holdsForAll}`,
};

/** What to do, without the reason in front of it. */
function adviceIn(byHand: string): string {
  return byHand.slice(byHand.search(/(?<=\. )[A-Z“]/));
}

function amountOfOne({ rule, command }: Found, surroundings: Surroundings): readonly Addition[] | string {
  const byHand = rule.byHand ?? byHandAtHome[rule.home];
  if (rule.additions === undefined) return byHand;
  if (command.isAlternative)
    return 'it is run only where the command before it fails. Write there what hosts should have, and take both out';
  if (command.isConditional) return underCondition[rule.home];
  const amount = rule.additions(command, surroundings);
  if (amount === undefined && command.isFilledIn)
    return 'a shell fills in a part of it. Write out what that stands for; or write it there, and take the command out';
  if (amount === undefined && command.hasVariables)
    return `it is run with variables of its own, which may change what it does. ${adviceIn(byHand)}`;
  if (amount === undefined || amount.length === 0) return byHand;
  return typeof amount === 'string' ? amount : commentedBy(amount, command.comments);
}

function ruleFor(
  command: Command,
  { ownUnits }: CommandSurroundings,
  isToldHere: (rule: CommandRule) => boolean,
): CommandRule | undefined {
  const { text, paths } = command;
  const rule = commandRules.find(
    (each) =>
      (each.command?.test(text) === true || paths.some((path) => each.writes?.test(path))) &&
      isToldHere(each),
  );
  if (rule?.onlyForAll === true && rule.additions?.(command, noSurroundings) === undefined) return undefined;
  const isOwn = rule?.exceptOwnUnits === true && text.split(/\s+/).some((word) => ownUnits.has(unitOf(word)));
  return isOwn ? undefined : rule;
}

/** The first setting with what a script says of it. */
export function commented(additions: readonly Addition[], lines: readonly ScriptLine[]): readonly Addition[] {
  const comments = lines.flatMap(({ comment = '' }) => (/^#[^!]/.test(comment) ? [comment] : []));
  return commentedBy(additions, comments);
}

function commentedBy(additions: readonly Addition[], comments: readonly string[]): readonly Addition[] {
  if (comments.length === 0) return additions;
  return additions.map((each, index) =>
    index === 0 ? { ...each, comments: [...comments, ...(each.comments ?? [])] } : each,
  );
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

export interface CommandSurroundings extends Surroundings {
  readonly ownUnits: ReadonlySet<string>;
}

const noSurroundings: Surroundings = { handlesKeys: () => false };

/** Of commands in a document whose text is at hand. */
export function surroundedBy(text: string, ownUnits: ReadonlySet<string>): CommandSurroundings {
  let known: boolean | undefined;
  const handlesKeys = () => {
    known ??= /\b(apt-key|keyrings|trusted\.gpg|dearmor|keyid)\b/.test(text);
    return known;
  };
  return { ownUnits, handlesKeys };
}

/** With units that the fragment writes itself, or adds to (`NAME.d/`, systemd.unit(5)). */
function surroundingsOf(root: SourceNode): CommandSurroundings {
  const units = new Set<string>();
  for (const item of itemsOf(childOf(root, 'write_files'))) {
    const [, below] = stringOf(item, 'path')?.split('/systemd/system/') ?? [];
    for (const name of below?.split('/') ?? []) units.add(name.replace(/\.d$/, ''));
  }
  return surroundedBy(root.source.text, units);
}
