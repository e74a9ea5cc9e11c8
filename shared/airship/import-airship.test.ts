import { expect, test } from 'vitest';
import { siteFilesOf } from '../import/site-files.ts';
import { createSiteAnalyser } from '../site/analyser.ts';
import { findings, imported, validSet } from './document-set.test-support.ts';

const without = (part: string | RegExp) => validSet.replace(part, '');
const of = (text: string) => findings(['set.yaml', text]);

test('makes a site of a rendered set', async () => {
  const { site, diagnostics } = imported(['set.yaml', validSet]);
  expect(diagnostics).toEqual([]);
  for (const { path, text } of siteFilesOf(site)) {
    await expect(text).toMatchFileSnapshot(`golden/${path.replace(/^\./, 'dot-')}`);
  }
  expect(siteFilesOf(site).filter(({ isPrivate }) => isPrivate)).toMatchObject([{ path: 'secrets/eph-bmc' }]);
});

test('makes documents that a site takes', () => {
  const analyser = createSiteAnalyser();
  for (const { path, text } of siteFilesOf(imported(['set.yaml', validSet]).site)) {
    analyser.update(path, text);
  }
  const { diagnostics } = analyser.analyse();
  expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
});

const host = (name: string, more = '') =>
  `\n---\napiVersion: metal3.io/v1alpha1\nkind: BareMetalHost\nmetadata:\n  name: ${name}\n${more}`;
const ephemeralLabel = '  labels:\n    airshipit.org/ephemeral-node: "true"\n';
const networkReference = /(?<=eph-bmc\n) {2}networkData:\n {4}name: eph-network\n {4}namespace: metal3\n/;

test.each([
  ['no ephemeral host', without(ephemeralLabel), ['error airship-ephemeral at eph-1.edge.example']],
  [
    'two ephemeral hosts',
    `${validSet}${host('eph-2', ephemeralLabel)}`,
    ['error airship-ephemeral at airshipit.org/ephemeral-node: "true"'],
  ],
  [
    'no Secret with user-data',
    without('  labels:\n    airshipit.org/ephemeral-user-data: "true"\n'),
    ['error airship-ephemeral at stringData:', 'info airship-not-imported at stringData:'],
  ],
  [
    'user-data under another key',
    validSet.replace('  userData: |', '  user-data: |'),
    ['error airship-secret at stringData:'],
  ],
  [
    'no reference to a network',
    without(networkReference),
    ['info airship-not-imported at stringData:', 'error key-missing at spec:'],
  ],
  [
    'a network in another namespace',
    validSet.replace('namespace: metal3\nstatus', 'namespace: default\nstatus'),
    ['info airship-not-imported at stringData:', 'error reference-unknown at eph-network'],
  ],
  [
    'a network under another key',
    validSet
      .replaceAll('networkData: |', 'no-net-data: |')
      .replace('  networkData: bGlua3M6IFtdCg==', '  other: bGlua3M6IFtdCg=='),
    ['error airship-secret at stringData:'],
  ],
])('finds %s', (_name, text, expected) => expect(of(text)).toEqual(expected));

/** The set with another text for the network of the ephemeral host. */
const withNetwork = (written: string) =>
  validSet.replace(/(?<=networkData: )\|\n {4}links:[\s\S]*?(?=---)/, `${written}\n`);
const dangling =
  '{"links": [], "networks": [{"id": "a", "type": "ipv4", "link": "zz", "ip_address": "10.0.0.1", "netmask": "255.255.255.0"}]}';

test.each([
  [
    'in a block',
    validSet.replace('link: oam0, ip_address', 'link: oam9, ip_address'),
    ['warning network-link-unknown at oam9, ip_address: 10.20.0.10, netmask: 255.255.255.0}'],
  ],
  [
    'in a block with CRLF',
    validSet.replace('netmask: 255.255.255.0', 'netmask: 255.0.255.0').replaceAll('\n', '\r\n'),
    ['error network-address at 255.0.255.0}'],
  ],
  [
    'in quotes',
    withNetwork(`'${dangling}'`),
    [`warning network-link-unknown at ${dangling.slice(dangling.indexOf('"zz"'))}'`],
  ],
  [
    'in quotes with escapes',
    withNetwork(JSON.stringify(dangling)),
    [`warning network-link-unknown at ${JSON.stringify(dangling)}`],
  ],
  [
    'in base64',
    validSet.replace('eyJsaW5rcyI6IFtdLCAibmV0d29ya3MiOiBbXSwgInNlcnZpY2VzIjogW119', btoa(dangling)),
    [`warning network-link-unknown at ${btoa(dangling)}`],
  ],
  [
    'in version 2',
    withNetwork('|\n    version: 2\n    ethernets:\n      eno1:\n        adresses: [10.0.0.5/24]'),
    ['error key-unknown at adresses: [10.0.0.5/24]'],
  ],
  ['once, where it is broken', withNetwork('|\n    links: }\n    networks: []'), ['error yaml-syntax at }']],
  [
    'but not a placeholder, which is told as that',
    validSet.replace('ip_address: 10.20.0.10', 'ip_address: REPLACEMENT_IP'),
    ['warning airship-placeholder at REPLACEMENT_IP, netmask: 255.255.255.0}'],
  ],
])('judges the network of a host as its site does, %s', (_where, text, expected) =>
  expect(of(text)).toEqual(expected),
);

