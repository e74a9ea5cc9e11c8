import { describe } from 'vitest';
import { judgeAll } from '../judge-specs.test-support.ts';
import { esp, partitions, root, used } from '../testing/written-partitions.ts';

const repository = 'repositories: [{name: k, uri: "https://packages.edge.example/k", suites: [/]}]';
const forwarding = 'sysctl: {net.ipv4.ip_forward: 1}';
const kubelet = `kubernetes: {version: "1.31"}\n${repository}\n${forwarding}`;
const runtime = 'containers: {runtime: containerd}';

describe('containers and Kubernetes', () => {
  judgeAll([
    [`${kubelet}\n${runtime}`],
    [kubelet, /^error The kubelet needs a container runtime/],
    [`${kubelet}\ncontainers: {runtime: none}`],
    [`${kubelet}\npackages: {install: [containerd.io]}`],
    [`packages: {install: [kubelet]}\n${forwarding}`, /^error The kubelet needs a container runtime/],
    [`kubernetes: {version: "1.31"}\n${runtime}\n${forwarding}`, /^warning Debian has no package kubelet/],
    [`kubernetes: {version: "1.31"}\n${runtime}\n${repository}`, /^warning Pods reach other hosts only with/],
    [
      `kubernetes: {version: "1.31"}\n${runtime}\n${repository}\nsysctl: {net/ipv4/ip_forward: 0}`,
      /and it is 0 here/,
    ],
    [
      `${kubelet}\n${runtime}\nkernel: {arguments: ["cgroup_disable=memory"]}`,
      /^error cgroup_disable=memory switches off/,
    ],
    [
      `kubernetes: {version: "1.31", kubeletArguments: {cpu-manager-policy: static}}\n${repository}\n${forwarding}\n${runtime}`,
      /^warning The static policy needs CPUs/,
    ],
    [
      `kubernetes: {version: "1.31", kubeletArguments: {cpu-manager-policy: static, reserved-cpus: 0-1}}\n${repository}\n${forwarding}\n${runtime}`,
    ],
    [
      `kubernetes: {version: "1.31", kubeletArguments: {node-ip: 10.0.0.1}}\n${repository}\n${forwarding}\n${runtime}`,
      /^warning --node-ip is another one on every host/,
    ],
    [`${kubelet}\ncontainers: {runtime: docker}`, /^error Since version 1.24/],
    [`kubernetes: {version: "1.23"}\n${repository}\n${forwarding}\ncontainers: {runtime: docker}`],
    [
      `${kubelet}\n${runtime}\n${partitions(`${esp}\n${root}\n- {name: s, size: 1g, filesystem: {type: swap}}`)}`,
      used,
      /^error The kubelet does not start on a machine with swap/,
    ],
    [
      `kubernetes: {version: v1.31}\n${repository}\n${forwarding}\n${runtime}`,
      /A version of Kubernetes is written/,
    ],
    ['containers: {runtime: cri-o}', /^warning Debian has no package cri-o/],
    [
      `containers: {runtime: containerd}\nsystemd: {mask: [containerd.service]}`,
      /^error containers needs containerd.service/,
    ],
    [
      'containers: {runtime: none, configuration: a}',
      /^warning With runtime: none nothing reads “configuration”/,
    ],
    ['containers: {runtime: none, registries: [{name: docker.io, insecure: true}]}', /“registries”/],
    [
      'containers: {runtime: docker, registries: [{name: r.edge.example, mirrors: ["http://m.edge.example"]}]}',
      /^warning docker knows mirrors of docker.io alone/,
    ],
    [
      'containers: {runtime: containerd, registries: [{name: r.edge.example}]}',
      /^warning Nothing is said of r.edge.example/,
    ],
    [
      'containers: {runtime: containerd, registries: [{name: r, insecure: true}, {name: r, insecure: true}]}',
      /^error The registry r is described twice/,
    ],
  ]);
});

describe('arguments of the kubelet', () => {
  const withArgument = (name: string) =>
    `kubernetes: {version: "1.31", kubeletArguments: {${name}: 1}}\n${repository}\n${forwarding}\n${runtime}`;
  judgeAll([
    [withArgument('max-pods')],
    [withArgument('v')],
    [withArgument('some-argument-of-a-later-version')],
    [withArgument('pod-infra-container-image')],
    [withArgument('max-pod'), /^warning The kubelet has no argument --max-pod, .* “max-pods”/],
    [withArgument('cpu-manger-polcy'), /^warning .* “cpu-manager-policy”/],
    [withArgument('node-label'), /^warning .* “node-labels”/],
  ]);
});

