import { mkdtemp, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LogFile, readLog } from './log-file.ts';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siteforge-log-'));
  path = join(folder, 'log.txt');
});
afterEach(() => rm(folder, { recursive: true }));

async function write(count: number, text = (line: number) => `line ${line}`): Promise<void> {
  const log = await LogFile.create(path);
  for (let line = 0; line < count; line += 500) {
    await log.append(Array.from({ length: Math.min(500, count - line) }, (_, place) => text(line + place)));
  }
  await log.close();
}

test('pages anywhere in a million lines in constant memory', async () => {
  const before = process.memoryUsage().rss;
  await write(1_000_000, (line) => `${line} ${'é'.repeat(30)}`);
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  for (const from of [0, 999, 1000, 555_555, 999_990]) {
    const page = await readLog(path, from, 5);
    expect(page.total).toBe(1_000_000);
    expect(page.lines.map((line) => Number.parseInt(line, 10))).toEqual(
      [0, 1, 2, 3, 4].map((more) => from + more),
    );
  }
}, 30_000);

test.each([0, 1, 999, 1000, 1001, 2000])('counts %i lines', async (count) => {
  await write(count);
  expect((await readLog(path, 0, 10_000)).lines).toHaveLength(count);
  expect((await readLog(path, 0, 1)).total).toBe(count);
  expect(await readLog(path, count, 10)).toEqual({ total: count, lines: [] });
});

test('ignores a torn last line and survives a torn index', async () => {
  await write(2500);
  await truncate(path, (await stat(path)).size - 3);
  await truncate(join(folder, 'log.index'), 8 + 3);
  const page = await readLog(path, 2498, 10);
  expect(page).toEqual({ total: 2499, lines: ['line 2498'] });
});

test('drops what goes over the limit, and says so once', async () => {
  const log = await LogFile.create(path, 1000);
  for (let batch = 0; batch < 100; batch++) await log.append(['x'.repeat(99)]);
  await log.close();
  const { lines } = await readLog(path, 0, 100);
  expect(lines.at(-1)).toMatch(/reached 1000 bytes/);
  expect(lines.length).toBeLessThan(15);
});

test('an absent log is empty', async () => {
  expect(await readLog(join(folder, 'none.txt'), 0, 10)).toEqual({ total: 0, lines: [] });
});
