import { describe, expect, it } from 'vitest';
import type { HostSummary } from '#shared/site/analysis.ts';
import { hostAfter } from './site.ts';

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
