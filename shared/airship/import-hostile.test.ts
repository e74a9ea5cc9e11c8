import fc from 'fast-check';
import { expect, test } from 'vitest';
import { siteFilesOf } from '../import/site-files.ts';
import { imported, validSet } from './document-set.test-support.ts';

test('answers an alias bomb, deep nesting and 5 MB of anything in time', () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
  for (const [one, next] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg'].map((pair) => [...pair])) {
    bomb.push(`${next}: &${next} [${Array(10).fill(`*${one}`).join(', ')}]`);
  }
  const texts = [
    `apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n${bomb.join('\n')}\n`,
    `apiVersion: v1\nkind: Secret\nmetadata: ${'['.repeat(100_000)}`,
    '---\n'.repeat(1_300_000),
    '---\na: 1\n'.repeat(600_000),
    `${validSet}---\napiVersion: v1\nkind: Secret\nmetadata: {name: big}\ndata: {a: ${'A'.repeat(5_000_000)}}\n`,
    '\u0000'.repeat(5_000_000),
  ];
  for (const text of texts) {
    const started = performance.now();
    const { diagnostics } = imported(['set.yaml', text]);
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(10_000);
  }
}, 60_000);

test('never throws, and points into the text', () => {
  const lines = validSet.split('\n');
  const line = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.constantFrom(...lines, '---', '...', '- a', '  : x', '\t'),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(lines.length - 1), line), { maxLength: 6 }), (changes) => {
      const changed = [...lines];
      for (const [at, text] of changes) changed[at] = text;
      const text = changed.join('\n');
      const count = text.split(/\r\n|\r|\n/).length;
      const { site, diagnostics } = imported(['set.yaml', text]);
      for (const { range } of diagnostics) {
        expect(range.start.line).toBeGreaterThan(0);
        expect(range.end.line).toBeLessThanOrEqual(count);
      }
      for (const { path } of siteFilesOf(site)) expect(path).toMatch(/^[a-z.-]+(\/[a-z0-9][a-z0-9.-]*)?$/);
    }),
    { numRuns: 150 },
  );
});
