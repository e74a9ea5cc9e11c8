import type { SourceNode } from '../../source/source-node.ts';
import { defaultRegistry, runtimes } from './containers.ts';
import { argumentName, argumentText } from './kernel-arguments.ts';
import { installedPackages, type ProfileCheck } from './profile-check.ts';
import { appended, type Remedy, removed, replaced, titled } from './remedy.ts';
import { canonicalSysctlKey } from './sysctl.ts';
import { bareName, packagesOfUnit } from './unit-packages.ts';

/** Services, and what they need of packages, modules and memory. */
export function checkServices(check: ProfileCheck): void {
  checkUnitPackages(check);
  checkKdump(check);
  checkContainers(check);
  checkKubernetes(check);
  checkModulesOfSysctl(check);
  checkOpenFiles(check);
}

function checkUnitPackages(check: ProfileCheck): void {
  checkPurgedPackages(check);
  const { spec, at, isRead, value } = check;
  const installed = installedPackages(check);
  if (installed === undefined || !isRead('systemd', 'units') || !isRead('files')) return;
  const own = new Set(spec.systemd?.units.map(({ name }) => name));
  const files = new Set(spec.files?.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)));
  for (const [index, name] of (spec.systemd?.enable ?? []).entries()) {
    const packages = packagesOfUnit(name);
    if (packages === undefined || own.has(name) || files.has(name)) continue;
    if (packages.some((each) => installed.has(each))) continue;
    value(
      at('systemd', 'enable', index),
      `${name} comes with the package ${packages[0]}, which the profile does not install. A unit that is not there ends the build.`,
      appended(packages[0] ?? '', spec.packages?.install, 'packages', 'install'),
    );
  }
}

function checkPurgedPackages({ spec, rendered, at, contradiction }: ProfileCheck): void {
  const ofRepositories = (spec.repositories ?? []).flatMap((each) => each.packages);
  const needed = new Set([...(spec.packages?.install ?? []), ...ofRepositories]);
  for (const [index, name] of (spec.packages?.purge ?? []).entries())
    if (needed.has(name))
      contradiction(
        at('packages', 'purge', index),
        `The package ${name} is installed and taken out again.`,
        removed('packages', 'purge', index),
      );
    else if (rendered.packages.includes(name))
      contradiction(
        at('packages', 'purge', index),
        `Another section of the profile needs the package ${name}.`,
        removed('packages', 'purge', index),
      );
}

function checkKdump(check: ProfileCheck): void {
  const { spec, rendered, at, isRead, value } = check;
  const index = (spec.packages?.install ?? []).findIndex((name) => bareName(name) === 'kdump-tools');
  const hasMemory = rendered.kernelArguments.some((text) => argumentName(text) === 'crashkernel');
  if (index >= 0 && !hasMemory && isRead('kdump') && isRead('kernel', 'arguments'))
    value(
      at('packages', 'install', index),
      'Nothing sets memory aside for the crash kernel, so that there is never a dump. Write a section kdump, or crashkernel= in kernel.arguments.',
      titled('Add kdump with 512M of memory', replaced({ memory: '512M' }, 'kdump')),
    );
}

function checkContainers(check: ProfileCheck): void {
  const { spec, at, isRead, contradiction, value } = check;
  const { containers } = spec;
  if (containers === undefined) return;
  const seen = new Set<string>();
  for (const [index, { name, mirrors, insecure, certificate }] of containers.registries.entries()) {
    const node = at('containers', 'registries', index);
    if (seen.has(name))
      contradiction(
        at('containers', 'registries', index, 'name'),
        `The registry ${name} is described twice.`,
      );
    seen.add(name);
    const isAll = isRead('containers', 'registries', index);
    if (isAll && mirrors.length === 0 && !insecure && certificate === undefined)
      value(node, `Nothing is said of ${name} that would make a difference: add mirrors or a certificate.`);
    if (containers.runtime === 'docker' && mirrors.length > 0 && name !== defaultRegistry)
      value(
        at('containers', 'registries', index, 'mirrors'),
        `docker knows mirrors of ${defaultRegistry} alone; these are never asked.`,
      );
  }
  if (containers.runtime === 'none') {
    const idle = (['configuration', 'registries', 'proxy'] as const).find((key) =>
      key === 'registries' ? containers.registries.length > 0 : containers[key] !== undefined,
    );
    if (idle !== undefined)
      value(
        at('containers', idle),
        `With runtime: none nothing reads “${idle}”.`,
        removed('containers', idle),
      );
    return;
  }
  const { unit } = runtimes[containers.runtime];
  for (const verb of ['disable', 'mask'] as const) {
    const index = spec.systemd?.[verb].indexOf(unit) ?? -1;
    if (index >= 0)
      contradiction(
        at('systemd', verb, index),
        `containers needs ${unit}, which is started at boot.`,
        removed('systemd', verb, index),
      );
  }
  if (containers.runtime === 'cri-o' && lacksRepositories(check))
    value(
      at('containers', 'runtime'),
      'Debian has no package cri-o. Add the repository that it comes from under “repositories”.',
    );
}

