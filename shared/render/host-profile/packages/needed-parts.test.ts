import { describe, expect, test } from 'vitest';
import { findingsOf, renderedOf } from '../testing/load-profile.ts';

/** Each line is a spec and what is found in it; an empty list says that nothing may be found. */
type Case = readonly [spec: string, ...expected: RegExp[]];

function judgeAll(cases: readonly Case[]): void {
  test.each(cases.map(([spec, ...expected]) => ({ spec, expected })))('$spec', ({ spec, expected }) => {
    expect(findingsOf(spec)).toEqual(expected.map((each) => expect.stringMatching(each)));
  });
}

const argument = (...list: string[]) => `kernel: {arguments: ${JSON.stringify(list)}}`;

describe('kernel arguments that take something away', () => {
  judgeAll([
    [
      `${argument('maxcpus=1')}\ncpu: {isolated: 2-7}`,
      /^error maxcpus=1 starts one CPU only, .* 2-7 would be off/,
    ],
    [`${argument('nr_cpus=4')}\ncpu: {isolated: 2-7}`, /^error nr_cpus=4 starts 4 CPUs only, .* 4-7/],
    [`${argument('nr_cpus=8')}\ncpu: {isolated: 2-7}`],
    [argument('nosmp', 'isolcpus=managed_irq,domain,2'), /^error nosmp starts one CPU/],
    [argument('nosmp')],
    [
      `${argument('mem=4G')}\nhugepages: {pages: [{size: 1G, count: 8}]}`,
      /^error mem=4G leaves .* \(8 GiB\)/,
    ],
    [`${argument('mem=64G')}\nhugepages: {pages: [{size: 1G, count: 8}]}`],
    [
      'kernel: {arguments: ["module_blacklist=floppy,br-netfilter"], modules: {load: [br_netfilter]}}',
      /^error .* keeps br_netfilter out/,
    ],
    [
      'kernel: {arguments: [modprobe.blacklist=bonding], modules: {load: [bonding]}}',
      /^error .* keeps bonding out/,
    ],
    [argument('hugepagesz=4G', 'hugepages=2'), /^warning .* ignores hugepagesz=4G: .* 2M or 1G/],
    [argument('hugepagesz=2048k', 'hugepages=2')],
    [
      `machine: {memory: 8GiB}\n${argument('hugepagesz=1GB', 'hugepages=16')}`,
      /^error The profile reserves 16 GiB of huge pages/,
    ],
    [
      `machine: {memory: 8GiB}\n${argument('hugepagesz=0x40000000', 'hugepages=16')}`,
      /^error The profile reserves 16 GiB of huge pages/,
    ],
    [
      `machine: {memory: 8GiB}\n${argument('hugepagesz=2M', 'hugepages=8', 'default_hugepagesz=1GiB', 'hugepages=16')}`,
      /^error The profile reserves 16.02 GiB of huge pages/,
    ],
    [
      `${argument('mem=4GB')}\nhugepages: {pages: [{size: 1G, count: 8}]}`,
      /^error mem=4GB leaves .* \(8 GiB\)/,
    ],
    [`${argument('mem=0')}\nhugepages: {pages: [{size: 1G, count: 8}]}`],
    [argument('default_hugepagesz=16M'), /^warning .* ignores default_hugepagesz=16M/],
    [`${argument('nohz=off')}\ncpu: {isolated: 2-7, nohz: true}`, /^error nohz=off .* cpu.nohz/],
    [argument('nohz=off')],
    [argument('apparmor=0', 'security=apparmor'), /^error security=apparmor chooses AppArmor/],
    [`${argument('security=selinux')}\napparmor: {}`, /^error security=selinux leaves AppArmor out/],
    [argument('lsm=landlock,lockdown,yama,integrity,apparmor,bpf')],
    [argument('cloud-init=disabled'), /^warning cloud-init=disabled turns cloud-init off/],
    [argument('ds=nocloud;s=/x'), /^warning .* may not read the seed/],
    [argument('network-config=disabled'), /^warning .* takes the place of the network that is stamped/],
    [argument('ci.ds=Ec2'), /^warning ci.ds=Ec2 keeps cloud-init from the seed/],
    [argument('ci.datasource=NoCloud')],
    [argument('ci.di.policy=disabled'), /^warning .* turns cloud-init off/],
    [
      argument('kernel.panic=5'),
      /^warning The kernel ignores kernel.panic=5: .* written as sysctl.kernel.panic=5/,
    ],
    [argument('net.ipv4.ip_forward=1'), /^warning The kernel ignores/],
    [
      argument(
        'sysctl.kernel.panic=5',
        'panic=5',
        'net.ifnames=0',
        'printk.devkmsg=on',
        'usbcore.autosuspend=-1',
      ),
    ],
    [argument('systemd.unit=rescue.target'), /^warning .* stops the start at a shell/],
    [argument('systemd.unit=multi-user.target')],
    [argument('init=/bin/sh'), /^warning .* in place of systemd/],
    [argument('boot=local'), /^warning .* takes the place of boot=live/],
    [argument('root=/dev/sda1'), /^warning .* does not look at it/],
  ]);
});

