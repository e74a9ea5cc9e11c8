import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { nodeAt, toPlain } from '../source/source-node.ts';
import { createSourceText } from '../source/source-text.ts';
import { readablePart } from './readable-part.ts';

const entry = z.strictObject({ name: z.string(), size: z.int().default(1) });
const schema = z.strictObject({
  flag: z.boolean().optional(),
  words: z.array(z.string()).optional(),
  entries: z.array(entry).optional(),
  inner: z.strictObject({ first: z.int().optional(), second: z.int().optional() }).optional(),
});

function read(text: string) {
  const node = parseYaml(createSourceText('a.yaml', text), new DiagnosticSink());
  if (node === undefined) throw new Error('no YAML');
  const part = readablePart(node, schema);
  if (part === undefined) throw new Error('nothing can be read');
  return part;
}

describe('the readable part of a tree', () => {
  test('is everything where nothing is wrong', () => {
    const { value, isRead, writtenPath } = read('words: [a, b]\n');
    expect(value).toEqual({ words: ['a', 'b'] });
    expect(isRead()).toBe(true);
    expect(isRead('inner', 'first')).toBe(true);
    expect(writtenPath(['words', 2])).toEqual(['words', 2]);
  });

  test('leaves out the value that is wrong, and keeps what stands around it', () => {
    const { value, isRead } = read('flag: maybe\ninner: {first: x, second: 2}\n');
    expect(value).toEqual({ inner: { second: 2 } });
    expect(isRead('flag')).toBe(false);
    expect(isRead('inner', 'first')).toBe(false);
    expect(isRead('inner')).toBe(false);
    expect(isRead('inner', 'second')).toBe(true);
    expect(isRead('words')).toBe(true);
    expect(isRead()).toBe(false);
  });

  test('leaves out the mapping that lacks what it needs', () => {
    const { value, isRead } = read('entries:\n  - {size: 2}\n  - {name: 5}\n  - {name: b, size: x}\n');
    expect(value).toEqual({ entries: [{ name: 'b', size: 1 }] });
    expect(isRead('entries')).toBe(false);
    expect(isRead('entries', 0, 'name')).toBe(true);
    expect(isRead('entries', 0, 'size')).toBe(false);
  });

  test('takes an unknown key for any that is absent', () => {
    const { isRead } = read('wrods: [a]\ninner: {frist: 1, second: 2}\n');
    expect(isRead('words')).toBe(false);
    expect(isRead('entries')).toBe(false);
    expect(isRead('inner', 'first')).toBe(false);
    expect(isRead('inner', 'second')).toBe(true);
  });

  test('knows the places of list items in the text, through several rounds', () => {
    const { value, node, writtenPath } = read(
      'entries:\n  - 5\n  - {name: a}\n  - {size: 1}\n  - {name: b}\n',
    );
    expect(value.entries).toHaveLength(2);
    expect(writtenPath(['entries', 0])).toEqual(['entries', 1]);
    expect(writtenPath(['entries', 1, 'size'])).toEqual(['entries', 3, 'size']);
    expect(writtenPath(['entries', 2])).toEqual(['entries', 4]);
    const last = nodeAt(node, ['entries', 1, 'name']);
    expect(last.source.text.slice(last.span.start, last.span.end)).toBe('b');
  });

  test('has no path for what would be written over', () => {
    const { writtenPath } = read('words: 5\ninner: {first: x}\n');
    expect(writtenPath(['words'])).toBeUndefined();
    expect(writtenPath(['words', 0])).toBeUndefined();
    expect(writtenPath(['inner', 'first'])).toBeUndefined();
    expect(writtenPath(['inner', 'second'])).toEqual(['inner', 'second']);
  });

  test('is nothing where the whole is of another type', () => {
    const node = parseYaml(createSourceText('a.yaml', '[1]'), new DiagnosticSink());
    expect(node && readablePart(node, schema)).toBeUndefined();
  });

  test('always fits the schema, and says nothing that is not written', () => {
    const value = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null));
    const entryOrNot = fc.oneof(value, fc.record({ name: value, size: value }, { requiredKeys: [] }));
    const tree = fc.record(
      {
        flag: value,
        words: fc.oneof(value, fc.array(value)),
        entries: fc.oneof(value, fc.array(entryOrNot)),
        inner: fc.oneof(value, fc.dictionary(fc.constantFrom('first', 'second', 'third'), value)),
        other: value,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(tree, (written) => {
        const part = read(JSON.stringify(written));
        expect(schema.safeParse(toPlain(part.node)).success).toBe(true);
        for (const [index, { name }] of (part.value.entries ?? []).entries()) {
          const path = part.writtenPath(['entries', index]) ?? [];
          const entries = Array.isArray(written.entries) ? written.entries : [];
          expect(entries[Number(path[1])]).toMatchObject({ name });
        }
        expect(part.isRead()).toBe(schema.safeParse(written).success);
      }),
    );
  });
});
