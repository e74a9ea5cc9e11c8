import { describe, expect, test } from 'vitest';
import { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import { checkAgainstSchema } from '../../schema/check-against-schema.ts';
import { hostProfileSchema } from '../../schema/host-profile.ts';
import { wholePart } from '../../schema/readable-part.ts';
import { parseYaml } from '../../source/parse-yaml.ts';
import { childOf } from '../../source/source-node.ts';
import { createSourceText } from '../../source/source-text.ts';
import { checkHostProfile } from './check-host-profile.ts';
import { cpuListOf, expandCpuList } from './machine/cpu-list.ts';
import { renderHostProfile } from './render-host-profile.ts';
import { canonicalSysctlKey } from './sysctl/sysctl.ts';

function load(spec: string) {
  const text = `apiVersion: siteforge/v1\nkind: HostProfile\nmetadata: {name: a}\nspec:\n${spec.replace(/^/gm, '  ')}\n`;
  const sink = new DiagnosticSink();
  const node = parseYaml(createSourceText('profiles/a.yaml', text), sink);
  const profile = node && checkAgainstSchema(node, hostProfileSchema, sink);
  const written = childOf(node, 'spec');
  if (profile === undefined || written === undefined) throw new Error(JSON.stringify(sink.list()));
  checkHostProfile(wholePart(profile.spec, written), sink);
  const found = sink
    .list()
    .map(({ range, severity, message }) => `${range.start.line} ${severity} ${message}`);
  return { rendered: renderHostProfile(profile.spec), found };
}

describe('likely mistakes', () => {
  const findings = (spec: string) => load(spec).found.map((line) => line.replace(/^\d+ /, ''));

  test.each([
    ['kernel: {package: linux-image-amd46}', 'linux-image-amd64'],
    ['kernel: {arguments: [painc=60]}', 'panic'],
    ['kernel: {arguments: [nomodset]}', 'nomodeset'],
    ['kernel: {modules: {load: [8021p]}}', '8021q'],
    ['kernel: {modules: {load: [bondng]}}', 'bonding'],
    ['sysctl: {net.ipv4.ip_foward: 1}', 'net.ipv4.ip_forward'],
    ['packages: {install: [ethtol]}', 'ethtool'],
    ['kernel: {arguments: [fsck.mdoe=force]}', 'fsck.mode'],
    ['firmware: [bnx2x]', 'firmware-bnx2x'],
    ['firmware: [firmware-mediatec]', 'firmware-mediatek'],
    ['systemd: {enable: [lldp.service]}', 'lldpd.service'],
  ])('proposes what was meant by %s', (spec, meant) => {
    expect(findings(spec)).toEqual([expect.stringMatching(/^warning /)]);
    expect(findings(spec)[0]).toContain(`“${meant}”`);
  });

  test.each([
    ['kernel: {package: linux-image-6.1.0-18-amd64, arguments: [own.flag=1, hugepagesz=1G]}'],
    ['kernel: {arguments: [constructor=1]}'],
    ['kernel: {package: linux-image-arm64}', 'architecture'],
    ['kernel: {modules: {load: [eth1, ip_vs_nq, igb, igc, vfio_pci]}}'],
    ['sysctl: {net.ipv4.conf.eth0/1.rp_filter: 2, net.ipv4.neigh.default.gc_thresh2: 1}'],
    ['sysctl: {ipv4.ip_forward: 1}', 'No sysctl starts with “ipv4”'],
    ['sysctl: {net.ipv4.ip_forward: yes}', 'write 1'],
    ['packages: {install: [htop, iftop, iotop, own-package]}'],
    ['packages: {install: [jq, jq]}', 'twice'],
    ['firmware: [firmware-mediatek, atmel-firmware, firmware-nvidia-gsp]'],
    ['firmware: [htop]', 'Other packages stand under “packages”'],
    [
      'limits: [{domain: a, type: soft, item: nofile, value: 9}, {domain: a, type: hard, item: nofile, value: 8}]',
      'above the hard one',
    ],
    [
      'limits: [{domain: a, type: soft, item: core, value: 9}, {domain: a, type: hard, item: core, value: unlimited}]',
    ],
    ['files: [{path: /proc/x, content: a}]', 'made anew at boot'],
    ['files: [{path: /etc/hostname, content: a}]', 'is lost'],
    ['files: [{path: /etc/a, mode: "0666", content: a}]', 'every account'],
    ['directories: [{path: /srv/a, mode: "1777"}]'],
    ['{files: [{path: /srv/a, content: a}], directories: [{path: /srv/a}]}', 'a file and a folder'],
    ['permissions: [{path: /etc/crontab, mode: "0666"}]', 'lets every account write'],
    ['permissions: [{path: /etc/crontab, mode: "0600"}, {path: "/boot/System.map-*", group: adm}]'],
    ['permissions: [{path: /run/x, group: adm}]', 'is not seen on the host'],
    [
      '{directories: [{path: /srv/a}], permissions: [{path: /srv/a, group: adm}]}',
      'stands under “directories” already',
    ],
    ['{files: [{path: /srv/a, content: a}, {path: /srv/a/b, content: a}]}', 'cannot be made'],
    ['console: {video: false}', 'nobody sees'],
  ])('judges %s', (spec, expected?: string) => {
    if (expected === undefined) expect(findings(spec)).toEqual([]);
    else expect(findings(spec)).toEqual([expect.stringContaining(expected)]);
  });

  const unit = (content: string, enable = '[]') =>
    `systemd: {enable: ${enable}, units: [{name: a.service, content: ${JSON.stringify(content)}}]}`;
  const good = '[Unit]\nDescription=a\n[Service]\nExecStart=/bin/true \\\n  --flag\n';

  test.each([
    [unit(good)],
    [unit('[Service]\nExecStart=/bin/true \\\n  # why\n; and how\n  --flag\n')],
    ['systemd: {units: [{name: data.mount, content: "[Mount]\\nWhat=nas:/x\\nWhere=/data\\nType=nfs4\\n"}]}'],
    [unit(`${good}[Install]\nWantedBy=multi-user.target\n[X-Own]\nFoo=1\n`, '[a.service]')],
    [unit(good, '[a.service]'), 'no [Install]'],
    [unit(good.replace('[Service]', '[Sevice]')), 'Did you mean [Service]?'],
    [unit(good.replace('ExecStart', 'ExecStrat')), '“ExecStart=”'],
    [unit(good.replace('[Unit]', 'Unit')), 'neither a [Section] nor a Setting=value'],
    [unit('[Servic]\nExecStart=/bin/true\n'), 'Did you mean [Service]?'],
    [unit('[Service]\nType=oneshot\n'), 'nothing to start'],
    [unit(`${good}Type=onshot\n`), 'Type= is one of simple, exec, forking, oneshot'],
    [unit(`${good}Restart=yes\n`), 'Restart= is one of no, always'],
    [unit(`${good}RemainAfterExit=maybe\n`), 'RemainAfterExit= is yes or no'],
    [unit(`${good}RestartSec=5 minuten\n`), 'RestartSec= is a duration such as 30s'],
    [unit(`${good}RestartSec=1min 30s\nTimeoutStartSec=infinity\nTimeoutStopSec=90\n`)],
    [unit(`${good}Type=oneshot\nRestart=always\n`), 'is not loaded: Type=oneshot cannot have Restart=always'],
    [unit(`${good}Type=oneshot\nRestart=on-failure\nExecStart=/bin/true\n`)],
    [
      unit(`${good}ExecStart=/bin/true\n`),
      'is not loaded: only Type=oneshot may have more than one ExecStart=',
    ],
    [unit(`${good}ExecStart=\nExecStart=/bin/true\n`)],
    [unit(`${good}Type=dbus\n`), 'Type=dbus needs BusName='],
    [
      unit(`${good}ExecStartPre=/bin/echo a && /bin/echo b\n`),
      'goes through no shell: the program gets “&&”',
    ],
    [unit(`${good}ExecStartPre=/bin/echo a > /run/a\n`), 'the program gets “>”'],
    [unit(`${good}ExecStartPre=/bin/sh -c 'echo a > /run/a && true'\n`)],
    [unit(`${good}ExecStartPre=/usr/bin/env bash -c 'echo a > /run/a'\n`)],
    [unit(`${good}ExecStartPre=/usr/bin/awk "$1 > 2 { print \\"a | b\\" }" /run/a\n`)],
    [unit(`${good}ExecStartPre=/bin/echo 'a > b' > /run/a\n`), 'the program gets “>”'],
    [unit(`${good}constructor=x\n`)],
    [
      unit(`${good}[Install]\nWantedBy=multiuser.target\n`),
      'There is no multiuser.target. Did you mean “multi-user.target”?',
    ],
    [unit(`[Unit]\nAfter=network.taget\n${good}`), 'Did you mean “network.target”?'],
    [unit(`[Unit]\nAfter=network.target own.target dev-sda.device %i.mount\n${good}`)],
    [unit(`[Unit]\nAfter=network\n${good}`), '“network” has none and is passed over'],
    [unit(`[Unit]\nWants=network-onlin.target\n${good}`), 'Did you mean “network-online.target”?'],
  ])('reads the unit %s', (spec, expected?: string) => {
    if (expected === undefined) expect(findings(spec)).toEqual([]);
    else expect(findings(spec)).toContainEqual(expect.stringContaining(expected));
  });
});

const everything = `
kernel:
  arguments: [quiet, {name: panic, value: 60}, quiet, nomodeset]
  modules:
    load: [8021q, bonding]
    blacklist: [nouveau]
    options: {bonding: max_bonds=0}
cpu: {isolated: "2-7", housekeeping: "0-1", nohz: true, mitigations: auto, iommu: true}
hugepages:
  default: 1G
  pages: [{size: 2M, count: 64}, {size: 1G, count: 64}]
transparentHugepages: never
sysctl: {net.ipv4.ip_forward: 1, kernel.panic: "60"}
limits:
- {domain: "*", type: soft, item: nofile, value: 65536}
- {domain: root, type: hard, item: core, value: unlimited}
packages: {install: [tcpdump, ethtool, tcpdump]}
firmware: [firmware-bnx2x]
directories: [{path: "/srv/it's here", mode: "0750"}]
files: [{path: /etc/edge, content: "edge\\n"}]
systemd:
  enable: [edge.service]
  mask: [apt-daily.timer]
  units: [{name: edge.service, content: "[Service]\\nExecStart=/bin/true\\n"}]
console: {serial: {port: ttyS1, baud: 57600}}
banners:
  login: "Edge \\\\l\\n"
  motd: "#!/bin/sh\\nuptime\\n"
scripts: [{name: finish, content: "#!/bin/sh\\ntrue\\n"}]
`;

test('renders a profile that uses every section', async () => {
  const { rendered, found } = load(everything);
  expect(found).toEqual([
    expect.stringContaining('The package tcpdump stands here twice.'),
    expect.stringContaining('no [Install] section'),
  ]);
  await expect(`${JSON.stringify(rendered, null, 2)}\n`).toMatchFileSnapshot('golden/everything.json');
});

test('renders an empty profile to a kernel on the screen and nothing else', () => {
  expect(load('{}').rendered).toEqual({
    kernelPackage: 'linux-image-amd64',
    packages: [],
    files: [],
    units: { enable: [], disable: [], mask: [] },
    scripts: [],
    kernelArguments: ['console=tty0'],
  });
});

test('keeps every count of huge pages beside its size', () => {
  expect(load(everything).rendered.kernelArguments.join(' ')).toContain(
    'default_hugepagesz=1G hugepagesz=2M hugepages=64 hugepagesz=1G hugepages=64',
  );
});

test('puts the serial console last, so that services write to it', () => {
  expect(load('console: {serial: {}}').rendered.kernelArguments).toEqual([
    'console=tty0',
    'console=ttyS0,115200n8',
  ]);
});

test('refuses permissions that change nothing', () => {
  expect(() => load('permissions: [{path: /etc/crontab}]')).toThrow(
    'Say what changes: owner, group or mode.',
  );
});

describe('reports', () => {
  test.each([
    [
      'huge pages that containers may not use',
      'kernel: {arguments: [cgroup_disable=hugetlb]}\nhugepages: {pages: [{size: 2M, count: 1}]}',
      /^5 error cgroup_disable=hugetlb/,
    ],
    ['CPU 0 among the isolated', 'cpu: {isolated: "0-3"}', /^5 warning CPU 0 is isolated/],
    ['a CPU list that is empty', 'cpu: {isolated: "7-2"}', /refuses 7-2 as a whole: .* before its start/],
    [
      'CPUs that are isolated and for housekeeping',
      'cpu: {isolated: "2-7", housekeeping: "0-2"}',
      /CPU 2 cannot be both/,
    ],
    ['nohz without isolated CPUs', 'cpu: {nohz: true}', /no effect without isolated/],
    [
      'the same path in two files',
      'files:\n- {path: /etc/a, content: x}\n- {path: /etc/a, content: y}',
      /^7 error \/etc\/a is written twice, first in line 6/,
    ],
    [
      'a file that is a unit too',
      'files: [{path: /etc/systemd/system/a.service, content: "[Service]\\nExecStart=/bin/true"}]\nsystemd: {units: [{name: a.service, content: "[Service]\\nExecStart=/bin/true"}]}',
      /written twice/,
    ],
    [
      'a file that a section writes',
      'files: [{path: /etc/motd, content: x}]\nbanners: {motd: hello}',
      /another section/,
    ],
    [
      'a sysctl in two spellings',
      'sysctl:\n  net.ipv4.ip_forward: 1\n  net/ipv4/ip_forward: 0',
      /^7 error The sysctl net.ipv4.ip_forward is set twice/,
    ],
    ['a default size without pages', 'hugepages: {default: 1G}', /No pages are reserved/],
    [
      'a default size of which there are no pages',
      'hugepages: {default: 1G, pages: [{size: 2M, count: 1}]}',
      /no pages of this size/,
    ],
    [
      'a size that is reserved twice',
      'hugepages: {pages: [{size: 2M, count: 1}, {size: 2M, count: 2}]}',
      /reserved twice/,
    ],
    [
      'huge pages set in two places',
      'hugepages: {pages: [{size: 2M, count: 1}]}\nsysctl: {vm.nr_hugepages: 2}',
      /vm.nr_hugepages changes/,
    ],
    [
      'an argument against its section',
      'kernel: {arguments: [isolcpus=1]}\ncpu: {isolated: "2"}',
      /cpu.isolated sets/,
    ],
    ['one argument with two values', 'kernel: {arguments: [panic=1, panic=2]}', /panic=1 stands before/],
    [
      'an IOMMU that is on and off',
      'kernel: {arguments: [amd_iommu=off]}\ncpu: {iommu: true}',
      /^5 error amd_iommu=off turns/,
    ],
    [
      'a module that is loaded and blacklisted',
      'kernel: {modules: {load: [br_netfilter], blacklist: [br-netfilter]}}',
      /loaded and blacklisted/,
    ],
    [
      'a unit that is enabled and masked',
      'systemd: {enable: [a.service], mask: [a.service]}',
      /in enable and in mask/,
    ],
    [
      'a limit that is set twice',
      'limits:\n- {domain: a, type: soft, item: core, value: 0}\n- {domain: a, type: soft, item: core, value: 1}',
      /^7 error The limit/,
    ],
    [
      'permissions that are set twice',
      'permissions: [{path: /a, mode: "0600"}, {path: /a, group: adm}]',
      /owner and mode of \/a are set twice/,
    ],
    ['a folder that is described twice', 'directories: [{path: /a}, {path: /a}]', /described twice/],
    [
      'two scripts of one name',
      'scripts: [{name: a, content: "#!/bin/sh"}, {name: a, content: "#!/bin/sh"}]',
      /two scripts/,
    ],
    ['a kernel for virtual machines', 'kernel: {package: linux-image-cloud-amd64}', /no USB storage/],
  ])('%s', (_name, spec, expected) => {
    expect(load(spec).found).toEqual([expect.stringMatching(expected)]);
  });
});

test('accepts an argument that says the same as its section', () => {
  expect(load('kernel: {arguments: [iommu=pt]}\ncpu: {iommu: true}').found).toEqual([]);
});

test.each([
  ['2-4,7', [2, 3, 4, 7]],
  ['0-7:2/4', [0, 1, 4, 5]],
  ['4-2', []],
  ['0-3:1/0', [0, 1, 2, 3]],
  ['2-N', [2, 3, 4, 5, 6, 7]],
  ['N', [7]],
  ['all', [0, 1, 2, 3, 4, 5, 6, 7]],
  ['ALL:1/4', [0, 4]],
  ['0-N:2/8', [0, 1]],
])('the CPU list %s is %j', (list, cpus) => expect([...expandCpuList(list, 7)]).toEqual(cpus));

test.each([
  ['2-N', '2-N'],
  ['all', '0-N'],
  ['3,1-2,N', '1-3,N'],
])('without a machine, the CPU list %s is written again as %s', (list, written) => {
  expect(cpuListOf(expandCpuList(list))).toBe(written);
});

test('the list of isolcpus never starts with a letter, which would be a flag', () => {
  expect(load('cpu: {isolated: "N,all:1/2,3", nohz: true}').rendered.kernelArguments.slice(0, 3)).toEqual([
    'isolcpus=managed_irq,domain,0-N:1/2,3,N',
    'nohz_full=0-N:1/2,3,N',
    'rcu_nocbs=0-N:1/2,3,N',
  ]);
});

test.each([
  ['net.ipv4.conf.all', 'net/ipv4/conf/all'],
  ['net/ipv4/conf/bond0.100/rp_filter', 'net/ipv4/conf/bond0.100/rp_filter'],
  ['net.ipv4.conf.bond0/100.rp_filter', 'net/ipv4/conf/bond0.100/rp_filter'],
])('the sysctl %s is %s', (key, canonical) => expect(canonicalSysctlKey(key)).toBe(canonical));