describe('modules that a system on a medium needs', () => {
  const modprobe = (content: string) =>
    `files: [{path: /etc/modprobe.d/hardening.conf, content: ${JSON.stringify(content)}}]`;
  judgeAll([
    [
      'kernel: {modules: {blacklist: [usb-storage]}}',
      /^warning The blacklist keeps usb-storage out, .* a stick/,
    ],
    ['kernel: {modules: {blacklist: [cramfs, squashfs]}}', /^warning .* squashfs out, .* is not mounted/],
    ['kernel: {modules: {blacklist: [uas, pcspkr, floppy, nouveau, vfat]}}'],
    [
      argument('module_blacklist=floppy,usb_storage'),
      /^warning module_blacklist=floppy,usb_storage keeps usb_/,
    ],
    [argument('modprobe.blacklist=overlay'), /^warning modprobe.blacklist=overlay .* is not mounted/],
    [
      modprobe('install usb-storage /bin/true\ninstall cramfs /bin/false\n  blacklist loop\n'),
      /^warning This file keeps usb-storage out/,
      /^warning This file keeps loop out/,
    ],
    [modprobe('# blacklist overlay\ninstall loop /sbin/modprobe --ignore-install loop max_loop=64\n')],
  ]);
});

describe('units by another name', () => {
  judgeAll([
    [
      'systemd: {enable: [sshd.service]}',
      /^warning sshd.service is another name of ssh.service, .* Write ssh/,
    ],
    [
      'systemd: {enable: [chronyd.service]}\npackages: {install: [chrony]}',
      /^warning .* another name of chrony.service/,
    ],
    [
      'packages: {install: [ntpsec]}\nsystemd: {enable: [ntp.service]}',
      /^warning ntp.service is another name of ntpsec.service/,
    ],
    [
      'packages: {install: [linuxptp]}\nsystemd: {enable: [ptp4l.service]}',
      /^warning The package linuxptp .* as in ptp4l@eno1.service\./,
    ],
    [
      'systemd: {enable: [ptp4l@eno1.service]}',
      /^warning ptp4l@eno1.service comes with the package linuxptp, which the profile does not install/,
    ],
    ['packages: {install: [linuxptp]}\nsystemd: {enable: [phc2sys@eno1.service]}'],
    ['systemd: {enable: [ssh.service], disable: [smartd.service]}'],
    [
      'systemd: {enable: [syslog.service], units: [{name: syslog.service, content: "[Service]\\nExecStart=/bin/true\\n[Install]\\nWantedBy=multi-user.target\\n"}]}',
    ],
  ]);
});

describe('kernel arguments that stand twice', () => {
  judgeAll([
    [argument('mitigations=off', 'mitigations=auto'), /^error mitigations=auto .* takes only one of both/],
    // A plain parameter of the kernel's (core_param): the last one is all of it.
    [argument('module_blacklist=floppy', 'module_blacklist=nouveau'), /^error module_blacklist=nouveau/],
    // Each of these adds to those before it.
    [argument('cgroup_disable=memory', 'cgroup_disable=io')],
    [argument('pci=nomsi', 'pci=noaer', 'memmap=64K$0x18690000', 'memmap=1M$0x20000000')],
    [argument('modprobe.blacklist=nouveau', 'modprobe.blacklist=floppy')],
    [argument('systemd.mask=a.service', 'systemd.mask=b.service', 'acpi_osi=!', 'acpi_osi=Linux')],
  ]);
});

