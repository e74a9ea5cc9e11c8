import { describe, expect, test } from 'vitest';
import type { SiteAnalysis } from '../../site/analysis.ts';
import { noSiteNames } from '../site-names.ts';
import { analyse as analyseAll, applied } from './fixes.test-support.ts';
import { type Fix, fixesAt } from './fixes.ts';

const path = 'profiles/a.yaml';
const head = 'apiVersion: siteforge/v1\nkind: HostProfile\nmetadata: {name: a}\nspec: # what is baked\n';

const analyse = (text: string) => analyseAll({ [path]: text });

const messagesOf = (analysis: SiteAnalysis) =>
  (analysis.diagnosticsByFile.get(path) ?? []).map(({ message }) => message);

function fixesOf(text: string, message: RegExp): readonly Fix[] {
  const analysis = analyse(text);
  const found = (analysis.diagnosticsByFile.get(path) ?? []).find((each) => message.test(each.message));
  if (found === undefined) throw new Error(`No finding ${message} among\n${messagesOf(analysis).join('\n')}`);
  const context = { analysis, site: noSiteNames, chosenHost: undefined };
  return fixesAt(context, path, found.range).filter(({ title }) => !title.startsWith('Mend all'));
}

/** The spec after the fix; its finding is gone and the schema has nothing against it. */
function mended(spec: string, message: RegExp, title: string): string {
  const text = head + spec.replace(/^(?=.)/gm, '  ');
  const fixes = fixesOf(text, message);
  expect(fixes.map((fix) => fix.title)).toContain(title);
  const fix = fixes.find((each) => each.title === title);
  const after = applied({ [path]: text }, fix)[path] ?? '';
  const left = messagesOf(analyse(after));
  expect(left.filter((each) => message.test(each))).toEqual([]);
  const broken = analyse(after).diagnostics.filter(({ code }) => /^(yaml|key|value)-/.test(code));
  expect(broken.map((each) => each.message)).toEqual([]);
  expect(after.startsWith(head)).toBe(true);
  return after.slice(head.length).replace(/^ {2}/gm, '');
}

type Row = readonly [what: string, spec: string, message: RegExp, title: string, after: string];

const partitions = (entries: string, more = 'disk: 20g') =>
  `partitions:\n  ${more}\n  entries:\n${entries.replace(/^(?=.)/gm, '    ')}`;

const ofPackages: readonly Row[] = [
  [
    'a package among firmware, with its comments',
    'firmware:\n  # of the card\n  - firmware-bnx2\n  # of the bench\n  - ethtool # any\n  # of the other card\n  - firmware-qlogic\npackages:\n  install:\n    - jq # for scripts\n',
    /does not look like firmware/,
    'Move to packages.install',
    'firmware:\n  # of the card\n  - firmware-bnx2\n  # of the other card\n  - firmware-qlogic\npackages:\n  install:\n    - jq # for scripts\n    # of the bench\n    # any\n    - ethtool\n',
  ],
  [
    'the only one among firmware',
    'firmware:\n  # of the bench\n  - ethtool\nsysctl: {vm.swappiness: 1}\n',
    /does not look like firmware/,
    'Move to packages.install',
    'sysctl: {vm.swappiness: 1}\npackages:\n  install:\n    # of the bench\n    - ethtool\n',
  ],
  [
    'a package among firmware, in brackets',
    'firmware: [firmware-bnx2, ethtool] # cards\npackages: {install: [jq]}\n',
    /does not look like firmware/,
    'Move to packages.install',
    'firmware: [firmware-bnx2] # cards\npackages: {install: [jq, ethtool]}\n',
  ],
];

const ofContainers: readonly Row[] = [
  [
    'control groups of another driver',
    'containers:\n  runtime: containerd\n  configuration: |\n    version = 2\n    [plugins.runc.options]\n      SystemdCgroup = false # as it was\nkubernetes: {version: "1.31", kubeletArguments: {cgroup-driver: systemd}}\n',
    /control groups of cgroupfs/,
    'Change to SystemdCgroup = true',
    'containers:\n  runtime: containerd\n  configuration: |\n    version = 2\n    [plugins.runc.options]\n      SystemdCgroup = true # as it was\nkubernetes: {version: "1.31", kubeletArguments: {cgroup-driver: systemd}}\n',
  ],
  [
    'the plugin that the kubelet needs',
    'containers:\n  runtime: containerd\n  configuration: |\n    disabled_plugins = ["cri", "aufs"]\nkubernetes: {version: "1.31"}\n',
    /turns the plugin cri off/,
    'Turn cri on',
    'containers:\n  runtime: containerd\n  configuration: |\n    disabled_plugins = ["aufs"]\nkubernetes: {version: "1.31"}\n',
  ],
];

