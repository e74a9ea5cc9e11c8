import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostnameLabel } from '../schema/scalars.ts';
import { describeNameProblem, isNewDocumentPath, nameProblem, typedName } from './document-name.ts';

const taken = ['site.yaml', 'hosts/node-1.yaml', 'hosts/Edge.yml', 'networks/oob.yaml'];

describe('the name of a document', () => {
  test.each([
    ['', 'empty'],
    ['a'.repeat(64), 'too-long'],
    ['Node-2', 'upper-case'],
    ['-node', 'edge'],
    ['node-', 'edge'],
    ['no de', 'characters'],
    ['../node', 'characters'],
    ['a/b', 'characters'],
    ['a\\b', 'characters'],
    ['.hidden', 'characters'],
    ['knöten', 'characters'],
    ['a\0b', 'characters'],
    ['node-1', 'taken'],
    ['edge', 'taken'],
  ] as const)('refuses %j: %s', (name, problem) => {
    expect(nameProblem(name, 'hosts', taken)).toBe(problem);
    expect(describeNameProblem(problem, name)).toMatch(/\w/);
  });

  test('is free where only another folder has it', () => {
    expect(nameProblem('oob', 'hosts', taken)).toBeUndefined();
  });

  test('is typed with or without the ending of the file', () => {
    expect([typedName(' node-2.yaml '), typedName('node-2.YML'), typedName('node-2')]).toEqual(
      Array(3).fill('node-2'),
    );
  });

  test('is one that the schemas accept in a reference, and every such name is accepted', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'z', '0', '-', '.', 'A', '_', '/'), maxLength: 70 });
    fc.assert(
      fc.property(text, (name) => {
        expect(nameProblem(name, 'hosts', []) === undefined).toBe(hostnameLabel.safeParse(name).success);
      }),
    );
  });
});

test.each([
  ['hosts/a.yaml', true],
  ['hosts/a.yml', false],
  ['hosts/a/b.yaml', false],
  ['secrets/a.yaml', false],
  ['site.yaml', false],
  ['a.yaml', false],
  ['hosts/../a.yaml', false],
])('%s may be the path of a new document: %s', (path, may) => {
  expect(isNewDocumentPath(path)).toBe(may);
});
