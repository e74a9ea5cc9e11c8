import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { expect, test } from '@playwright/test';
import { type Application, checkout, launch } from './application.ts';
import { barriers } from './looks.ts';
import { Workbench } from './workbench.ts';

// The log of a long build: a million lines, of which three are looked for.
const lines = 1_000_000;
const needles = [17, 499_999, 999_990];
test.setTimeout(120_000);
test.describe.configure({ mode: 'serial' });

let application: Application;

test.beforeAll(async () => {
  const site = test.info().outputPath('edge-berlin');
  const home = test.info().outputPath('data');
  const example = path.join(checkout, 'assets', 'examples', 'edge-berlin', 'site.yaml');
  mkdirSync(site, { recursive: true });
  writeFileSync(path.join(site, 'site.yaml'), readFileSync(example));
  await recordJob(path.join(home, 'siteforge', 'jobs'), realpathSync(site));
  application = await launch({ site, home });
  await new Workbench(application.page).ready();
});

test.afterAll(async () => {
  await application.close();
});

/** A finished job as the application leaves it on disk. */
async function recordJob(jobs: string, site: string): Promise<void> {
  const siteId = createHash('sha256').update(site).digest('hex').slice(0, 16);
  const folder = path.join(jobs, `${siteId}-1`);
  mkdirSync(folder, { recursive: true });
  const at = Date.now();
  const record = { id: `${siteId}-1`, number: 1, site: siteId, image: 'edge-node', createdAt: at };
  const ended = { pid: 1, started: 'long ago', boot: 'another' };
  const head = { version: 1, record, siteFolder: site, outFolder: path.join(site, 'out'), process: ended };
  writeFileSync(path.join(folder, 'job.json'), JSON.stringify(head));
  const events = [
    { type: 'state', at, state: 'building' },
    { type: 'state', at, state: 'failed' },
  ];
  writeFileSync(
    path.join(folder, 'events.ndjson'),
    events.map((event) => `${JSON.stringify(event)}\n`).join(''),
  );
  const text = createWriteStream(path.join(folder, 'log.txt'));
  const offsets: bigint[] = [];
  let offset = 0;
  for (let from = 0; from < lines; from += 1000) {
    offsets.push(BigInt(offset));
    const block = Array.from({ length: 1000 }, (_, index) => logLine(from + index)).join('');
    offset += Buffer.byteLength(block);
    if (!text.write(block)) await new Promise<void>((resolve) => text.once('drain', () => resolve()));
  }
  text.end();
  await finished(text);
  writeFileSync(path.join(folder, 'log.index'), new BigUint64Array(offsets));
}

function logLine(number: number): string {
  const what = needles.includes(number)
    ? 'E: Unable to correct problems'
    : 'Unpacking a package over the last';
  return `2023-11-14 22:13:20.000 | ${String(number).padStart(7, '0')} ${what}\n`;
}

const count = () => application.page.locator('.log-find-count');
const found = () => application.page.locator('.log-line[data-found]');
const press = (keys: string) => application.page.keyboard.press(keys);

test('a text is found all over a million lines, forwards, backwards and around', async () => {
  const { page } = application;
  await new Workbench(page).place('Builds');
  await expect(page.getByText('1,000,000 lines')).toBeVisible();
  await page.getByRole('region', { name: 'Log of the build' }).focus();
  await press('Control+F');
  await expect(page.getByRole('textbox', { name: 'Find in the log' })).toBeFocused();
  await watchFrames();
  await page.keyboard.type('unable to');
  await expect(count()).toHaveText('1 of 3');
  await expect(found()).toContainText('0000017');
  await expect(found().locator('mark')).toHaveText('Unable to');
  await press('Enter');
  await expect(found()).toContainText('0499999');
  await press('F3');
  await expect(found()).toContainText('0999990');
  await press('Enter');
  await expect(count()).toHaveText('1 of 3');
  await press('Shift+Enter');
  await expect(found()).toContainText('0999990');
  await press('Shift+F3');
  await expect(found()).toContainText('0499999');
  // 100 ms are what people feel as at once; a window that searched by itself would stand still for a second.
  expect(await longestFrame()).toBeLessThan(400);
});

test('capitals count when some are typed, and what is not there is said', async () => {
  const field = application.page.getByRole('textbox', { name: 'Find in the log' });
  await field.fill('UNABLE');
  await expect(count()).toHaveText('Nothing found');
  await field.fill('Unable');
  // From where the reader is: the middle of the log.
  await expect(count()).toHaveText('2 of 3');
});

test('a text that every line holds is found up to a limit, while the window stays alive', async () => {
  const field = application.page.getByRole('textbox', { name: 'Find in the log' });
  await field.fill('2023');
  await expect(count()).toHaveText(/ of 100,000\+$/);
  await field.fill('unable');
  await expect(count()).toHaveText(/^\d of 3$/);
});

test('the search is without barriers', async () => {
  const { page } = application;
  await expect(found()).toBeVisible();
  expect(await barriers(page)).toEqual([]);
});

test('Escape leaves the search and gives the keys back to the log', async () => {
  await application.page.getByRole('textbox', { name: 'Find in the log' }).press('Escape');
  await expect(count()).toHaveCount(0);
  await expect(application.page.getByRole('region', { name: 'Log of the build' })).toBeFocused();
});

async function watchFrames(): Promise<void> {
  await application.page.evaluate(() => {
    const held = globalThis as unknown as { longestFrame: number };
    held.longestFrame = 0;
    let last = performance.now();
    const next = (now: number) => {
      held.longestFrame = Math.max(held.longestFrame, now - last);
      last = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
}

function longestFrame(): Promise<number> {
  return application.page.evaluate(() => (globalThis as unknown as { longestFrame: number }).longestFrame);
}