const ofModules: readonly Row[] = [
  [
    'parameters with commas between them',
    'kernel: {modules: {options: {bonding: "max_bonds=0, miimon=100"}}}\n',
    /no commas/,
    'Change to max_bonds=0 miimon=100',
    'kernel: {modules: {options: {bonding: "max_bonds=0 miimon=100"}}}\n',
  ],
  [
    'a line of modprobe.d',
    'kernel:\n  modules:\n    options:\n      bonding: options bonding max_bonds=0 # none of its own\n',
    /The words “options”/,
    'Change to max_bonds=0',
    'kernel:\n  modules:\n    options:\n      bonding: max_bonds=0 # none of its own\n',
  ],
];

const ofFolders: readonly Row[] = [
  [
    'a misspelt mount option',
    partitions(
      '- {name: root, size: -1, filesystem: {type: ext4, mountpoint: /, options: "notime,nodev"}} # system\n',
    ),
    /“notime” is not known/,
    'Change to “noatime”',
    partitions(
      '- {name: root, size: -1, filesystem: {type: ext4, mountpoint: /, options: "noatime,nodev"}} # system\n',
    ),
  ],
  [
    'a mount option of another file system',
    partitions('- {name: root, size: -1, filesystem: {type: xfs, mountpoint: /, options: data=ordered}}\n'),
    /option of ext4/,
    'Remove data=ordered',
    partitions('- {name: root, size: -1, filesystem: {type: xfs, mountpoint: /}}\n'),
  ],
  [
    'a folder that nobody enters',
    'directories: [{path: /srv/a, mode: "0640"}]\n',
    /Without x/,
    'Set “mode” to 0750',
    'directories: [{path: /srv/a, mode: "0750"}]\n',
  ],
  [
    '/tmp without its sticky bit',
    'directories: [{path: /tmp, mode: "0777"}]\n',
    /1777/,
    'Set “mode” to 1777',
    'directories: [{path: /tmp, mode: "1777"}]\n',
  ],
  [
    'a blank at the end of a path',
    'directories: [{path: "/srv/a ", mode: "0755"}]\n',
    /ends with a blank/,
    'Remove the blank',
    'directories: [{path: "/srv/a", mode: "0755"}]\n',
  ],
];

const ofPrograms: readonly Row[] = [
  [
    'options that the kernel hands over as one',
    'scripts:\n  - name: a\n    content: |\n      #!/bin/bash -eu -o pipefail\n      ls # all\n',
    /as one argument/,
    'Change to #!/bin/bash and set -eu -o pipefail',
    'scripts:\n  - name: a\n    content: |\n      #!/bin/bash\n      set -eu -o pipefail\n      ls # all\n',
  ],
  [
    'options of a program that env looks for',
    'scripts:\n  - name: a\n    content: |\n      #!/usr/bin/env bash -e\n      ls\n',
    /as one argument/,
    'Change to #!/usr/bin/env -S bash -e',
    'scripts:\n  - name: a\n    content: |\n      #!/usr/bin/env -S bash -e\n      ls\n',
  ],
  [
    'python that Debian does not have',
    'scripts:\n  - name: a\n    content: |\n      #!/usr/bin/env python\n      print(1)\n',
    /There is no \/usr\/bin\/python /,
    'Change to /usr/bin/python3',
    'scripts:\n  - name: a\n    content: |\n      #!/usr/bin/env python3\n      print(1)\n',
  ],
  [
    'lines of Windows',
    'scripts: [{name: a, content: "#!/bin/sh\\r\\nls\\r\\n"}]\n',
    /CR and LF/,
    'End lines with LF',
    'scripts: [{name: a, content: "#!/bin/sh\\nls\\n"}]\n',
  ],
  [
    'a login shell without its package',
    'users: [{name: joe, shell: /bin/zsh}]\n',
    /joe cannot log in/,
    'Add “zsh” to packages.install',
    'users: [{name: joe, shell: /bin/zsh}]\npackages:\n  install: [zsh]\n',
  ],
];

