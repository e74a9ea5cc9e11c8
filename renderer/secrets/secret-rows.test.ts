import { expect, test } from 'vitest';
import type { SecretList } from '#shared/contract.ts';
import type { SecretUse } from '../authoring/protocol.ts';
import { neededBy, secretRows } from './secret-rows.ts';

const range = { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } };
const use = (file: string, ...hosts: string[]): SecretUse => ({ file, range, hosts, as: 'value' });
const list: SecretList = {
  secrets: [
    { name: 'bmc-rack-1.yaml', where: 'folder', changed: 0 },
    { name: 'join-token', where: 'key-store', changed: 0 },
  ],
  findings: [],
  keyStore: { usable: true },
};

test('what lacks a value comes first, and a file with an ending meets its name', () => {
  const uses = [
    { name: 'bmc-rack-1', uses: [use('hosts/a.yaml', 'a')] },
    { name: 'root-password', uses: [use('user-data/base.yaml', 'a', 'b')] },
  ];
  expect(secretRows(list, uses).map(({ name, where, uses: some }) => [name, where, some.length])).toEqual([
    ['root-password', undefined, 1],
    ['bmc-rack-1.yaml', 'folder', 1],
    ['join-token', 'key-store', 0],
  ]);
});

test('many hosts are counted, few are named, each once', () => {
  expect(neededBy([use('a', 'x', 'y'), use('b', 'x')])).toBe('For x, y');
  expect(neededBy([use('a', 'w', 'x', 'y', 'z')])).toBe('4 hosts need it');
  expect(neededBy([use('a')])).toBe('No host uses what refers to it');
  expect(neededBy([])).toBe('No document refers to it');
});
