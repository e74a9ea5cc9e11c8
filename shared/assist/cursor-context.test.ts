import { expect, test } from 'vitest';
import { createSourceText } from '../source/source-text.ts';
import { outlineAt } from './cursor-context.ts';

const mark = '¦';

function place(marked: string): string {
  const source = createSourceText('a.yaml', marked.replace(mark, ''));
  const { cursor } = outlineAt(source, marked.indexOf(mark));
  return `${cursor.role} ${cursor.path.join('.')}`.trim();
}

test.each([
  ['at the start of a line', 'a: 1\n¦', 'key'],
  ['behind a key', 'a: ¦', 'value a'],
  ['right behind the colon', 'a:¦', 'value a'],
  ['in a nested mapping', 'a:\n  b:\n    ¦', 'key a.b'],
  ['further left than the line above', 'a:\n  b:\n    c: 1\n  ¦', 'key a'],
  ['between two keys', 'a:\n  b: 1\n  ¦\n  c: 2\n', 'key a'],
  ['in the second entry of a list', 'a:\n  - b: 1\n  - c: ¦', 'value a.1.c'],
  ['in a list at the column of its key', 'a:\n- b: 1\n- ¦\n', 'key a.1'],
  ['on a further line of an entry', 'a:\n- b: 1\n  ¦\n', 'key a.0'],
  ['behind a list at the column of its key', 'a:\n- b: 1\nc¦', 'key'],
  ['in a list of lists', 'a:\n- - x\n  - ¦', 'key a.0.1'],
  ['in the third entry of a flow list', 'a: [x, {b: 1}, ¦]', 'value a.2'],
  ['in a flow mapping in a flow list', 'a: [x, {b: ¦', 'value a.1.b'],
  ['behind a comma inside quotes', 'a: {b: "x, y", ¦', 'key a'],
  ['on the second line of a flow list', 'a: [x,\n  ¦', 'value a.1'],
  ['behind a flow list that another key ends', 'a: [x,\nb: ¦', 'value b'],
  ['under a quoted key', '"a b":\n  c: ¦', 'value a b.c'],
  ['behind an anchor', 'a: &x {b: ¦', 'value a.b'],
  ['in a block of text', 'a: |\n  x\n  ¦', 'text a'],
  ['behind a block of text', 'a:\n  b: >-\n    x\n  ¦', 'key a'],
  ['in a block of text in a list', 'a:\n  - |\n    x: ¦\n', 'text a.0'],
  ['behind a URL, whose colon makes no key', 'a: http://b¦', 'value a'],
  ['behind text that looks like a comment', 'a: b#c¦', 'value a'],
])('%s', (_name, marked, expected) => expect(place(marked)).toBe(expected));
