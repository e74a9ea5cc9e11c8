import { childOf, type ScalarNode, type SourceNode, stringOf } from '../source/source-node.ts';
import { commandRules, unitOf } from './command-rules.ts';
import { type Addition, differsByHost, type Home, itemsOf, type Misplaced } from './misplaced.ts';

/** Findings in a list of commands; `key` is runcmd or bootcmd. */
export function misplacedCommands(key: ScalarNode, list: SourceNode, root: SourceNode): Misplaced[] {
  const own = ownUnits(root);
  return itemsOf(list).flatMap((item) => {
    const found = commandsIn(item).flatMap((command) => {
      const rule = commandRules.find((each) => each.message !== undefined && each.command.test(command));
      const isOwn =
        rule?.exceptOwnUnits === true && command.split(/\s+/).some((word) => own.has(unitOf(word)));
      return rule === undefined || isOwn || differsByHost(command) ? [] : [{ rule, command }];
    });
    const [first] = found;
    if (first === undefined) return [];
    const { rule, command } = first;
    const additions = isWhole(item, command) ? rule.additions?.(command.split(/\s+/)) : undefined;
    const from = itemsOf(list).length === 1 ? { parent: root, key } : { parent: list, item };
    return [
      {
        home: rule.home,
        place: item,
        message: rule.message?.(String(key.value)) ?? '',
        label: command.length > 60 ? `${command.slice(0, 60)}…` : command,
        ...(additions === undefined || additions.length === 0
          ? {}
          : {
              move: { to: rule.home === 'site' ? ('site' as const) : ('profile' as const), additions, from },
            }),
      },
    ];
  });
}

/** A command in a line of a script of a profile, with what it would be elsewhere. */
export interface ScriptCommand {
  readonly command: string;
  readonly home: Home;
  readonly message: string;
  /** Undefined where it is not to be told, or where more than this command stands on the line. */
  readonly additions?: readonly Addition[];
}

/** The first command of a line that does where an image is built what belongs to its hosts; `written` are the script’s units. */
export function commandOfScript(line: string, written: ReadonlySet<string>): ScriptCommand | undefined {
  for (const command of commandsOfLine(line)) {
    const rule = commandRules.find((each) => each.inScript !== undefined && each.command.test(command));
    const words = command.split(/\s+/);
    const isOwn = rule?.exceptOwnUnits === true && words.some((word) => written.has(unitOf(word)));
    if (rule?.inScript === undefined || isOwn) continue;
    const isAlone = !shellSigns.test(command) && line.trim().replace(/^sudo\s+/, '') === command;
    const additions = isAlone ? rule.additions?.(words) : undefined;
    return {
      command,
      home: rule.home,
      message: rule.inScript,
      ...(additions === undefined || additions.length === 0 ? {} : { additions }),
    };
  }
  return undefined;
}

/** What stands in front of a command and changes nothing of what it does. */
const beforeCommand = /^((sudo|env|(\/bin\/)?(ba|da)?sh\s+-[a-z]*c|[A-Za-z_]\w*=\S*)\s+["']?)+/;

/** The commands of an item: a list is one, a text has one in each line or between `&&`, `||` and `;`. */
function commandsIn(item: SourceNode): string[] {
  const lines =
    item.type === 'sequence'
      ? [item.items.map((word) => (word.type === 'scalar' ? String(word.value) : '')).join(' ')]
      : item.type === 'scalar' && typeof item.value === 'string'
        ? item.value.split('\n')
        : [];
  return lines.flatMap(commandsOfLine);
}

function commandsOfLine(line: string): string[] {
  return line.split(/&&|\|\||;/).map((command) => command.trim().replace(beforeCommand, ''));
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

const shellSigns = /[;&|<>$`"'\\*?(){}#]/;

/** Only a command that stands alone can be taken out; what a shell would do with it is not guessed. */
function isWhole(item: SourceNode, command: string): boolean {
  if (shellSigns.test(command)) return false;
  return (
    item.type === 'sequence' ||
    (item.type === 'scalar' &&
      String(item.value)
        .trim()
        .replace(/^sudo\s+/, '') === command)
  );
}
