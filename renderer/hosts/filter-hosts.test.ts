import { expect, it } from 'vitest';
import { filterHosts } from './filter-hosts.ts';

const host = (name: string, role: string, address: string) => ({
  name,
  path: `hosts/${name}.yaml`,
  role,
  profile: 'realtime',
  network: '',
  addresses: [address],
  bmc: '',
  userData: [],
  macs: ['52:54:00:12:07:01'],
  problems: { errors: 0, warnings: 0 },
});
const hosts = [
  host('a', 'worker', '10.20.0.1/24'),
  host('b', 'worker', '10.30.0.1/24'),
  host('c', 'storage', '10.20.0.2/24'),
];

it('wants every word, in whatever column', () => {
  expect(filterHosts(hosts, 'worker 10.20').map(({ name }) => name)).toEqual(['a']);
  expect(filterHosts(hosts, '52:54 STORAGE').map(({ name }) => name)).toEqual(['c']);
});

it('gives the same list back when nothing is typed', () => {
  expect(filterHosts(hosts, '  ')).toBe(hosts);
});
