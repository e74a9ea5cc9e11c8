import { describe, expect, test } from 'vitest';
import { findingsOf, repositoryKey } from './testing/load-profile.ts';

/** Each line is a spec and what is found in it; an empty list says that nothing may be found. */
type Case = readonly [spec: string, ...expected: RegExp[]];

function judgeAll(cases: readonly Case[]): void {
  test.each(cases.map(([spec, ...expected]) => ({ spec, expected })))('$spec', ({ spec, expected }) => {
    expect(findingsOf(spec)).toEqual(expected.map((each) => expect.stringMatching(each)));
  });
}

describe('a stated machine', () => {
  judgeAll([
    ['machine: {cpus: 8}\ncpu: {isolated: 2-7, housekeeping: 0-1}'],
    ['machine: {cpus: 8}\ncpu: {isolated: 2-8}', /^error The machine has the CPUs 0 to 7, but 8 is isolated/],
    ['machine: {cpus: 8}\ncpu: {isolated: 2-15}', /8, 9, 10, 11 and 4 more are isolated/],
    [
      'machine: {cpus: 8}\nkernel: {arguments: ["isolcpus=managed_irq,domain,4-9"]}',
      /^error .* 8, 9 are isolated/,
    ],
    ['machine: {cpus: 4}\ncpu: {housekeeping: 0-4}', /4 is for housekeeping/],
    ['machine: {cpus: 4}\ncpu: {isolated: 0-3}', /^error All 4 CPUs/],
    ['machine: {cpus: 4}\ncpu: {isolated: 0-2}', /^warning CPU 0/],
    ['machine: {cpus: 4}\nkernel: {arguments: [isolcpus=0-3]}', /^error All 4 CPUs/],
    ['machine: {cpus: 7, threadsPerCore: 2}', /^warning 7 CPUs are no whole number/],
    ['machine: {cpus: 2, numaNodes: 4}', /^warning 4 NUMA nodes/],
    [
      'machine: {cpus: 8, threadsPerCore: 2}\ncpu: {isolated: 2-5, mitigations: "auto,nosmt"}',
      /^warning mitigations=auto,nosmt switches .* of 8 CPUs 4 are left, .* from 4 on/,
    ],
    ['machine: {cpus: 8, threadsPerCore: 2}\nkernel: {arguments: [nosmt]}\ncpu: {isolated: 2-3}'],
    ['machine: {cpus: 8}\nkernel: {arguments: [nosmt]}\ncpu: {isolated: 2-5}'],
    ['machine: {memory: 64GiB}\nhugepages: {pages: [{size: 1G, count: 48}]}'],
    [
      'machine: {memory: 64g}\nhugepages: {pages: [{size: 1G, count: 64}]}',
      /^error The profile reserves 64 GiB of huge pages, and the machine has 64 GiB/,
    ],
    [
      'machine: {memory: 2GiB}\nhugepages: {pages: [{size: 2M, count: 768}]}',
      /^warning .* 1.5 GiB .* less than 1 GiB/,
    ],
    [
      'machine: {memory: 64GiB}\nkernel: {arguments: [hugepagesz=1G, hugepages=100]}',
      /^error The profile reserves 100 GiB/,
    ],
    ['machine: {memory: 4GiB}\nkernel: {arguments: [hugepages=2048]}', /^error The profile reserves 4 GiB/],
    [
      'machine: {numaNodes: 2}\nkernel: {arguments: [hugepagesz=1G, "hugepages=0:4,2:4"]}',
      /^error hugepages=0:4,2:4 is for NUMA node 2/,
    ],
    ['machine: {numaNodes: 2}\nkernel: {arguments: [hugepagesz=1G, "hugepages=0:4,1:4"]}'],
    [
      'machine: {cpuFlags: [avx2]}\nhugepages: {pages: [{size: 1G, count: 2}]}',
      /^error Pages of 1 GiB need .* pdpe1gb/,
    ],
    ['machine: {cpuFlags: [pdpe1gb]}\nhugepages: {pages: [{size: 1G, count: 2}]}'],
    ['machine: {cpus: 8}\nhugepages: {pages: [{size: 1G, count: 2}]}'],
    ['machine: {memory: lots}', /An amount of memory/],
  ]);
});

