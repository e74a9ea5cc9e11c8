import type { SourceNode } from '../../../source/source-node.ts';
import { argumentText } from '../kernel/kernel-arguments.ts';
import { installedPackages, type ProfileCheck } from '../profile-check.ts';
import { type Remedy, removed, replaced, titled } from '../remedy.ts';
import { sysctlSet, sysctlValue } from '../sysctl/written-sysctl.ts';
import { bareName } from '../systemd/unit-packages.ts';
import { lacksRepositories } from './check-runtime.ts';

/** Kubernetes, "Container Runtimes" and "Installing kubeadm": what a node needs before it can join. */
export function checkNode(check: ProfileCheck): void {
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

function withoutArgument({ kernel }: ProfileCheck['spec'], text: string): Remedy[] {
  const index = kernel.arguments.findIndex((argument) => argumentText(argument) === text);
  return index < 0 ? [] : [titled(`Remove ${text}`, removed('kernel', 'arguments', index))];
}
