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