describe('kernel arguments', () => {
  judgeAll([
    [
      'kernel: {arguments: [cgroup_disable=hugetlb, hugepagesz=1G, hugepages=100]}',
      /^error cgroup_disable=hugetlb takes/,
    ],
    ['kernel: {arguments: [cgroup_disable=hugetlb]}'],
    [
      'kernel: {arguments: [isolcpus=2-3, isolcpus=4-5]}',
      /^error isolcpus=4-5 is set here, but isolcpus=2-3 stands/,
    ],
    [
      'kernel: {arguments: [transparent_hugepage=never]}\ntransparentHugepages: always',
      /transparentHugepages sets/,
    ],
    [
      'kernel: {arguments: [console=ttyS0, "console=ttyS0,9600n8"]}',
      /^error console=ttyS0,9600n8 is set here, but console=ttyS0 stands/,
    ],
    [
      'kernel: {arguments: ["console=ttyS0,9600n8"]}\nconsole: {serial: {port: ttyS0}}',
      /^error .* the section console sets console=ttyS0,115200n8/,
    ],
    ['kernel: {arguments: ["console=ttyS0,115200n8", console=tty0]}\nconsole: {serial: {port: ttyS0}}'],
    ['kernel: {arguments: [crashkernel=1G]}\nkdump: {}', /kdump.memory sets crashkernel=512M/],
    ['kernel: {arguments: ["crashkernel=1G,high", "crashkernel=256M,low"]}'],
    ['kernel: {arguments: [apparmor=0]}\napparmor: {}', /apparmor.enabled sets apparmor=1/],
    ['kernel: {arguments: [intel_iommu=on, iommu=off]}', /^error iommu=off turns/],
    ['kernel: {arguments: [iommu=off]}'],
  ]);
});

const partitions = (entries: string, more = '') =>
  `partitions:\n  ${more}entries:\n${entries.replace(/^/gm, '  ')}`;
const root = '- {name: root, size: "-1", filesystem: {type: ext4, mountpoint: /}}';
const esp = '- {name: esp, size: 512m, flags: [esp], filesystem: {type: vfat, mountpoint: /boot/efi}}';
const used = /^info Partitions are used by qcow2 and raw images/;

