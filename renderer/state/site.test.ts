import { describe, expect, it } from 'vitest';
import type { HostSummary } from '#shared/site/analysis.ts';
import { hostAfter, hostsAfter } from './site.ts';

function site(...hosts: (readonly [path: string, name: string])[]): { hosts: HostSummary[] } {
  return {
    hosts: hosts.map(([path, name]) => ({
      path,
      name,
      role: 'worker',
      profile: '',
      network: '',
      addresses: [],
      macs: [],
      bmc: '',
      userData: [],
      problems: { errors: 0, warnings: 0 },
    })),
  };
}

describe('the chosen host', () => {
  it('stays while it exists', () => {
    expect(hostAfter('b', undefined, site(['1', 'a'], ['2', 'b']), 'a')).toBe('b');
  });

  it('follows a host that was renamed', () => {
    expect(hostAfter('b', site(['1', 'a'], ['2', 'b']), site(['1', 'a'], ['2', 'c']), null)).toBe('c');
  });

  it('is the one of last time, else the first', () => {
    expect(hostAfter(null, undefined, site(['1', 'a'], ['2', 'b']), 'b')).toBe('b');
    expect(hostAfter(null, undefined, site(['1', 'a'], ['2', 'b']), 'gone')).toBe('a');
    expect(hostAfter('a', undefined, site(), null)).toBeNull();
  });
});

describe('the list of hosts', () => {
  const { hosts } = site(['1', 'a'], ['2', 'b']);

  it('is the same list when nothing changed', () => {
    expect(hostsAfter(hosts, { hosts: [] })).toBe(hosts);
  });

  it('keeps the rows that did not change', () => {
    const { hosts: changed } = site(['2', 'c']);
    const after = hostsAfter(hosts, { hosts: changed });
    expect(after.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(after[0]).toBe(hosts[0]);
  });

  it('follows the order and leaves out what is gone', () => {
    const { hosts: added } = site(['0', 'new']);
    expect(hostsAfter(hosts, { hostPaths: ['0', '2'], hosts: added }).map(({ name }) => name)).toEqual([
      'new',
      'b',
    ]);
  });
});
