import { describe, expect, test } from 'vitest';
import { createSiteAnalyser } from './analyser.ts';
import { validateText } from './validate-text.ts';

const findings = (lines: readonly string[]) =>
  validateText('networks/n.yaml', `${lines.join('\n')}\n`).map(
    ({ range: { start }, severity, code }) => `${start.line}:${start.column} ${severity} ${code}`,
  );

const version2 = (...routes: readonly string[]) => [
  'version: 2',
  'ethernets:',
  '  eno1:',
  '    addresses: [192.0.2.5/24]',
  '    routes:',
  ...routes.map((route) => `      - ${route}`),
];

test('a route that cannot be read hides no mistake of the others', () => {
  expect(
    findings(
      version2(
        '{via: 192.0.2.1}',
        '{to: 198.51.100.0/24}',
        '{to: 10.0.0.0/8, via: 192.0.3.1}',
        '{to: 10.0.0.0/8, via: 192.0.2.5}',
      ),
    ),
  ).toEqual([
    '6:9 error network-route',
    '7:9 error network-route',
    '8:31 error network-route',
    '9:31 error network-route',
  ]);
});

test('nor in NMState, whose routes stand together', () => {
  const route = (text: string) => `  - {${text}, next-hop-interface: eth0}`;
  const found = findings([
    'interfaces:',
    '- {name: eth0, type: ethernet, ipv4: {enabled: true, address: [{ip: 192.0.2.5, prefix-length: 24}]}}',
    'routes:',
    '  config:',
    route('next-hop-address: 192.0.2.1'),
    route('destination: 10.0.0.0/8, next-hop-address: 192.0.2.5'),
  ]);
  expect(found).toEqual(['5:5 error network-route', '6:49 error network-route']);
});

test('an address that cannot be read hides nothing of its link that needs no comparison with it', () => {
  const [version, section, card] = version2();
  const found = findings([
    ...[version ?? '', section ?? '', card ?? ''],
    '    addresses: [192.0.2.555/24]',
    '    routes:',
    '      - {to: 10.1.0.0/16}',
    '      - {to: 10.2.0.0/16, via: "2001:db8::1"}',
    '      - {to: 10.3.0.0/16, via: 192.0.2.1}',
    '    routing-policy:',
    '      - {from: 10.0.0.0/8, to: "2001:db8::/32", table: 254}',
    '      - {from: 10.0.0.999, table: 254}',
    '  eno2: {}',
    'bonds:',
    '  bond0:',
    '    interfaces: [eno2]',
    '    addresses: [192.0.2.0.5/24]',
    '    parameters: {mode: 802.3ad, primary: eno2}',
  ]);
  expect(found).toEqual([
    '4:17 error network-address',
    '6:9 error network-route',
    '7:32 error network-route',
    '10:32 error network-route',
    '11:16 error network-route',
    '16:17 error network-address',
    '17:33 error network-bond',
  ]);
});

test('a value of the host that is not known hides no route without a gateway', () => {
  const lines = version2('{to: 198.51.100.0/24}').map((line) => line.replace('192.0.2.5', '((var.address))'));
  expect(findings(lines)).toEqual(['6:9 error network-route']);
});

test.each([
  ['a misspelt mode', ['parameters: {mode: 802.3da, lacp-rate: fast}'], '6:24 error network-bond'],
  ['misspelt members', ['interfacs: [eno1]', 'parameters: {primary: eno1}'], '6:5 error key-unknown'],
])('says nothing of a bond that follows from %s', (_name, lines, expected) => {
  const head = ['version: 2', 'ethernets:', '  eno1: {}', 'bonds:', '  bond0:'];
  expect(findings([...head, ...lines.map((line) => `    ${line}`)])).toEqual([expected]);
});

test.each([
  ['a misspelt gateway', version2('{to: 198.51.100.0/24, vai: 192.0.2.1}'), '6:31 error key-unknown'],
  [
    'a misspelt metric that sets two routes apart',
    version2('{to: default, via: 192.0.2.1, metrik: 9}', '{to: default, via: 192.0.2.2}'),
    '6:39 error key-unknown',
  ],
  [
    'misspelt addresses',
    version2('{to: default, via: 192.0.2.1}').map((line) => line.replace('addresses', 'adresses')),
    '4:5 error key-unknown',
  ],
])('says nothing of what follows from %s', (_name, lines, expected) => {
  expect(findings(lines)).toEqual([expected]);
});

describe('a mistake beside the addresses hides no gateway out of reach:', () => {
  const head = ['version: 2', 'ethernets:', '  eno1:'];
  const route = '    routes: [{to: default, via: 198.51.100.1}]';
  test.each([
    ['an MTU', 'mtu: 9', '4:10 error network-mtu'],
    ['a MAC address', 'macaddress: "52:54:00:12"', '4:17 error network-mac'],
    ['a name server', 'nameservers: {addresses: [192.0.2.530]}', '4:31 error network-dns'],
    ['a misspelt key of name servers', 'nameservers: {adresses: []}', '4:19 error key-unknown'],
    ['a misspelt key of no address', 'optionl: true', '4:5 error key-unknown'],
    ['what is matched', 'match: {nam: a}', '4:13 error key-unknown'],
  ])('%s', (_what, line, expected) => {
    const lines = [...head, `    ${line}`, '    addresses: [192.0.2.5/24]', route];
    expect(findings(lines)).toEqual([expected, '6:33 error network-gateway']);
  });

  test.each([
    ['a key that may be any', 'foo: [192.0.2.5/24]', '4:5 error key-unknown'],
    ['a switch of DHCP', 'dhcp4: perhaps', '4:12 error value-type'],
  ])('but %s does', (_what, line, expected) => {
    expect(findings([...head, `    ${line}`, route])).toEqual([expected]);
  });

  test('a value of the host', () => {
    const analyser = createSiteAnalyser();
    const network = [...head, '    mtu: ((var.mtu))', '    addresses: [((var.address))]', route];
    analyser.update('networks/n.yaml', `${network.join('\n')}\n`);
    const found = (values: string) => {
      analyser.update(
        'hosts/a.yaml',
        `apiVersion: siteforge/v1\nkind: Host\nmetadata: {name: a}\nspec:\n  network: {ref: n}\n  variables: {${values}}\n`,
      );
      return analyser
        .analyse()
        .diagnostics.flatMap(({ code }) => (code.startsWith('network-') ? [code] : []));
    };
    expect(found('mtu: 9, address: 192.0.2.5/24')).toEqual(['network-mtu', 'network-gateway']);
    expect(found('mtu: 1500, address: 192.0.2.555/24')).toEqual(['network-address']);
  });
});