describe('values of arguments of the kubelet', () => {
  const withArguments = (text: string) =>
    `kubernetes: {version: "1.31", kubeletArguments: {${text}}}\n${repository}\n${forwarding}\n${runtime}`;
  judgeAll([
    [withArguments('max-pods: 250, v: 4, fail-swap-on: false, registry-qps: 0')],
    [withArguments('max-pods: many'), /^error The kubelet does not start: --max-pods is a whole number/],
    [withArguments('max-pods: -1'), /^error .* --max-pods is at least 0, not -1/],
    [withArguments('port: 102500'), /^error .* --port is from 1 to 65535, not 102500/],
    [withArguments('v: verbose'), /^error .* --v is a whole number/],
    [withArguments('fail-swap-on: maybe'), /^error .* --fail-swap-on is true or false, not “maybe”/],
    [withArguments('cpu-manager-policy: none, topology-manager-policy: single-numa-node')],
    [
      withArguments('cpu-manager-policy: statik'),
      /^error .* --cpu-manager-policy is one of none, static, not/,
    ],
    [
      withArguments('topology-manager-policy: single-numa'),
      /^error .* is one of none, best-effort, restricted/,
    ],
    [withArguments('memory-manager-policy: static'), /^error .* is one of None, Static, not “static”/],
    [withArguments('node-status-update-frequency: 10s, sync-frequency: 1m30s, cpu-cfs-quota-period: 0.5ms')],
    [withArguments('node-status-update-frequency: 10'), /^error .* a duration with its unit, .* not “10”/],
    [withArguments('sync-frequency: 1 d'), /A value has no spaces/],
    [withArguments('sync-frequency: 1d'), /^error .* a duration with its unit/],
    [withArguments('reserved-cpus: "0-3,8"')],
    [withArguments('reserved-cpus: 0..3'), /^error .* is a list of CPUs such as 0-3,8, not “0..3”/],
    [
      `${withArguments('reserved-cpus: "40"')}\nmachine: {cpus: 32}`,
      /^warning CPU 40 is not there: the stated machine has the CPUs 0-31/,
    ],
    [withArguments('image-gc-high-threshold: 105'), /^error .* from 0 to 100, not 105/],
    [withArguments('image-gc-high-threshold: 90, image-gc-low-threshold: 85')],
    [
      withArguments('image-gc-high-threshold: 80, image-gc-low-threshold: 85'),
      /^error .* --image-gc-low-threshold \(85\) must be less than --image-gc-high-threshold \(80\)\.$/,
    ],
    [
      withArguments('image-gc-high-threshold: 70'),
      /^warning .* --image-gc-low-threshold \(80\) must be less than --image-gc-high-threshold \(70\)\. Its configuration/,
    ],
    [withArguments('container-log-max-size: 10Mi, container-log-max-files: 5')],
    [withArguments('container-log-max-size: 10MB'), /^error .* “10MB” is no amount/],
    [withArguments('container-log-max-files: 1'), /^error .* at least 2/],
  ]);
});

describe('lists in arguments of the kubelet', () => {
  const withArgument = (name: string, text: string) =>
    `kubernetes: {version: "1.31", kubeletArguments: {${name}: "${text}"}}\n${repository}\n${forwarding}\n${runtime}`;
  judgeAll([
    [withArgument('system-reserved', 'cpu=500m,memory=1.5Gi,ephemeral-storage=10G,pid=1000')],
    [withArgument('system-reserved', 'cpu=2,memory=4GB'), /^error .* “4GB” is no amount; write/],
    [withArgument('kube-reserved', 'cpu=2,mem=4Gi'), /^error .* can be reserved, “mem” cannot/],
    [withArgument('kube-reserved', 'memory'), /^error .* “memory” is no reservation/],
    [withArgument('kube-reserved', 'cpu=-1'), /^error .* less than nothing/],
    [withArgument('eviction-hard', 'memory.available<100Mi,nodefs.available<10%')],
    [withArgument('eviction-hard', 'memory.available<100MB'), /^error .* “100MB” is no amount/],
    [withArgument('eviction-hard', 'memory.availble<100Mi'), /^error .* no signal “memory.availble”/],
    [withArgument('eviction-hard', 'nodefs.available<110%'), /^error .* no percentage/],
    [withArgument('eviction-hard', 'memory.available=100Mi'), /^error .* is no threshold/],
    [withArgument('eviction-soft', 'memory.available<1Gi'), /^warning .* has no grace period, .* Add/],
    [
      `kubernetes: {version: "1.31", kubeletArguments: {eviction-soft: memory.available<1Gi, eviction-soft-grace-period: memory.available=1m}}\n${repository}\n${forwarding}\n${runtime}`,
    ],
    [withArgument('node-labels', 'rack=12,example.org/room=a,node.kubernetes.io/instance-type=x,storage')],
    [
      withArgument('node-labels', 'node-role.kubernetes.io/worker='),
      /^error .* a node may not give itself the label node-role.kubernetes.io\/worker/,
    ],
    [withArgument('node-labels', 'kubernetes.io/role=worker'), /^error .* may not give itself/],
    [withArgument('node-labels', 'rack=a/b'), /^error .* “a\/b” is no value of a label/],
    [withArgument('register-with-taints', 'dedicated=x:NoSchedule,gpu:NoExecute')],
    [withArgument('register-with-taints', 'dedicated=x:NoSchedul'), /^error .* one of NoSchedule, Prefer/],
    [withArgument('register-with-taints', 'dedicated=x'), /^error .* is no taint; write/],
    [withArgument('feature-gates', 'A=true,B=false')],
    [withArgument('feature-gates', 'A=yes'), /^error .* is no feature gate/],
  ]);
});
