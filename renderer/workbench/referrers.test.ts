import { expect, it } from 'vitest';
import type { HostSummary, ImageSummary } from '#shared/site/analysis.ts';
import { referrersOf } from './referrers.ts';

const host = (name: string, change: Partial<HostSummary>): HostSummary => ({
  name,
  path: `hosts/${name}.yaml`,
  role: 'worker',
  profile: 'edge',
  network: 'oob',
  addresses: [],
  macs: [],
  bmc: '',
  userData: ['base'],
  problems: { errors: 0, warnings: 0 },
  ...change,
});
const image: ImageSummary = {
  name: 'live',
  path: 'images/live.yaml',
  profile: 'edge',
  release: 'bookworm',
  elements: [],
  outputs: ['iso'],
};
const overview = {
  hosts: [host('b', {}), host('a', {}), host('c', { profile: 'other', network: 'edge', userData: [] })],
  images: [image],
};

it.each([
  ['profiles/edge.yaml', ['hosts/a.yaml', 'hosts/b.yaml', 'images/live.yaml']],
  ['networks/oob.yaml', ['hosts/a.yaml', 'hosts/b.yaml']],
  ['networks/edge.yaml', ['hosts/c.yaml']],
  ['user-data/base.yaml', ['hosts/a.yaml', 'hosts/b.yaml']],
  ['hosts/a.yaml', []],
  ['images/live.yaml', []],
])('%s is named by %j', (path, referrers) => {
  expect(referrersOf(overview, path)).toEqual(referrers);
});

it('knows nothing before the first verdict', () => {
  expect(referrersOf(undefined, 'profiles/edge.yaml')).toEqual([]);
});
