import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LogFile } from './log-file.ts';
import { searchLog } from './search-log.ts';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siteforge-search-'));
  path = join(folder, 'log.txt');
});
afterEach(() => rm(folder, { recursive: true }));

async function writeLog(lines: readonly string[]): Promise<void> {
  const log = await LogFile.create(path);
  for (let from = 0; from < lines.length; from += 10_000) await log.append(lines.slice(from, from + 10_000));
  await log.close();
}

/** Every portion, one after the other. */
async function searchAll(
  text: string,
  options: { ignoreCase?: boolean; from?: number; limit?: number } = {},
) {
  const { ignoreCase = false, limit } = options;
  const lines: number[] = [];
  let portions = 0;
  for (let from: number | null = options.from ?? 0; from !== null; portions++) {
    const found = await searchLog(path, { text, ignoreCase, from }, limit);
    lines.push(...found.lines);
    from = found.next;
  }
  return { lines, portions };
}

describe('a search in a log', () => {
  test('finds every line once, in order', async () => {
    await writeLog(['a needle, a needle', 'nothing', '', 'needle', 'a need', 'le']);
    expect((await searchAll('needle')).lines).toEqual([0, 3]);
  });

  test('takes or ignores case, also beyond ASCII', async () => {
    await writeLog(['ERROR in Köln', 'error in KÖLN']);
    expect((await searchAll('köln')).lines).toEqual([]);
    expect((await searchAll('köln', { ignoreCase: true })).lines).toEqual([0, 1]);
  });

  test('begins at a line', async () => {
    await writeLog(Array.from({ length: 3000 }, (_, line) => `line ${line}`));
    expect((await searchAll('line', { from: 2998 })).lines).toEqual([2998, 2999]);
    expect((await searchAll('line', { from: 9000 })).lines).toEqual([]);
  });

  test('goes on in portions without losing or doubling a line', async () => {
    const lines = Array.from(
      { length: 60_000 },
      (_, line) => `${line} ${'é'.repeat(line % 40)} ${line % 7 === 0 ? 'needle' : ''}`,
    );
    await writeLog(lines);
    const wanted = lines.flatMap((line, index) => (line.includes('needle') ? [index] : []));
    const { lines: found, portions } = await searchAll('needle', { limit: 300_000 });
    expect(found).toEqual(wanted);
    expect(portions).toBeGreaterThan(5);
  });

  test('gives a text that every line holds in several answers', async () => {
    await writeLog(Array.from({ length: 50_000 }, () => 'x'.repeat(30)));
    const { lines, portions } = await searchAll('x');
    expect([lines.length, portions > 1]).toEqual([50_000, true]);
  });

  test('leaves a line that is still being written for later', async () => {
    await writeLog(['needle']);
    await appendFile(path, 'half a needle');
    expect((await searchAll('needle')).lines).toEqual([0]);
  });

  test('of a log that does not exist finds nothing', async () => {
    expect(await searchLog(join(folder, 'none.txt'), { text: 'x', ignoreCase: true, from: 0 })).toEqual({
      lines: [],
      next: null,
      total: 0,
    });
  });

  test('goes as far as a torn index allows', async () => {
    await writeLog(Array.from({ length: 2500 }, (_, line) => `line ${line}`));
    await writeFile(join(folder, 'log.index'), Buffer.alloc(8 + 3));
    expect((await searchAll('line 2499')).lines).toEqual([2499]);
  });

  test('agrees with looking at each line', async () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'B', 'b', 'é', ' '), maxLength: 12 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'B'), minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 40 }),
        text,
        fc.boolean(),
        async (lines, wanted, ignoreCase) => {
          await writeLog(lines);
          const fold = (some: string) => (ignoreCase ? some.toLowerCase() : some);
          const expected = lines.flatMap((each, index) => (fold(each).includes(fold(wanted)) ? [index] : []));
          expect((await searchAll(wanted, { ignoreCase })).lines).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });
});