describe('partitions', () => {
  judgeAll([
    [partitions(`${esp}\n${root}`), used],
    [
      partitions(
        `${esp}\n- {name: root, size: ">100g", filesystem: {type: ext4, mountpoint: /, options: "defaults,noatime", label: root}}\n- {name: swap, size: 8GiB, filesystem: {type: swap}}`,
        'disk: 240g\n  ',
      ),
      used,
    ],
    [
      partitions(`${esp}\n- {name: root, size: 900MiB, filesystem: {type: ext4, mountpoint: /}}`),
      used,
      /^warning The system does not fit on 900 MiB/,
    ],
    [partitions(`${esp}\n- {name: root, size: "99%", filesystem: {type: ext4, mountpoint: /}}`), used],
    [
      partitions(
        `- {name: grub, start: 1MiB, end: 5MiB, flags: [bios_grub]}\n- {name: esp, start: 5MiB, end: 516MiB, flags: [esp], filesystem: {type: vfat, mountpoint: /boot/efi}, mountOrder: 2}\n- {name: boot, start: 516MiB, end: 1284MiB, filesystem: {type: ext4, mountpoint: /boot}, mountOrder: 1}\n- {name: root, start: 1284MiB, end: "100%", filesystem: {type: ext4, mountpoint: /}, mountOrder: 0}`,
        'disk: 5g\n  ',
      ),
      used,
    ],
    [
      partitions(
        `${esp}\n- {name: root, size: 100g, filesystem: {type: ext4, mountpoint: /}}`,
        'disk: 100g\n  ',
      ),
      used,
      /^error Partition 2 \(root\) ends at 100.5 GiB, and the disk has 100 GiB/,
    ],
    [
      partitions(
        `${esp}\n- {name: root, size: "60%", filesystem: {type: ext4, mountpoint: /}}\n- {name: var, size: "50%"}`,
      ),
      used,
      /^error The parts of the disk add up to 110 %/,
    ],
    [
      partitions(`${esp}\n${root}\n- {name: var, size: -1}`),
      used,
      /^error Partition 2 takes what is left already/,
    ],
    [
      partitions(
        `- {name: esp, start: 1MiB, end: 600MiB, flags: [esp]}\n- {name: root, start: 512MiB, end: "100%", filesystem: {type: ext4, mountpoint: /}}`,
      ),
      used,
      /^error The partition overlaps partition 1 \(esp\)/,
    ],
    [
      partitions(
        `- {name: esp, start: "0", end: 50%, flags: [esp]}\n- {name: root, start: 40%, end: "100%", filesystem: {type: ext4, mountpoint: /}}`,
      ),
      used,
      /^error The partition overlaps partition 1 \(esp\)/,
    ],
    [
      partitions(
        `- {name: esp, start: 1MiB, end: 50%, flags: [esp]}\n- {name: root, start: 9g, end: "100%", filesystem: {type: ext4, mountpoint: /}}`,
      ),
      used,
    ],
    [
      partitions(
        `- {name: esp, start: 1MiB, end: 600MiB, flags: [esp]}\n- {name: root, start: 512MiB, end: 9g, filesystem: {type: ext4, mountpoint: /}}`,
      ),
      used,
      /^error The partition overlaps partition 1 \(esp\)/,
    ],
    [
      partitions(
        `- {name: esp, start: 1MiB, end: 600MiB, flags: [esp]}\n- {name: root, start: 512MiB, end: "100%", filesystem: {type: ext4, mountpoint: /}}`,
        'disk: 20g\n  ',
      ),
      used,
      /^error The partition overlaps/,
    ],
    [
      partitions(
        `- {name: a, start: 1MiB, end: 9g, flags: [esp]}\n- {name: b, start: 1g, end: 2g}\n- {name: root, start: 3g, end: 4g, filesystem: {type: ext4, mountpoint: /}}`,
      ),
      used,
      /overlaps partition 1 \(a\)/,
      /overlaps partition 1 \(a\)/,
    ],
    [
      partitions(`- {name: esp, start: 2g, end: 1g, flags: [esp]}`),
      used,
      /^error The partition ends before it starts/,
    ],
    [
      partitions(`- {name: esp, start: 1MiB, end: 30g, flags: [esp]}`, 'disk: 20g\n  '),
      used,
      /^error Partition 1 \(esp\) ends at 30 GiB/,
    ],
    [
      partitions(`- {name: esp, start: 1MiB, end: 512MiB, flags: [esp]}\n${root}`),
      used,
      /^error Other partitions have a start and an end/,
    ],
    [partitions(`- {name: esp, size: 1g, start: 1MiB}`), /either a size, or a start and an end/],
    [partitions(`- {name: esp, size: 10%of}`), /A size is written as 30g/],
    [
      partitions(`${esp}\n- {name: var, size: 9g, filesystem: {type: ext4, mountpoint: /var}}`),
      used,
      /^error No partition is mounted at \/\./,
    ],
    [
      partitions(`${esp}\n${root}\n- {name: b, size: 9g, filesystem: {type: ext4, mountpoint: /}}`),
      used,
      /^error \/ is the mount point of partition 2 already/,
    ],
    [
      partitions(
        `${esp}\n- {name: var, size: 9g, mountOrder: 0, filesystem: {type: ext4, mountpoint: /var}}\n- {name: root, size: "-1", mountOrder: 1, filesystem: {type: ext4, mountpoint: /}}`,
      ),
      used,
      /^error \/var lies in \/, but is mounted before it/,
    ],
    [
      partitions(
        `${esp}\n- {name: root, size: 9g, mountOrder: 0, filesystem: {type: ext4, mountpoint: /}}\n- {name: a, size: 1g, mountOrder: 3, filesystem: {type: ext4, mountpoint: /srv/a}}\n- {name: s, size: 1g, mountOrder: 3, filesystem: {type: ext4, mountpoint: /srv}}`,
      ),
      used,
      /at the same time/,
    ],
    [
      partitions(`- {name: esp, size: 512m, flags: [esp], filesystem: {type: ext4}}\n${root}`),
      used,
      /An EFI system partition is vfat/,
    ],
    [
      partitions(`${esp}\n- {name: g, size: 1m, flags: [bios_grub], filesystem: {type: ext4}}\n${root}`),
      used,
      /has no file system/,
    ],
    [
      partitions(`${esp}\n${root}\n- {name: s, size: 1g, filesystem: {type: swap, mountpoint: /swap}}`),
      used,
      /Swap is mounted nowhere/,
    ],
    [
      partitions(`${esp}\n- {name: root, size: 9g, filesystem: {type: vfat, mountpoint: /}}`),
      used,
      /vfat knows no owners/,
    ],
    [
      partitions(
        `${esp}\n- {name: root, size: 9g, filesystem: {type: ext4, mountpoint: /, label: a-label-that-is-long}}`,
      ),
      used,
      /at most 16 characters, not 20/,
    ],
    [
      partitions(
        `- {name: a, size: 1g, flags: [esp], filesystem: {type: vfat, label: x}}\n- {name: a, size: 9g, filesystem: {type: ext4, mountpoint: /, label: x}}`,
      ),
      used,
      /^warning Partition 1 has the name a too/,
      /^error Partition 1 has the label x too/,
    ],
    [`machine: {boot: uefi}\n${partitions(root)}`, used, /^error The machine boots with UEFI/],
    [`machine: {boot: bios}\n${partitions(`${esp}\n${root}`)}`, used, /^error The machine boots with BIOS/],
    [`machine: {boot: bios}\n${partitions(root, 'table: mbr\n  ')}`, used],
    [partitions(root), used, /^warning The disk boots neither/],
    [
      partitions(
        `${root}\n${[1, 2, 3, 4].map((n) => `- {name: p${n}, size: 1g}`).join('\n')}`,
        'table: mbr\n  ',
      ),
      used,
      /^error An MBR has 4/,
    ],
    [partitions(root, 'table: mbr\n  disk: 4TB\n  '), used, /^error An MBR reaches 2 TiB/],
    [
      partitions(`- {name: g, size: 1m, flags: [bios_grub]}\n${root}`, 'table: mbr\n  '),
      used,
      /^error bios_grub is a partition of GPT/,
    ],
  ]);
});