test.each([
  [
    'a value',
    validSet.replace('package_update: false', 'timezone: Europe/Berln'),
    ['error cloud-config-type at Europe/Berln'],
  ],
  ['a key', validSet.replace('runcmd:', 'runcmds:'), ['warning key-unknown at runcmds:']],
  [
    'but what PyYAML takes only as it does',
    validSet.replace('package_update: false', 'package_update: false\n    package_update: true'),
    ['warning yaml-duplicate-key at package_update: true'],
  ],
  [
    'and once what is broken',
    validSet.replace('[kubeadm, init]', '[kubeadm, init'),
    ['error yaml-syntax at '],
  ],
  [
    'and no placeholder',
    validSet.replace('package_update: false', 'timezone: REPLACEMENT_ZONE'),
    ['warning airship-placeholder at REPLACEMENT_ZONE'],
  ],
])('judges the user-data of a host as its site does: %s', (_what, text, expected) =>
  expect(of(text)).toEqual(expected),
);

const installed = (spec: string, key: string) => `apiVersion: metal3.io/v1alpha1
kind: BareMetalHost
metadata:
  name: master-0
  namespace: openshift-machine-api
  labels: {installer.openshift.io/role: control-plane}
spec:
  bootMACAddress: "52:54:00:20:21:01"
${spec}
---
apiVersion: v1
kind: Secret
metadata: {name: master-0-network, namespace: openshift-machine-api}
stringData:
  ${key}: |
    interfaces:
      - {name: eno1, type: ethernet, state: up, mac-address: "52:54:00:20:21:01"}
      - {name: bond0, type: bond, state: up, link-aggregation: {mode: active-backup, port: [eno1]}}
`;

test.each(['nmstate', 'networkData', 'value'])(
  'takes the network of the installation from the key %s where a host names no other',
  (key) => {
    const text = installed('  preprovisioningNetworkDataName: master-0-network', key);
    const { site, diagnostics } = imported(['set.yaml', text]);
    expect(diagnostics).toMatchObject([{ severity: 'warning', code: 'airship-ephemeral' }]);
    const [host] = site.hosts;
    expect(host).toMatchObject({ role: 'control-plane', network: 'master-0-network' });
    expect(host?.cards).toEqual([['eno1', '52:54:00:20:21:01']]);
    expect(site.networks[0]?.text).toMatch(/^interfaces:/);
  },
);

test('says that the network of the installation is left out where the host has one of its own', () => {
  const text = installed(
    '  preprovisioningNetworkDataName: master-0-network\n  networkData: {name: own}',
    'nmstate',
  );
  const own = `---\napiVersion: v1\nkind: Secret\nmetadata: {name: own}\nstringData: {networkData: 'links: []'}\n`;
  expect(imported(['set.yaml', `${text}${own}`]).site.hosts[0]?.network).toBe('own');
  expect(of(`${text}${own}`)).toEqual([
    'warning airship-ephemeral at master-0',
    'info airship-not-imported at master-0-network',
  ]);
});

test.each([
  ['no text', '[a]', 'error value-type at [a]'],
  ['a Secret that is missing', 'nowhere', 'error reference-unknown at nowhere'],
])('finds %s under preprovisioningNetworkDataName', (_name, written, expected) => {
  const text = installed(`  preprovisioningNetworkDataName: ${written}`, 'nmstate');
  expect(of(text)).toContain(expected);
});

test('takes a set of other hosts alone with a warning', () => {
  expect(of(host('wk-2').slice(5))).toEqual([
    'warning airship-ephemeral at wk-2',
    'warning key-missing at wk-2',
  ]);
});