const ofKernel: readonly Row[] = [
  [
    'huge pages without their control group',
    'kernel:\n  arguments:\n    - quiet # calm\n    - cgroup_disable=hugetlb\nhugepages: {pages: [{size: 2M, count: 8}]}\n',
    /takes huge pages away/,
    'Remove this argument',
    'kernel:\n  arguments:\n    - quiet # calm\nhugepages: {pages: [{size: 2M, count: 8}]}\n',
  ],
  [
    'huge pages without their control group, and another one',
    'kernel: {arguments: [{name: cgroup_disable, value: "hugetlb,rdma"}]}\nhugepages: {pages: [{size: 2M, count: 8}]}\n',
    /takes huge pages away/,
    'Change to cgroup_disable=rdma',
    'kernel: {arguments: [{name: cgroup_disable, value: "rdma"}]}\nhugepages: {pages: [{size: 2M, count: 8}]}\n',
  ],
  [
    'a value that an argument does not take',
    'kernel:\n  arguments:\n    - idle=polling # steady\n',
    /no value of idle=/,
    'Change to idle=poll',
    'kernel:\n  arguments:\n    - idle=poll # steady\n',
  ],
  [
    'a value that an argument does not take, apart from its name',
    'kernel: {arguments: [{name: console, value: "ttyS0,15200n8"}]}\n',
    /15200 baud/,
    'Change to console=ttyS0,115200n8',
    'kernel: {arguments: [{name: console, value: "ttyS0,115200n8"}]}\n',
  ],
  [
    'an argument that a section sets otherwise',
    'kernel:\n  arguments: [quiet, isolcpus=1]\ncpu: {isolated: 2-3}\n',
    /Keep one of both/,
    'Remove this entry',
    'kernel:\n  arguments: [quiet]\ncpu: {isolated: 2-3}\n',
  ],
  [
    'a module that is loaded and blacklisted',
    'kernel:\n  modules:\n    load: [nouveau]\n    blacklist: [nouveau, floppy]\n',
    /loaded and blacklisted/,
    'Remove this entry',
    'kernel:\n  modules:\n    load: [nouveau]\n    blacklist: [floppy]\n',
  ],
  [
    'a kernel without drivers',
    'kernel:\n  package: linux-image-cloud-amd64\n',
    /cloud kernel/,
    'Set “package” to linux-image-amd64',
    'kernel:\n  package: linux-image-amd64\n',
  ],
  [
    'headers of another kernel',
    'kernel: {headers: linux-headers-rt-amd64, dkms: [zfs-dkms]}\n',
    /would be built with/,
    'Set “headers” to linux-headers-amd64',
    'kernel: {headers: linux-headers-amd64, dkms: [zfs-dkms]}\n',
  ],
  [
    'a module that a sysctl needs',
    'sysctl:\n  net.bridge.bridge-nf-call-iptables: 1\n',
    /br_netfilter/,
    'Add “br_netfilter” to kernel.modules.load',
    'sysctl:\n  net.bridge.bridge-nf-call-iptables: 1\nkernel:\n  modules:\n    load: [br_netfilter]\n',
  ],
  [
    'a word for a number',
    'sysctl:\n  net.ipv4.ip_forward: yes # all\n',
    /takes numbers/,
    'Set “net.ipv4.ip_forward” to 1',
    'sysctl:\n  net.ipv4.ip_forward: 1 # all\n',
  ],
  [
    'a limit above what the kernel allows',
    'limits:\n  - {domain: "*", type: hard, item: nofile, value: 2000000}\nsysctl:\n  fs/nr_open: 1500000\n',
    /fs\.nr_open/,
    'Set fs.nr_open to 2000000',
    'limits:\n  - {domain: "*", type: hard, item: nofile, value: 2000000}\nsysctl:\n  fs/nr_open: 2000000\n',
  ],
];

