import { describe, expect, test } from 'vitest';
import { renderHost } from '../render/render-host.ts';
import { createSiteAnalyser } from './analyser.ts';
import { guessKind, kindOfPath, nameOfPath } from './document-kinds.ts';
import { validateText } from './validate-text.ts';

const host = (network: string) => `apiVersion: siteforge/v1
kind: Host
metadata: {name: a}
spec:
  role: worker
  profile: p
  macs: {eth0: "52:54:00:00:00:01"}
  variables: {address: 192.0.2.5}
  network: ${network}
`;

const networkData = `{
\t"links": [{"id": "l", "name": "eth0", "type": "phy", "ethernet_mac_address": "((mac.eth0))"}],
\t"networks": [{"id": "n", "link": "l", "type": "ipv4", "ip_address": "((var.address))", "netmask": "255.255.255.0",
\t\t"routes": [{"network": "0.0.0.0", "netmask": "0.0.0.0", "gateway": "192.0.2.1"}]}],
\t"services": [{"type": "dns", "address": "192.0.2.53"}]
}
`;
const nmstate = `interfaces:
- name: eth0
  type: ethernet
  state: up
  mac-address: ((mac.eth0))
  identifier: mac-address
  ipv4:
    enabled: true
    address: [{ip: ((var.address)), prefix-length: 24}]
dns-resolver: {config: {server: [192.0.2.53]}}
routes:
  config:
  - {destination: 0.0.0.0/0, next-hop-address: 192.0.2.1, next-hop-interface: eth0}
`;

function siteWith(files: Record<string, string>) {
  const analyser = createSiteAnalyser();
  for (const [path, text] of Object.entries(files)) analyser.update(path, text);
  return analyser.analyse();
}

