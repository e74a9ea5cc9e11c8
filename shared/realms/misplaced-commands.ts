import { childOf, type ScalarNode, type SourceNode, stringOf } from '../source/source-node.ts';
import { type Addition, differsByHost, type Home, itemsOf, type Misplaced } from './misplaced.ts';

/** Commands of runcmd and bootcmd that do at each first boot what the image could hold, or what comes later. */

interface CommandRule {
  readonly command: RegExp;
  readonly home: Home;
  readonly message: (key: string) => string;
  readonly additions?: (words: readonly string[]) => readonly Addition[] | undefined;
  /** Commands about units that the same fragment writes are left alone: only it knows when they are there. */
  readonly exceptOwnUnits?: boolean;
}

const option = '(?:\\s+-[^\\s]+)*';

const rules: readonly CommandRule[] = [
  {
    command: new RegExp(`^sysctl${option}\\s+[\\w.*/-]+=\\S`),
    home: 'profile',
    message: (key) =>
      `A kernel parameter that is the same on every host belongs to the host profile, under “sysctl”: there it is set at every boot and before services start. ${key} sets it once.`,
    additions: (words) => pairs(words.slice(1)).map(([key, value]) => ({ path: ['sysctl'], key, value })),
  },
  {
    command: /^modprobe(\s+-(v|q|a|-verbose|-quiet|-all))*(\s+[A-Za-z0-9_][A-Za-z0-9_-]*)+$/,
    home: 'profile',
    message: (key) =>
      `A module that every host needs belongs to the host profile, under “kernel.modules.load”: there it is loaded at every boot and before the network. ${key} comes later.`,
    additions: (words) =>
      words
        .slice(1)
        .filter((word) => !word.startsWith('-'))
        .map((item) => ({ path: ['kernel', 'modules', 'load'], item })),
  },
  {
    command: new RegExp(`^(apt|apt-get|aptitude)${option}\\s+install\\b`),
    home: 'profile',
    message: () =>
      'Packages belong to the host profile: they are in the image then. Here every host downloads them at its first boot, which takes minutes and fails without a network.',
    additions: (words) => {
      const names = words.slice(words.indexOf('install') + 1).filter((word) => !word.startsWith('-'));
      return names.every((name) => /^[a-z0-9][a-z0-9+.-]+$/.test(name))
        ? names.map((item) => ({ path: ['packages', 'install'], item }))
        : undefined;
    },
  },
  {
    command: new RegExp(`^(apt|apt-get|aptitude)${option}\\s+(upgrade|dist-upgrade|full-upgrade)\\b`),
    home: 'day-2',
    message: () =>
      'Upgrading is a task of day 2: hosts that boot on different days would differ. What the image holds is decided when it is built.',
  },
  {
    command: /^(update-grub|grub-mkconfig)\b/,
    home: 'profile',
    message: () =>
      'Kernel arguments belong to the host profile (kernel.arguments), or to the host (kernelArguments): what is changed here counts from the next boot of a disk on, and never for an image on a stick.',
  },
  {
    command: /^(echo|printf)\s.*(>|\btee)\s*\/proc\/sys\/\S/,
    home: 'profile',
    message: (key) =>
      `A kernel parameter that is the same on every host belongs to the host profile, under “sysctl”, and huge pages under “hugepages”: there it is set at every boot. ${key} sets it once.`,
  },
  {
    command: /^(echo|printf)\s.*(>|\btee)\s*\/sys\/kernel\/mm\/(transparent_hugepage|hugepages)\//,
    home: 'profile',
    message: () =>
      'Huge pages belong to the host profile, under “hugepages” and “transparentHugepages”: there they are reserved at boot, while memory is still whole.',
  },
  {
    command:
      /^(echo|printf|sed)\s.*\s?\/etc\/(sysctl\.|modules(\s|$|-load\.d\/)|modprobe\.d\/|security\/limits|default\/grub)/,
    home: 'profile',
    message: () =>
      'This file is the same on every host and belongs to the host profile, which has “sysctl”, “kernel.modules”, “limits” and “kernel.arguments”: there it is read from the first boot on.',
  },
  {
    command: /^systemctl(\s+--\S+)*\s+(enable|disable|mask)(\s+\S+)+$/,
    home: 'profile',
    message: () =>
      'Which services start is the same on every host and belongs to the host profile, under “systemd”: there it counts from the first boot on.',
    additions: (words) => unitAdditions(words),
    exceptOwnUnits: true,
  },
  {
    command: /^(hostnamectl\s+(set-hostname|hostname)\s+\S|hostname\s+[^-\s])/,
    home: 'host',
    message: () =>
      'Every host with this fragment would get this one name. The name of a host is stamped: it is that of its document.',
  },
  {
    command: /^ip\s+(-\S+\s+)*(address|addr|a|route|r)\s+(add|replace)\s/,
    home: 'host',
    message: () =>
      'Addresses and routes are stamped: they stand in the document of the host and in networks/. Set by a command they are gone when the link goes down.',
  },
  {
    command: /^timedatectl\s+set-timezone\s+\S/,
    home: 'site',
    message: () => 'The time zone of all hosts stands under “timezone” of site.yaml.',
    additions: ([, , zone = '', ...more]) =>
      more.length === 0 ? [{ path: [], key: 'timezone', value: zone }] : undefined,
  },
  {
    // Not `init`: an ephemeral host makes its own cluster, which lives as long as it does.
    command: /^kubeadm\s+join\b/,
    home: 'day-2',
    message: () =>
      'Joining a cluster is a task of day 2: its token expires, and it is done again after every boot from the medium. Neither image nor seed should carry it.',
  },
  {
    command: /^(kubectl(\s+-\S+(=\S+)?)*\s+(apply|create|replace)|helm\s+(install|upgrade))\b/,
    home: 'day-2',
    message: () =>
      'Applications are a task of day 2: they are deployed to a cluster that is up, not by each host at its first boot.',
  },
];

