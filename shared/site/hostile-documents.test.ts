import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { kindOfPath, kinds } from './document-kinds.ts';
import { mutatedDocuments, slowTexts } from './testing/hostile-documents.ts';
import { rangesOutside } from './testing/ranges-outside.ts';
import { validateText } from './validate-text.ts';

const example = new URL('../../assets/examples/edge-berlin/', import.meta.url);
const documents = readdirSync(example, { recursive: true, encoding: 'utf8' }).flatMap((path) => {
  const kind = kindOfPath(path);
  return kind === undefined ? [] : [[kind, readFileSync(new URL(path, example), 'utf8')] as const];
});

test('documents with accidents get an answer whose ranges lie in the text', () => {
  for (const { kind, text, how } of mutatedDocuments(documents, 120, 7)) {
    expect(rangesOutside(validateText('a.yaml', text, { as: kind }), text), how).toEqual([]);
  }
});

test.each(Object.entries(slowTexts))(
  '%s, in small, gets an answer whose ranges lie in the text',
  (_what, whole) => {
    const text = whole.slice(0, 2000);
    for (const as of kinds) expect(rangesOutside(validateText('a.yaml', text, { as }), text), as).toEqual([]);
  },
);

test('a bomb of aliases is told as one', () => {
  const text = slowTexts['a bomb of lists'] ?? '';
  const codes = validateText('a.yaml', text, { as: 'cloud-config' }).map(({ code }) => code);
  expect(codes).toContain('yaml-alias-limit');
});
