import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Bench, Figure, Measure } from './figure.ts';
import { copyExample, makeSiteOfHosts } from './generated-site.ts';
import { memoryOf, processTree } from './processes.ts';
import { median } from './sampling.ts';
import { welcomeWindow } from './window.ts';

const hosts = 500;
const rounds = 5;
/** Milliseconds until the window has nothing more to do: what is measured then is kept. */
const settle = 3000;

/** One opening: milliseconds from the click, and bytes of all processes after it. */
interface Opening {
  readonly shown: number;
  readonly checked: number;
  readonly preview: number;
  readonly proportional: number;
}

/** A site is opened from the list of the welcome page, each time in a window that was just started. */
async function measure({ checkout, scratch, tell }: Bench): Promise<Figure[]> {
  const large = path.join(scratch, 'large-site');
  makeSiteOfHosts(checkout, large, hosts);
  plantMistake(path.join(large, 'hosts', 'node-400.yaml'));
  const small = path.join(scratch, 'small-site');
  copyExample(checkout, small);
  plantMistake(path.join(small, 'hosts', 'wk-1.yaml'));
  // The site that was open last is gone, as on a stick that was pulled: the window welcomes with a list.
  const gone = path.join(scratch, 'pulled-site');
  const open = (site: string, round: number) =>
    openOnce(checkout, [gone, site], path.join(scratch, `home-open-${path.basename(site)}-${round}`));
  const openings: Opening[] = [];
  tell(`  ${rounds} openings of ${hosts} hosts\n`);
  for (let round = 0; round < rounds; round++) openings.push(await open(large, round));
  const ofSmall = await open(small, 0);
  const of = (key: keyof Opening) => openings.map((opening) => opening[key]);
  const megabytes = of('proportional').map((bytes) => bytes / 1e6);
  return [
    {
      measure: 'open',
      title: `A site of ${hosts} hosts opened, every document checked and its problems shown`,
      value: median(of('shown')),
      unit: 'ms',
      target: 1500,
      samples: of('shown'),
      note: `verdict there after ${Math.round(median(of('checked')))} ms, preview of the chosen host after ${Math.round(median(of('preview')))} ms`,
    },
    {
      measure: 'open',
      title: `Memory with ${hosts} hosts open, pages that processes share counted once`,
      value: median(megabytes),
      unit: 'MB',
      samples: megabytes,
      peer: {
        title: 'the example with 5 hosts',
        value: ofSmall.proportional / 1e6,
        ratio: median(of('proportional')) / ofSmall.proportional,
      },
    },
  ];
}

/** A misspelt key in one of the last hosts: its error is shown only when that host has been read and checked. */
function plantMistake(file: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^ {2}profile:/m, '  profil:'));
}

async function openOnce(checkout: string, recent: readonly string[], home: string): Promise<Opening> {
  const window = await welcomeWindow(checkout, recent, home);
  try {
    const times = await timesOfOpening(window.page, path.basename(recent.at(-1) ?? ''));
    await window.page.waitForTimeout(settle);
    const pids = processTree(window.electron.process().pid ?? 0).map(({ pid }) => pid);
    return { ...times, proportional: memoryOf(pids).proportional };
  } finally {
    await window.close();
  }
}

/** Clicks in the page itself, and looks at every frame for what the click is to bring. */
async function timesOfOpening(page: Page, site: string): Promise<Omit<Opening, 'proportional'>> {
  const row = page.getByRole('listitem').filter({ hasText: site });
  const button = await row.getByRole('button').first().elementHandle();
  if (button === null) throw new Error(`${site} is not listed`);
  return page.evaluate(
    (clicked) =>
      new Promise<{ shown: number; checked: number; preview: number }>((resolve, reject) => {
        const start = performance.now();
        let shown: number | undefined;
        const look = () => {
          const status = document.querySelector('[data-testid="status-problems"]')?.textContent ?? '';
          // A frame that is asked for in this one comes after the paint.
          if (shown === undefined && /error/.test(status))
            requestAnimationFrame(() => {
              shown ??= performance.now() - start;
            });
          const [checked] = performance.getEntriesByName('siteforge:checked');
          const text = document.querySelector('[data-testid="preview-text"]')?.textContent ?? '';
          if (shown !== undefined && checked !== undefined && text.includes('hostname'))
            resolve({ shown, checked: checked.startTime - start, preview: performance.now() - start });
          else if (performance.now() - start > 30_000) reject(new Error(`not open after 30 s: ${status}`));
          else requestAnimationFrame(look);
        };
        (clicked as HTMLElement).click();
        requestAnimationFrame(look);
      }),
    button,
  );
}

export const openLargeSite: Measure = { name: 'open', title: 'Opening a large site', run: measure };
