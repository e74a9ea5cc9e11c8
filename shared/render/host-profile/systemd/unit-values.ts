import { suggest } from '../../../diagnostics/suggest.ts';

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
  return name.endsWith('.service') ? [...found, ...serviceProblems(name, settings)] : found;
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
  return name.startsWith('Exec') ? commandProblem(name, value) : undefined;
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
  const sign = /\s(&&|\|\||\||>>?|2>&1|<|&)(?:\s|$)/.exec(value.replace(quoted, '""'))?.[1];
  if (sign === undefined) return undefined;
  return `${name}= goes through no shell: the program gets “${sign}” as an argument. Write /bin/sh -c '…' around the command.`;
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