/** Kubernetes, "Container Runtimes" and "Installing kubeadm": what a node needs before it can join. */
function checkKubernetes(check: ProfileCheck): void {
  const { spec, at, isRead, contradiction, value } = check;
  const { kubernetes, containers } = spec;
  const installed = installedPackages(check);
  const plain = (spec.packages?.install ?? []).findIndex((name) => bareName(name) === 'kubelet');
  if (kubernetes === undefined && plain < 0) return;
  const hasKubelet = plain >= 0 || (kubernetes?.packages.includes('kubelet') ?? false);
  if (!hasKubelet) return;
  const place = kubernetes === undefined ? at('packages', 'install', plain) : keyOrNode(check);
  const brought = ['containerd', 'containerd.io', 'docker.io', 'docker-ce', 'cri-o'].some((name) =>
    installed?.has(name),
  );
  if (installed !== undefined && !brought && containers === undefined && isRead('containers'))
    contradiction(
      place,
      'The kubelet needs a container runtime. Write a section containers, for example with runtime: containerd.',
      titled('Add containers with containerd', replaced({ runtime: 'containerd' }, 'containers')),
    );
  const isOutdated = minorOf(kubernetes?.version) >= 24 && installed?.has('cri-dockerd') === false;
  if (containers?.runtime === 'docker' && isOutdated)
    contradiction(
      at('containers', 'runtime'),
      'Since version 1.24 the kubelet does not speak to docker without cri-dockerd. Take containerd, which docker stands on.',
      replaced('containerd', 'containers', 'runtime'),
    );
  if (kubernetes !== undefined && lacksRepositories(check))
    value(
      at('kubernetes', 'version'),
      'Debian has no package kubelet. Add the repository that it comes from under “repositories”.',
    );
  checkNodeSettings(check, place);
}

function lacksRepositories({ spec, isRead }: ProfileCheck): boolean {
  return isRead('repositories') && (spec.repositories ?? []).length === 0;
}

function keyOrNode({ at }: ProfileCheck): SourceNode {
  return at('kubernetes', 'version');
}

function minorOf(version: string | undefined): number {
  return Number(version?.split('.')[1] ?? 24);
}

function checkNodeSettings(
  { spec, rendered, at, isRead, contradiction, value }: ProfileCheck,
  place: SourceNode,
): void {
  const kubeletArguments = spec.kubernetes?.kubeletArguments ?? {};
  const areAllRead = isRead('kubernetes', 'kubeletArguments');
  const swap = spec.partitions?.entries.findIndex(({ filesystem }) => filesystem?.type === 'swap') ?? -1;
  if (swap >= 0 && kubeletArguments['fail-swap-on'] !== 'false' && areAllRead)
    contradiction(
      at('partitions', 'entries', swap),
      'The kubelet does not start on a machine with swap, unless kubeletArguments has fail-swap-on: false.',
      ...(spec.kubernetes === undefined
        ? []
        : [replaced('false', 'kubernetes', 'kubeletArguments', 'fail-swap-on')]),
    );
  const forward = sysctlValue(spec.sysctl, 'net.ipv4.ip_forward');
  if (forward !== '1' && isRead('sysctl'))
    value(
      place,
      forward === undefined
        ? 'Pods reach other hosts only with net.ipv4.ip_forward: 1 under “sysctl”.'
        : `Pods reach other hosts only with net.ipv4.ip_forward: 1, and it is ${forward} here.`,
      sysctlSet(spec.sysctl, 'net.ipv4.ip_forward', 1),
    );
  const off = rendered.kernelArguments.find((text) =>
    /^cgroup_disable=(.*,)?(memory|cpu|cpuset|pids)\b/.test(text),
  );
  if (off !== undefined)
    contradiction(
      place,
      `${off} switches off a control group without which the kubelet does not start.`,
      ...withoutArgument(spec, off),
    );
  if (
    areAllRead &&
    kubeletArguments['cpu-manager-policy'] === 'static' &&
    !('reserved-cpus' in kubeletArguments) &&
    !('system-reserved' in kubeletArguments) &&
    !('kube-reserved' in kubeletArguments)
  )
    // The configuration file of the kubelet may reserve them.
    value(
      at('kubernetes', 'kubeletArguments', 'cpu-manager-policy'),
      'The static policy needs CPUs of its own for the system: add reserved-cpus, for example those of cpu.housekeeping.',
      ...(spec.cpu?.housekeeping === undefined
        ? []
        : [replaced(spec.cpu.housekeeping, 'kubernetes', 'kubeletArguments', 'reserved-cpus')]),
    );
  for (const key of ['node-ip', 'hostname-override'])
    if (key in kubeletArguments)
      value(
        at('kubernetes', 'kubeletArguments', key),
        // Taken out without another place it would be lost: where hosts have the same without it, a fix of realms says so.
        `--${key} is another one on every host and cannot be baked. Write it in user-data, to /etc/default/kubelet, with all arguments that stand here: the file there takes the place of the baked one.`,
      );
}

