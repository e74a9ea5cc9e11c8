import { describe, expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { createSourceText } from '../source/source-text.ts';
import { checkCases, twoCards, v2 } from './checks/cases.test-support.ts';
import { parseNetwork } from './parse-network.ts';
import { verdictOf } from './testing/network-documents.ts';

describe('keys', () => {
  checkCases([
    {
      name: 'refuses an unknown key',
      text: v2('ethernets:\n  eth0:\n    colour: red\n'),
      finds: ['4:5 error key-unknown'],
      says: /“colour” does not exist in eth0/,
    },
    {
      name: 'refuses an unknown section',
      text: v2('etherents:\n  eth0: {}\n'),
      finds: ['2:1 error key-unknown'],
      says: /Did you mean “ethernets”/,
    },
    {
      name: 'refuses an unknown bond parameter',
      text: v2(
        `${twoCards}bonds:\n  bond0:\n    interfaces: [eth0, eth1]\n    parameters:\n      mode: 802.3ad\n      mii-monitor: 1\n      lacp_rate: fast\n`,
      ),
      finds: ['10:7 error key-unknown', '11:7 error key-unknown'],
    },
    {
      name: 'refuses keys beside network',
      text: 'network:\n  version: 2\nethernets: {}\n',
      finds: ['3:1 error key-unknown'],
    },
    {
      name: 'wants a list of addresses',
      text: v2('ethernets:\n  eth0:\n    addresses: 192.0.2.1/24\n'),
      finds: ['4:16 error value-type'],
    },
    {
      name: 'wants a mapping for a link',
      text: v2('ethernets:\n  eth0:\n'),
      finds: ['3:8 error value-type'],
      says: /nothing is written/,
    },
    {
      name: 'wants true or false',
      text: v2('ethernets:\n  eth0: {dhcp4: maybe}\n'),
      finds: ['3:17 error value-type'],
    },
    { name: 'wants a version', text: 'ethernets: {}\n', finds: ['1:1 error network-version'] },
    {
      name: 'warns of a file of netplan without a version, which netplan does not want',
      text: 'network:\n  ethernets: {a: {dhcp4: true}}\n',
      finds: ['2:3 warning network-version'],
      says: /Add “version: 2”/,
    },
    {
      name: 'wants a version inside network where nothing is of netplan',
      text: 'network:\n  config: []\n',
      finds: ['2:3 error network-version'],
    },
    { name: 'refuses another version', text: 'version: 3\n', finds: ['1:10 error network-version'] },
    { name: 'wants a mapping', text: '- 1\n', finds: ['1:1 error value-type'] },
    {
      name: 'tells what is of version 2 in version 1, and what else is wrong in it',
      text: 'version: 1\nethernets:\n  eth0: {addresses: [192.0.2.300/24]}\n',
      finds: ['1:10 error network-version', '3:22 error network-address'],
      says: /“ethernets” belongs to version 2/,
    },
    {
      name: 'tells what is of version 1 in version 2',
      text: v2('config:\n- {type: physical, name: eth0}\n'),
      finds: ['1:10 error network-version'],
      says: /“config” belongs to version 1/,
    },
    {
      name: 'refuses an entry of addresses that holds none',
      text: v2('ethernets:\n  eth0: {addresses: [{}]}\n'),
      finds: ['3:22 error value-type'],
      says: /empty entry here; write an IPv4 or IPv6 address/,
    },
    {
      name: 'knows a key that another format calls longer',
      text: 'version: 1\nconfig:\n- {type: bond, name: b, interfaces: [a], params: {mode: active-backup}}\n- {type: physical, name: a}\n',
      finds: ['3:22 warning network-bond', '3:25 error key-unknown', '3:51 warning key-unknown'],
      says: /“interfaces” does not exist in config of the type bond; it has no effect. Did you mean “bond_interfaces”\?[\s\S]*Did you mean “bond-mode”\?/,
    },
    {
      name: 'knows keys by what other formats call them',
      text: v2(
        'ethernets:\n  a:\n    match: {mac: "52:54:00:12:34:56"}\n    addresses: [192.0.2.2/24]\n    routes: [{to: 10.0.0.0/8, gateway: 192.0.2.1, via: 192.0.2.1}]\n    nameservers: {domains: [a.example]}\nbonds: {b: {interfaces: [], params: {}}}\n',
      ),
      finds: [
        '4:13 error key-unknown',
        '6:31 error key-unknown',
        '7:19 error key-unknown',
        '8:9 warning network-bond',
        '8:29 error key-unknown',
      ],
      says: /“macaddress”[\s\S]*“via”[\s\S]*“search”[\s\S]*“parameters”/,
    },
    {
      name: 'knows a key that another format calls shorter',
      text: v2('ethernets: {a: {}}\nvlans:\n  v: {vlan_id: 5, vlan_link: a, id: 5, link: a}\n'),
      finds: ['4:7 error key-unknown', '4:19 error key-unknown'],
      says: /Did you mean “id”[\s\S]*Did you mean “link”/,
    },
  ]);

  test('offers no key that stands there already', () => {
    const { diagnostics } = verdictOf(v2('ethernets:\n  eth0: {addresses: [], adresses: [192.0.2.1/24]}\n'));
    expect(diagnostics).toMatchObject([
      {
        message:
          'The key “adresses” does not exist in eth0. Did you mean “addresses”, which stands there already?',
      },
    ]);
    expect(diagnostics[0]?.fixes).toBeUndefined();
  });

  test('offers to mend a misspelt key', () => {
    const { diagnostics } = verdictOf(v2('ethernets:\n  eth0:\n    adresses: [192.0.2.1/24]\n'));
    expect(diagnostics).toEqual([
      {
        file: 'networks/test.yaml',
        range: { start: { line: 4, column: 5 }, end: { line: 4, column: 13 } },
        severity: 'error',
        code: 'key-unknown',
        message: 'The key “adresses” does not exist in eth0. Did you mean “addresses”?',
        fixes: [
          {
            title: 'Change to “addresses”',
            file: 'networks/test.yaml',
            range: { start: { line: 4, column: 5 }, end: { line: 4, column: 13 } },
            newText: 'addresses',
          },
        ],
      },
    ]);
  });

  test('offers to make a single address a list', () => {
    const { diagnostics } = verdictOf(v2('ethernets:\n  eth0:\n    addresses: 192.0.2.1/24\n'));
    expect(diagnostics[0]?.fixes?.[0]?.newText).toBe('[192.0.2.1/24]');
  });
});

describe('keys that << brings in', () => {
  checkCases([
    {
      name: 'reads them in version 2',
      text: v2(
        'ethernets:\n  a: &a {mtu: 9000, addresses: [192.0.2.1/24]}\n  b: {<<: *a, addresses: [198.51.100.1/24]}\n',
      ),
      finds: [],
    },
    {
      name: 'finds what they repeat',
      text: v2('ethernets:\n  a: &a\n    addresses: [192.0.2.1/24]\n  b:\n    <<: *a\n'),
      finds: ['4:17 error network-address-duplicate'],
    },
    {
      name: 'finds what is wrong in them once',
      text: v2('ethernets:\n  a: &a {mtu: 70000}\n  b: {<<: *a}\n'),
      finds: ['3:15 error network-mtu'],
    },
    {
      name: 'reads them in version 1',
      text: 'version: 1\nconfig:\n- &a {type: physical, name: a, mtu: 1400}\n- {<<: *a, name: b}\n',
      finds: [],
    },
    {
      name: 'refuses them in NMState, which does not know them',
      text: 'interfaces:\n- &a {name: a, type: ethernet, state: up}\n- {<<: *a, name: b, type: ethernet}\n',
      finds: ['3:4 error key-unknown'],
    },
  ]);
});

describe('a document that is read as another format', () => {
  test.each([
    ['nmstate', 'version: 2\nethernets: {a: {dhcp4: true}}\n', '1:1 error key-unknown'],
    ['nmstate', 'network:\n  version: 2\n', '1:1 error key-unknown'],
    ['network-data', 'interfaces: [{name: a, type: ethernet, state: up}]\n', '1:1 error key-unknown'],
    ['network-config', 'interfaces: [{name: a, type: ethernet, state: up}]\n', '1:1 error key-unknown'],
    ['network-config', '{"links": [], "networks": []}', '1:2 error key-unknown'],
  ] as const)('as %s is told what it is, once', (dialect, text, expected) => {
    const sink = new DiagnosticSink();
    const node = parseYaml(createSourceText('a.yaml', text), sink);
    if (node !== undefined) parseNetwork(node, sink, dialect);
    expect(sink.list()[0]?.message).toMatch(/^This is .*, and not /);
    expect(
      sink
        .list()
        .map(({ range: { start }, severity, code }) => `${start.line}:${start.column} ${severity} ${code}`),
    ).toEqual([expected]);
  });

  test('keeps its own findings when it only mixes the two', () => {
    const sink = new DiagnosticSink();
    const node = parseYaml(createSourceText('a.yaml', 'interfaces: []\nversion: 2\n'), sink);
    if (node !== undefined) parseNetwork(node, sink, 'nmstate');
    expect(sink.list().map(({ code }) => code)).toEqual(['key-unknown']);
  });
});

describe('documents of Kubernetes', () => {
  const around = 'apiVersion: nmstate.io/v1\nkind: NodeNetworkConfigurationPolicy\n';
  checkCases([
    {
      name: 'are told as such, with the place of their network',
      text: `${around}spec: {desiredState: {interfaces: [{name: a, type: ethernet}]}}\n`,
      finds: ['2:7 error document-kind'],
      says: /under “spec\.desiredState”/,
    },
    {
      name: 'that carry no network are told as well',
      text: 'apiVersion: v1\nkind: ConfigMap\ndata: {}\n',
      finds: ['2:7 error document-kind'],
      says: /“ConfigMap”/,
    },
  ]);
});
