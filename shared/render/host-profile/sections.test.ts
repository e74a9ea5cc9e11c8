import { describe, expect, test } from 'vitest';
import type { RenderedHostProfile } from './render-host-profile.ts';
import { renderedOf, repositoryKey } from './testing/load-profile.ts';

/** What a profile bakes beyond an empty one, as a text that can be read: the golden files of the sections. */
function listing(rendered: RenderedHostProfile): string {
  const empty = renderedOf('{}');
  const section = (name: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`== ${name}`, ...lines, ''];
  const added = rendered.kernelArguments.filter((text) => !empty.kernelArguments.includes(text));
  return [
    ...section('kernel arguments', added),
    ...section('packages', rendered.packages),
    ...section('enable', rendered.units.enable),
    ...rendered.files.flatMap(({ path, owner, group, mode, content }) =>
      section(`file ${path} ${owner}:${group} ${mode}`, [content.trimEnd()]),
    ),
    ...rendered.scripts.flatMap(({ name, content }) => section(`script ${name}`, [content.trimEnd()])),
  ].join('\n');
}

const indented = (text: string, by: number) => text.trimEnd().replace(/^/gm, ' '.repeat(by));

test.each([
  [
    'repositories',
    `repositories:
- name: edge-tools
  uri: https://user@packages.edge.example:8443/debian
  suites: [bookworm, bookworm-updates]
  components: [main, contrib]
  key: |
${indented(repositoryKey, 4)}
  pin: {priority: 100}
- name: flat
  uri: http://packages.edge.example/flat
  suites: [./]
  pin: {priority: 700, packages: [edge-*, jq]}
packages: {install: [jq], purge: [exim4-base, nano]}`,
  ],
  ['dkms', 'kernel: {package: linux-image-rt-amd64, dkms: [zfs-dkms, drbd-dkms]}'],
  ['headers', 'kernel: {headers: linux-headers-amd64}'],
  ['kdump', 'kdump: {memory: "2G-64G:256M,64G-:512M", nfs: "dumps.edge.example:/srv/crash"}'],
  ['kdump-on-disk', 'kdump: {folder: "/srv/it\'s/crash"}'],
  [
    'apparmor',
    'apparmor: {profiles: {usr.bin.tcpdump: complain, usr.sbin.chronyd: enforce, usr.bin.man: disable}}',
  ],
  ['apparmor-off', 'apparmor: {enabled: false, profiles: {usr.bin.man: disable}}'],
  [
    'grub',
    `kernel: {arguments: [panic=60, 'dyndbg="file a.c +p"']}
console: {serial: {port: ttyS1, baud: 57600}}
grub: {timeout: 2, arguments: [rootdelay=10]}`,
  ],
  ['grub-without-serial', 'console: {serial: {port: ttyS1}}\ngrub: {serial: false}'],
  [
    'users',
    `users:
- {name: agent, system: true, uid: 950, description: "Edge's agent"}
- name: field
  groups: [adm, edge]
  passwordHash: "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7"
  authorizedKeys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEuSf3c6uNB90wzOJCrn4ePTTh6bDVbTKO+Di0ydkyQT o'hara@edge.example"]
  sudo: ALL=(ALL) NOPASSWD:ALL
files:
- {path: /srv/agent.key, owner: agent, group: agent, mode: "0640", content: "x"}
- {path: /srv/other, content: "y"}
- {path: /srv/numbered, owner: "64055", content: "z"}
directories: [{path: /srv/agent, owner: agent}]`,
  ],
  [
    'permissions',
    `permissions:
- {path: "/boot/System.map-*", mode: "0600"}
- {path: "/var/log/it's/*.log", group: adm}
- {path: /usr/bin/wall, owner: root, group: tty, mode: "2755"}
- {path: /srv/?, owner: "64055"}
scripts: [{name: 10-own, content: "#!/bin/sh\\ntouch /srv/a\\n"}]`,
  ],
  [
    'containerd',
    `containers:
  runtime: containerd
  registries:
  - {name: "registry.edge.example:5000", insecure: true}
  - {name: docker.io, mirrors: ["http://mirror.edge.example", "https://other.edge.example/v2"]}
  proxy: {http: "http://p.edge.example:3128/%41", noProxy: [10.0.0.0/8, .edge.example]}`,
  ],
  [
    'docker',
    `containers:
  runtime: docker
  registries:
  - {name: "registry.edge.example:5000", insecure: true}
  - {name: docker.io, mirrors: ["http://mirror.edge.example"]}`,
  ],
  [
    'docker-configuration',
    `containers: {runtime: docker, configuration: "{\\"bip\\": \\"10.99.0.1/24\\"}\\n"}`,
  ],
  [
    'cri-o',
    `containers:
  runtime: cri-o
  registries:
  - {name: "registry.edge.example:5000", insecure: true, mirrors: ["https://a.edge.example/x/"]}
  - {name: docker.io, mirrors: ["http://mirror.edge.example"]}`,
  ],
  ['no-runtime', 'containers: {runtime: none}'],
  [
    'kubernetes',
    `kubernetes:
  version: "1.31.4"
  packages: [kubelet, kubeadm, cri-tools]
  kubeletArguments: {max-pods: 250, cpu-manager-policy: static, fail-swap-on: false}`,
  ],
  [
    'kubernetes-cni',
    'kubernetes: {version: "1.31.4", packages: [kubelet, kubeadm, kubernetes-cni], cniVersion: "1.5.1"}',
  ],
  [
    'repository-packages',
    `repositories:
- {name: vendor, uri: "http://p.edge.example/d", suites: [focal], components: [main, universe], onHosts: false, packages: [vendor-update, vendor-agent=2.1-1], pin: {priority: 100}}
- {name: other, uri: "http://q.edge.example", suites: [/], packages: [vendor-tool]}
scripts: [{name: 10-own, content: "#!/bin/sh\\napt-get install --yes vendor-more\\n"}]
permissions: [{path: /usr/bin/wall, mode: "2755"}]`,
  ],
  ['kubernetes-minor', 'kubernetes: {version: "1.31"}'],
])('renders %s', async (name, spec) => {
  await expect(listing(renderedOf(spec))).toMatchFileSnapshot(`golden/${name}.txt`);
});

describe('what decides nothing on its own', () => {
  test('a machine and partitions bake nothing', () => {
    const spec = `machine: {cpus: 8, memory: 64GiB}
partitions: {entries: [{name: root, size: "-1", filesystem: {type: ext4, mountpoint: /}}]}`;
    expect(renderedOf(spec)).toEqual(renderedOf('{}'));
  });
});
