import { describe, expect, test } from 'vitest';
import {
  head,
  host,
  image,
  labels,
  mark,
  network,
  site,
  taken,
  userData,
} from './completions.test-support.ts';
import { completionsAt } from './completions.ts';

test('references show what they stand for on the chosen host', () => {
  const text = '#cloud-config\nfinal_message: ((var.))';
  const byKey = new Map([['var.oam-address', { ofChosen: '10.20.0.21', hosts: 4, values: 4 }]]);
  const references = { chosenHost: 'wk-1', byKey };
  const found = completionsAt({ path: userData, text, offset: text.length - 2, site, references });
  expect(found.find(({ label }) => label === 'var.oam-address')?.detail).toBe('10.20.0.21 for wk-1');
});

describe('names of the site', () => {
  test.each([
    ['profiles', host, `${head}  profile: ${mark}`, ['edge-node', 'storage-node']],
    ['networks', host, `${head}  network:\n    ref: ${mark}`, ['bonded']],
    ['networks in a flow mapping', host, `${head}  network: {ref: ${mark}}`, ['bonded']],
    ['user-data', host, `${head}  userData: [base, ${mark}]`, ['base', 'ephemeral']],
    ['interfaces', host, `${head}  macs:\n    ${mark}`, ['eno1', 'eno2']],
    ['profiles of an image', image, `spec:\n  profile: ${mark}`, ['edge-node', 'storage-node']],
    ['elements', image, `spec:\n  elements:\n    - ${mark}`, ['site-tools']],
    [
      'links of the same document',
      network,
      `version: 2\nethernets:\n  eno1: {}\n  eno2: {}\nbonds:\n  bond0:\n    interfaces: [${mark}]`,
      ['eno1', 'eno2'],
    ],
    [
      'links defined further down',
      network,
      `version: 2\nvlans:\n  v1:\n    link: ${mark}\nbonds:\n  bond0: {}\n`,
      ['bond0'],
    ],
    ['secrets', host, `${head}  bmc: {credentials: ${mark}}`, ['bmc-rack-1']],
    ['base elements', image, `spec:\n  base: ${mark}`, ['debian-minimal']],
    [
      'ports whose cost is set',
      network,
      `version: 2\nethernets:\n  eno1: {}\nbridges:\n  br0:\n    parameters:\n      path-cost:\n        ${mark}`,
      ['eno1'],
    ],
    [
      'the link that a bond prefers',
      network,
      `version: 2\nethernets:\n  eno1: {}\nbonds:\n  bond0:\n    parameters:\n      primary: ${mark}`,
      ['eno1'],
    ],
    [
      'MAC addresses',
      network,
      `version: 2\nethernets:\n  a:\n    match:\n      macaddress: ${mark}`,
      ['((mac.eno1))', '((mac.eno2))'],
    ],
  ])('%s', (_name, path, text, expected) =>
    expect(labels(path, text).slice(0, expected.length)).toEqual(expected),
  );
});

describe('references', () => {
  test('behind two opening brackets', () => {
    expect(labels(network, `version: 2\nethernets:\n  a:\n    addresses:\n      - ((${mark}`)).toEqual([
      'host.name',
      'host.fqdn',
      'host.domain',
      'host.role',
      'site.name',
      'mac.eno1',
      'mac.eno2',
      'var.oam-address',
      'secret.bmc-rack-1',
    ]);
  });

  test('close themselves, once', () => {
    expect(taken(network, `a: ((var.o${mark}/24`, 'var.oam-address')).toBe('a: ((var.oam-address))/24');
    expect(taken(network, `a: ((va${mark}))/24`, 'var.oam-address')).toBe('a: ((var.oam-address))/24');
  });

  test('in a block of text, where nothing else is offered', () => {
    const text = `#cloud-config\nwrite_files:\n  - path: /a\n    content: |\n      role=((ho${mark}\n`;
    expect(labels(userData, text)).toContain('host.role');
    expect(labels(userData, text.replace('((ho', ''))).toEqual([]);
  });

  test('in the network that a host document holds', () => {
    expect(
      labels(host, `${head}  network:\n    inline:\n      ethernets:\n        a: {addresses: [((va${mark}]}`),
    ).toContain('var.oam-address');
  });

  test('not in documents that are not filled in', () => {
    expect(labels(host, `${head}  domain: ((${mark}`)).not.toContain('host.name');
  });
});
