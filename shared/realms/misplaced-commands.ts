import { childOf, type ScalarNode, type SourceNode, stringOf } from '../source/source-node.ts';
import { type CommandRule, commandRules, unitOf } from './command-rules.ts';
import { type Addition, differsByHost, type Home, itemsOf, type Misplaced } from './misplaced.ts';
import { type Command, commandsIn, commandsOfLine, isIdle } from './shell-commands.ts';

/** Findings in a list of commands; `key` is runcmd or bootcmd. One for each item, whatever it holds. */
export function misplacedCommands(key: ScalarNode, list: SourceNode, root: SourceNode): Misplaced[] {
  const own = ownUnits(root);
  return itemsOf(list).flatMap((item): Misplaced[] => {
    const commands = commandsIn(item);
    const found = commands.flatMap((command) => {
      const rule = ruleFor(command, own, ({ message }) => message !== undefined);
      return rule === undefined || differsByHost(command.text) ? [] : [{ rule, command }];
    });
    const [first] = found;
    if (first === undefined) return [];
    const isAll = commands.every((each) => isIdle(each) || found.some(({ command }) => command === each));
    const lines = item.type === 'scalar' ? String(item.value).split('\n') : [];
    const additions = isAll ? commented(additionsOfAll(found), lines) : undefined;
    const homes = new Set(found.map(({ rule }) => rule.home));
    const from = itemsOf(list).length === 1 ? { parent: root, key } : { parent: list, item };
    const messages = new Set(found.map(({ rule }) => rule.message?.(String(key.value)) ?? ''));
    return [
      {
        home: first.rule.home,
        place: item,
        message: [...messages].join(' '),
        label: shortened(found.map(({ command }) => command.text).join('; ')),
        ...(additions === undefined || homes.size > 1
          ? {}
          : { move: { to: targetOf(first.rule.home), additions, from } }),
      },
    ];
  });
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
export function commented(
  additions: readonly Addition[] | undefined,
  lines: readonly string[],
): readonly Addition[] | undefined {
  const comments = lines.map((line) => line.trim()).filter((line) => /^#[^!]/.test(line));
  return additions?.map((each, index) => (index === 0 ? { ...each, comments } : each));
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

function targetOf(home: Home): 'site' | 'profile' {
  return home === 'site' ? 'site' : 'profile';
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** What a line of a script of a profile says in the wrong place. */
export interface ScriptLine {
  readonly label: string;
  readonly home: Home;
  readonly message: string;
  /** Undefined where it is not to be told, or where more than this stands on the line. */
  readonly move?: { readonly to: 'site' | 'profile'; readonly additions: readonly Addition[] };
}

/** What a line does where an image is built that belongs to its hosts; `written` are the script’s units. */
export function lineOfScript(line: string, written: ReadonlySet<string>): ScriptLine | undefined {
  const commands = commandsOfLine(line);
  const found = commands.flatMap((command) => {
    const rule = ruleFor(command, written, ({ inScript }) => inScript !== undefined);
    return rule === undefined ? [] : [{ rule, command }];
  });
  const [first] = found;
  if (first === undefined) return undefined;
  const { home } = first.rule;
  const messages = new Set(found.map(({ rule }) => rule.inScript));
  const isAll = commands.every((each) => isIdle(each) || found.some(({ command }) => command === each));
  const isOfOneHome = found.every(({ rule }) => rule.home === home);
  const additions = isAll && isOfOneHome ? additionsOfAll(found) : undefined;
  return {
    label: shortened(found.map(({ command }) => command.text).join('; ')),
    home,
    message: [...messages].join(' '),
    ...(additions === undefined ? {} : { move: { to: targetOf(home), additions } }),
  };
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
