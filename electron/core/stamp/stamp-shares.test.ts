import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { analyseSite } from '../site/analyse-site.ts';
import { readSite, type SiteSnapshot } from '../site/read-site.ts';
import { hostStamp } from './host-stamp.ts';
import { areDisjoint, sharesOf, stampShare } from './stamp-shares.ts';

const example = await readSite(
  fileURLToPath(new URL('../../../assets/examples/edge-berlin', import.meta.url)),
);

/** The example with other texts; undefined removes one. */
function withTexts(texts: Readonly<Record<string, string | undefined>>): SiteSnapshot {
  const files = new Map(example.files);
  for (const [path, text] of Object.entries(texts)) {
    if (text === undefined) files.delete(path);
    else files.set(path, text);
  }
  return { ...example, files };
}

const textOf = (path: string) => example.files.get(path) ?? '';
const replaced = (path: string, from: string, to: string) => {
  expect(textOf(path)).toContain(from);
  return { [path]: textOf(path).replaceAll(from, to) };
};

const isHost = (path: string) => path.startsWith('hosts/');
const claimsOf = (site: SiteSnapshot, count: number) =>
  sharesOf(site, count).map((share) => stampShare(share)?.claims);

describe.each([1, 2, 3, 5, 8])('in %i shares', (count) => {
  test('hosts are rendered as in the whole site, each once and in its order', () => {
    const whole = analyseSite(example);
    const expected = whole.analysis.hosts.map(({ name }) => hostStamp(whole, name));
    expect(expected).toHaveLength(5);
    const shares = sharesOf(example, count).map(stampShare);
    expect(shares.flatMap((share) => share?.stamps)).toEqual(expected);
    expect(areDisjoint(shares.map((share) => share?.claims))).toBe(true);
    expect(Math.max(...shares.map((share) => share?.stamps.length ?? 0))).toBe(Math.ceil(5 / count));
  });
});

test('the first share may have a lead', () => {
  const sizes = (count: number, lead: number) =>
    sharesOf(example, count, lead).map(({ files }) => [...files.keys()].filter(isHost).length);
  expect(sizes(2, 3)).toEqual([4, 1]);
  expect(sizes(3, 1)).toEqual([3, 1, 1]);
  // More than there are.
  expect(sizes(2, 40)).toEqual([5, 0]);
});

// Each of them is in order alone, as is the host that it contradicts.
const contradictions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'an address': replaced('hosts/wk-2.yaml', '10.30.0.22', '10.30.0.11'),
  'a MAC address': replaced('hosts/wk-2.yaml', '52:54:00:20:22:01', '52:54:00:20:11:01'),
  'a BMC': replaced(
    'hosts/wk-2.yaml',
    '//10.10.0.22/redfish/v1/Systems/1',
    '//10.10.0.11/redfish/v1/Systems/1',
  ),
  'the address of a BMC': replaced('hosts/wk-2.yaml', '10.30.0.22', '10.10.0.11'),
  'a file': { 'hosts/cp-1.yml': textOf('hosts/wk-2.yaml').replaceAll('wk-2', 'cp-1') },
};

describe.each(Object.entries(contradictions))('two hosts with %s', (_, texts) => {
  test('have errors in the whole site, and so are not judged in shares', () => {
    const site = withTexts(texts);
    const { hosts } = analyseSite(site).analysis;
    expect(hosts.filter(({ problems }) => problems.errors > 0).length).toBeGreaterThan(0);
    for (const count of [2, 3, 5]) expect(areDisjoint(claimsOf(site, count))).toBe(false);
    // Alone, neither has an error that would tell.
    expect(claimsOf(site, hosts.length)).not.toContain(undefined);
  });
});

test('a host that has errors is not judged in its share', () => {
  const site = withTexts(replaced('hosts/wk-2.yaml', 'ref: ', 'rfe: '));
  expect(claimsOf(site, 5).filter((claims) => claims === undefined)).toHaveLength(1);
  expect(areDisjoint(claimsOf(site, 2))).toBe(false);
});

test('a mistake in what all hosts refer to is one of every share', () => {
  const site = withTexts(replaced('user-data/base.yaml', '\nruncmd:', '\nruncmd: no list\nruncdm:'));
  expect(claimsOf(site, 2)).toEqual([undefined, undefined]);
});
