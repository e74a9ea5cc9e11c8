import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSiteAnalyser } from '../site/analyser.ts';
import { importNetworks, type NetworkFile, type NetworkSource } from './import-networks.ts';
import { siteFilesOf } from './site-files.ts';

const nmstate = `interfaces:
  - name: eno1
    type: ethernet
    state: up
    mac-address: 52:54:00:20:11:01
    ipv4:
      enabled: true
      dhcp: false
      address: [{ip: 10.20.0.11, prefix-length: 24}]
`;
const netplan = `network:
  version: 2
  ethernets:
    eno1:
      match: {macaddress: "52:54:00:20:12:01"}
      set-name: oam0
      addresses: [10.20.0.12/24]
`;
const networkData = `{
\t"links": [{"id": "ens3", "type": "phy", "ethernet_mac_address": "52:54:00:20:13:01"}],
\t"networks": [{"id": "network0", "link": "ens3", "type": "ipv4_dhcp"}],
\t"services": []
}
`;

const imported = (format: NetworkSource, ...files: readonly NetworkFile[]) =>
  importNetworks(files, { format, name: 'hall', origin: 'here.' });

test('gives a MAC address to one card, where a bond or a virtual function has that of a card', () => {
  const text = `${netplan}    vf0:
      match: {macaddress: "52:54:00:20:12:01", driver: iavf}
    eno2:
      macaddress: "52:54:00:20:12:01"
`;
  const { site } = imported('netplan', { path: 'wk-2.yaml', text });
  expect(site.hosts[0]?.cards).toEqual([['oam0', '52:54:00:20:12:01']]);
});

test.each([
  ['nmstate', { path: 'wk-1.edge.example.yaml', text: nmstate }, 'wk-1', ['eno1', '52:54:00:20:11:01']],
  ['netplan', { path: 'wk-2.yaml', text: netplan }, 'wk-2', ['oam0', '52:54:00:20:12:01']],
  [
    'network-data',
    { path: 'network_data.json', text: networkData, host: 'wk-3' },
    'wk-3',
    ['ens3', '52:54:00:20:13:01'],
  ],
] as const)('makes a host and its network of %s', (format, file, name, card) => {
  const { site, diagnostics } = imported(format, file);
  expect(diagnostics).toEqual([]);
  expect(site.hosts).toMatchObject([{ name, network: name, cards: [card] }]);
  const analyser = createSiteAnalyser();
  for (const { path, text } of siteFilesOf(site)) {
    analyser.update(path, text);
    if (path.startsWith('networks/')) expect(text.endsWith(file.text)).toBe(true);
  }
  const { diagnostics: found } = analyser.analyse();
  expect(found.filter(({ severity }) => severity !== 'info')).toEqual([]);
});

test('takes the domain from the name of the file', () => {
  expect(imported('nmstate', { path: 'wk-1.edge.example.yaml', text: nmstate }).site.hosts[0]?.domain).toBe(
    'edge.example',
  );
});

test.each([
  ['a name that no host can have', 'netplan', [{ path: 'Wk_1.yaml', text: netplan }], ['value-invalid']],
  [
    'two files of one host',
    'netplan',
    [
      { path: 'a/wk.yaml', text: netplan },
      { path: 'b/wk.yml', text: netplan },
    ],
    ['name-duplicate'],
  ],
  [
    'a mistake in a network',
    'netplan',
    [{ path: 'wk.yaml', text: netplan.replace('10.20.0.12', '10.20.0.999') }],
    ['network-address'],
  ],
  ['no file at all', 'nmstate', [], ['document-empty']],
] as const)('finds %s', (_name, format, files, expected) => {
  const { diagnostics } = imported(format, ...files);
  expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual(
    expected,
  );
});

test('answers any text, and makes no path of any name', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('nmstate', 'netplan', 'network-data'),
      fc.string(),
      fc.string(),
      (format, path, text) => {
        const { site } = imported(format, { path, text });
        for (const file of siteFilesOf(site)) expect(file.path).toMatch(/^[a-z.-]+(\/[a-z0-9-]+\.yaml)?$/);
      },
    ),
    { numRuns: 200 },
  );
});

