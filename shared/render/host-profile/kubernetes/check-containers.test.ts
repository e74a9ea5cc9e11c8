import { describe, expect, test } from 'vitest';
import { judgeAll } from '../judge-specs.test-support.ts';
import { findingsOf } from '../testing/load-profile.ts';

const noProxy = (...entries: string[]) =>
  `containers: {runtime: containerd, proxy: {http: "http://proxy.edge.example:3128", noProxy: ${JSON.stringify(entries)}}}`;
const registry = (name: string) =>
  `containers: {runtime: containerd, registries: [{name: "${name}", mirrors: ["https://mirror.edge.example"]}]}`;
const node = (runtime: string, configuration: string, ...more: string[]) =>
  `containers: {runtime: ${runtime}, configuration: ${JSON.stringify(configuration)}}\nkubernetes: {version: "1.31", packages: [], kubeletArguments: {${more.join(', ')}}}\nsysctl: {net.ipv4.ip_forward: 1}`;
const kubelet =
  'kubernetes: {version: "1.31", packages: []}\npackages: {install: [containerd]}\nsysctl: {net.ipv4.ip_forward: 1}';
const withFile = (path: string, content: string, more = kubelet) =>
  `files: [{path: ${path}, content: ${JSON.stringify(content)}}]\n${more}`;
const systemd = (is: boolean) => `version = 2\n[plugins.runc.options]\n  SystemdCgroup = ${is}\n`;

describe('containers', () => {
  judgeAll([
    [
      noProxy('10.0.0.0/33'),
      /^warning “10\.0\.0\.0\/33” is reached through the proxy all the same: it is no subnet/,
    ],
    [noProxy('10.0.*'), /a \* stands only at its start/],
    [noProxy('10.0.0.'), /it is no address: a part of one is written as a subnet/],
    [noProxy('http://registry.example'), /it is a URL/],
    [noProxy('registry.example:99999'), /no port is above 65535/],
    [
      noProxy(
        '*',
        '*.example',
        '.svc',
        'edge.example:5000',
        '10.0.0.0/8',
        '2001:db8::/32',
        '10.0.0.1',
        '::1',
        '[::1]:80',
      ),
    ],
    [registry('registry.edge.example:99999'), /^error A registry is a host name .* at most 65535/],
    [registry('registry.edge.example:65535')],
    [
      node('containerd', systemd(false), 'cgroup-driver: systemd'),
      /^error SystemdCgroup = false chooses the control groups of cgroupfs, but the kubelet has cgroup-driver: systemd/,
    ],
    [
      node('containerd', systemd(false)),
      /^warning SystemdCgroup = false .* unless kubeadm is told otherwise/,
    ],
    [node('containerd', systemd(true), 'cgroup-driver: cgroupfs'), /^error SystemdCgroup = true/],
    [node('containerd', systemd(true), 'cgroup-driver: systemd')],
    [node('containerd', systemd(false), 'cgroup-driver: cgroupfs')],
    [
      node('cri-o', '[crio.runtime]\ncgroup_manager = "cgroupfs"\n', 'cgroup-driver: systemd'),
      /^warning /,
      /^error cgroup_manager = "cgroupfs" chooses/,
    ],
    [
      node('containerd', 'version = 2\n# SystemdCgroup = true\n'),
      /^warning SystemdCgroup = true is missing: containerd takes the control groups of cgroupfs/,
    ],
    [node('containerd', 'version = 2\nimports = ["/etc/containerd/conf.d/*.toml"]\n')],
    [node('containerd', 'version = 2\n', 'cgroup-driver: cgroupfs')],
    [node('docker', '{}', 'max-pods: 200')],
    [withFile('/etc/containerd/config.toml', 'version = 2\n'), /^warning SystemdCgroup = true is missing/],
    [withFile('/etc/containerd/config.toml', systemd(false)), /^warning SystemdCgroup = false chooses/],
    [withFile('/etc/containerd/config.toml', systemd(true))],
    [withFile('/etc/containerd/own.toml', 'version = 2\n')],
    [withFile('/etc/containerd/config.toml', 'version = 2\n', 'packages: {install: [containerd]}')],
    [
      `files: [{path: /etc/containerd/config.toml, content: "version = 2\\n"}, {path: /root/kubeadm.yaml, content: "cgroupDriver: cgroupfs\\n"}]\n${kubelet}`,
    ],
    [
      withFile('/etc/containerd/config.toml', `disabled_plugins = ["cri"]\n${systemd(true)}`),
      /^error disabled_plugins turns the plugin cri off/,
    ],
    [
      node('containerd', `disabled_plugins = ["cri"]\n${systemd(true)}`),
      /^error disabled_plugins turns the plugin cri off/,
    ],
    ['containers: {runtime: containerd, configuration: "disabled_plugins = [\\"cri\\"]\\n"}'],
  ]);
});

describe('texts that are too long', () => {
  const argument = (name: number, value: number) =>
    `kubernetes: {version: "1.31", packages: [], kubeletArguments: {${'x'.repeat(name)}: "${'a'.repeat(value)}"}}\n`;
  test.each([
    [argument(40, 4097)],
    [argument(256, 1)],
    [noProxy('a'.repeat(256))],
    [registry('a'.repeat(256))],
  ])('are refused: %#', (spec) => {
    expect(findingsOf(spec)).toEqual([expect.stringMatching(/^error .*(255|4096)/)]);
  });

  test.each([[argument(40, 4096)], [noProxy('a'.repeat(255))], [registry('a'.repeat(255))]])(
    'are taken up to the limit: %#',
    (spec) => {
      expect(findingsOf(spec).filter((line) => line.startsWith('error'))).toEqual([]);
    },
  );
});

describe('profiles of AppArmor', () => {
  judgeAll([
    [
      'apparmor: {profiles: {usr.sbin.ntpdd: enforce}}',
      /^warning .*usr\.sbin\.ntpdd.* Did you mean “usr\.sbin\.ntpd”\?/,
    ],
    ['apparmor: {profiles: {usr.sbin.chronyd: enforce}}', /^warning .* comes with the package chrony/],
    ['apparmor: {profiles: {usr.sbin.chronyd: enforce}}\npackages: {install: [chrony]}'],
    ['apparmor: {profiles: {docker-default: enforce}}', /^warning docker-default is made by the runtime/],
    ['apparmor: {profiles: {usr.local.bin.own: enforce}}'],
    [
      'apparmor: {profiles: {usr.sbin.chronyd2: enforce}}\nfiles: [{path: /etc/apparmor.d/usr.sbin.chronyd2, content: x}]',
    ],
  ]);
});

test('files of settings with many blanks, empty lines or open brackets are judged soon', () => {
  const start = performance.now();
  for (const [path, content] of [
    ['/etc/containerd/config.toml', '\n'.repeat(150_000)],
    ['/etc/containerd/config.toml', 'disabled_plugins = [\n'.repeat(80_000)],
    ['/etc/sysctl.d/a.conf', `vm.swappiness = 1${' '.repeat(200_000)}b`],
  ])
    findingsOf(
      `kubernetes: {version: "1.30"}\nfiles: [{path: ${path}, content: ${JSON.stringify(content)}}]`,
    );
  expect(performance.now() - start).toBeLessThan(10_000);
});