const ofStart: readonly Row[] = [
  [
    'a file that each host gets anew',
    'console: {video: true}\nfiles:\n  - {path: /etc/hostname, content: a}\n  - {path: /srv/a, content: a}\n',
    /is lost/,
    'Remove this entry',
    'console: {video: true}\nfiles:\n  - {path: /srv/a, content: a}\n',
  ],
  [
    'a file that turns cloud-init off',
    'files:\n  - {path: /etc/cloud/cloud-init.disabled, content: ""}\n  - {path: /srv/a, content: a}\n',
    /turns cloud-init off/,
    'Remove this entry',
    'files:\n  - {path: /srv/a, content: a}\n',
  ],
  [
    'a sysctl among kernel arguments',
    'kernel:\n  arguments:\n    - quiet\n    - kernel.panic=5\n',
    /The kernel ignores kernel.panic=5/,
    'Set kernel.panic under sysctl',
    'kernel:\n  arguments:\n    - quiet\nsysctl:\n  kernel.panic: "5"\n',
  ],
  [
    'CPUs of the kubelet in the kernel’s words',
    'machine: {cpus: 8}\nkubernetes:\n  version: "1.31"\n  kubeletArguments: {reserved-cpus: "0,N"}\n',
    /The kubelet reads numbers/,
    'Set “reserved-cpus” to 0,7',
    'machine: {cpus: 8}\nkubernetes:\n  version: "1.31"\n  kubeletArguments: {reserved-cpus: "0,7"}\n',
  ],
  [
    'a duration of the kubelet without its unit',
    'kubernetes:\n  version: "1.31"\n  kubeletArguments:\n    sync-frequency: 10 # soon\n',
    /a duration with its unit/,
    'Set “sync-frequency” to 10s',
    'kubernetes:\n  version: "1.31"\n  kubeletArguments:\n    sync-frequency: 10s # soon\n',
  ],
  [
    'memory of the kubelet in a unit that Kubernetes does not have',
    'kubernetes:\n  version: "1.31"\n  kubeletArguments: {system-reserved: "cpu=2,memory=4GB"}\n',
    /is no amount/,
    'Set “system-reserved” to cpu=2,memory=4Gi',
    'kubernetes:\n  version: "1.31"\n  kubeletArguments: {system-reserved: "cpu=2,memory=4Gi"}\n',
  ],
  [
    'isolated CPUs that are for housekeeping on a machine of any size',
    'cpu: {isolated: 2-N, housekeeping: 0-2}\n',
    /cannot be both/,
    'Set “housekeeping” to 0-1',
    'cpu: {isolated: 2-N, housekeeping: "0-1"}\n',
  ],
  [
    'all CPUs of a machine of any size isolated',
    'cpu: {isolated: all}\n',
    /CPU 0 is isolated/,
    'Set “isolated” to 1-N',
    'cpu: {isolated: 1-N}\n',
  ],
];

