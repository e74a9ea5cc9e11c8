import { describe } from 'vitest';
import { checkCases, v2 } from './cases.test-support.ts';

describe('name servers', () => {
  const of = (nameServers: string) =>
    v2(`ethernets:\n  eth0:\n    addresses: [192.0.2.10/24]\n    nameservers: {${nameServers}}\n`);
  checkCases([
    {
      name: 'takes servers inside and outside of the subnet, and the host itself',
      text: of('addresses: [192.0.2.1, 192.0.2.10, 198.51.100.255, "2001:db8::53"], search: [a.example]'),
      finds: [],
    },
    {
      name: 'warns of addresses that nobody has',
      text: of('addresses: [192.0.2.255, 192.0.2.0, 0.0.0.0, 224.0.0.251]'),
      finds: [31, 44, 55, 64].map((column) => `5:${column} warning network-dns`),
      says: /192\.0\.2\.255 is the broadcast address of the subnet: no name server answers there/,
    },
    {
      name: 'warns of a server that stands twice in one list',
      text: of('addresses: [192.0.2.1, 192.0.2.2, 192.0.2.1]'),
      finds: ['5:53 warning network-dns'],
      says: /192\.0\.2\.1 stands twice/,
    },
    {
      name: 'takes the same server for two subnets of a card',
      text: 'version: 1\nconfig:\n- type: physical\n  name: a\n  subnets:\n  - {type: dhcp, dns_nameservers: [192.0.2.1]}\n  - {type: dhcp6, dns_nameservers: [192.0.2.1]}\n',
      finds: [],
    },
    {
      name: 'warns of an address among the domains',
      text: of('search: [192.0.2.1, example.org]'),
      finds: ['5:28 warning network-dns'],
      says: /is an address; here stand domains/,
    },
    {
      name: 'takes the ends of subnets that are too small to have any',
      text: v2('ethernets:\n  eth0: {addresses: [192.0.2.10/31], nameservers: {addresses: [192.0.2.11]}}\n'),
      finds: [],
    },
    {
      name: 'reads the servers of version 1 too',
      text: 'version: 1\nconfig:\n- {type: physical, name: a, subnets: [{type: static, address: 192.0.2.1/24}]}\n- {type: nameserver, address: 192.0.2.255}\n',
      finds: ['4:31 warning network-dns'],
    },
  ]);
});
