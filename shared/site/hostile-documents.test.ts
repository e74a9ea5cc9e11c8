import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { maximumDocumentLength } from '../source/parse-yaml.ts';
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

test('a value as long as a document may be gets an answer whose ranges lie in the text and whose message can be read', () => {
  for (const [kind, document] of documents) {
    const values = document.matchAll(/^ *(?:- )?(?:([A-Za-z][\w.-]*): |(?<=- ))([^\s#[{|>"'][^\n]*)/gm);
    // One of each key, and each entry of a list.
    const places = new Map([...values].map((place) => [place[1] ?? place[2], place]));
    for (const [key = '', { index, 0: line, 2: value = '' }] of places) {
      const start = index + line.length - value.length;
      const long = 'a'.repeat(maximumDocumentLength - document.length);
      const text = `${document.slice(0, start)}${long}${document.slice(start + value.length)}`;
      const found = validateText('a.yaml', text, { as: kind });
      expect(rangesOutside(found, text), key).toEqual([]);
      expect(Math.max(...found.map(({ message }) => message.length), 0), key).toBeLessThan(1300);
    }
  }
});

test('of a million findings alike a thousand are told, and how many more there are', () => {
  const keys = Array.from({ length: 150_000 }, (_, index) => `k${index}: 1`).join(', ');
  const found = validateText('a.yaml', `spec:\n  kernel: {${keys}}\n`, { as: 'host-profile' });
  expect(found.length).toBeLessThan(1100);
  expect(found.some(({ message }) => message.includes('149000 more like this'))).toBe(true);
});

test('a name of JavaScript in each of many mappings is answered soon', () => {
  const entries = Array.from({ length: 100_000 }, (_, index) => `  a${index}: {__proto__: 1}`).join('\n');
  const start = performance.now();
  validateText('a.yaml', `spec:\n${entries}\n`, { as: 'site' });
  expect(performance.now() - start).toBeLessThan(10_000);
});

test('a bomb of aliases is told as one', () => {
  const text = slowTexts['a bomb of lists'] ?? '';
  const codes = validateText('a.yaml', text, { as: 'cloud-config' }).map(({ code }) => code);
  expect(codes).toContain('yaml-alias-limit');
});
