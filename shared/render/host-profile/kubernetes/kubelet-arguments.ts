import {
  addressProblem,
  allocatableProblem,
  featureGateProblem,
  type ListProblem,
  labelProblem,
  policyOptionsProblem,
  quantityProblem,
  reservationProblem,
  sysctlPatternProblem,
  taintProblem,
  thresholdProblem,
} from './kubelet-lists.ts';

/** How the kubelet reads the value of an argument (Kubernetes, cmd/kubelet/app/options and kubelet/apis/config/validation). */
export type KubeletArgument =
  | { readonly type: 'word'; readonly words: readonly string[] }
  | { readonly type: 'flag' | 'duration' | 'cpus' }
  | { readonly type: 'number'; readonly least: number; readonly most?: number }
  | { readonly type: 'list'; readonly judge: (text: string) => ListProblem | undefined };

const each = (names: string, meaning: KubeletArgument): readonly (readonly [string, KubeletArgument])[] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => [name, meaning]);

const words = (...list: readonly string[]): KubeletArgument => ({ type: 'word', words: list });
const list = (judge: (text: string) => ListProblem | undefined): KubeletArgument => ({ type: 'list', judge });

const meanings: ReadonlyMap<string, KubeletArgument> = new Map([
  ...each('cpu-manager-policy', words('none', 'static')),
  ...each('memory-manager-policy', words('None', 'Static')),
  ...each('topology-manager-policy', words('none', 'best-effort', 'restricted', 'single-numa-node')),
  ...each('topology-manager-scope', words('container', 'pod')),
  ...each('cgroup-driver', words('cgroupfs', 'systemd')),
  ...each('tls-min-version', words('VersionTLS10', 'VersionTLS11', 'VersionTLS12', 'VersionTLS13')),
  ...each('hairpin-mode', words('promiscuous-bridge', 'hairpin-veth', 'none')),
  ...each(
    `anonymous-auth authentication-token-webhook cgroups-per-qos contention-profiling cpu-cfs-quota
    enable-controller-attach-detach enable-debugging-handlers enable-server fail-swap-on kernel-memcg-notification
    local-storage-capacity-isolation make-iptables-util-chains protect-kernel-defaults register-node rotate-certificates
    rotate-server-certificates runonce seccomp-default serialize-image-pulls`,
    { type: 'flag' },
  ),
  ...each(
    `cpu-cfs-quota-period cpu-manager-reconcile-period eviction-pressure-transition-period file-check-frequency
    http-check-frequency minimum-image-ttl-duration node-status-update-frequency runtime-request-timeout
    streaming-connection-idle-timeout sync-frequency volume-stats-agg-period`,
    { type: 'duration' },
  ),
  ...each(
    'event-burst event-qps kube-api-burst kube-api-qps max-open-files max-pods pods-per-core registry-burst registry-qps',
    { type: 'number', least: 0 },
  ),
  ...each('image-gc-high-threshold image-gc-low-threshold', { type: 'number', least: 0, most: 100 }),
  ...each('port', { type: 'number', least: 1, most: 65_535 }),
  ...each('healthz-port read-only-port', { type: 'number', least: 0, most: 65_535 }),
  ...each('oom-score-adj', { type: 'number', least: -1000, most: 1000 }),
  ...each('container-log-max-files', { type: 'number', least: 2 }),
  ...each('pod-max-pids', { type: 'number', least: -1 }),
  ...each('v', { type: 'number', least: 0 }),
  ...each('reserved-cpus', { type: 'cpus' }),
  ...each('container-log-max-size', list(quantityProblem)),
  ...each('eviction-hard eviction-soft', list(thresholdProblem)),
  ...each('feature-gates', list(featureGateProblem)),
  ...each('kube-reserved system-reserved', list(reservationProblem)),
  ...each('node-labels', list(labelProblem)),
  ...each('register-with-taints', list(taintProblem)),
  ...each('address healthz-bind-address', list(addressProblem)),
  ...each('enforce-node-allocatable', list(allocatableProblem)),
  ...each('allowed-unsafe-sysctls', list(sysctlPatternProblem)),
  ...each('cpu-manager-policy-options topology-manager-policy-options', list(policyOptionsProblem)),
]);

/** Undefined for arguments of which nothing is known here, such as those of a later version. */
export function meaningOfKubeletArgument(name: string): KubeletArgument | undefined {
  return meanings.get(name);
}
