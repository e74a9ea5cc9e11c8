import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskOf, replaceMasks, secretsIn } from './mask.ts';

const names = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,40}$/);

test('every mask of a text is found again, in order and once', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ maxLength: 20 }), names), { maxLength: 8 }), (parts) => {
      const plain = parts.map(([text, name]) => [text.replaceAll('•', ''), name] as const);
      const text = plain.map(([before, name]) => before + maskOf(name)).join('');
      expect(secretsIn(text)).toEqual([...new Set(plain.map(([, name]) => name))]);
      expect(replaceMasks(text, (name) => `<${name}>`)).toBe(
        plain.map(([before, name]) => `${before}<${name}>`).join(''),
      );
    }),
  );
});

test('bullets of people are no mask', () => {
  for (const text of ['•••••• (a)', '•••••(a)', '••••••()', '••••••(-a)', '••••••(a/b)'])
    expect(secretsIn(text)).toEqual([]);
});