const ofMachine: readonly Row[] = [
  [
    'isolated CPUs that the machine does not have',
    'machine: {cpus: 8}\ncpu:\n  isolated: 2-11,14\n',
    /The machine has the CPUs/,
    'Set “isolated” to 2-7',
    'machine: {cpus: 8}\ncpu:\n  isolated: "2-7"\n',
  ],
  [
    'all CPUs isolated',
    'machine: {cpus: 8, threadsPerCore: 2}\ncpu: {isolated: 0-7}\n',
    /none is left/,
    'Set “isolated” to 1-3,5-7',
    'machine: {cpus: 8, threadsPerCore: 2}\ncpu: {isolated: "1-3,5-7"}\n',
  ],
  [
    'the first CPU isolated',
    'cpu: {isolated: 0-3}\n',
    /CPU 0 is isolated/,
    'Set “isolated” to 1-3',
    'cpu: {isolated: "1-3"}\n',
  ],
  [
    'a range that runs down',
    'cpu: {isolated: 7-2}\n',
    /refuses .* as a whole: .* before its start/,
    'Set “isolated” to 2-7',
    'cpu: {isolated: "2-7"}\n',
  ],
  [
    'CPUs that are isolated and not',
    'cpu: {isolated: 2-7, housekeeping: 0-3}\n',
    /cannot be both/,
    'Set “housekeeping” to 0-1',
    'cpu: {isolated: 2-7, housekeeping: "0-1"}\n',
  ],
  [
    'second threads that are switched off',
    'machine: {cpus: 8, threadsPerCore: 2}\nkernel: {arguments: [nosmt]}\ncpu: {isolated: "2-7"}\n',
    /switches second threads off/,
    'Set “isolated” to 2-3',
    'machine: {cpus: 8, threadsPerCore: 2}\nkernel: {arguments: [nosmt]}\ncpu: {isolated: "2-3"}\n',
  ],
  [
    'more huge pages than memory',
    'machine: {memory: 8GiB}\nhugepages:\n  pages:\n    - {size: 1G, count: 16}\n',
    /The profile reserves/,
    'Reserve 7 pages, which leaves 1 GiB',
    'machine: {memory: 8GiB}\nhugepages:\n  pages:\n    - {size: 1G, count: 7}\n',
  ],
  [
    'pages that the CPU has not',
    'machine: {cpuFlags: [avx]}\nhugepages: {pages: [{size: 1G, count: 2}]}\n',
    /pdpe1gb/,
    'Reserve 1024 pages of 2M instead',
    'machine: {cpuFlags: [avx]}\nhugepages: {pages: [{size: 2M, count: 1024}]}\n',
  ],
];

const ofPartitions: readonly Row[] = [
  [
    'partitions that overlap',
    partitions('- {name: a, start: 1MiB, end: 8GiB}\n- {name: b, start: 6GiB, end: 100%}\n'),
    /overlaps partition 1/,
    'Set “start” to 8GiB',
    partitions('- {name: a, start: 1MiB, end: 8GiB}\n- {name: b, start: 8GiB, end: 100%}\n'),
  ],
  [
    'a position behind the end of the disk',
    partitions('- {name: a, start: 1MiB, end: 8GiB}\n- {name: b, start: 8GiB, end: 60GiB}\n'),
    /and the disk has/,
    'Set “end” to 100%',
    partitions('- {name: a, start: 1MiB, end: 8GiB}\n- {name: b, start: 8GiB, end: 100%}\n'),
  ],
  [
    'a size that the disk has not',
    partitions('- name: a\n  size: 8g\n- name: b\n  size: 30g # all the rest\n'),
    /and the disk has/,
    'Give it what is left of the disk',
    partitions('- name: a\n  size: 8g\n- name: b\n  size: -1 # all the rest\n'),
  ],
  [
    'parts of more than the disk',
    partitions('- {name: a, size: 70%}\n- {name: b, size: 50%}\n'),
    /add up to/,
    'Set “size” to 30%',
    partitions('- {name: a, size: 70%}\n- {name: b, size: 30%}\n'),
  ],
  [
    'root mounted behind what lies in it',
    partitions(
      '- {name: a, size: 8g, mountOrder: 3, filesystem: {type: ext4, mountpoint: /}}\n- {name: b, size: 2g, mountOrder: 1, filesystem: {type: ext4, mountpoint: /var}}\n',
    ),
    /would cover it/,
    'Set “mountOrder” to 4',
    partitions(
      '- {name: a, size: 8g, mountOrder: 3, filesystem: {type: ext4, mountpoint: /}}\n- {name: b, size: 2g, mountOrder: 4, filesystem: {type: ext4, mountpoint: /var}}\n',
    ),
  ],
  [
    'no root',
    partitions(
      '- {name: root, size: 8g, filesystem: {type: ext4}}\n- {name: b, size: 2g, filesystem: {type: ext4, mountpoint: /var}}\n',
    ),
    /mounted at \//,
    'Mount partition 1 at /',
    partitions(
      '- {name: root, size: 8g, filesystem: {type: ext4, mountpoint: /}}\n- {name: b, size: 2g, filesystem: {type: ext4, mountpoint: /var}}\n',
    ),
  ],
  [
    'nothing that UEFI boots from',
    `machine: {boot: uefi}\n${partitions('- {name: root, size: 8g, filesystem: {type: ext4, mountpoint: /}}\n')}`,
    /has the flag esp/,
    'Add an EFI system partition',
    `machine: {boot: uefi}\n${partitions('- name: esp\n  size: 512MiB\n  flags: [esp]\n  filesystem:\n    type: vfat\n    mountpoint: /boot/efi\n- {name: root, size: 8g, filesystem: {type: ext4, mountpoint: /}}\n')}`,
  ],
  [
    'nothing that BIOS boots from',
    `machine: {boot: bios}\n${partitions('- {name: root, size: 8g, filesystem: {type: ext4, mountpoint: /}}\n')}`,
    /bios_grub/,
    'Add a partition for GRUB',
    `machine: {boot: bios}\n${partitions('- name: grub\n  size: 1MiB\n  flags: [bios_grub]\n- {name: root, size: 8g, filesystem: {type: ext4, mountpoint: /}}\n')}`,
  ],
  [
    'a table that is too small',
    partitions('- {name: a, size: 1t, filesystem: {type: ext4, mountpoint: /}}\n', 'table: mbr\n  disk: 4t'),
    /reaches 2 TiB/,
    'Set “table” to gpt',
    partitions('- {name: a, size: 1t, filesystem: {type: ext4, mountpoint: /}}\n', 'table: gpt\n  disk: 4t'),
  ],
  [
    'a label that two have',
    partitions(
      '- {name: a, size: 8g, filesystem: {type: ext4, mountpoint: /, label: data}}\n- {name: a, size: 2g, filesystem: {type: ext4, mountpoint: /var, label: data}}\n',
    ),
    /has the label/,
    'Set “label” to data-2',
    partitions(
      '- {name: a, size: 8g, filesystem: {type: ext4, mountpoint: /, label: data}}\n- {name: a, size: 2g, filesystem: {type: ext4, mountpoint: /var, label: data-2}}\n',
    ),
  ],
];

