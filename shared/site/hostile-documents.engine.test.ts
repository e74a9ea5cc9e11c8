import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readWithLibrary } from '../source/read-with-library.ts';
import { kindOfPath, kinds } from './document-kinds.ts';
import { mutatedDocuments, slowTexts } from './testing/hostile-documents.ts';
import { rangesOutside } from './testing/ranges-outside.ts';
import { validateText } from './validate-text.ts';

/*
 * Here, and not among the units, because it takes minutes and counts time: that of the processor, since other tests run
 * beside it, and the least of three, since what is compiled and collected meanwhile is not the text's fault.
 */

/** Milliseconds that a plain text of 2,000 lines takes the YAML library on the machine of the README. */
const usual = 20;

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

function leastOfThree(work: () => void, limit: number): number {
  let least = milliseconds(work);
  for (let again = 0; again < 2 && least > limit; again++) least = Math.min(least, milliseconds(work));
  return least;
}

/** How much slower than that machine this one is at the moment. */
function slowness(): number {
  const text = Array.from({ length: 2000 }, (_, line) => `key${line}: [a, "b", {c: ${line}}]`).join('\n');
  const read = () => void readWithLibrary(text);
  for (let warm = 0; warm < 5; warm++) read();
  return Math.max(1, leastOfThree(read, 0) / usual);
}

/** Milliseconds for a text of up to 100,000 characters; longer ones have as much more. */
const timeLimit = 250 * slowness();

test('10,000 documents with accidents are answered in time, with ranges in the text', () => {
  for (const { kind, text, how } of mutatedDocuments(documents, 10_000, 1)) {
    const work = () => {
      expect(rangesOutside(validateText('a.yaml', text, { as: kind }), text), how).toEqual([]);
    };
    expect(leastOfThree(work, timeLimit), how).toBeLessThan(timeLimit);
  }
});

test.each(Object.entries(slowTexts))('%s is answered in time as every kind', (_what, text) => {
  const limit = timeLimit * Math.max(1, text.length / 100_000);
  for (const as of kinds) {
    const work = () => {
      expect(rangesOutside(validateText('a.yaml', text, { as }), text), as).toEqual([]);
    };
    expect(leastOfThree(work, limit), as).toBeLessThan(limit);
  }
});
