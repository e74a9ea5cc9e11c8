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

describe('a bond whose detail cannot be read', () => {
  const wrong = (parameters: string) => [
    'version: 2',
    'ethernets: {e1: {}, e2: {}}',
    'bonds:',
    '  bond0:',
    '    interfaces: [e1, e2]',
    `    parameters: {${parameters}}`,
  ];
  test.each([
    ['a value', 'mode: 802.3ad, lacp-rate: fst, primary: e1', '6:44 error network-bond', '6:49 error'],
    ['a key', 'mode: 802.3ad, lacp-rte: fast, primary: e1', '6:33 error key-unknown', '6:49 error'],
  ])('hides none of its other findings: %s', (_what, parameters, first, second) => {
    expect(findings(wrong(parameters))).toEqual([first, `${second} network-bond`]);
  });

  test('nor one of its addresses', () => {
    const address = '    addresses: [192.0.2.5/24]';
    const lines = [...wrong('mode: 802.3ad, lacp-rate: fst'), address, '    gateway4: 198.51.100.1'];
    expect(findings(lines).filter((each) => each.includes('error'))).toEqual([
      '6:44 error network-bond',
      '8:15 error network-gateway',
    ]);
  });

  test('nor in version 1', () => {
    const lines = [
      'version: 1',
      'config:',
      '- {type: physical, name: e1}',
      '- type: bond',
      '  name: bond0',
      '  bond_interfaces: [e1]',
      '  params: {bond-mode: 802.3ad, bond-lacp-rate: fst, bond-primary: e1}',
    ];
    expect(findings(lines)).toEqual(['7:48 error network-bond', '7:53 error network-bond']);
  });

  test('and one by which others are judged does', () => {
    expect(findings(wrong('mode: 802.3ad, mii-monitor-interval: x, up-delay: 100'))).toEqual([
      '6:55 error value-invalid',
    ]);
  });
});

describe('a key that is needed and misspelt', () => {
  test.each([
    ['version 1', ['version: 1', 'config:', '- {type: nameserver, adress: 192.0.2.1}'], '3:22'],
    ['version 2', ['version: 2', 'ethernets: {e1: {}}', 'vlans:', '  v: {id: 5, lnk: e1}'], '4:14'],
    ['network_data', ['links: []', 'services:', '- {type: dns, adress: 192.0.2.1}'], '3:15'],
    ['NMState', ['interfaces:', '- {name: v, type: vlan, state: up, vlan: {id: 5, base-ifac: e1}}'], '2:50'],
  ])('is told once, as an error: %s', (_format, lines, place) => {
    expect(findings(lines)).toEqual([`${place} error key-unknown`]);
  });
});

test('a route whose gateway cannot be read makes no subnet of its destination', () => {
  const lines = version2('{to: 10.0.0.0/8, gateway: 10.0.0.1}');
  const [finding] = validateText(
    'networks/n.yaml',
    [...lines, '  eno2: {addresses: [192.0.3.5/24], routes: [{to: default, via: 10.0.0.1}]}', ''].join('\n'),
  ).filter(({ code }) => code === 'network-gateway');
  expect(finding?.message).toMatch(/no subnet of “eno2”.* Its subnets/);
});

describe('a route that stands apart from its link', () => {
  const nmstate = (address: string) => [
    'interfaces:',
    `- {name: eth0, type: ethernet, state: up, ipv4: {enabled: true, ${address}}}`,
    'routes:',
    '  config:',
    '  - {destination: 0.0.0.0/0, next-hop-address: 192.0.3.1, next-hop-interface: eth0}',
  ];
  test.each([
    ['address: [{ip: 999.1.1.1, prefix-length: 24}]', '2:80 error network-address'],
    ['adress: [{ip: 192.0.3.5, prefix-length: 24}]', '2:65 error key-unknown'],
  ])('says nothing that follows from its addresses: %s', (address, expected) => {
    expect(findings(nmstate(address))).toEqual([expected]);
  });

  test('and is told where they are known', () => {
    expect(findings(nmstate('address: [{ip: 192.0.2.5, prefix-length: 24}]'))).toEqual([
      '5:48 warning network-gateway',
    ]);
  });

  test('of version 1 neither', () => {
    const lines = (address: string) => [
      'version: 1',
      'config:',
      `- {type: physical, name: e1, subnets: [{type: static, address: ${address}}]}`,
      '- {type: route, destination: 10.0.0.0/8, gateway: 192.0.3.1}',
    ];
    expect(findings(lines('192.0.3.555/24'))).toEqual(['3:64 error network-address']);
    expect(findings(lines('192.0.2.5/24'))).toContain('4:51 warning network-route');
  });
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
