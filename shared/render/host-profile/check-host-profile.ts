import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import type { HostProfile } from '../../schema/host-profile.ts';
import type { ReadablePart } from '../../schema/readable-part.ts';
import { entryOf, nodeAt, type SourceNode } from '../../source/source-node.ts';
import { positionAt } from '../../source/source-text.ts';
import { checkAppArmor } from './check-apparmor.ts';
import { checkAppArmorProfiles } from './check-apparmor-profiles.ts';
import { checkArgumentConflicts } from './check-argument-conflicts.ts';
import { checkCloudInitFiles } from './check-cloud-init-files.ts';
import { checkContainers } from './check-containers.ts';
import { checkCrashMemory } from './check-crash-memory.ts';
import { checkFiles } from './check-files.ts';
import { checkGrub } from './check-grub.ts';
import { checkInterpreters } from './check-interpreters.ts';
import { checkKernelArguments } from './check-kernel-arguments.ts';
import { checkKubelet } from './check-kubelet.ts';
import { checkKubeletValues } from './check-kubelet-values.ts';
import { checkLikelyMistakes } from './check-likely-mistakes.ts';
import { checkMachine } from './check-machine.ts';
import { checkModuleOptions } from './check-module-options.ts';
import { checkMountOptions } from './check-mount-options.ts';
import { checkNeededParts } from './check-needed-parts.ts';
import { checkOwners } from './check-owners.ts';
import { checkPartitions } from './check-partitions.ts';
import { checkRefusedModules } from './check-refused-modules.ts';
import { checkSectionUnits } from './check-section-units.ts';
import { checkServices } from './check-services.ts';
import { checkShells } from './check-shells.ts';
import { checkSources } from './check-sources.ts';
import { checkSudoersFiles } from './check-sudoers-files.ts';
import { checkSysctlFiles } from './check-sysctl-files.ts';
import { checkSysctlValues } from './check-sysctl-values.ts';
import { checkUnitAliases } from './check-unit-aliases.ts';
import { cpuListOf, cpuListProblem, expandCpuList, lastCpu } from './cpu-list.ts';
import type { ProfileCheck } from './profile-check.ts';
import { type Remedy, removed, replaced } from './remedy.ts';
import { renderHostProfile } from './render-host-profile.ts';
import { canonicalSysctlKey } from './sysctl.ts';
import { unitPath } from './systemd.ts';

/** Gets what mends a finding, which is told by its place and message. */
export type RemedyListener = (node: SourceNode, message: string, remedies: readonly Remedy[]) => void;

export interface ProfileCheckOptions {
  readonly onRemedies?: RemedyListener;
  /** Packages that come into the image from elsewhere. */
  readonly brought?: readonly string[];
}

/** What can be read of the `spec` of a profile. */
export type ReadableProfile = ReadablePart<HostProfile['spec']>;

/** What a profile says against itself, and what is allowed but hardly meant. */
export function checkHostProfile(
  { value: spec, node: root, isRead, writtenPath }: ReadableProfile,
  sink: DiagnosticSink,
  { onRemedies = () => undefined, brought = [] }: ProfileCheckOptions = {},
): void {
  const check: ProfileCheck = {
    spec,
    rendered: renderHostProfile(spec),
    brought,
    at: (...path) => nodeAt(root, path),
    isRead,
    numberOf: (...path) => Number(writtenPath(path)?.at(-1) ?? path.at(-1)) + 1,
    contradiction: (node, message, ...remedies) => {
      sink.at(node, 'error', 'host-profile-contradiction', message);
      onRemedies(node, message, remedies);
    },
    value: (node, message, ...remedies) => {
      sink.at(node, 'warning', 'host-profile-value', message);
      onRemedies(node, message, remedies);
    },
    misspelt: (node, message, fixes) => sink.at(node, 'warning', 'host-profile-value', message, fixes),
    information: (node, message) => sink.at(node, 'info', 'host-profile-value', message),
  };
  for (const topic of [
    checkKernelArguments,
    checkArgumentConflicts,
    checkCpu,
    checkHugepages,
    checkModules,
    checkModuleOptions,
    checkRefusedModules,
    checkUnits,
    checkUnitAliases,
    checkRepetitions,
    checkLikelyMistakes,
    checkSysctlValues,
    checkSysctlFiles,
    checkSudoersFiles,
    checkFiles,
    checkInterpreters,
    checkShells,
    checkCloudInitFiles,
    checkMachine,
    checkCrashMemory,
    checkAppArmor,
    checkAppArmorProfiles,
    checkContainers,
    checkOwners,
    checkPartitions,
    checkMountOptions,
    checkServices,
    checkSectionUnits,
    checkKubelet,
    checkKubeletValues,
    checkNeededParts,
    checkSources,
    checkGrub,
  ])
    topic(check);
  checkGeneratedFiles(check);
}