/** Findings in a list of commands; `key` is runcmd or bootcmd. */
export function misplacedCommands(key: ScalarNode, list: SourceNode, root: SourceNode): Misplaced[] {
  const own = ownUnits(root);
  return itemsOf(list).flatMap((item) => {
    const found = commandsIn(item).flatMap((command) => {
      const rule = rules.find((each) => each.command.test(command));
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
        message: rule.message(String(key.value)),
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
  return lines
    .flatMap((line) => line.split(/&&|\|\||;/))
    .map((command) => command.trim().replace(beforeCommand, ''));
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

/** systemctl(1) takes a name without type for a service. */
function unitOf(word: string): string {
  return /\.[a-z]+$/.test(word) ? word : `${word}.service`;
}

function unitAdditions(words: readonly string[]): readonly Addition[] | undefined {
  const [, verb = '', ...names] = words.filter((word) => !word.startsWith('-'));
  return names.every((name) => /^[A-Za-z0-9:_.@-]+$/.test(name))
    ? names.map((name) => ({ path: ['systemd', verb], item: unitOf(name) }))
    : undefined;
}

/** Only a command that stands alone can be taken out; what a shell would do with it is not guessed. */
function isWhole(item: SourceNode, command: string): boolean {
  if (/[;&|<>$`"'\\*?(){}#]/.test(command)) return false;
  return (
    item.type === 'sequence' ||
    (item.type === 'scalar' &&
      String(item.value)
        .trim()
        .replace(/^sudo\s+/, '') === command)
  );
}

function pairs(words: readonly string[]): [string, string][] {
  return words.flatMap((word): [string, string][] => {
    const at = word.indexOf('=');
    return word.startsWith('-') || at < 0 ? [] : [[word.slice(0, at), word.slice(at + 1)]];
  });
}