describe('values that would be cut or become lines of their own', () => {
  judgeAll([
    ['kernel: {arguments: [{name: panic, value: "6\\n0"}]}', /^error The value of a kernel argument/],
    ['kernel: {arguments: [{name: panic, value: "a\\"b"}]}', /^error The value of a kernel argument/],
    ['kernel: {arguments: [{name: panic, value: é}]}', /^error The value of a kernel argument/],
    [
      'kernel: {arguments: [{name: panic, value: 60}, {name: video, value: ""}, {name: dyndbg, value: "file a +p"}]}',
    ],
    ['sysctl: {kernel.panic: "60\\nvm.swappiness=1"}', /^error The value of a sysctl/],
    ['sysctl: {kernel.core_pattern: ""}'],
    [
      'kernel: {modules: {options: {bonding: "max_bonds=0\\nblacklist overlay"}}}',
      /^error Parameters of a module stand on one line/,
    ],
  ]);
});

describe('what every host needs', () => {
  judgeAll([
    ['packages: {purge: [cloud-init]}', /^error .* cannot be taken out: without it no host reads its seed/],
    ['packages: {purge: [linux-image-amd64]}', /^error .* it is the kernel/],
    ['packages: {purge: [nano]}'],
    [
      'packages: {install: [linux-image-rt-amd64]}',
      /^warning This is a second kernel beside linux-image-amd64/,
    ],
    ['packages: {install: [linux-image-amd64]}'],
    [
      'repositories: [{name: k, uri: "https://p.edge.example/k", suites: [/], onHosts: false, packages: [vendor-tool, linux-image-vendor]}]',
      /^warning This is a second kernel beside linux-image-amd64/,
    ],
    [
      'repositories: [{name: k, uri: "https://p.edge.example/k", suites: [/], onHosts: false, packages: [linux-image-amd64]}]',
    ],
    ['systemd: {mask: [cloud-init.service]}', /^error cloud-init.service is needed/],
    ['systemd: {disable: [systemd-networkd.service]}', /^error .* gets its network/],
    ['systemd: {mask: [multi-user.target]}', /^error .* never ends/],
    ['systemd: {mask: [apt-daily.timer], disable: [dbus.service]}'],
    ['users: [{name: daemon}]', /^error daemon is an account or a group of every system: useradd refuses it/],
    ['users: [{name: sudo}]', /^error sudo is/],
    [
      'users: [{name: ops, passwordHash: $6$abcdefgh$abcdefghijklmnopqrstuvwxyz}]',
      /^warning ops is the same/,
      /^warning The hash is cut short/,
    ],
  ]);
});

describe('files that would do nothing', () => {
  const unit = (path: string) =>
    `systemd: {units: [{name: a.service, content: "[Service]\\nExecStartPre=-${path} x\\nExecStart=/bin/true\\n"}]}`;
  judgeAll([
    [
      `files: [{path: /opt/a, content: "#!/bin/sh"}]\n${unit('/opt/a')}`,
      /^warning a.service starts \/opt\/a, which nobody may run with the mode 0644/,
    ],
    [`files: [{path: /opt/a, content: "#!/bin/sh", mode: "0750"}]\n${unit('/opt/a')}`],
    ['files: [{path: /etc/sudoers.d/a.b, content: x, mode: "0440"}]', /^warning Nothing reads “a.b”/],
    ['files: [{path: /etc/cron.d/backup, content: x}]'],
  ]);
});

describe('the kubelet', () => {
  const node = (version: string, uri: string, kubeletArguments = '{}') =>
    `kubernetes: {version: "${version}", kubeletArguments: ${kubeletArguments}}\ncontainers: {runtime: containerd}
sysctl: {net.ipv4.ip_forward: 1}
repositories: [{name: k, uri: "${uri}", suites: [/]}]`;
  const official = (version: string) => `https://packages.edge.example/core:/stable:/v${version}/deb/`;
  judgeAll([
    [node('1.31', official('1.31'))],
    [node('1.30.2', official('1.31')), /^error The repository has version 1.31 alone/],
    [node('1.30', 'https://packages.edge.example/kubernetes')],
    [
      node('1.30', official('1.30'), '{container-runtime: remote}'),
      /^error The kubelet has no --container-runtime since version 1.27/,
    ],
    [node('1.26', official('1.26'), '{container-runtime: remote}')],
    [
      node('1.30', official('1.30'), '{cgroup-driver: cgroupfs}'),
      /^error containerd is set up with the control groups of systemd/,
    ],
    [
      `${node('1.31', official('1.31'), '{reserved-cpus: 1-2}')}\ncpu: {isolated: 2-7}`,
      /^warning CPU 2 is kept for the system here/,
    ],
    [`${node('1.31', official('1.31'), '{reserved-cpus: 0-1}')}\ncpu: {isolated: 2-7}`],
    [`${node('1.31', official('1.31'), '{reserved-cpus: 0-1}')}\ncpu: {isolated: 2-N}`],
    [
      `${node('1.31', official('1.31'), '{reserved-cpus: 7-N}')}\nmachine: {cpus: 8}\ncpu: {isolated: 2-N}`,
      /^warning The kubelet reads numbers and ranges only/,
      /^warning CPU 7 is kept for the system/,
    ],
    [
      'containers: {runtime: docker, configuration: "{debug: true}"}',
      /^error \/etc\/docker\/daemon.json is a JSON/,
    ],
    [`containers: {runtime: docker, configuration: '{"debug": true}'}`],
  ]);

  test('ends the build when another version came', () => {
    const { scripts } = renderedOf(node('1.31', official('1.31')));
    const hold = scripts.find(({ name }) => name === '00-siteforge-hold')?.content;
    expect(hold).toContain('1.31.* | 1.31-*) ;;');
    expect(hold).toMatch(/exit 1[\s\S]*apt-mark hold/);
  });
});

