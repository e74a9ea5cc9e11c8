import { expect, test } from 'vitest';
import { findings, validSet } from './document-set.test-support.ts';

const of = (text: string) => findings(['set.yaml', text]);

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
