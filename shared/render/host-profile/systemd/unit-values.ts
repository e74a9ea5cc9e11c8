import { suggest } from '../../../diagnostics/suggest.ts';
import { calendarProblem } from './calendar.ts';

/** A setting of a unit file, in the order of the text. */
export interface UnitSetting {
  readonly name: string;
  readonly value: string;
}

/** systemd.service(5). A word that is none of these is passed over with a line in the log, and the default holds. */
const words: Readonly<Record<string, readonly string[]>> = {
  Type: ['simple', 'exec', 'forking', 'oneshot', 'dbus', 'notify', 'notify-reload', 'idle'],
  Restart: ['no', 'always', 'on-success', 'on-failure', 'on-abnormal', 'on-abort', 'on-watchdog'],
  KillMode: ['control-group', 'mixed', 'process', 'none'],
};

const booleans: ReadonlySet<string> = new Set([
  'RemainAfterExit',
  'PrivateTmp',
  'NoNewPrivileges',
  'DefaultDependencies',
  'StopWhenUnneeded',
  'Persistent',
]);

const durations: ReadonlySet<string> = new Set([
  'RestartSec',
  'TimeoutSec',
  'TimeoutStartSec',
  'TimeoutStopSec',
  'WatchdogSec',
  'OnBootSec',
  'OnStartupSec',
  'OnUnitActiveSec',
  'OnUnitInactiveSec',
]);

/** systemd.time(7) */
const partOfDuration =
  /\d+(?:\.\d+)?\s*(?:usec|us|µs|msec|ms|seconds?|sec|s|minutes?|min|m|hours?|hr|h|days?|d|weeks?|w|months?|M|years?|y)?\s*/g;

function isDuration(text: string): boolean {
  return text === 'infinity' || (/^\d/.test(text) && text.replace(partOfDuration, '') === '');
}

/** The targets of systemd.special(7) that units hang on. */
const targets = `
  basic.target default.target final.target getty.target graphical.target halt.target initrd.target local-fs.target
  local-fs-pre.target multi-user.target network.target network-online.target network-pre.target nss-lookup.target
  nss-user-lookup.target paths.target poweroff.target reboot.target remote-fs.target remote-fs-pre.target rescue.target
  shutdown.target slices.target sockets.target swap.target sysinit.target time-set.target time-sync.target timers.target
  umount.target cloud-config.target cloud-init.target
`
  .trim()
  .split(/\s+/);

const listsOfUnits: ReadonlySet<string> = new Set([
  ...['After', 'Before', 'Wants', 'Requires', 'Requisite', 'BindsTo', 'PartOf', 'Conflicts'],
  ...['WantedBy', 'RequiredBy'],
]);

/** What systemd refuses in the values of a unit, or takes otherwise than it was meant: one sentence each. */
export function unitValueProblems(name: string, settings: readonly UnitSetting[]): string[] {
  // Mounts have a Type= too, that of their file system.
  const judged = name.endsWith('.mount') ? settings.filter((setting) => setting.name !== 'Type') : settings;
  const found = judged.flatMap((setting) => problemOf(setting) ?? []);
  if (name.endsWith('.service')) return [...found, ...serviceProblems(name, settings)];
  if (name.endsWith('.timer')) return [...found, ...timerProblems(name, settings)];
  return /\.(mount|automount|swap)$/.test(name) ? [...found, ...placeProblems(name, settings)] : found;
}

const timesOfTimer =
  /^On(Calendar|ActiveSec|BootSec|StartupSec|UnitActiveSec|UnitInactiveSec|ClockChange|TimezoneChange)$/;

/** `timer_verify`: “Timer unit lacks value setting”. */
function timerProblems(name: string, settings: readonly UnitSetting[]): string[] {
  return settings.some((setting) => timesOfTimer.test(setting.name) && setting.value !== '')
    ? []
    : [`${name} is not loaded: it says no time. Add OnCalendar=daily or OnBootSec=5min.`];
}