describe('services', () => {
  judgeAll([
    ['systemd: {enable: [chrony.service]}', /^warning chrony.service comes with the package chrony/],
    ['systemd: {enable: [chrony.service]}\npackages: {install: [chrony/bookworm-backports]}'],
    ['systemd: {enable: [ssh.service, systemd-networkd.service, own.service]}'],
    ['systemd: {enable: [kdump-tools.service]}\nkdump: {}'],
    ['systemd: {enable: [docker.service]}\npackages: {install: [docker-ce=5:24.0.7-1]}'],
    [
      'systemd: {enable: [lldpd.service]}\nfiles: [{path: /etc/systemd/system/lldpd.service, content: "[Service]"}]',
    ],
    ['packages: {install: [jq], purge: [jq]}', /^error The package jq is installed and taken out again/],
    [
      'kdump: {}\npackages: {purge: [kdump-tools]}',
      /^error Another section of the profile needs the package kdump-tools/,
    ],
    ['packages: {install: [kdump-tools]}', /^warning Nothing sets memory aside/],
    ['packages: {install: [kdump-tools]}\nkernel: {arguments: [crashkernel=512M]}'],
    [
      'kernel: {headers: linux-headers-rt-amd64, dkms: [zfs-dkms]}',
      /^error Modules would be built with linux-headers-rt-amd64/,
    ],
    [
      'kernel: {headers: linux-headers-6.1.0-18-amd64, package: linux-image-6.1.0-18-amd64, dkms: [zfs-dkms]}',
    ],
    ['grub: {}', /^info GRUB’s settings/],
  ]);
});

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

describe('sysctl and limits', () => {
  judgeAll([
    [
      'sysctl: {net.bridge.bridge-nf-call-iptables: 1, net.bridge.bridge-nf-call-ip6tables: 1}',
      /^warning net.bridge.bridge-nf-call-iptables exists only while the module br_netfilter/,
    ],
    ['sysctl: {net.bridge.bridge-nf-call-iptables: 1}\nkernel: {modules: {load: [br-netfilter]}}'],
    ['sysctl: {net.netfilter.nf_conntrack_max: 1}', /the module nf_conntrack is loaded/],
    ['sysctl: {net.nf_conntrack_max: 1}\nkernel: {modules: {load: [ip_vs_rr]}}'],
    [
      'limits: [{domain: "*", type: hard, item: nofile, value: 2000000}]',
      /^error 2000000 open files are more than fs.nr_open allows \(1048576\)/,
    ],
    ['limits: [{domain: "*", type: hard, item: nofile, value: 2000000}]\nsysctl: {fs.nr_open: 2000000}'],
    ['limits: [{domain: "*", type: hard, item: nofile, value: unlimited}]'],
  ]);
});

const key = (text: string) =>
  `repositories: [{name: k, uri: "https://packages.edge.example/k", suites: [/], key: ${JSON.stringify(text)}}]`;
const hash = `$6$salt$${'a'.repeat(86)}`;

