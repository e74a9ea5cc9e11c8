import { describe, expect, test } from 'vitest';
import { noSiteNames } from '../site-names.ts';
import { fixesAt } from './fixes.ts';
import {
  analyse,
  fixesOf,
  head,
  mendEach,
  partitions,
  path,
  type Row,
} from './profile-remedies.test-support.ts';

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
    'control groups that a configuration says nothing of',
    'files:\n  - path: /etc/containerd/config.toml\n    content: |\n      version = 2\nkubernetes: {version: "1.31"}\n',
    /SystemdCgroup = true is missing/,
    'Add SystemdCgroup = true',
    'files:\n  - path: /etc/containerd/config.toml\n    content: |\n      version = 2\n\n      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]\n        runtime_type = "io.containerd.runc.v2"\n\n      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]\n        SystemdCgroup = true\nkubernetes: {version: "1.31"}\n',
  ],
  [
    'control groups beside other options',
    'containers:\n  runtime: containerd\n  configuration: |\n    version = 2\n    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]\n    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]\n      BinaryName = "crun"\nkubernetes: {version: "1.31"}\n',
    /SystemdCgroup = true is missing/,
    'Add SystemdCgroup = true',
    'containers:\n  runtime: containerd\n  configuration: |\n    version = 2\n    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]\n    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]\n      SystemdCgroup = true\n      BinaryName = "crun"\nkubernetes: {version: "1.31"}\n',
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

describe.each([
  ['packages moved', ofPackages],
  ['containers', ofContainers],
  ['modules', ofModules],
  ['folders', ofFolders],
  ['programs', ofPrograms],
])('a fix for the %s', (_topic, rows) => mendEach(rows));

test('vfat on /boot becomes the EFI system partition where there is none', () => {
  const boot = '- {name: boot, size: 512m, filesystem: {type: vfat, mountpoint: /boot}}\n';
  const efi = '- {name: esp, size: 512m, flags: [esp], filesystem: {type: vfat, mountpoint: /boot/efi}}\n';
  const root = '- {name: root, size: 8g, filesystem: {type: ext4, mountpoint: /}}\n';
  const titlesOf = (entries: string) =>
    fixesOf(head + partitions(entries).replace(/^(?=.)/gm, '  '), /upgrades of the kernel fail/).map(
      ({ title }) => title,
    );
  expect(titlesOf(boot + root)).toContain('Set “mountpoint” to /boot/efi');
  expect(titlesOf(boot + efi + root)).not.toContain('Set “mountpoint” to /boot/efi');
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
