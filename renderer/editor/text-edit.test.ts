import fc from 'fast-check';
import { expect, it } from 'vitest';
import { smallestReplacement } from './text-edit.ts';

it('replaces only what differs', () => {
  expect(smallestReplacement('name: old\nrole: worker\n', 'name: new\nrole: worker\n')).toEqual({
    start: 6,
    end: 9,
    text: 'new',
  });
  expect(smallestReplacement('aa', 'aaa')).toEqual({ start: 2, end: 2, text: 'a' });
});

it('turns any text into any other', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', 'é') });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { start, end, text: inserted } = smallestReplacement(before, after);
      expect(before.slice(0, start) + inserted + before.slice(end)).toBe(after);
    }),
  );
});
