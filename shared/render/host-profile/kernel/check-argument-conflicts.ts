import { hugepageSizes } from '../../../schema/host-profile.ts';
import type { PathSegment, SourceNode } from '../../../source/source-node.ts';
import { kernelArguments } from '../likely-names.ts';
import { behindFlags, cpuListOf, cpuListProblem, expandCpuList, lastCpu } from '../machine/cpu-list.ts';
import { isPageSize, reservedPages } from '../machine/hugepages.ts';
import type { ProfileCheck } from '../profile-check.ts';
import { type Remedy, removed, replaced, titled } from '../remedy.ts';
import { canonicalSysctlKey } from '../sysctl/sysctl.ts';
import { argumentValueProblem } from './argument-values.ts';
import { argumentWithoutEffect } from './arguments-without-effect.ts';
import { refusedModule } from './check-refused-modules.ts';
import { earlyConsoleOf, serialConsoleOf, withBaud } from './early-console.ts';
import { argumentName, argumentText } from './kernel-arguments.ts';
import { kernelSize } from './kernel-size.ts';

/** One argument of kernel.arguments, taken apart. */
interface Argument {
  readonly text: string;
  readonly name: string;
  readonly value: string;
  readonly node: SourceNode;
  readonly remedy: Remedy;
  /** Undefined where the text is somebody else's. */
  readonly rewrite: Rewrite | undefined;
}

/** Writes an argument anew. */
export interface Rewrite {
  readonly value: (value: string) => Remedy;
  readonly whole: (text: string) => Remedy;
}

type ArgumentCheck = Pick<ProfileCheck, 'spec' | 'rendered' | 'isRead' | 'contradiction' | 'value'>;

/** Kernel arguments that take away what another setting of the profile needs, or what every host needs. */
export function checkArgumentConflicts(check: ProfileCheck): void {
  for (const [index, written] of check.spec.kernel.arguments.entries()) {
    const way: readonly PathSegment[] = ['kernel', 'arguments', index];
    const text = argumentText(written);
    checkArgument(check, text, check.at(...way), removed(...way), {
      value: (value) =>
        typeof written === 'string'
          ? replaced(`${argumentName(text)}=${value}`, ...way)
          : replaced(value, ...way, 'value'),
      whole: (other) => replaced(other, ...way),
    });
  }
}

/** One argument against a profile: one of its own, or one of a host behind them. */
export function checkArgument(
  check: ArgumentCheck,
  text: string,
  node: SourceNode,
  remedy: Remedy,
  rewrite?: Rewrite,
): void {
  const name = argumentName(text);
  const argument: Argument = { text, name, value: text.slice(name.length + 1), node, remedy, rewrite };
  checkValue(check, argument);
  checkForm(check, argument);
  checkCpuCount(check, argument);
  checkCpuLists(check, argument);
  checkMemory(check, argument);
  checkBlacklist(check, argument);
  checkPageSize(check, argument);
  checkTick(check, argument);
  checkSecurityModule(check, argument);
  checkStart(check, argument);
  checkSysctlName(check, argument);
  checkEffect(check, argument);
  checkEarlyConsole(check, argument);
}

function checkEffect({ spec, rendered, value: report }: ArgumentCheck, argument: Argument): void {
  const { text, node, remedy } = argument;
  const { why, instead } =
    argumentWithoutEffect(text, { kernelPackage: spec.kernel.package, others: rendered.kernelArguments }) ??
    {};
  if (why !== undefined)
    report(node, `${text} does nothing: ${why}.`, ...meantInstead(argument, instead), remedy);
}

/** The serial port has one speed at the other end of the line: that of its console= (early_printk.c, 8250_early.c). */
function checkEarlyConsole({ rendered, value: report }: ArgumentCheck, argument: Argument): void {
  const { text, node } = argument;
  const early = earlyConsoleOf(text);
  if (early === undefined) return;
  const later = rendered.kernelArguments.find((each) => serialConsoleOf(each)?.port === early.port);
  const baud = later === undefined ? undefined : serialConsoleOf(later)?.baud;
  if (later === undefined || baud === undefined || baud === early.baud) return;
  const meant = withBaud(text, early, baud);
  report(
    node,
    `${text} writes to ttyS${early.port} with ${early.baud} baud, and ${later} with ${baud}: the first messages cannot be read. Write ${meant}.`,
    ...meantInstead(argument, meant),
  );
}

function meantInstead({ rewrite }: Argument, meant: string | undefined): Remedy[] {
  return meant === undefined || rewrite === undefined
    ? []
    : [titled(`Change to ${meant}`, rewrite.whole(meant))];
}

