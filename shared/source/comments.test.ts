import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commentsOf } from './comments.ts';
import { createSourceText } from './source-text.ts';

const comments = (text: string) => commentsOf(createSourceText('a.yaml', text));

test('finds comments, and takes no text for one', () => {
  const text =
    '\uFEFF# one\r\n---\na: b#c # two\nd: "# no"\ne: |\n  # no\n  f\n# three\ng: [h, #four\n  i]\nj: \'#no\'\n';
  expect(comments(text).map((each) => each.text)).toEqual(['# one', '# two', '# three', '#four']);
});

test('tells where each stands, whatever the text holds', () => {
  const piece = fc.constantFrom(
    '# a',
    '\n',
    '\r\n',
    ' ',
    'k: ',
    '- ',
    '"',
    "'",
    '|',
    '[',
    '{',
    ']',
    '---\n',
    '#',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join('');
      for (const comment of comments(text))
        expect(text.slice(comment.span.start, comment.span.end)).toBe(comment.text);
    }),
  );
});