test('doubts that a part of /etc/netplan is a host', () => {
  const path = '00-installer-config.yaml';
  expect(imported('netplan', { path, text: netplan }).diagnostics).toMatchObject([
    { file: path, severity: 'warning', code: 'document-name' },
  ]);
  expect(imported('netplan', { path, text: netplan, host: 'web-1' }).diagnostics).toEqual([]);
  expect(imported('netplan', { path: 'web-1.yaml', text: netplan }).diagnostics).toEqual([]);
});

const parts = (folder: string) => [
  {
    path: `${folder}/90-local.yaml`,
    text: 'network:\n  ethernets:\n    eno1:\n      mtu: 9000\n      routes:\n        - to: 10.9.0.0/16\n          via: 192.0.2.99\n',
  },
  {
    path: `${folder}/50-cloud-init.yaml`,
    text: '# From the installer.\nnetwork:\n  version: 2\n  ethernets:\n    eno1:\n      match: {macaddress: "52:54:00:20:12:01"}\n      set-name: eno1 # the first\n      mtu: 1500\n      addresses: [10.20.0.12/24]\n',
  },
];

test('merges the files of one host as netplan does, each finding in its file', () => {
  const { site, diagnostics } = imported('netplan', ...parts('web-1/etc/netplan'));
  expect(diagnostics).toMatchObject([
    {
      file: 'web-1/etc/netplan/90-local.yaml',
      range: { start: { line: 7, column: 16 } },
      code: 'network-route',
    },
  ]);
  expect(site.hosts).toMatchObject([{ name: 'web-1', cards: [['eno1', '52:54:00:20:12:01']] }]);
  expect(site.networks.map(({ text }) => text)).toEqual([
    `# From the installer.
network:
  version: 2
  ethernets:
    eno1:
      match: {macaddress: "52:54:00:20:12:01"}
      set-name: eno1 # the first
      mtu: 9000
      addresses: [10.20.0.12/24]
      routes:
        - to: 10.9.0.0/16
          via: 192.0.2.99
`,
  ]);
});

test.each([
  ['web-1/etc/netplan', 'web-1'],
  ['hosts/web-2', 'web-2'],
  ['/etc/netplan', '50-cloud-init'],
])('tells the host of the parts in %s', (folder, name) => {
  const { site, diagnostics } = imported('netplan', ...parts(folder));
  expect(site.hosts.map((host) => host.name)).toEqual([name]);
  const doubts = diagnostics.filter(({ code }) => code === 'document-name');
  expect(doubts).toHaveLength(name.startsWith('web') ? 0 : 1);
});

test('merges files of any name that are said to be of one host', () => {
  const files = [
    { path: 'b.yaml', text: 'network: {ethernets: {eno2: {dhcp4: true}}}\n', host: 'web-1' },
    { path: 'a.yaml', text: netplan, host: 'web-1' },
  ];
  const { site, diagnostics } = imported('netplan', ...files);
  expect(diagnostics).toEqual([]);
  expect(site.networks).toMatchObject([{ name: 'web-1', text: expect.stringContaining('eno2') }]);
});

test('reads one file of a name, as netplan does', () => {
  const at = (folder: string, mtu: number) => ({
    path: `${folder}/50-a.yaml`,
    text: `network: {version: 2, ethernets: {eno1: {mtu: ${mtu}}}}\n`,
  });
  const shadowed = imported('netplan', at('x/lib/netplan', 1400), at('x/run/netplan', 9000));
  expect(shadowed.site.networks[0]?.text).toContain('9000');
  expect(shadowed.diagnostics).toMatchObject([{ file: 'x/lib/netplan/50-a.yaml', code: 'import-left-out' }]);
  const twice = imported('netplan', { ...at('a', 1), host: 'x' }, { ...at('b', 2), host: 'x' });
  expect(twice.diagnostics).toContainEqual(expect.objectContaining({ code: 'name-duplicate' }));
});