function checkCpu({ spec: { cpu, machine }, at, isRead, contradiction, value }: ProfileCheck): void {
  if (cpu === undefined) return;
  for (const key of ['isolated', 'housekeeping'] as const) {
    const list = cpu[key];
    const problem = list === undefined ? undefined : cpuListProblem(list, lastCpu(machine));
    if (list === undefined || problem === undefined) continue;
    const turned = list.replaceAll(/(\d+)-(\d+)/g, (range, first, second) =>
      Number(first) > Number(second) ? `${second}-${first}` : range,
    );
    value(
      at('cpu', key),
      `The kernel refuses ${list} as a whole: ${problem}.`,
      ...(turned === list ? [] : [replaced(turned, 'cpu', key)]),
    );
  }
  if (cpu.isolated === undefined) {
    if (cpu.nohz && isRead('cpu', 'isolated'))
      value(at('cpu', 'nohz'), 'nohz has no effect without isolated CPUs.', removed('cpu', 'nohz'));
    return;
  }
  const last = lastCpu(machine);
  const isolated = expandCpuList(cpu.isolated, last);
  const node = at('cpu', 'isolated');
  // That all of them are is told against the machine.
  const areAll = machine?.cpus !== undefined && isolated.size >= machine.cpus;
  if (isolated.has(0) && !areAll)
    value(
      node,
      'CPU 0 is isolated. It boots the machine and serves interrupts; leave it to the system.',
      ...isolatedWithout(isolated, (number) => number === 0),
    );
  const shared = [...expandCpuList(cpu.housekeeping ?? '', last)].filter((number) => isolated.has(number));
  if (shared.length > 0)
    contradiction(
      at('cpu', 'housekeeping'),
      `CPU ${shared.slice(0, 8).join(', ')} cannot be both isolated and for housekeeping.`,
      ...housekeepingWithout(expandCpuList(cpu.housekeeping ?? '', last), isolated),
    );
}

function housekeepingWithout(housekeeping: ReadonlySet<number>, isolated: ReadonlySet<number>): Remedy[] {
  const left = [...housekeeping].filter((number) => !isolated.has(number));
  return left.length === 0 ? [] : [replaced(cpuListOf(left), 'cpu', 'housekeeping')];
}

function isolatedWithout(isolated: ReadonlySet<number>, isLeftOut: (cpu: number) => boolean): Remedy[] {
  const left = [...isolated].filter((number) => !isLeftOut(number));
  return left.length === 0 ? [] : [replaced(cpuListOf(left), 'cpu', 'isolated')];
}

function checkHugepages({
  spec: { hugepages, sysctl = {} },
  at,
  isRead,
  contradiction,
  value,
}: ProfileCheck): void {
  if (hugepages === undefined) return;
  const areAllRead = isRead('hugepages', 'pages');
  if (areAllRead && hugepages.pages.length === 0 && hugepages.default !== undefined)
    value(
      at('hugepages', 'default'),
      'No pages are reserved, so that the default size has no effect.',
      removed('hugepages', 'default'),
    );
  const sizes = new Set<string>();
  for (const [index, { size, count }] of hugepages.pages.entries()) {
    const isSame = hugepages.pages.slice(0, index).some((each) => each.size === size && each.count === count);
    if (sizes.has(size))
      contradiction(
        at('hugepages', 'pages', index),
        `Pages of ${size} are reserved twice.`,
        ...(isSame ? [removed('hugepages', 'pages', index)] : []),
      );
    sizes.add(size);
  }
  const standing = hugepages.default;
  if (areAllRead && standing !== undefined && sizes.size > 0 && !sizes.has(standing))
    value(
      at('hugepages', 'default'),
      `The default size is ${standing}, but no pages of this size are reserved.`,
      ...(sizes.size === 1 ? [replaced([...sizes].join(''), 'hugepages', 'default')] : []),
    );
  const key = Object.keys(sysctl).find((name) => canonicalSysctlKey(name) === 'vm/nr_hugepages');
  if (key !== undefined && sizes.size > 0)
    contradiction(
      at('sysctl', key),
      `${key} changes at boot what hugepages.pages reserves. Keep one of both.`,
      removed('sysctl', key),
    );
}