describe('memory for the crash kernel', () => {
  judgeAll([
    ['kdump: {memory: 1M}', /^warning crashkernel=1M is too little/],
    ['kdump: {memory: 256M}'],
    [argument('crashkernel=1G,high', 'crashkernel=72M,low')],
  ]);
});

describe('limits', () => {
  const both = (item: string, soft: number, hard: number) =>
    `limits: [{domain: "*", type: soft, item: ${item}, value: ${soft}}, {domain: "*", type: hard, item: ${item}, value: ${hard}}]`;
  judgeAll([
    [both('nproc', 20, 10), /^error The soft limit 20 of nproc is above the hard one/],
    // A lower number is the higher priority.
    [both('nice', 5, -5)],
    [both('priority', 5, 0)],
  ]);
});

describe('cloud-init', () => {
  const file = (path: string, content: string) =>
    `files: [{path: /etc/cloud/${path}, content: ${JSON.stringify(content)}}]`;
  judgeAll([
    [file('cloud-init.disabled', ''), /^warning \/etc\/cloud\/cloud-init.disabled turns cloud-init off/],
    [
      'files: [{path: /etc/cloud/cloud-init.disabled, content: ""}, {path: /etc/cloud/cloud-init.enabled, content: ""}]',
    ],
    [
      'scripts: [{name: a, content: "#!/bin/sh\\nset -e\\ntouch /etc/cloud/cloud-init.disabled\\n"}]',
      /^warning .* turns cloud-init off/,
    ],
    ['scripts: [{name: a, content: "#!/bin/sh\\nrm -f /etc/cloud/cloud-init.disabled\\n"}]'],
    [
      file('cloud.cfg.d/99-x.cfg', 'network: {config: disabled}\n'),
      /^warning .* keeps cloud-init from the network/,
    ],
    [
      file('cloud.cfg.d/01-x.cfg', 'network:\n  config: disabled\n'),
      /^warning .* keeps cloud-init from the network/,
    ],
    [
      file('cloud.cfg.d/99-x.cfg', 'network: {version: 2, ethernets: {}}\n'),
      /^warning .* all hosts would get this one/,
    ],
    [file('cloud.cfg.d/99-x.cfg', 'datasource_list: [Ec2, None]\n'), /^warning .* leaves NoCloud out/],
    [file('cloud.cfg.d/99-x.cfg', 'datasource_list: [ConfigDrive, NoCloud]\nnetwork: {}\n')],
    [file('cloud.cfg.d/10-x.cfg', 'datasource_list: [Ec2]\n')],
    [file('cloud.cfg.d/99-x.conf', 'network: {config: disabled}\n'), /^warning Nothing reads “99-x.conf”/],
    [file('cloud.cfg.d/99-x.cfg', 'datasource: {NoCloud: {seedfrom: /srv/}}\n'), /^warning With “seedfrom”/],
    [
      file('cloud.cfg.d/99-x.cfg', 'datasource: {NoCloud: {user-data: "", meta-data: {}}}\n'),
      /^warning This user-data takes the place/,
    ],
    [file('cloud.cfg.d/99-x.cfg', 'datasource: {NoCloud: {fs_label: edge}}\n')],
    [file('ds-identify.cfg', 'policy: disabled\n'), /^warning “policy: disabled” turns cloud-init off/],
    [file('ds-identify.cfg', 'datasource: Ec2\n'), /^warning cloud-init looks for Ec2 alone/],
    [file('ds-identify.cfg', '# datasource: Ec2\npolicy: search,found=first,notfound=disabled\n')],
  ]);
});