/** Well-known arguments, written as in another place: `panic:60`, `nomodeset,quiet`, `GRUB_CMDLINE_LINUX=quiet`. */
function checkForm({ value: report }: ArgumentCheck, { text, node, remedy }: Argument): void {
  const [, word = '', sign = '', behind = ''] = /^(-*[\w.-]+)(?:([:,])(\S*))?$/.exec(text) ?? [];
  const bare = word.replace(/^-+/, '');
  const isKnown = (name: string) => kernelArguments.includes(name);
  if (/^GRUB_CMDLINE_LINUX(_\w+)?=/.test(text))
    report(
      node,
      `${text} is a line of /etc/default/grub: only the arguments behind its = stand here.`,
      remedy,
    );
  else if (isKnown(bare) && bare !== word)
    report(node, `Kernel arguments start without hyphens: ${text} is none, and goes to systemd.`, remedy);
  else if (sign === ':' && isKnown(word) && behind !== '')
    report(node, `The kernel looks for = between name and value: write ${word}=${behind}.`, remedy);
  else if (sign === ',' && isKnown(word) && isKnown(behind.split(/[=,]/, 1)[0] ?? ''))
    report(
      node,
      `Kernel arguments have blanks between them and no commas: write ${word} and ${behind} as two.`,
      remedy,
    );
}

function checkValue({ value: report }: ArgumentCheck, argument: Argument): void {
  const { text, name, value, node, remedy, rewrite } = argument;
  const problem = text.includes('=') ? argumentValueProblem(name, value) : undefined;
  if (problem === undefined) return;
  const { message, meant } = problem;
  const remedies =
    meant === undefined || rewrite === undefined
      ? [remedy]
      : [titled(`Change to ${name}=${meant}`, rewrite.value(meant)), remedy];
  report(node, message, ...remedies);
}

/** Documentation/admin-guide/kernel-parameters.rst: these leave the CPUs above a number switched off. */
function checkCpuCount({ spec, rendered, contradiction }: ArgumentCheck, argument: Argument): void {
  const { text, name, value, node, remedy } = argument;
  const count =
    name === 'nosmp' ? 1 : /^(maxcpus|nr_cpus)=\d{1,5}$/.test(text) ? Math.max(1, Number(value)) : undefined;
  if (count === undefined) return;
  const isolated =
    spec.cpu?.isolated ?? rendered.kernelArguments.find((each) => each.startsWith('isolcpus='))?.slice(9);
  const parts = (isolated ?? '').split(',').filter((part) => /^\d/.test(part));
  // N is the last CPU that is started.
  const gone = [...expandCpuList(parts.join(','), count - 1)].filter((cpu) => cpu >= count);
  if (gone.length > 0)
    contradiction(
      node,
      `${text} starts ${count === 1 ? 'one CPU' : `${count} CPUs`} only, but the isolated ones go beyond: ${cpuListOf(gone)} would be off.`,
      remedy,
    );
}

/** What stands in front of the list in isolcpus= (kernel/sched/isolation.c). */
const isolationFlags = /^((nohz|domain|managed_irq),)*/;

function checkCpuLists({ spec, value: report }: ArgumentCheck, argument: Argument): void {
  const { text, name, value, node, remedy } = argument;
  if (!/^(isolcpus|nohz_full|rcu_nocbs|irqaffinity)=/.test(text)) return;
  const list = name === 'isolcpus' ? value.replace(isolationFlags, '') : value;
  const problem = cpuListProblem(list, lastCpu(spec.machine));
  if (problem !== undefined) report(node, `The kernel refuses ${text} as a whole: ${problem}.`, remedy);
  else if (name === 'isolcpus' && !/^\d/.test(list)) {
    const flag = list.split(',')[0];
    const written = text.slice(0, text.length - list.length) + behindFlags(list);
    const instead = /=.*(^|,|=)\d/.test(written) ? ` Write ${written}.` : '';
    report(node, `The kernel takes ${flag} for a flag of isolcpus and passes over it.${instead}`, remedy);
  }
}

/** arch/x86/kernel/e820.c, `parse_memopt`: a size of 0 takes nothing away. */
function checkMemory({ rendered, contradiction }: ArgumentCheck, argument: Argument): void {
  const { text, name, value, node, remedy } = argument;
  const bytes = kernelSize(value);
  if (name !== 'mem' || bytes === 0) return;
  const pages = reservedPages(rendered.kernelArguments).reduce(
    (sum, { pageBytes, count }) => sum + pageBytes * count,
    0,
  );
  if (pages > 0 && pages >= bytes)
    contradiction(
      node,
      `${text} leaves the kernel less memory than the profile reserves for huge pages (${Math.round((pages / 2 ** 30) * 100) / 100} GiB).`,
      remedy,
    );
}

/** systemd-modules-load asks for modules with the blacklist of the command line (modules-load.d(5), kmod(8)). */
function checkBlacklist({ spec, contradiction, value: report }: ArgumentCheck, argument: Argument): void {
  const { text, name, value, node, remedy } = argument;
  if (name !== 'module_blacklist' && name !== 'modprobe.blacklist') return;
  const comparable = (module: string) => module.replaceAll('-', '_');
  for (const module of value.split(',')) {
    const message = refusedModule(module, text);
    if (message !== undefined) report(node, message, remedy);
  }
  const refused = new Set(value.split(',').map(comparable));
  const both = spec.kernel.modules.load.filter((module) => refused.has(comparable(module)));
  if (both.length > 0)
    contradiction(node, `${text} keeps ${both.join(', ')} out, which kernel.modules.load loads.`, remedy);
}