function checkModules({ spec: { kernel }, at, contradiction, value }: ProfileCheck): void {
  const comparable = (name: string) => name.replaceAll('-', '_');
  const loaded = new Set(kernel.modules.load.map(comparable));
  for (const [index, name] of kernel.modules.blacklist.entries()) {
    if (loaded.has(comparable(name)))
      contradiction(
        at('kernel', 'modules', 'blacklist', index),
        `The module ${name} is loaded and blacklisted.`,
        removed('kernel', 'modules', 'blacklist', index),
      );
  }
  if (kernel.package.startsWith('linux-image-cloud-'))
    value(
      at('kernel', 'package'),
      'The cloud kernel has no USB storage and few drivers: it boots virtual machines, hardly a real host.',
      replaced(kernel.package.replace('-cloud', ''), 'kernel', 'package'),
    );
}

function checkUnits({ spec: { systemd }, at, contradiction }: ProfileCheck): void {
  if (systemd === undefined) return;
  const enabled = new Set(systemd.enable);
  for (const verb of ['disable', 'mask'] as const) {
    for (const [index, name] of systemd[verb].entries()) {
      if (enabled.has(name))
        contradiction(
          at('systemd', verb, index),
          `The unit ${name} stands in enable and in ${verb}.`,
          removed('systemd', verb, index),
        );
    }
  }
}

function checkRepetitions({ spec, at, contradiction }: ProfileCheck): void {
  const repeated = (
    keys: readonly string[],
    place: (index: number) => SourceNode,
    say: (key: string) => string,
    remedyOf: (index: number) => Remedy[] = () => [],
  ) => {
    const seen = new Set<string>();
    for (const [index, key] of keys.entries()) {
      if (seen.has(key)) contradiction(place(index), say(key), ...remedyOf(index));
      seen.add(key);
    }
  };
  const sysctl = Object.keys(spec.sysctl ?? {});
  repeated(
    sysctl.map(canonicalSysctlKey),
    (index) => entryOf(at('sysctl'), sysctl[index] ?? '')?.key ?? at('sysctl'),
    (key) => `The sysctl ${key.replaceAll('/', '.')} is set twice, in two spellings.`,
    (index) => [removed('sysctl', sysctl[index] ?? '')],
  );
  repeated(
    (spec.limits ?? []).map(({ domain, type, item }) => `${domain} ${type} ${item}`),
    (index) => at('limits', index),
    (key) => `The limit ${key} is set twice.`,
    (index) => [removed('limits', index)],
  );
  repeated(
    (spec.directories ?? []).map(({ path }) => path),
    (index) => at('directories', index, 'path'),
    (path) => `The folder ${path} is described twice.`,
  );
  repeated(
    (spec.permissions ?? []).map(({ path }) => path),
    (index) => at('permissions', index, 'path'),
    (path) => `The owner and mode of ${path} are set twice.`,
    (index) => [removed('permissions', index)],
  );
  repeated(
    (spec.scripts ?? []).map(({ name }) => name),
    (index) => at('scripts', index, 'name'),
    (name) => `There are two scripts of the name ${name}.`,
  );
}

/** Files of the profile against each other and against those that its sections become. */
function checkGeneratedFiles({ spec, at, contradiction }: ProfileCheck): void {
  const own = (spec.files ?? []).map(({ path }, index) => ({ path, node: at('files', index, 'path') }));
  const units = (spec.systemd?.units ?? []).map(({ name }, index) => ({
    path: unitPath(name),
    node: at('systemd', 'units', index, 'name'),
  }));
  const generated = new Set(
    renderHostProfile({ ...spec, files: [], systemd: undefined }).files.map(({ path }) => path),
  );
  const seen = new Map<string, SourceNode>();
  for (const { path, node } of [...units, ...own]) {
    const before = seen.get(path);
    if (before !== undefined)
      contradiction(
        node,
        `${path} is written twice, first in line ${positionAt(before.source, before.span.start).line}.`,
      );
    else if (generated.has(path))
      contradiction(node, `${path} is written by another section of this profile too.`);
    seen.set(path, before ?? node);
  }
}