/** systemd.mount(5): the name of such a unit is its path, as systemd-escape --path writes it. */
function placeProblems(name: string, settings: readonly UnitSetting[]): string[] {
  const key = name.endsWith('.swap') ? 'What' : 'Where';
  const place = settings.findLast((setting) => setting.name === key)?.value;
  const type = name.slice(name.lastIndexOf('.'));
  if (place === undefined) return [`${name} is not loaded: it needs ${key}=.`];
  if (!place.startsWith('/') || place.includes('%')) return [];
  const expected = `${escapedPath(place)}${type}`;
  return expected === name
    ? []
    : [`${name} is not loaded: a unit with ${key}=${place} is called ${expected}.`];
}

/** src/basic/unit-name.c, `unit_name_path_escape`. */
function escapedPath(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.length === 0) return '-';
  const bytes = new TextEncoder().encode(parts.join('/'));
  return [...bytes]
    .map((byte, index) => {
      const letter = String.fromCharCode(byte);
      if (letter === '/') return '-';
      const isPlain = /[A-Za-z0-9:_]/.test(letter) || (letter === '.' && index > 0);
      return isPlain ? letter : `\\x${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
}

function problemOf({ name, value }: UnitSetting): string | undefined {
  // An empty value takes back what was set before.
  if (value === '') return undefined;
  const known = Object.hasOwn(words, name) ? words[name] : undefined;
  if (known !== undefined && !known.includes(value))
    return `${name}= is one of ${known.join(', ')}, not “${value}”.${meant(value, known)}`;
  if (booleans.has(name) && !/^(1|yes|y|true|t|on|0|no|n|false|f|off)$/i.test(value))
    return `${name}= is yes or no, not “${value}”.`;
  if (durations.has(name) && !isDuration(value))
    return `${name}= is a duration such as 30s or 5min, not “${value}”.`;
  if (listsOfUnits.has(name)) return listProblem(name, value);
  const form = formOf(name);
  if (form !== undefined && !form.pattern.test(value))
    return `${name}= is ${form.expected}, not “${value}”. systemd passes over it.`;
  if (name === 'OnCalendar') return calendarProblem(value);
  if (name === 'Environment') return environmentProblem(value);
  return name.startsWith('Exec') ? commandProblem(name, value) : undefined;
}

interface Form {
  readonly pattern: RegExp;
  readonly expected: string;
}

/** systemd.exec(5), systemd.resource-control(5) and src/basic/parse-util.c: what a value looks like. % is a specifier. */
const forms: readonly (readonly [name: RegExp, Form])[] = [
  [
    /^Limit(AS|CORE|DATA|FSIZE|LOCKS|MEMLOCK|MSGQUEUE|NOFILE|NPROC|RSS|SIGPENDING|STACK)$/,
    {
      pattern: /^(infinity|[\d.]+[BKMGTPE]?)(:(infinity|[\d.]+[BKMGTPE]?))?$/,
      expected: 'a number such as 65536 or 64G, or infinity',
    },
  ],
  [
    /^Memory(Min|Low|High|Max|SwapMax|Limit)$/,
    {
      pattern: /^(infinity|[\d.]+\s*[BKMGTPE]?|[\d.]+\s*[%‰‱])$/,
      expected: 'an amount such as 512M or 2G, a share such as 20%, or infinity',
    },
  ],
  [
    /^CPUAffinity$/,
    { pattern: /^(numa|\d+(-\d+)?([\s,]+\d+(-\d+)?)*)$/, expected: 'a list of CPUs such as 0-3 8' },
  ],
  [/^WorkingDirectory$/, { pattern: /^-?(\/|~$|%)/, expected: 'an absolute path or ~' }],
  [/^(EnvironmentFile|RootDirectory)$/, { pattern: /^-?(\/|%)/, expected: 'an absolute path' }],
];

function formOf(name: string): Form | undefined {
  return forms.find(([pattern]) => pattern.test(name))?.[1];
}

/** systemd.exec(5): words with blanks between; one with a blank in it stands in quotes as a whole. */
function environmentProblem(value: string): string | undefined {
  const odd = value
    .replace(quoted, (text) => (text.includes('=') ? 'A=' : 'x'))
    .split(/\s+/)
    .find((word) => !word.includes('='));
  if (odd === undefined) return undefined;
  const [, name = 'NAME'] = /^(\w+)=/.exec(value) ?? [];
  return `Environment= has words NAME=VALUE, and “${odd}” is none: it is passed over. A value with blanks is written as "${name}=one two".`;
}

function meant(word: string, candidates: readonly string[]): string {
  const near = suggest(word, candidates);
  return near === undefined ? '' : ` Did you mean “${near}”?`;
}

/** systemd.unit(5): what a name of a unit ends with. */
const unitType = /\.(?:service|socket|device|mount|automount|swap|target|path|timer|slice|scope)$/;

function listProblem(name: string, value: string): string | undefined {
  for (const each of value.split(/\s+/)) {
    if (!unitType.test(each) && !each.includes('%'))
      return `${name}= names units with their type, such as ssh.service: “${each}” has none and is passed over.${meant(each, targets)}`;
    if (!each.endsWith('.target') || targets.includes(each)) continue;
    // Packages bring targets of their own, whose names lie further away.
    const near = suggest(each, targets);
    if (near !== undefined && isSlip(each, near)) return `There is no ${each}. Did you mean “${near}”?`;
  }
  return undefined;
}

/** One letter or hyphen more or less, or two that changed places. */
function isSlip(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  const rest = [...other];
  let strange = 0;
  for (const letter of one) {
    const at = rest.indexOf(letter);
    if (at < 0) strange++;
    else rest.splice(at, 1);
  }
  return strange + rest.length <= 1;
}

/** Quotes that stay open go on to the end. */
const quoted = /"(?:\\.|[^"\\])*(?:"|\\?$)|'[^']*(?:'|$)/g;

/** systemd.service(5), “Command lines”: there is no shell. What stands in quotes is meant for the program, often one. */
function commandProblem(name: string, value: string): string | undefined {
  if (/^[-@:+!]*(?:\/usr)?\/bin\/(?:ba|da)?sh\s/.test(value)) return undefined;
  // Started by env, nice and their like.
  if (/[\s/](?:ba|da)?sh\s+-\w*c\s/.test(value)) return undefined;
  const sign = /\s(&&|\|\||\||>>?|2>&1|<|&)(?:\s|$)/.exec(value.replace(quoted, '""'))?.[1];
  if (sign === undefined) return substitutionProblem(name, value);
  return `${name}= goes through no shell: the program gets “${sign}” as an argument. Write /bin/sh -c '…' around the command.`;
}

/** $NAME and ${NAME} are systemd's too, and $$ is one sign; commands in the place of words are the shell's alone. */
function substitutionProblem(name: string, value: string): string | undefined {
  const [found] = /(?<!\$)\$\([^)]*\)?|`[^`]*`/.exec(value) ?? [];
  return (
    found &&
    `${name}= goes through no shell: the program gets “${found.slice(0, 40)}” as it stands. Write /bin/sh -c '…' around the command.`
  );
}

/** What `service_verify` of systemd refuses, so that the unit is not loaded at all. */
function serviceProblems(name: string, settings: readonly UnitSetting[]): string[] {
  const of = (key: string) => settings.filter((setting) => setting.name === key);
  const last = (key: string) => of(key).at(-1)?.value;
  const type = last('Type') ?? (last('BusName') === undefined ? 'simple' : 'dbus');
  const found: string[] = [];
  const starts = of('ExecStart').map(({ value }) => value);
  const counted = starts.slice(starts.lastIndexOf('') + 1).length;
  if (counted > 1 && type !== 'oneshot')
    found.push(`${name} is not loaded: only Type=oneshot may have more than one ExecStart=.`);
  const restart = last('Restart');
  if (type === 'oneshot' && (restart === 'always' || restart === 'on-success'))
    found.push(
      `${name} is not loaded: Type=oneshot cannot have Restart=${restart}. Write Restart=on-failure.`,
    );
  if (type === 'dbus' && last('BusName') === undefined)
    found.push(`${name} is not loaded: Type=dbus needs BusName=.`);
  return found;
}