function checkPageSize({ value: report }: ArgumentCheck, argument: Argument): void {
  const { text, name, value, node } = argument;
  if (name !== 'hugepagesz' && name !== 'default_hugepagesz') return;
  if (isPageSize(value)) return;
  report(
    node,
    `The kernel has no huge pages of this size and ignores ${text}: on amd64 they are ${hugepageSizes.join(' or ')}.`,
  );
}

function checkTick({ spec, rendered, contradiction }: ArgumentCheck, argument: Argument): void {
  if (argument.text !== 'nohz=off') return;
  const asked = rendered.kernelArguments.find((each) => each.startsWith('nohz_full='));
  if (asked !== undefined)
    contradiction(
      argument.node,
      `nohz=off keeps the tick on every CPU, but ${spec.cpu?.nohz ? 'cpu.nohz' : asked} takes it from some.`,
      argument.remedy,
    );
}

/** Documentation/admin-guide/kernel-parameters.rst, security= and lsm=: one of the large modules is chosen. */
function checkSecurityModule(
  { spec, rendered, isRead, contradiction }: ArgumentCheck,
  argument: Argument,
): void {
  const { text, name, value, node, remedy } = argument;
  if ((name !== 'security' && name !== 'lsm') || !isRead('apparmor')) return;
  const isOff = rendered.kernelArguments.includes('apparmor=0');
  const names = value.split(',');
  if (isOff && names.includes('apparmor'))
    contradiction(node, `${text} chooses AppArmor, but the profile turns it off (apparmor=0).`, remedy);
  if (!isOff && spec.apparmor !== undefined && !names.includes('apparmor'))
    contradiction(node, `${text} leaves AppArmor out, but the section apparmor asks for it.`, remedy);
}

/** Folders of /proc/sys whose names no module has, so that what starts with them is no parameter of one. */
const sysctlName =
  /^(fs|kernel|user|vm|net\.(bridge|core|ipv[46]|netfilter|unix))\.[a-z]|^net\.nf_conntrack_max$/;

/**
 * fs/proc/proc_sysctl.c, `process_sysctl_arg`: since 5.8 the kernel sets what starts with “sysctl.”. Without it the name
 * is that of a module's parameter, and one without its module is passed over in silence (init/main.c).
 */
function checkSysctlName({ spec, value: report }: ArgumentCheck, argument: Argument): void {
  const { text, name, value, node, remedy } = argument;
  if (!sysctlName.test(name)) return;
  const isSet = Object.keys(spec.sysctl ?? {}).some(
    (key) => canonicalSysctlKey(key) === canonicalSysctlKey(name),
  );
  const moved = titled(`Set ${name} under sysctl`, remedy, replaced(value, 'sysctl', name));
  report(
    node,
    `The kernel ignores ${text}: ${name} is a sysctl and no argument. It belongs under “sysctl” of the profile; on the command line it is written as sysctl.${text}.`,
    ...(isSet || value === '' ? [] : [moved]),
  );
}

/** Arguments with which a host never comes up as its documents say. */
const keepsHostDown: readonly (readonly [pattern: RegExp, why: string])[] = [
  [
    /^cloud-init=disabled$/,
    'turns cloud-init off: no host would read its seed, so that it has no name, no network and no users',
  ],
  [
    /^ci\.(ds|datasource)=(?!NoCloud$)/,
    'keeps cloud-init from the seed that is stamped: it looks in this place alone',
  ],
  [/^ci\.di\.policy=disabled/, 'turns cloud-init off: no host would read its seed'],
  [/^ds=/, 'sends cloud-init elsewhere: hosts may not read the seed that is stamped for them'],
  [/^network-config=/, 'takes the place of the network that is stamped: all hosts would get this one'],
  [
    /^(single|emergency|rescue|[sS1]|rd\.break.*|break(=.*)?|systemd\.unit=(rescue|emergency)\.target)$/,
    'stops the start at a shell: nothing comes up until somebody sits at the screen',
  ],
  [/^(rd)?init=/, 'starts another program in place of systemd'],
  [/^boot=(?!live$)/, 'takes the place of boot=live, without which the system on the medium is not found'],
  [/^initrd=/, 'is the boot loader’s to say: the one of the image is named by its menu'],
  [/^root=/, 'names the disk of an installed system; one that runs from its medium does not look at it'],
];

function checkStart({ value }: ArgumentCheck, { text, node, remedy }: Argument): void {
  const why = keepsHostDown.find(([pattern]) => pattern.test(text))?.[1];
  if (why !== undefined) value(node, `${text} ${why}.`, remedy);
}