test.each([
  [
    'base64 that is cut short',
    validSet.replace('I2Nsb3Vk', 'I2Nsb3V'),
    ['error airship-secret at I2Nsb3VLWNvbmZpZwpwYWNrYWdlX3VwZ3JhZGU6IGZhbHNlCg=='],
  ],
  [
    'base64 of no text',
    validSet.replace('I2Nsb3VkLWNvbmZpZwpwYWNrYWdlX3VwZ3JhZGU6IGZhbHNlCg==', '/////w=='),
    ['error airship-secret at /////w=='],
  ],
  [
    'a Secret that is no mapping',
    validSet.replace('stringData:\n  username: admin\n  password: "0815"', 'stringData: admin'),
    [
      'warning airship-secret at stringData: admin',
      'warning airship-secret at stringData: admin',
      'error value-type at admin',
    ],
  ],
  ['a password that is no text', validSet.replace('"0815"', '815'), ['error value-type at 815']],
  [
    'a label that is no text',
    validSet.replace('ephemeral-node: "true"', 'ephemeral-node: true'),
    ['error value-type at true'],
  ],
  [
    'a role that is not known',
    validSet.replace('worker-host', 'toaster'),
    ['warning airship-not-imported at toaster'],
  ],
  [
    'a malformed boot MAC',
    validSet.replace('52:54:00:20:10:01\n', '52:54:00:20:10\n'),
    ['error network-mac at 52:54:00:20:10'],
  ],
  [
    'the address of a BMC of another kind',
    validSet.replace('10.10.0.21', 'telnet://10.10.0.21'),
    ['warning airship-not-imported at telnet://10.10.0.21, credentialsName: eph-bmc}'],
  ],
  [
    'a name that is a path',
    validSet.replace('name: wk-1\n', 'name: ../../wk-1\n'),
    ['info airship-not-imported at data:', 'error value-invalid at ../../wk-1'],
  ],
  [
    'a name that is a number',
    validSet.replace('name: wk-1\n', 'name: 42\n'),
    ['info airship-not-imported at data:', 'error value-type at 42'],
  ],
  [
    'a document without a name',
    `${validSet}---\napiVersion: v1\nkind: Secret\n`,
    ['error key-missing at apiVersion: v1'],
  ],
  ['a document of nothing', `${validSet}---\njust: text\n`, ['error document-kind at just: text']],
  [
    'a kind that is not read',
    `${validSet}---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n`,
    ['info airship-not-imported at Deployment'],
  ],
  [
    'keys of a host that are not read',
    validSet.replace('  online: true', '  rootDeviceHints: {deviceName: /dev/sda}'),
    ['info airship-not-imported at rootDeviceHints: {deviceName: /dev/sda}'],
  ],
  [
    'labels and annotations of a host that are not read',
    validSet.replace(
      '    airshipit.org/ephemeral-node: "true"\n',
      '    airshipit.org/ephemeral-node: "true"\n    rack: r1\n',
    ),
    ['info airship-not-imported at rack: r1'],
  ],
  [
    'settings of a BMC that are not read',
    `${validSet}${host('eph-9', 'spec: {bmc: {address: "ipmi://10.10.0.99", disableCertificateVerification: true}}\n')}`,
    ['warning key-missing at eph-9', 'info airship-not-imported at disableCertificateVerification: true}}'],
  ],
  [
    'two Secrets of one name',
    `${validSet}---\napiVersion: v1\nkind: Secret\nmetadata: {name: eph-bmc}\n`,
    ['error name-duplicate at eph-bmc}', 'info airship-not-imported at eph-bmc}'],
  ],
  ['two hosts of one name', `${validSet}${host('wk-1').slice(1)}`, ['error name-duplicate at wk-1']],
  [
    'credentials that are not there',
    validSet.replace('credentialsName: eph-bmc}', 'credentialsName: wk-bmc}'),
    ['warning reference-unknown at wk-bmc}'],
  ],
  [
    'a placeholder',
    validSet.replace('"0815"', 'REPLACEMENT_BMC_PASSWORD'),
    ['warning airship-placeholder at REPLACEMENT_BMC_PASSWORD'],
  ],
  [
    'a placeholder inside a block',
    validSet.replace('[kubeadm, init]', '[kubeadm, REPLACEMENT_CP_IP, REPLACEMENT_CP_IP]'),
    ['warning airship-placeholder at REPLACEMENT_CP_IP, REPLACEMENT_CP_IP]'],
  ],
  [
    'a placeholder inside base64',
    validSet.replace(
      'I2Nsb3VkLWNvbmZpZwpwYWNrYWdlX3VwZ3JhZGU6IGZhbHNlCg==',
      'I2Nsb3VkLWNvbmZpZwpob3N0bmFtZTogUkVQTEFDRU1FTlRfQQo=',
    ),
    ['warning airship-placeholder at I2Nsb3VkLWNvbmZpZwpob3N0bmFtZTogUkVQTEFDRU1FTlRfQQo='],
  ],
  [
    'broken YAML inside a block',
    validSet.replace('    runcmd:\n', '    runcmd: [\n'),
    ['error yaml-syntax at - [kubeadm, init]'],
  ],
  [
    'user-data that cloud-init ignores',
    validSet.replace('    #cloud-config\n', ''),
    ['warning cloud-config-header at |'],
  ],
  [
    'user-data that is a script',
    validSet.replace('    #cloud-config\n', '    #!/bin/sh\n'),
    ['warning cloud-config-header at |'],
  ],
  [
    'a network that is none',
    validSet.replace(/\|\n {4}links:[\s\S]*?(?=---)/, 'net-config\n'),
    ['warning airship-secret at net-config'],
  ],
  [
    'references under metadata',
    `${validSet}${host('wk-2', '  networkData:\n    name: gone\n').slice(1)}`,
    ['warning airship-placement at networkData:', 'warning reference-unknown at gone'],
  ],
  [
    'a namespace outside metadata',
    validSet.replace('kind: Secret\n', 'kind: Secret\nnamespace: a\n'),
    ['warning airship-placement at namespace: a'],
  ],
  [
    'broken YAML',
    validSet.replace('kind: BareMetalHost\n', 'kind: BareMetalHost\n  a: [\n'),
    [
      'info airship-not-imported at stringData:',
      'error yaml-syntax at BareMetalHost',
      'error yaml-syntax at BareMetalHost',
      'error yaml-syntax at ',
    ],
  ],
  [
    'a second isogen configuration',
    `${validSet}---\napiVersion: airshipit.org/v1alpha1\nkind: ImageConfiguration\nmetadata: {name: b}\n`,
    ['warning airship-not-imported at ImageConfiguration'],
  ],
])('finds %s', (_name, text, expected) => {
  expect(text).not.toBe(validSet);
  expect(of(text)).toEqual(expected);
});