test('passes over an empty part, and reads the others beside one that is broken', () => {
  const empty = { path: 'x/etc/netplan/10-empty.yaml', text: '#\n' };
  const whole = { path: 'x/etc/netplan/50-a.yaml', text: netplan };
  expect(imported('netplan', empty, whole).diagnostics).toEqual([]);
  const broken = { path: 'x/etc/netplan/60-b.yaml', text: 'network:\n  ethernets: {\n' };
  const { diagnostics } = imported('netplan', whole, broken);
  expect(diagnostics.map(({ file }) => file)).toContain(broken.path);
  expect(diagnostics.map(({ file }) => file)).not.toContain(whole.path);
  const list = { path: 'x/etc/netplan/70-c.yaml', text: '- a\n' };
  const { site, diagnostics: found } = imported('netplan', whole, list);
  expect(found).toMatchObject([{ file: list.path, code: 'value-type' }]);
  expect(site.networks[0]?.text).toBe(netplan);
});

test('tells mistakes of a link beside those that another part makes in another link', () => {
  const first = {
    path: 'x/etc/netplan/10-a.yaml',
    text: 'network:\n  version: 2\n  ethernets:\n    eno1:\n      addresses: [192.0.2.5/24]\n      routes: [{to: default, via: 198.51.100.1}]\n',
  };
  const told = (link: string) => {
    const text = `network:\n  ethernets:\n    ${link}:\n      addresses: [192.0.3.256/24]\n`;
    const { diagnostics } = imported('netplan', first, { path: 'x/etc/netplan/20-b.yaml', text });
    return diagnostics.map(({ code }) => code);
  };
  expect(told('eno2')).toEqual(['network-gateway', 'network-address']);
  // The gateway may be in the subnet of the address that cannot be read.
  expect(told('eno1')).toEqual(['network-address']);
});

test('keeps the comments of the longest part', () => {
  const short = {
    path: 'x/etc/netplan/00-renderer.yaml',
    text: 'network: {version: 2, renderer: networkd}\n',
  };
  const long = { path: 'x/etc/netplan/50-a.yaml', text: `# by hand\n${netplan}` };
  const { site } = imported('netplan', short, long);
  expect(site.networks[0]?.text).toMatch(/^# by hand\n[\s\S]*renderer: networkd/);
  expect(site.networks[0]?.origin).toContain('comments are those of x/etc/netplan/50-a.yaml');
});

test('tells of the comments that are left behind, at the first of each file', () => {
  const [local, installer] = parts('x/etc/netplan');
  const told = (text: string) =>
    imported('netplan', { path: local?.path ?? '', text }, installer ?? { path: '', text: '' })
      .diagnostics.filter(({ code }) => code === 'import-left-out')
      .map(({ file, severity, range: { start } }) => `${file} ${start.line}:${start.column} ${severity}`);
  const plain = local?.text ?? '';
  expect(told(plain)).toEqual([]);
  const commented = plain.replace('ethernets:', 'ethernets: # cards').replace('9000', '9000 # jumbo');
  expect(told(commented)).toEqual(['x/etc/netplan/90-local.yaml 2:14 info']);
  // One that says the same in both is not lost.
  expect(told(`# From the installer.\n${plain}`)).toEqual(['x/etc/netplan/90-local.yaml 1:1 info']);
  expect(told(`network: {renderer: networkd} ########\n`)).toEqual([]);
});

test('takes a file of netplan without a version', () => {
  const text = netplan.replace('  version: 2\n', '');
  const { site, diagnostics } = imported('netplan', { path: 'wk-2.yaml', text });
  expect(diagnostics).toMatchObject([{ severity: 'warning', code: 'network-version' }]);
  expect(site.hosts).toMatchObject([{ name: 'wk-2', cards: [['oam0', '52:54:00:20:12:01']] }]);
});
