import { expect, test } from 'vitest';
import { completionsAt } from './completions.ts';
import { hoverAt } from './hover.ts';
import { noSiteNames } from './site-names.ts';

const mark = '¦';
const path = 'networks/worker.yaml';

function labels(marked: string): string[] {
  const text = marked.replace(mark, '');
  return completionsAt({ path, text, offset: marked.indexOf(mark), site: noSiteNames }).map(
    ({ label }) => label,
  );
}

const bond = `interfaces:
- name: bond0
  type: bond
  state: up
`;

test('proposes what an interface of its type may say', () => {
  const keys = labels(`${bond}  ${mark}\n`);
  expect(keys).toEqual(expect.arrayContaining(['link-aggregation', 'ipv4', 'mtu', 'mac-address']));
  expect(keys).not.toContain('name');
});

test('proposes the types, the modes and the options of a bond', () => {
  expect(labels(`interfaces:\n- name: eno1\n  type: ${mark}\n`)).toEqual(
    expect.arrayContaining(['ethernet', 'bond', 'linux-bridge', 'vlan']),
  );
  expect(labels(`${bond}  link-aggregation:\n    mode: ${mark}\n`)).toContain('802.3ad');
  expect(labels(`${bond}  link-aggregation:\n    options:\n      ${mark}\n`)).toEqual(
    expect.arrayContaining(['miimon', 'lacp_rate', 'xmit_hash_policy']),
  );
});

test('tells of an option what it is for and its range', () => {
  const marked = `${bond}  link-aggregation:\n    options: {mii${mark}mon: 100}\n`;
  const found = hoverAt({
    path,
    text: marked.replace(mark, ''),
    offset: marked.indexOf(mark),
    site: noSiteNames,
  });
  expect(found?.markdown).toContain('Milliseconds between checks of the carrier');
  expect(found?.markdown).toContain('0 to 2147483647');
});
