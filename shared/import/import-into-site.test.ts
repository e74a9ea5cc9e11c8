import { expect, test } from 'vitest';
import { formatOfFiles, importIntoSite } from './import-into-site.ts';

const nmstate =
  'interfaces:\n  - name: eno1\n    type: ethernet\n    state: up\n    mac-address: 52:54:00:00:00:01\n';
const netplan = 'network:\n  version: 2\n  ethernets:\n    eno1: {dhcp4: true}\n';
const networkData =
  '{\n\t"links": [{"id": "eno1", "type": "phy", "ethernet_mac_address": "52:54:00:00:00:01"}],\n\t"networks": [{"id": "n", "link": "eno1", "type": "ipv4_dhcp"}],\n\t"services": []\n}\n';
const airship = `apiVersion: metal3.io/v1alpha1
kind: BareMetalHost
metadata: {name: node01}
spec:
  bootMACAddress: 52:54:00:00:00:01
  bmc: {address: redfish+https://10.0.0.1/redfish/v1/Systems/1, credentialsName: node01-bmc}
---
apiVersion: v1
kind: Secret
metadata: {name: node01-bmc}
stringData: {username: root, password: calvin}
`;

test.each([
  ['nmstate', 'cp-1.yaml', nmstate],
  ['netplan', '50-cloud-init.yaml', netplan],
  ['network-data', 'network_data.json', networkData],
  ['airship', 'rendered.yaml', airship],
  [undefined, 'notes.yaml', 'hello: world\n'],
] as const)('tells %s by its text', (format, path, text) => {
  expect(formatOfFiles([{ path, text }])).toBe(format);
});

test('makes a host and its network of each file, and leaves the site itself alone', () => {
  const files = [
    { path: 'cp-1.yaml', text: nmstate },
    { path: 'cp-2.yaml', text: nmstate.replace('00:01', '00:02') },
  ];
  const { documents, diagnostics } = importIntoSite({ files }, new Map([['site.yaml', 'kind: Site\n']]));
  expect(diagnostics).toEqual([]);
  expect(documents.map(({ path, state }) => `${path} ${state}`)).toEqual([
    'hosts/cp-1.yaml new',
    'hosts/cp-2.yaml new',
    'networks/cp-1.yaml new',
    'networks/cp-2.yaml new',
    'profiles/imported.yaml new',
  ]);
});

test('gives a single file the host that is named, whatever its own name', () => {
  const files = [{ path: 'network_data.json', text: networkData }];
  expect(importIntoSite({ files }, new Map()).diagnostics).toMatchObject([{ code: 'value-invalid' }]);
  const { documents, diagnostics } = importIntoSite({ files, host: 'cp-1' }, new Map());
  expect(diagnostics).toEqual([]);
  expect(documents.map(({ path }) => path)).toContain('hosts/cp-1.yaml');
});

test('keeps the values of secrets out of the documents', () => {
  const { documents, secrets } = importIntoSite({ files: [{ path: 'set.yaml', text: airship }] }, new Map());
  expect(secrets.map(({ name }) => name)).toEqual(['node01-bmc']);
  expect(documents.some(({ text }) => text.includes('calvin'))).toBe(false);
});

test('takes nothing that is there for its own, in another case neither', () => {
  const files = [{ path: 'cp-1.yaml', text: nmstate }];
  const first = importIntoSite({ files }, new Map()).documents;
  const again = new Map(first.map(({ path, text }) => [path, text]));
  again.set('hosts/cp-1.yaml', 'mine\n');
  again.set('profiles/imported.yaml', 'filled in\n');
  again.set('networks/CP-1.yaml', 'mine\n');
  again.delete('networks/cp-1.yaml');
  expect(importIntoSite({ files }, again).documents.map(({ path, state }) => `${path} ${state}`)).toEqual([
    'hosts/cp-1.yaml taken',
    'networks/cp-1.yaml taken',
    'profiles/imported.yaml same',
  ]);
});

test('makes one host of the netplan files of a machine, and leaves others of its folder alone', () => {
  const files = [
    { path: 'web-1/etc/netplan/50-cloud-init.yaml', text: netplan },
    { path: 'web-1/etc/netplan/90-local.yaml', text: 'network:\n  ethernets:\n    eno2: {dhcp4: true}\n' },
    { path: 'web-1/etc/other.yaml', text: 'hello: world\n' },
  ];
  const { documents, diagnostics } = importIntoSite({ files, format: 'netplan' }, new Map());
  expect(diagnostics).toEqual([]);
  expect(documents.map(({ path }) => path)).toEqual([
    'hosts/web-1.yaml',
    'networks/web-1.yaml',
    'profiles/imported.yaml',
  ]);
  expect(documents[1]?.text).toContain('eno2');
});
