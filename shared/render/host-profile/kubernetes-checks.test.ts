import { describe } from 'vitest';
import { judgeAll } from './judge-specs.test-support.ts';
import { esp, partitions, root, used } from './testing/written-partitions.ts';

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
      /^error The static policy needs CPUs/,
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
