import { realpathSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { JobStore } from '../../electron/core/jobs/job-store.ts';
import { siteIdOf } from '../../electron/core/site/site-folder.ts';
import type { Bench, Figure, Measure } from './figure.ts';
import { copyExample } from './generated-site.ts';
import { memoryOf, processTree } from './processes.ts';
import { median, percentile } from './sampling.ts';
import { type BenchWindow, openWindow } from './window.ts';

const lines = 200_000;
const jumps = 60;
const scrollSeconds = 5;

async function measure({ checkout, scratch, tell }: Bench): Promise<Figure[]> {
  const site = path.join(scratch, 'site-of-log');
  const home = path.join(scratch, 'home-of-log');
  copyExample(checkout, site);
  // The newest job is the one that is shown first: the short log is the state that the long one is compared with.
  await recordJob(home, site, lines);
  await recordJob(home, site, 100);
  const window = await openWindow(checkout, site, home);
  try {
    const { page } = window;
    await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Builds' }).click();
    await page.locator('.log-line').first().waitFor();
    const before = await settledMemory(window);
    await page.getByRole('option', { name: '#1' }).click();
    await page.getByText(`${lines.toLocaleString('en')} lines`).waitFor();
    tell('  reading and scrolling\n');
    const shown = await jumpAround(page);
    const frames = await scrollOn(page);
    const after = await settledMemory(window);
    return figuresOf(after - before, shown, frames);
  } finally {
    await window.close();
  }
}

function figuresOf(added: number, shown: readonly number[], frames: readonly number[]): Figure[] {
  const figure = { measure: 'log' } as const;
  return [
    {
      ...figure,
      title: `Memory that a log of ${lines.toLocaleString('en')} lines adds to window and main`,
      value: added / 1e6,
      unit: 'MB',
      target: 50,
      note: 'after reading all over it; pages of 500 lines, 20 of them held',
    },
    {
      ...figure,
      title: 'A jump to any line of it until its text is there, p95',
      value: percentile(shown, 0.95),
      unit: 'ms',
      samples: shown,
      note: `median ${median(shown).toFixed(0)} ms: one call and one read of the log by its index`,
    },
    {
      ...figure,
      title: 'Time between frames while it scrolls, p95',
      value: percentile(frames, 0.95),
      unit: 'ms',
      samples: frames,
      note: 'painted without a graphics card, on a virtual display',
    },
  ];
}

/** A finished job, written by the code that writes those of real builds. */
async function recordJob(home: string, site: string, count: number): Promise<void> {
  const folder = realpathSync(site);
  const jobs = new JobStore(path.join(home, 'data'));
  const out = path.join(folder, 'out');
  const job = await jobs.create(siteIdOf(folder), 'edge-node', { siteFolder: folder, outFolder: out });
  const at = Date.now();
  job.record({ type: 'state', at, state: 'building' });
  job.record({ type: 'step', at, id: 'compose.root', title: 'Bootstrap', state: 'finished' });
  for (let number = 0; number < count; number++) await job.log([logLine(number)]);
  await job.finish([{ type: 'state', at: Date.now(), state: 'succeeded' }]);
}

/** As long as the lines of a real build are: 90 characters. */
function logLine(number: number): string {
  const time = new Date(1_700_000_000_000 + number * 17).toISOString().replace('T', ' ').slice(0, 23);
  return `${time} | Unpacking package-${number} (1.${number % 90}.${number % 7}-1+deb12u${number % 4}) over the previous one`;
}

/** Resident bytes of main and of the page's process, when nothing is left to collect. */
async function settledMemory({ electron, page }: BenchWindow): Promise<number> {
  await page.waitForTimeout(2000);
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
  await page.waitForTimeout(1000);
  const root = electron.process().pid ?? 0;
  const wanted = processTree(root).filter(
    ({ pid, command }) => pid === root || /--type=renderer/.test(command),
  );
  return memoryOf(wanted.map(({ pid }) => pid)).resident;
}

/** Milliseconds from a jump to the first frame in which all visible lines have their text. */
async function jumpAround(page: Page): Promise<number[]> {
  return page.evaluate(async (count) => {
    const scroller = document.querySelector('.log-scroller');
    if (scroller === null) throw new Error('there is no log');
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const isShown = () => {
      const { top, bottom } = scroller.getBoundingClientRect();
      const visible = [...scroller.querySelectorAll('.log-line')].filter((line) => {
        const box = line.getBoundingClientRect();
        return box.bottom > top && box.top < bottom;
      });
      return visible.length > 0 && visible.every((line) => line.textContent !== '');
    };
    // Reading upwards ends the following of the end, which would pull every jump back.
    scroller.dispatchEvent(new WheelEvent('wheel', { deltaY: -100, bubbles: true }));
    const times: number[] = [];
    for (let at = 0; at < count; at++) {
      // Spread over the whole log, never twice at the same place: a multiplicative sequence.
      const share = (at * 0.618034) % 1;
      const start = performance.now();
      scroller.scrollTop = share * (scroller.scrollHeight - scroller.clientHeight);
      do await frame();
      while (!isShown() && performance.now() - start < 5000);
      times.push(performance.now() - start);
    }
    return times;
  }, jumps);
}

/** Milliseconds between frames while the wheel turns. */
async function scrollOn(page: Page): Promise<number[]> {
  await page.locator('.log-scroller').hover();
  await page.evaluate(() => {
    const held = globalThis as unknown as { benchFrames: number[] };
    held.benchFrames = [];
    let last = performance.now();
    const next = (now: number) => {
      held.benchFrames.push(now - last);
      last = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  const end = performance.now() + scrollSeconds * 1000;
  while (performance.now() < end) {
    await page.mouse.wheel(0, -400);
    await page.waitForTimeout(15);
  }
  return page.evaluate(() => (globalThis as unknown as { benchFrames: number[] }).benchFrames.slice(5));
}

export const longLog: Measure = { name: 'log', title: 'A log of 200,000 lines', run: measure };