const ofServices: readonly Row[] = [
  [
    'a service without its package',
    'systemd:\n  enable:\n    - chrony.service\n',
    /comes with the package chrony/,
    'Add “chrony” to packages.install',
    'systemd:\n  enable:\n    - chrony.service\npackages:\n  install: [chrony]\n',
  ],
  [
    'a service without its package, behind the others',
    'packages:\n  install:\n    - vim # for all\nsystemd: {enable: [chrony.service]}\n',
    /comes with the package chrony/,
    'Add “chrony” to packages.install',
    'packages:\n  install:\n    - vim # for all\n    - chrony\nsystemd: {enable: [chrony.service]}\n',
  ],
  [
    'a package that is taken out again',
    'packages: {install: [vim], purge: [vim, nano]}\n',
    /taken out again/,
    'Remove this entry',
    'packages: {install: [vim], purge: [nano]}\n',
  ],
  [
    'a kubelet without a runtime',
    'packages: {install: [kubelet]}\nsysctl: {net.ipv4.ip_forward: 1}\n',
    /needs a container runtime/,
    'Add containers with containerd',
    'packages: {install: [kubelet]}\nsysctl: {net.ipv4.ip_forward: 1}\ncontainers:\n  runtime: containerd\n',
  ],
  [
    'a node that forwards nothing',
    'packages: {install: [kubelet, containerd]}\nsysctl:\n  net/ipv4/ip_forward: 0\n',
    /Pods reach/,
    'Set net.ipv4.ip_forward to 1',
    'packages: {install: [kubelet, containerd]}\nsysctl:\n  net/ipv4/ip_forward: 1\n',
  ],
  [
    'a unit that nothing starts',
    'systemd:\n  enable: [a.timer]\n  units:\n    - name: a.timer\n      content: |\n        [Timer]\n        OnBootSec=1min\n    - name: a.service\n      content: "[Service]\\nExecStart=/bin/true\\n"\n',
    /no \[Install\] section/,
    'Add WantedBy=timers.target',
    'systemd:\n  enable: [a.timer]\n  units:\n    - name: a.timer\n      content: |\n        [Timer]\n        OnBootSec=1min\n\n        [Install]\n        WantedBy=timers.target\n    - name: a.service\n      content: "[Service]\\nExecStart=/bin/true\\n"\n',
  ],
  [
    'no memory for a dump',
    'packages: {install: [kdump-tools]}\n',
    /never a dump/,
    'Add kdump with 512M of memory',
    'packages: {install: [kdump-tools]}\nkdump:\n  memory: 512M\n',
  ],
  [
    'more memory for a dump than there is',
    'machine: {memory: 4GiB}\nkdump: {memory: 8G}\n',
    /are kept for the crash kernel/,
    'Set “memory” to 512M',
    'machine: {memory: 4GiB}\nkdump: {memory: 512M}\n',
  ],
  [
    'AppArmor that is off beside its profiles',
    'apparmor: {enabled: false, profiles: {a: enforce}}\n',
    /never loaded/,
    'Set “enabled” to true',
    'apparmor: {enabled: true, profiles: {a: enforce}}\n',
  ],
  [
    'an owner that nothing makes',
    'files:\n  - {path: /etc/a, content: x, owner: agent}\n',
    /There is no account/,
    'Add “agent” to users, as an account for a service',
    'files:\n  - {path: /etc/a, content: x, owner: agent}\nusers:\n  - name: agent\n    system: true\n',
  ],
  [
    'a group of a package that is not there',
    'files:\n  - {path: /etc/a, content: x, group: docker}\n',
    /There is no group/,
    'Add “docker.io” to packages.install',
    'files:\n  - {path: /etc/a, content: x, group: docker}\npackages:\n  install: [docker.io]\n',
  ],
  [
    'what is no firmware',
    'firmware: [firmware-bnx2, vim]\npackages: {install: [htop]}\n',
    /does not look like firmware/,
    'Move to packages.install',
    'firmware: [firmware-bnx2]\npackages: {install: [htop, vim]}\n',
  ],
  [
    'a file that everybody may write',
    'files:\n  - {path: /etc/a, content: x, mode: "0666"}\n',
    /lets every account write/,
    'Set “mode” to 0664',
    'files:\n  - {path: /etc/a, content: x, mode: "0664"}\n',
  ],
  [
    'a number that two accounts have',
    'users:\n  - {name: a, uid: 1000}\n  - {name: b, uid: 1000}\n  - {name: c, uid: 1001}\n',
    /has the number 1000 too/,
    'Set “uid” to 1002',
    'users:\n  - {name: a, uid: 1000}\n  - {name: b, uid: 1002}\n  - {name: c, uid: 1001}\n',
  ],
];