describe('networks of every format', () => {
  test.each([
    ['networks/n.json', networkData],
    ['networks/n.yaml', networkData],
    ['networks/n.yaml', nmstate],
  ])('%s serves a host, with the host’s values', (path, text) => {
    const analysis = siteWith({ 'hosts/a.yaml': host('{ref: n}'), [path]: text });
    const ofNetwork = analysis.diagnostics.filter(
      ({ code }) => code.startsWith('network') || code.startsWith('key'),
    );
    expect(ofNetwork).toEqual([]);
    expect(analysis.networks).toMatchObject([{ name: 'n', path, hosts: ['a'] }]);
    const config = renderHost(analysis, 'a')?.networkConfig;
    expect(config).toContain('version: 2\n');
    expect(config).toContain('- 192.0.2.5/24\n');
    expect(config).toContain('via: 192.0.2.1\n');
    expect(config).toContain('- 192.0.2.53\n');
  });

  test('a host’s wrong value is reported in the host', () => {
    const analysis = siteWith({
      'hosts/a.yaml': host('{ref: n}').replace('192.0.2.5}', '192.0.2.555}'),
      'networks/n.json': networkData,
    });
    expect(analysis.diagnostics).toContainEqual(
      expect.objectContaining({ file: 'hosts/a.yaml', severity: 'error', code: 'network-address' }),
    );
  });

  test('an address of two hosts is found across formats', () => {
    const analysis = siteWith({
      'hosts/a.yaml': host('{ref: n}'),
      'hosts/b.yaml': host('{ref: m}').replace('name: a', 'name: b').replace('00:01', '00:02'),
      'networks/n.json': networkData,
      'networks/m.yaml': nmstate,
    });
    const duplicates = analysis.diagnostics.filter(({ code }) => code === 'network-address-duplicate');
    expect(duplicates.map(({ file }) => file)).toEqual(['hosts/a.yaml', 'hosts/b.yaml']);
  });

  test('what a host does not receive of its network is said where it is written', () => {
    const text =
      'version: 1\nconfig:\n- {type: physical, name: eth0, subnets: [{type: dhcp, control: manual}]}\n';
    const analysis = siteWith({ 'hosts/a.yaml': host('{ref: n}'), 'networks/n.yaml': text });
    expect(analysis.diagnostics).toContainEqual(
      expect.objectContaining({ file: 'networks/n.yaml', severity: 'warning', code: 'network-unsupported' }),
    );
    expect(validateText('networks/n.yaml', text)).toEqual([]);
  });

  test('are told apart by what they say', () => {
    const guessed = (text: string, path = 'x.yaml') => guessKind(path, text);
    expect(guessed(networkData, 'network_data.json')).toBe('network-data');
    expect(guessed('links:\n- {id: a}\n')).toBe('network-data');
    expect(guessed('# of a host\nnetworks:\n# two\n- {id: a}\n')).toBe('network-data');
    expect(guessed('services: {a: {}}\nnetworks:\n  b: {}\n')).toBeUndefined();
    expect(guessed(nmstate)).toBe('nmstate');
    expect(guessed('dns-resolver:\n  config: {}\n')).toBe('nmstate');
    expect(guessed('{"interfaces": []}')).toBe('nmstate');
    expect(guessed('version: 2\n')).toBe('network-config');
    expect(guessed('{"version": 1, "config": []}')).toBe('network-config');
    expect(guessed('network:\n  version: 2\n')).toBe('network-config');
  });

  test('are told apart from documents of Kubernetes that carry one, with the place where it stands', () => {
    const manifest = (kind: string) => `apiVersion: a/v1\nkind: ${kind}\nmetadata:\n  name: n\nspec: {}\n`;
    for (const kind of ['NMStateConfig', 'NodeNetworkConfigurationPolicy', 'AgentConfig']) {
      expect(validateText('x.yaml', manifest(kind))).toMatchObject([
        { code: 'document-kind', message: expect.stringContaining('Its network stands under “') },
      ]);
    }
    expect(guessKind('x.yaml', manifest('BareMetalHost'))).toBeUndefined();
  });

  test('only networks may be JSON', () => {
    expect(kindOfPath('networks/a.json')).toBe('network-config');
    expect(kindOfPath('hosts/a.json')).toBeUndefined();
    expect(nameOfPath('networks/a.json')).toBe('a');
  });

  test('are checked as what they are said to be', () => {
    const codes = (text: string, as: 'nmstate' | 'network-data' | 'network-config') =>
      validateText('x.yaml', text, { as }).map(({ code }) => code);
    expect(codes('links: []\n', 'network-data')).toEqual([]);
    expect(codes('version: 2\n', 'network-data')).toEqual(['key-unknown']);
    expect(codes('- a\n', 'network-data')).toEqual(['value-type']);
    expect(codes('- a\n', 'nmstate')).toEqual(['value-type']);
    expect(codes('links: []\n', 'network-config')).toEqual([]);
  });
});

describe('the kind of a single file', () => {
  test.each([
    ['  network:\n      version: 2\n', 'network-config'],
    ['# a comment\n\n---\n  version: 1\n  config: []\n', 'network-config'],
    ['  interfaces:\n  - name: eth0\n', 'nmstate'],
    ['  apiVersion: siteforge/v1\n  kind: Host\n', 'host'],
  ])('is known where all of it is indented: %s', (text, kind) => {
    expect(guessKind('x.yaml', text)).toBe(kind);
  });

  test.each([
    '#!/bin/sh\nnetwork: x\n',
    '#include\nhttp://192.0.2.1/user-data\n',
    '#cloud-config-archive\n- content: a\n',
    '#cloud-boothook\necho\n',
    '## template: jinja\n#cloud-config\n',
    'Content-Type: multipart/mixed; boundary="b"\nMIME-Version: 1.0\n\n--b\n\nversion: 2\n--b--\n',
  ])('is that of user-data by the header that cloud-init knows: %s', (text) => {
    expect(guessKind('x.yaml', text)).toBe('cloud-config');
    expect(guessKind('/site/networks/x.yaml', text)).toBe(
      text.includes('#cloud-config\n') ? 'cloud-config' : 'network-config',
    );
  });

  test('is not told by a comment that looks like one', () => {
    expect(guessKind('x.yaml', '#include the cards of rack 2\nnetwork:\n  version: 2\n')).toBe(
      'network-config',
    );
    expect(guessKind('x.yaml', '# foo\nkind: Deployment\n')).toBeUndefined();
  });
});
