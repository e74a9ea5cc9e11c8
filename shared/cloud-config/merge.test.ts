import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { type SourceNode, toPlain } from '../source/source-node.ts';
import { createSourceText } from '../source/source-text.ts';
import { type DroppedValue, mergeCloudConfig } from './merge.ts';

interface MergeCase {
  readonly fragments: readonly string[];
  readonly merged: unknown;
}

/** What CloudConfigPartHandler of cloud-init 22.4.2 (Debian 12) makes of the fragments, recorded from its Python. */
const cases = JSON.parse(
  readFileSync(new URL('golden/merge-cases.json', import.meta.url), 'utf8'),
) as MergeCase[];

function parse(...texts: string[]): SourceNode[] {
  return texts.flatMap((text, index) => {
    const node = parseYaml(createSourceText(`user-data/${index}.yaml`, text), new DiagnosticSink());
    return node === undefined ? [] : [node];
  });
}

test.each(cases)('merges as cloud-init does: $fragments', ({ fragments, merged }) => {
  const result = mergeCloudConfig(parse(...fragments));
  // Compared as text, because the order of keys is part of the result.
  expect(JSON.stringify(result === undefined ? {} : toPlain(result))).toBe(JSON.stringify(merged ?? {}));
});

test('merges what << brings in, which cloud-init has read by then', () => {
  const merged = mergeCloudConfig(
    parse('x: &x {a: 1}\ny: {<<: *x, b: 2}\n', 'merge_how: dict(no_replace)\ny: {a: 7}\n'),
  );
  expect(merged === undefined ? undefined : toPlain(merged)).toEqual({ x: { a: 1 }, y: { b: 2, a: 1 } });
});

test('keeps the place of every value', () => {
  const merged = mergeCloudConfig(parse('a: 1\n', 'b: 2\n'));
  expect(merged?.entries.map(({ value }) => value.source.file)).toEqual([
    'user-data/0.yaml',
    'user-data/1.yaml',
  ]);
});

test('tells what was dropped, and on which side', () => {
  const dropped: DroppedValue[] = [];
  const observer = { dropped: (value: DroppedValue) => dropped.push(value), failed: () => {} };
  mergeCloudConfig(
    parse('a: 1\nb: 2\nc: 3\n', 'a: 9\nc: 3\n', 'merge_how: dict(no_replace)\nb: 7\n'),
    observer,
  );
  expect(dropped.map(({ key, lost }) => [key, lost])).toEqual([
    ['a', 'earlier'],
    ['b', 'later'],
  ]);
});

test('tells which fragment is left out because its merge setting is not understood', () => {
  const failed: string[] = [];
  const observer = {
    dropped: () => {},
    failed: (fragment: SourceNode, { message }: Error) => failed.push(`${fragment.source.file}: ${message}`),
  };
  mergeCloudConfig(parse('a: 1\n', 'merge_how: tuple()\nb: 2\n'), observer);
  expect(failed).toEqual(['user-data/1.yaml: There is no merger "tuple"; there are dict, list and str.']);
});