describe.each([
  ['packages moved', ofPackages],
  ['containers', ofContainers],
  ['modules', ofModules],
  ['folders', ofFolders],
  ['programs', ofPrograms],
  ['kernel', ofKernel],
  ['start', ofStart],
  ['machine', ofMachine],
  ['partitions', ofPartitions],
  ['services and files', ofServices],
])('a fix for the %s', (_topic, rows) => {
  test.each(rows)('%s', (_what, spec, message, title, after) => {
    expect(mended(spec, message, title)).toBe(after);
  });
});

test('nothing is proposed where only the engineer knows', () => {
  const spec = partitions('- {name: a, size: 30g}\n- {name: b, size: -1}\n');
  expect(fixesOf(head + spec.replace(/^(?=.)/gm, '  '), /and the disk has/)).toEqual([]);
});

test('a text that cannot be changed with certainty gets no fix', () => {
  const spec = 'cpu: {isolated: &all 0-3, housekeeping: *all}\n';
  expect(fixesOf(`${head}  ${spec}`, /CPU 0 is isolated/)).toEqual([]);
});

test('all of a kind are not mended at once where two of them become one key', () => {
  const spec =
    'containers: {runtime: containerd}\nkubernetes: {version: "1.31"}\nsysctl:\n  net.ipv4.ip_foward: 1\n  vm.swapiness: 10\n';
  const analysis = analyse(head + spec.replace(/^(?=.)/gm, '  '));
  const all = (analysis.diagnosticsByFile.get(path) ?? []).filter(({ message }) => /ip_foward/.test(message));
  const context = { analysis, site: noSiteNames, chosenHost: undefined };
  const titles = all.flatMap(({ range }) => fixesAt(context, path, range)).map(({ title }) => title);
  expect(titles).toEqual(['Change to “net.ipv4.ip_forward”']);
});