test('says nothing of placeholders in comments', () => {
  expect(of(validSet.replace('# kept as it is', '# REPLACEMENT_CP_IP'))).toEqual([]);
});

test('lets stringData win over data', () => {
  const { site } = imported(['set.yaml', validSet]);
  expect(site.networks.find(({ name }) => name === 'eph-network')?.text).toContain('oam0');
  expect(site.hosts[0]?.cards).toEqual([
    ['pxe0', '52:54:00:20:10:01'],
    ['oam0', '52:54:00:20:10:02'],
  ]);
});

test('takes the domain from the name of a host, and calls two hosts of one name differently', () => {
  const { site, diagnostics } = imported(['set.yaml', `${validSet}${host('wk-1.b.example').slice(1)}`]);
  expect(site.hosts.map(({ name, domain }) => `${name} ${domain}`)).toEqual([
    'eph-1 edge.example',
    'wk-1 undefined',
    'wk-1-2 b.example',
  ]);
  expect(diagnostics.map(({ code }) => code)).toContain('name-duplicate');
});

test('gives no document a path of its own', () => {
  const bad = '../../etc/cron.d/x';
  const text = validSet
    .replaceAll('isogen-userdata', bad)
    .replaceAll('eph-network', bad)
    .replaceAll('eph-bmc', bad);
  for (const { path } of siteFilesOf(imported(['set.yaml', text]).site)) expect(path).not.toContain('..');
});

test('writes where a document came from on one line, whatever the name of its file', () => {
  const { site } = imported(['set\nspec: {evil: true}\u2028.yaml', validSet]);
  for (const { text } of siteFilesOf(site)) expect(text).not.toMatch(/^spec: \{evil/m);
});

test('reads base64 that is broken over lines, as Kubernetes does', () => {
  const data = (indent: string) =>
    `\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: extra}\ndata:\n  userData: |\n    I2Nsb3VkLWNvbmZp${indent}ZwpydW5jbWQ6IFtpZF0K\n`;
  const told = (text: string) => of(`${validSet}${text}`).filter((line) => line.startsWith('error'));
  expect(told(data('\n    '))).toEqual([]);
  expect(told(data('!'))).toEqual([expect.stringMatching(/^error airship-secret/)]);
});
