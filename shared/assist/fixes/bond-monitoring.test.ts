import { expect, test } from 'vitest';
import { noSiteNames } from '../site-names.ts';
import { analyse, applied } from './fixes.test-support.ts';
import { fixesAt } from './fixes.ts';

const path = 'networks/a.yaml';
const noCheck = /does not check its links/;

const version2 = (bond: string) =>
  `version: 2\nethernets: {a: {}, b: {}}\nbonds:\n  c:\n    interfaces: [a, b]\n${bond}`;
const version1 = (bond: string) =>
  `version: 1\nconfig:\n  - {type: physical, name: a}\n  - {type: physical, name: b}\n  - type: bond\n    name: c\n    bond_interfaces: [a, b]\n${bond}`;
const nmstate = (bond: string) =>
  `interfaces:\n  - {name: a, type: ethernet, state: up}\n  - {name: b, type: ethernet, state: up}\n  - name: c\n    type: bond\n    state: up\n    link-aggregation:\n      mode: active-backup\n      port: [a, b]\n${bond}`;

test.each([
  [
    'version 2',
    version2('    parameters:\n      mode: active-backup # one card at a time\n'),
    'Add “mii-monitor-interval: 100”',
    version2(
      '    parameters:\n      mode: active-backup # one card at a time\n      mii-monitor-interval: 100\n',
    ),
  ],
  [
    'version 2 in braces',
    version2('    parameters: {mode: active-backup}\n'),
    'Add “mii-monitor-interval: 100”',
    version2('    parameters: {mode: active-backup, mii-monitor-interval: 100}\n'),
  ],
  [
    'version 1',
    version1('    params:\n      bond-mode: active-backup\n'),
    'Add “bond-miimon: 100”',
    version1('    params:\n      bond-mode: active-backup\n      bond-miimon: 100\n'),
  ],
  ['NMState', nmstate(''), 'Add “miimon: 100”', nmstate('      options:\n        miimon: 100\n')],
  [
    'NMState with options',
    nmstate('      options:\n        resend_igmp: 2\n'),
    'Add “miimon: 100”',
    nmstate('      options:\n        resend_igmp: 2\n        miimon: 100\n'),
  ],
])('a bond that checks nothing gets its check: %s', (_format, text, title, after) => {
  const analysis = analyse({ [path]: text });
  const found = analysis.diagnostics.find(({ message }) => noCheck.test(message));
  if (found === undefined) throw new Error(analysis.diagnostics.map(({ message }) => message).join('\n'));
  const fixes = fixesAt({ analysis, site: noSiteNames, chosenHost: undefined }, path, found.range);
  expect(fixes.map((fix) => [fix.title, fix.isPreferred])).toContainEqual([title, true]);
  const fix = fixes.find((each) => each.title === title);
  const mended = applied({ [path]: text }, fix);
  expect(mended[path]).toBe(after);
  expect(analyse(mended).diagnostics.filter(({ message }) => noCheck.test(message))).toEqual([]);
});

test('network_data is left alone: a line of YAML would break its JSON', () => {
  const text =
    '{"links": [{"id": "a", "type": "phy", "name": "a"}, {"id": "b", "type": "phy", "name": "b"}, {"id": "c", "type": "bond", "bond_links": ["a", "b"], "bond_mode": "active-backup"}], "networks": []}';
  const analysis = analyse({ [path]: text });
  const found = analysis.diagnostics.find(({ message }) => noCheck.test(message));
  expect(found?.message).toContain('bond_miimon');
  if (found === undefined) return;
  expect(fixesAt({ analysis, site: noSiteNames, chosenHost: undefined }, path, found.range)).toEqual([]);
});

test('options that hold nothing are left to be filled in', () => {
  const analysis = analyse({ [path]: nmstate('      options:\n') });
  const found = analysis.diagnostics.find(({ message }) => noCheck.test(message));
  if (found === undefined) throw new Error('Nothing was found.');
  const fixes = fixesAt({ analysis, site: noSiteNames, chosenHost: undefined }, path, found.range);
  expect(fixes.filter(({ title }) => title.startsWith('Add'))).toEqual([]);
});
