import { describe } from 'vitest';
import { judgeAll } from '../judge-specs.test-support.ts';

const kubelet = (name: string, value: string, runtime = 'containerd') =>
  `containers: {runtime: ${runtime}}\nkubernetes: {version: "1.31", packages: [], kubeletArguments: {${name}: "${value}"}}`;

describe('values with which the kubelet does not start', () => {
  judgeAll([
    [kubelet('cgroup-driver', 'system'), /^error .* one of cgroupfs, systemd, not “system”/],
    [kubelet('tls-min-version', '1.2'), /^error .* one of VersionTLS10/],
    [kubelet('tls-min-version', 'VersionTLS12')],
    [kubelet('pod-max-pids', '100k'), /^error .* a whole number/],
    [kubelet('pod-max-pids', '-1')],
    [kubelet('address', '0.0.0.0/0'), /^error .* no address/],
    [kubelet('address', '::')],
    [kubelet('enforce-node-allocatable', 'pod'), /^error .* “pod” cannot/],
    [kubelet('enforce-node-allocatable', 'pods,system-reserved')],
    [kubelet('allowed-unsafe-sysctls', 'net.core.somaxconn=1'), /^error .* no name of a sysctl/],
    [kubelet('allowed-unsafe-sysctls', 'kernel.msg*,net.core.somaxconn')],
    [kubelet('cpu-manager-policy-options', 'full-pcpus-only'), /^error .* write full-pcpus-only=true/],
    [kubelet('cpu-manager-policy-options', 'full-pcpus-only=true')],
    [
      kubelet('container-runtime-endpoint', 'unix:///var/run/crio/crio.sock'),
      /^error .* is where cri-o listens, but the runtime of this profile is containerd/,
    ],
    [kubelet('container-runtime-endpoint', 'unix:///run/containerd/containerd.sock')],
    [kubelet('container-runtime-endpoint', '/run/containerd/containerd.sock')],
    [kubelet('container-runtime-endpoint', 'unix:///run/own.sock')],
    [kubelet('container-runtime-endpoint', 'unix:///run/crio/crio.sock', 'none')],
    [kubelet('cluster-dns', '10.96.0'), /^warning “10\.96\.0” is no address: the kubelet passes over it/],
    [kubelet('cluster-dns', '10.96.0.10,fd00::10')],
    [
      kubelet('config', 'kubelet.yaml'),
      /^warning --config is no path from \/ on: .* looks for \/kubelet\.yaml/,
    ],
    [kubelet('root-dir', '/srv/kubelet')],
    [kubelet('resolv-conf', '')],
  ]);
});
