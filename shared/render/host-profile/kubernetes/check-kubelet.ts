import { parseIpAddress } from '../../../network/addresses.ts';
import { cpuListOf, expandCpuList, lastCpu } from '../machine/cpu-list.ts';
import type { ProfileCheck } from '../profile-check.ts';
import { removed, replaced } from '../remedy.ts';
import { type Runtime, runtimes } from './containers.ts';

/** The kubelet against its version, its repository and the runtime beside it. */
export function checkKubelet(check: ProfileCheck): void {
  checkRepositoryVersion(check);
  checkRemovedArguments(check);
  checkControlGroups(check);
  checkReservedCpus(check);
  checkDockerConfiguration(check);
  checkEndpoint(check);
  checkClusterDns(check);
  checkPaths(check);
}

/** Kubernetes, "Changing The Kubernetes Package Repository": each minor version has one of its own. */
function checkRepositoryVersion({ spec, at, isRead, contradiction }: ProfileCheck): void {
  const { kubernetes, repositories = [] } = spec;
  if (kubernetes === undefined || !isRead('repositories')) return;
  const wanted = kubernetes.version.split('.').slice(0, 2).join('.');
  const offered = repositories.flatMap(({ uri }) => /\/v(1\.\d+)\/deb\/?$/.exec(uri)?.[1] ?? []);
  const [first] = offered;
  if (first === undefined || offered.includes(wanted)) return;
  contradiction(
    at('kubernetes', 'version'),
    `The repository has version ${first} alone, so that ${kubernetes.version} is not found there. Change one of both.`,
    ...(offered.length === 1 ? [replaced(first, 'kubernetes', 'version')] : []),
  );
}

/** Arguments that were taken out, with the first minor version that refuses them (CHANGELOGs of Kubernetes). */
const removedSince: ReadonlyMap<string, number> = new Map([
  ['dynamic-config-dir', 24],
  ['network-plugin', 24],
  ['network-plugin-mtu', 24],
  ['cni-bin-dir', 24],
  ['cni-cache-dir', 24],
  ['cni-conf-dir', 24],
  ['docker-endpoint', 24],
  ['image-pull-progress-deadline', 24],
  ['non-masquerade-cidr', 24],
  ['container-runtime', 27],
]);

function checkRemovedArguments({ spec, at, contradiction }: ProfileCheck): void {
  const { kubernetes } = spec;
  const minor = Number(kubernetes?.version.split('.')[1]);
  for (const name of Object.keys(kubernetes?.kubeletArguments ?? {})) {
    const since = removedSince.get(name);
    if (since !== undefined && minor >= since)
      contradiction(
        at('kubernetes', 'kubeletArguments', name),
        `The kubelet has no --${name} since version 1.${since} and does not start with it.`,
        removed('kubernetes', 'kubeletArguments', name),
      );
  }
}

/** Kubernetes, "Configuring a cgroup driver": the runtime and the kubelet must use the same one. */
function checkControlGroups({ spec, at, isRead, contradiction }: ProfileCheck): void {
  if (!isRead('containers')) return;
  const { kubernetes, containers } = spec;
  if (kubernetes?.kubeletArguments['cgroup-driver'] !== 'cgroupfs') return;
  if (containers === undefined || containers.runtime === 'none' || containers.configuration !== undefined)
    return;
  contradiction(
    at('kubernetes', 'kubeletArguments', 'cgroup-driver'),
    `${containers.runtime} is set up with the control groups of systemd: with cgroupfs pods fail or are killed at random.`,
    replaced('systemd', 'kubernetes', 'kubeletArguments', 'cgroup-driver'),
  );
}

/**
 * Kubernetes, "Explicitly Reserved CPU List": these are for the system, the others for pods. Its lists have numbers and
 * ranges alone (k8s.io/utils/cpuset).
 */