describe('repositories and accounts', () => {
  judgeAll([
    [key(repositoryKey)],
    [key(repositoryKey.replace('HlEp', 'HlEq')), /^error The key is damaged: its checksum/],
    [key(repositoryKey.replace('YycSNGS0', '')), /^error The key is damaged/],
    [key(repositoryKey.replace('YycSNGS0J', '')), /^error The key is cut short/],
    [key(repositoryKey.replaceAll('PUBLIC', 'PRIVATE')), /^error This is a private key/],
    [key('ABC'), /^error A repository key is an armoured text/],
    [
      key('-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----'),
      /no OpenPGP public key/,
    ],
    [
      'repositories: [{name: k, uri: "https://p.edge.example/k", suites: [bookworm]}]',
      /^error A suite by name needs components/,
    ],
    [
      'repositories: [{name: k, uri: "https://p.edge.example/k", suites: [/], components: [main]}]',
      /^error A suite that ends with a slash/,
    ],
    [
      'repositories: [{name: k, uri: "https://u:p@p.edge.example/k", suites: [/]}]',
      /^warning The address holds a password/,
    ],
    [
      'repositories: [{name: k, uri: "https://p.edge.example/k", suites: [/]}, {name: k, uri: "https://p.edge.example/l", suites: [/]}]',
      /^error There are two repositories/,
    ],
    [
      'repositories: [{name: k, uri: "https://p.edge.example/k", suites: [/], pin: {priority: 1001}}]',
      /^warning Without a key of its own/,
    ],
    [
      `users: [{name: a, passwordHash: "${hash}"}]`,
      /^warning a is the same on every host .* has its password hash/,
    ],
    ['users: [{name: a, passwordHash: secret}]', /^error A password stands here only as its hash/],
    ['users: [{name: a, system: true}]'],
    [
      'users: [{name: a, uid: 900, system: true}, {name: a, uid: 900, system: true}]',
      /^error The account a stands here twice/,
      /^error a has the number 900 too/,
    ],
    ['users: [{name: root}]', /^error root is an account or a group of every system/],
    [
      'users: [{name: a, system: true, authorizedKeys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEuSf3c6uNB90wzOJCrn4ePTTh6bDVbTKO+Di0ydkyQT a"]}]',
      /^warning a is the same/,
      /^error An account for a service/,
    ],
  ]);
});

describe('memory for the crash kernel', () => {
  judgeAll([
    ['machine: {memory: 64GiB}\nkdump: {memory: 1G}'],
    ['machine: {memory: 64GiB}\nkdump: {memory: 512m}'],
    ['machine: {memory: 64GiB}\nkdump: {memory: "2G-64G:256M,64G-:512M"}'],
    ['machine: {memory: 64GiB}\nkdump: {memory: "1G,high"}'],
    ['kdump: {memory: 64G}'],
    [
      'machine: {memory: 64GiB}\nkdump: {memory: 64G}',
      /^error 64 GiB are kept for the crash kernel, but the machine has 64 GiB of memory/,
    ],
    ['machine: {memory: 8GiB}\nkdump: {memory: "1G-:12G"}', /^error 12 GiB are kept for the crash kernel/],
    [
      'machine: {memory: 8GiB}\nkernel: {arguments: ["crashkernel=16G@64M"]}',
      /^error 16 GiB are kept for the crash kernel/,
    ],
    [
      'machine: {memory: 8GiB}\nhugepages: {pages: [{size: 1G, count: 6}]}\nkdump: {memory: 2G}',
      /^error 2 GiB are kept for the crash kernel and 6 GiB for huge pages/,
    ],
    [
      'machine: {memory: 8GiB}\nkdump: {memory: "64G-:512M"}',
      /^warning crashkernel=64G-:512M keeps nothing on this machine/,
    ],
    ['kdump: {memory: "2G-64G:256M,high"}', /^warning The kernel cannot read crashkernel=2G-64G:256M,high/],
    ['kdump: {memory: "64G-2G:256M"}', /^warning The kernel cannot read/],
    ['kdump: {memory: 0M}', /^warning crashkernel=0M keeps no memory/],
    ['kdump: {memory: 512}', /^error/],
    ['kdump: {memory: 512MB}', /^error Memory for the crash kernel is written as 512M/],
    ['kernel: {arguments: [crashkernel=auto]}', /^warning The kernel cannot read crashkernel=auto/],
    ['kernel: {arguments: [crashkernel=512MB]}', /^warning The kernel cannot read crashkernel=512MB/],
    ['kernel: {arguments: [crashkernel=0x20000000, "crashkernel=72M,low"]}'],
  ]);
});

