import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import type { HostProfile } from '../../schema/host-profile.ts';
import { entryOf, nodeAt, type SourceNode } from '../../source/source-node.ts';
import { positionAt } from '../../source/source-text.ts';
import { checkKernelArguments } from './check-kernel-arguments.ts';
import { checkLikelyMistakes } from './check-likely-mistakes.ts';
import { checkMachine } from './check-machine.ts';
import { checkPartitions } from './check-partitions.ts';
import { checkServices } from './check-services.ts';
import { checkSources } from './check-sources.ts';
import { expandCpuList } from './cpu.ts';
import type { ProfileCheck } from './profile-check.ts';
import { renderHostProfile } from './render-host-profile.ts';
import { canonicalSysctlKey } from './sysctl.ts';
import { unitPath } from './systemd.ts';

/** What a profile says against itself, and what is allowed but hardly meant. `root` is the tree of the document. */
export function checkHostProfile(profile: HostProfile, root: SourceNode, sink: DiagnosticSink): void {
  const check: ProfileCheck = {
    spec: profile.spec,
    rendered: renderHostProfile(profile),
    at: (...path) => nodeAt(root, ['spec', ...path]),
    contradiction: (node, message) => sink.at(node, 'error', 'host-profile-contradiction', message),
    value: (node, message, fixes) => sink.at(node, 'warning', 'host-profile-value', message, fixes),
    information: (node, message) => sink.at(node, 'info', 'host-profile-value', message),
  };
  for (const topic of [
    checkKernelArguments,
    checkCpu,
    checkHugepages,
    checkModules,
    checkUnits,
    checkRepetitions,
    checkLikelyMistakes,
    checkMachine,
    checkPartitions,
    checkServices,
    checkSources,
    checkGrub,
  ])
    topic(check);
  checkGeneratedFiles(profile, check);
}

function checkCpu({ spec: { cpu }, at, contradiction, value }: ProfileCheck): void {
  if (cpu === undefined) return;
  if (cpu.isolated === undefined) {
    if (cpu.nohz) value(at('cpu', 'nohz'), 'nohz has no effect without isolated CPUs.');
    return;
  }
  const isolated = expandCpuList(cpu.isolated);
  const node = at('cpu', 'isolated');
  if (isolated.size === 0)
    value(node, `${cpu.isolated} holds no CPU: the end of a range lies before its start.`);
  if (isolated.has(0))
    value(node, 'CPU 0 is isolated. It boots the machine and serves interrupts; leave it to the system.');
  const shared = [...expandCpuList(cpu.housekeeping ?? '')].filter((number) => isolated.has(number));
  if (shared.length > 0)
    contradiction(
      at('cpu', 'housekeeping'),
      `CPU ${shared.slice(0, 8).join(', ')} cannot be both isolated and for housekeeping.`,
    );
}

function checkHugepages({ spec: { hugepages, sysctl = {} }, at, contradiction, value }: ProfileCheck): void {
  if (hugepages === undefined) return;
  if (hugepages.pages.length === 0 && hugepages.default !== undefined)
    value(at('hugepages', 'default'), 'No pages are reserved, so that the default size has no effect.');
  const sizes = new Set<string>();
  for (const [index, { size }] of hugepages.pages.entries()) {
    if (sizes.has(size))
      contradiction(at('hugepages', 'pages', index), `Pages of ${size} are reserved twice.`);
    sizes.add(size);
  }
  const standing = hugepages.default;
  if (standing !== undefined && sizes.size > 0 && !sizes.has(standing))
    value(
      at('hugepages', 'default'),
      `The default size is ${standing}, but no pages of this size are reserved.`,
    );
  const key = Object.keys(sysctl).find((name) => canonicalSysctlKey(name) === 'vm/nr_hugepages');
  if (key !== undefined && sizes.size > 0)
    contradiction(
      at('sysctl', key),
      `${key} changes at boot what hugepages.pages reserves. Keep one of both.`,
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
      );
  }
  if (kernel.package.startsWith('linux-image-cloud-'))
    value(
      at('kernel', 'package'),
      'The cloud kernel has no USB storage and few drivers: it boots virtual machines, hardly a real host.',
    );
}

function checkUnits({ spec: { systemd }, at, contradiction }: ProfileCheck): void {
  if (systemd === undefined) return;
  const enabled = new Set(systemd.enable);
  for (const verb of ['disable', 'mask'] as const) {
    for (const [index, name] of systemd[verb].entries()) {
      if (enabled.has(name))
        contradiction(at('systemd', verb, index), `The unit ${name} stands in enable and in ${verb}.`);
    }
  }
}

function checkRepetitions({ spec, at, contradiction }: ProfileCheck): void {
  const repeated = (
    keys: readonly string[],
    place: (index: number) => SourceNode,
    say: (key: string) => string,
  ) => {
    const seen = new Set<string>();
    for (const [index, key] of keys.entries()) {
      if (seen.has(key)) contradiction(place(index), say(key));
      seen.add(key);
    }
  };
  const sysctl = Object.keys(spec.sysctl ?? {});
  repeated(
    sysctl.map(canonicalSysctlKey),
    (index) => entryOf(at('sysctl'), sysctl[index] ?? '')?.key ?? at('sysctl'),
    (key) => `The sysctl ${key.replaceAll('/', '.')} is set twice, in two spellings.`,
  );
  repeated(
    (spec.limits ?? []).map(({ domain, type, item }) => `${domain} ${type} ${item}`),
    (index) => at('limits', index),
    (key) => `The limit ${key} is set twice.`,
  );
  repeated(
    (spec.directories ?? []).map(({ path }) => path),
    (index) => at('directories', index, 'path'),
    (path) => `The folder ${path} is described twice.`,
  );
  repeated(
    (spec.scripts ?? []).map(({ name }) => name),
    (index) => at('scripts', index, 'name'),
    (name) => `There are two scripts of the name ${name}.`,
  );
}

function checkGrub({ spec: { grub }, at, information }: ProfileCheck): void {
  if (grub === undefined) return;
  information(
    entryOf(at(), 'grub')?.key ?? at('grub'),
    'GRUB’s settings count where it is installed on a disk, not for an ISO: its menu is set under bootMenu of the image.',
  );
}

/** Files of the profile against each other and against those that its sections become. */
function checkGeneratedFiles(profile: HostProfile, { spec, at, contradiction }: ProfileCheck): void {
  const own = (spec.files ?? []).map(({ path }, index) => ({ path, node: at('files', index, 'path') }));
  const units = (spec.systemd?.units ?? []).map(({ name }, index) => ({
    path: unitPath(name),
    node: at('systemd', 'units', index, 'name'),
  }));
  const generated = new Set(
    renderHostProfile({ ...profile, spec: { ...spec, files: [], systemd: undefined } }).files.map(
      ({ path }) => path,
    ),
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
