import { suggest } from '../../../diagnostics/suggest.ts';
import { type UnitSetting, unitValueProblems } from './unit-values.ts';

/** The section that a unit of a type needs (systemd.unit(5)); types without one of their own are left out. */
const sectionOfType: Readonly<Record<string, string>> = {
  service: 'Service',
  socket: 'Socket',
  timer: 'Timer',
  mount: 'Mount',
  automount: 'Automount',
  path: 'Path',
  swap: 'Swap',
};
const sections = ['Unit', 'Install', 'Slice', ...Object.values(sectionOfType)];

/** Settings that nearly every unit has; a name that is nearly one of them is a slip. systemd itself only logs it. */
const settings = `
  After Before BindsTo Conflicts ConditionPathExists Description Documentation OnFailure PartOf Requires Wants WantedBy
  RequiredBy Alias Also Type ExecStart ExecStartPre ExecStartPost ExecStop ExecStopPost ExecReload Restart RestartSec
  RemainAfterExit Environment EnvironmentFile User Group WorkingDirectory StandardOutput StandardError TimeoutStartSec
  TimeoutStopSec LimitNOFILE OnBootSec OnCalendar OnUnitActiveSec Persistent ListenStream What Where Options Unit
  PIDFile MemoryMax MemoryHigh CPUAffinity LimitMEMLOCK ExecCondition Requisite StopWhenUnneeded DefaultDependencies SuccessAction FailureAction AssertPathExists
`
  .trim()
  .split(/\s+/);

/** What is wrong with the text of a unit file, one sentence each. Lines may go on after a backslash, behind comments. */
export function checkUnitText(name: string, content: string): string[] {
  const lines = content.replace(/\\\r?\n(?:[ \t]*[#;][^\n]*\n)*/g, ' ').split(/\r?\n/);
  const found: string[] = [];
  const present = new Set<string>();
  const set = new Set<string>();
  const written: UnitSetting[] = [];
  for (const line of lines) {
    const text = line.trim();
    if (text === '' || text.startsWith('#') || text.startsWith(';')) continue;
    const section = /^\[(.+)\]$/.exec(text)?.[1];
    const setting = /^([A-Za-z0-9-]+)\s*=/.exec(text)?.[1];
    if (section !== undefined) {
      present.add(section);
      if (!sections.includes(section) && !section.startsWith('X-'))
        found.push(`There is no section [${section}] in a unit.${hint(section, sections)}`);
    } else if (setting === undefined) {
      found.push(`The line “${text.slice(0, 60)}” is neither a [Section] nor a Setting=value.`);
    } else {
      set.add(setting);
      written.push({ name: setting, value: text.slice(text.indexOf('=') + 1).trim() });
      if (!settings.includes(setting) && slip(setting) !== undefined)
        found.push(`Is “${slip(setting)}=” meant by “${setting}=”?`);
    }
  }
  const type = name.slice(name.lastIndexOf('.') + 1);
  const needed = sectionOfType[type];
  // A section that is misspelt is told as that.
  const isThere =
    needed === undefined || [...present].some((one) => one === needed || suggest(one, sections) === needed);
  if (!isThere) found.push(`${name} needs a section [${needed}].`);
  else if (type === 'service' && !['ExecStart', 'ExecStop', 'SuccessAction'].some((one) => set.has(one)))
    found.push(`${name} has no ExecStart=, so that there is nothing to start.`);
  return [...found, ...unitValueProblems(name, written)];
}

function hint(word: string, candidates: readonly string[]): string {
  const meant = suggest(word, candidates);
  return meant === undefined ? '' : ` Did you mean [${meant}]?`;
}

/** Case counts here (`Execstart`), and settings such as ExecStopPost lie near to others that exist. */
function slip(setting: string): string | undefined {
  const same = settings.find((one) => one.toLowerCase() === setting.toLowerCase());
  return same ?? (setting.length > 5 ? nearest(setting) : undefined);
}

function nearest(setting: string): string | undefined {
  const meant = suggest(setting, settings);
  return meant !== undefined && Math.abs(meant.length - setting.length) <= 1 && sharedLetters(meant, setting)
    ? meant
    : undefined;
}

/** A slip changes one letter or swaps two: the letters are the same but for one. */
function sharedLetters(a: string, b: string): boolean {
  const rest = [...a.toLowerCase()];
  let missing = 0;
  for (const letter of b.toLowerCase()) {
    const at = rest.indexOf(letter);
    if (at < 0) missing++;
    else rest.splice(at, 1);
  }
  return missing <= 1 && rest.length <= 1;
}