function checkReservedCpus({ spec, at, value }: ProfileCheck): void {
  const reserved = spec.kubernetes?.kubeletArguments['reserved-cpus'];
  if (reserved === undefined) return;
  const place = ['kubernetes', 'kubeletArguments', 'reserved-cpus'] as const;
  const { cpu, machine } = spec;
  if (/N|all|:/i.test(reserved)) {
    const isKnown = machine?.cpus !== undefined || !/N|all/i.test(reserved);
    const numbers = cpuListOf(expandCpuList(reserved, lastCpu(machine)));
    value(
      at(...place),
      'The kubelet reads numbers and ranges only: N, all and parts of ranges are the kernel’s, and the kubelet does not start with them.',
      ...(isKnown && numbers !== '' ? [replaced(numbers, ...place)] : []),
    );
  }
  if (cpu?.isolated === undefined) return;
  const isolated = expandCpuList(cpu.isolated, lastCpu(machine));
  const both = [...expandCpuList(reserved, lastCpu(machine))].filter((each) => isolated.has(each));
  const instead = cpuListOf(expandCpuList(cpu.housekeeping ?? '', lastCpu(machine)));
  if (both.length > 0)
    value(
      at(...place),
      `CPU ${cpuListOf(both)} is kept for the system here, but cpu.isolated keeps the system away from it.`,
      ...(instead === '' || instead.includes('N') ? [] : [replaced(instead, ...place)]),
    );
}

/** dockerd(8) does not start with a daemon.json that is no JSON object. */
function checkDockerConfiguration({ spec, at, contradiction }: ProfileCheck): void {
  const { containers } = spec;
  if (containers?.runtime !== 'docker' || containers.configuration === undefined) return;
  if (isJsonObject(containers.configuration)) return;
  contradiction(
    at('containers', 'configuration'),
    `${runtimes.docker.configurationPath} is a JSON object: dockerd does not start with this text.`,
  );
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Where each runtime listens (Kubernetes, "Container Runtimes"). */
const endpoints: Readonly<Record<Runtime, string>> = {
  containerd: 'unix:///run/containerd/containerd.sock',
  docker: 'unix:///run/cri-dockerd.sock',
  'cri-o': 'unix:///run/crio/crio.sock',
};

/** The kubelet waits for a socket that nothing makes, and ends. */
function checkEndpoint({ spec: { containers, kubernetes }, at, isRead, contradiction }: ProfileCheck): void {
  const asked = kubernetes?.kubeletArguments['container-runtime-endpoint'];
  if (asked === undefined || containers === undefined || containers.runtime === 'none') return;
  if (!isRead('containers')) return;
  const socketOf = (endpoint: string) => endpoint.slice(endpoint.lastIndexOf('/') + 1);
  const other = (Object.keys(endpoints) as Runtime[]).find(
    (each) => socketOf(endpoints[each]) === socketOf(asked),
  );
  // Sockets of other names may be set up by the runtime's own configuration.
  if (other === undefined || other === containers.runtime) return;
  const place = ['kubernetes', 'kubeletArguments', 'container-runtime-endpoint'] as const;
  contradiction(
    at(...place),
    `${asked} is where ${other} listens, but the runtime of this profile is ${containers.runtime}: the kubelet does not start.`,
    replaced(endpoints[containers.runtime], ...place),
  );
}

/** Kubernetes, kubelet/network/dns: “Invalid DNS IP” in its log, and pods get names from nowhere. */
function checkClusterDns({ spec: { kubernetes }, at, value }: ProfileCheck): void {
  const servers = kubernetes?.kubeletArguments['cluster-dns'] ?? '';
  const odd = servers.split(',').find((each) => each !== '' && parseIpAddress(each.trim()) === undefined);
  if (odd !== undefined)
    value(
      at('kubernetes', 'kubeletArguments', 'cluster-dns'),
      `“${odd}” is no address: the kubelet passes over it, and pods resolve no names of the cluster.`,
    );
}

const paths = [
  ...['bootstrap-kubeconfig', 'cert-dir', 'client-ca-file', 'config', 'kubeconfig', 'pod-manifest-path'],
  ...['resolv-conf', 'root-dir', 'tls-cert-file', 'tls-private-key-file', 'volume-plugin-dir'],
];

/** A service of systemd runs in / (systemd.exec(5), WorkingDirectory=). */
function checkPaths({ spec: { kubernetes }, at, value }: ProfileCheck): void {
  for (const name of paths) {
    const path = kubernetes?.kubeletArguments[name];
    if (path === undefined || path === '' || path.startsWith('/')) continue;
    value(
      at('kubernetes', 'kubeletArguments', name),
      `--${name} is no path from / on: the kubelet runs in /, and looks for /${path}.`,
      replaced(`/${path}`, 'kubernetes', 'kubeletArguments', name),
    );
  }
}
