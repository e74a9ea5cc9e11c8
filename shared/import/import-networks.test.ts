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