function sysctlValue(sysctl: Readonly<Record<string, string>> | undefined, key: string): string | undefined {
  const wanted = canonicalSysctlKey(key);
  for (const [name, text] of Object.entries(sysctl ?? {}))
    if (canonicalSysctlKey(name) === wanted) return text;
  return undefined;
}

function withoutArgument({ kernel }: ProfileCheck['spec'], text: string): Remedy[] {
  const index = kernel.arguments.findIndex((argument) => argumentText(argument) === text);
  return index < 0 ? [] : [titled(`Remove ${text}`, removed('kernel', 'arguments', index))];
}

/** Sets a key in the spelling in which it stands there. */
function sysctlSet(sysctl: Readonly<Record<string, string>> | undefined, key: string, value: number): Remedy {
  const wanted = canonicalSysctlKey(key);
  const written = Object.keys(sysctl ?? {}).find((name) => canonicalSysctlKey(name) === wanted) ?? key;
  return titled(`Set ${key} to ${value}`, replaced(value, 'sysctl', written));
}

/** Keys that exist only while a module is loaded; modules that bring another along are named with it. */
const modulesOfArea: readonly (readonly [area: RegExp, modules: RegExp, name: string])[] = [
  [/^net\/bridge\//, /^br_netfilter$/, 'br_netfilter'],
  [
    /^net\/(netfilter\/)?nf_conntrack_/,
    /^(nf_conntrack.*|nf_nat.*|ip_vs.*|iptable_nat|ip6table_nat|xt_(conntrack|connmark|CT|MASQUERADE|nat|state)|nft_ct|openvswitch|act_ct)$/,
    'nf_conntrack',
  ],
];

/** The module without which a kernel parameter does not exist. */
export function moduleOfSysctl(key: string): string | undefined {
  const canonical = canonicalSysctlKey(key);
  return modulesOfArea.find(([area]) => area.test(canonical))?.[2];
}

/** systemd-modules-load runs before systemd-sysctl, so that a module of the profile is there in time (sysctl.d(5)). */
function checkModulesOfSysctl({ spec, at, isRead, value }: ProfileCheck): void {
  if (!isRead('kernel', 'modules', 'load')) return;
  const loaded = spec.kernel.modules.load.map((name) => name.replaceAll('-', '_'));
  const told = new Set<string>();
  for (const key of Object.keys(spec.sysctl ?? {})) {
    for (const [area, modules, name] of modulesOfArea) {
      if (told.has(name) || !area.test(canonicalSysctlKey(key)) || loaded.some((each) => modules.test(each)))
        continue;
      told.add(name);
      value(
        at('sysctl', key),
        `${key} exists only while the module ${name} is loaded: add it to kernel.modules.load, or the setting is skipped at boot.`,
        appended(name, spec.kernel.modules.load, 'kernel', 'modules', 'load'),
      );
    }
  }
}

/** The default of fs.nr_open (Documentation/admin-guide/sysctl/fs.rst). */
const defaultOpenFiles = 1_048_576;

/** sysctl_nr_open_max of fs/file.c: INT_MAX, rounded down to whole words. */
const mostOpenFiles = 2 ** 31 - 64;

/** setrlimit(2) refuses more open files than fs.nr_open, and pam_limits then refuses the login. */
function checkOpenFiles({ spec, at, isRead, contradiction }: ProfileCheck): void {
  if (!isRead('sysctl')) return;
  const most = Number(sysctlValue(spec.sysctl, 'fs.nr_open') ?? defaultOpenFiles);
  for (const [index, { item, value }] of (spec.limits ?? []).entries())
    if (item === 'nofile' && Number(value) > most)
      contradiction(
        at('limits', index, 'value'),
        `${value} open files are more than fs.nr_open allows (${most}): logins are refused. Raise fs.nr_open under “sysctl” too.`,
        ...(Number(value) <= mostOpenFiles ? [sysctlSet(spec.sysctl, 'fs.nr_open', Number(value))] : []),
      );
}