describe('AppArmor that is off', () => {
  judgeAll([
    ['apparmor: {enabled: false}'],
    ['apparmor: {enabled: false, profiles: {usr.bin.man: disable}}'],
    ['apparmor: {profiles: {usr.bin.man: complain}}'],
    [
      'apparmor: {enabled: false, profiles: {usr.bin.man: enforce}}',
      /^warning AppArmor is off \(apparmor.enabled is false\): these profiles are never loaded/,
    ],
    [
      'apparmor: {enabled: false}\nfiles: [{path: /etc/apparmor.d/usr.bin.a, content: x}]',
      /^warning AppArmor is off .* this profile is never loaded/,
    ],
    [
      'kernel: {arguments: [apparmor=0]}\nfiles: [{path: /etc/apparmor.d/local/a, content: x}]',
      /^warning AppArmor is off \(apparmor=0 stands in kernel.arguments\)/,
    ],
    ['files: [{path: /etc/apparmor.d/usr.bin.a, content: x}]'],
  ]);
});

describe('owners of files and folders', () => {
  const owned = (owner: string, group = 'root') =>
    `files: [{path: /etc/a, content: x, owner: ${owner}, group: ${group}}]`;
  judgeAll([
    [owned('www-data', 'shadow')],
    [owned('systemd-network', 'systemd-journal')],
    [owned('"1000"', '"1000"')],
    [`users: [{name: deploy}]\n${owned('deploy', 'deploy')}`],
    [`users: [{name: deploy, groups: [operators]}]\n${owned('deploy', 'operators')}`],
    [`packages: {install: [prometheus-node-exporter]}\n${owned('prometheus')}`],
    [`packages: {install: [chrony]}\n${owned('_chrony')}`],
    [`packages: {install: [my-agentd]}\n${owned('myagent')}`],
    [`containers: {runtime: docker}\n${owned('root', 'docker')}`],
    [
      owned('root', 'docker'),
      /^warning There is no group “docker” in the image: it comes with the package docker.io/,
    ],
    [owned('postgres'), /^warning There is no account “postgres” .* the package postgresql/],
    [owned('deploy', 'deploy'), /^warning There is no account “deploy” in the image: it is none of Debian’s/],
    [owned('ww-data'), /^warning There is no account “ww-data”. Did you mean “www-data”/],
    [
      'directories: [{path: /srv/a, owner: deploy}, {path: /srv/b, owner: deploy}]',
      /^warning There is no account “deploy”/,
    ],
    [`users: [{name: deploy}]\n${owned('deplyo')}`, /Did you mean “deploy”/],
    [
      'permissions: [{path: /etc/crontab, owner: deploy}]',
      /^warning There is no account “deploy” .* An unknown one ends the build\.$/,
    ],
    ['permissions: [{path: /etc/crontab, mode: "0600"}]'],
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

describe('values of sysctl that the kernel refuses', () => {
  judgeAll([
    ['sysctl: {vm.swappiness: 10, kernel.pid_max: 4194304, vm/overcommit_memory: 1, fs.suid_dumpable: 0}'],
    ['sysctl: {vm.swappiness: 300}', /^warning vm.swappiness takes 0 to 200: the kernel refuses 300/],
    ['sysctl: {kernel/pid_max: 9999999}', /^warning kernel\/pid_max takes 301 to 4194304/],
    ['sysctl: {vm.overcommit_memory: -1}', /^warning vm.overcommit_memory takes 0 to 2/],
    ['sysctl: {net.ipv4.ip_local_port_range: "1024 65000", net.ipv4.tcp_rmem: "4096\t87380 16777216"}'],
    [
      'sysctl: {net.ipv4.ip_local_port_range: "65000 1024"}',
      /^warning .* is the first port, the last port: 2/,
    ],
    ['sysctl: {net.ipv4.tcp_wmem: 16777216}', /^warning net.ipv4.tcp_wmem is min, default, max: 3 numbers/],
    [
      'sysctl: {net.ipv4.neigh.default.gc_thresh2: 2048, net.ipv4.neigh.default.gc_thresh1: 4096}',
      /^warning .*gc_thresh2 is below net.ipv4.neigh.default.gc_thresh1 \(4096\)/,
    ],
    ['sysctl: {net.ipv4.neigh.default.gc_thresh1: 4096, net.ipv4.neigh.default.gc_thresh3: 16384}'],
  ]);
});
