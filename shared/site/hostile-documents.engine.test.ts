import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { kindOfPath, kinds } from './document-kinds.ts';
import { mutatedDocuments, slowTexts } from './testing/hostile-documents.ts';
import { rangesOutside } from './testing/ranges-outside.ts';
import { validateText } from './validate-text.ts';

/*
 * Here, and not among the units, because it takes a minute. What a text may take is measured by the bench; this limit
 * tells a text that never ends, and is one of the processor's time since other tests run beside it.
 */
const processorLimit = 5000;

const example = new URL('../../assets/examples/edge-berlin/', import.meta.url);
const documents = readdirSync(example, { recursive: true, encoding: 'utf8' }).flatMap((path) => {
  const kind = kindOfPath(path);
  return kind === undefined ? [] : [[kind, readFileSync(new URL(path, example), 'utf8')] as const];
});

function milliseconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

test('10,000 documents with accidents are answered, with ranges in the text', () => {
  for (const { kind, text, how } of mutatedDocuments(documents, 10_000, 1)) {
    const work = () => {
      expect(rangesOutside(validateText('a.yaml', text, { as: kind }), text), how).toEqual([]);
    };
    expect(milliseconds(work), how).toBeLessThan(processorLimit);
  }
});

test.each(Object.entries(slowTexts))('%s is answered as every kind', (_what, text) => {
  for (const as of kinds) {
    const work = () => {
      expect(rangesOutside(validateText('a.yaml', text, { as }), text), as).toEqual([]);
    };
    expect(milliseconds(work), as).toBeLessThan(processorLimit);
  }
});
