import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Bench, Figure, Measure } from './figure.ts';
import { makeSiteOfHosts } from './generated-site.ts';
import { percentile } from './sampling.ts';
import { openAt, openWindow } from './window.ts';

const hosts = 500;
const rounds = 10;
const names = ['oam-address', 'management-address'] as const;

/** A variable of every host gets another name and its old one again, as one does: F2, the name, Enter. */
async function measure({ checkout, scratch, tell }: Bench): Promise<Figure[]> {
  const site = path.join(scratch, 'site-to-rename-in');
  makeSiteOfHosts(checkout, site, hosts);
  const window = await openWindow(checkout, site, path.join(scratch, 'home-renames'));
  try {
    const { page } = window;
    await openAt(page, 'networks/bonded.yaml', `((var.${names[0]}`);
    await page.waitForTimeout(3000);
    tell(`  ${rounds} renames in ${hosts} hosts\n`);
    for (let round = 0; round < rounds; round++) {
      await renameTo(page, names[(round + 1) % 2] ?? names[0], round + 1);
      checkOnDisk(site, names[(round + 1) % 2] ?? names[0]);
    }
    const renamed = await noted(page, 'siteforge:renamed');
    const settled = await noted(page, 'siteforge:settled');
    const saved = await noted(page, 'siteforge:rename-saved');
    return figuresOf({
      renamed: renamed.map(({ start, end }) => end - start),
      settled: renamed.map(({ start, end }) => endAfter(end, settled) - start),
      saved: saved.map(({ start, end }) => end - start),
    });
  } finally {
    await window.close();
  }
}

async function renameTo(page: Page, name: string, times: number): Promise<void> {
  await page.keyboard.press('F2');
  await page.getByRole('textbox', { name: 'New name' }).waitFor();
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await page.waitForFunction(
    (wanted) => performance.getEntriesByName('siteforge:rename-saved').length >= wanted,
    times,
    { timeout: 60_000 },
  );
  // What the saves bring back from the disk belongs to no rename.
  await page.waitForTimeout(1500);
}

/** Milliseconds of the page's clock. */
interface Span {
  readonly start: number;
  readonly end: number;
}

function noted(page: Page, name: string): Promise<Span[]> {
  return page.evaluate(
    (of) =>
      performance
        .getEntriesByName(of)
        .map(({ startTime, duration }) => ({ start: startTime, end: startTime + duration })),
    name,
  );
}

function endAfter(time: number, spans: readonly Span[]): number {
  const span = spans.find(({ end }) => end >= time);
  if (span === undefined) throw new Error('a rename was never checked to its end');
  return span.end;
}

function checkOnDisk(site: string, name: string): void {
  const folder = path.join(site, 'hosts');
  const old = readdirSync(folder).filter(
    (file) => !readFileSync(path.join(folder, file), 'utf8').includes(`    ${name}: `),
  );
  if (old.length > 0) throw new Error(`${old.length} hosts do not have the new name on the disk`);
}

function figuresOf({
  renamed,
  settled,
  saved,
}: Readonly<Record<'renamed' | 'settled' | 'saved', number[]>>): Figure[] {
  const of = (title: string, samples: readonly number[], share: number, target?: number): Figure => ({
    measure: 'rename',
    title: `${title}, p${share * 100}`,
    value: percentile(samples, share),
    unit: 'ms',
    samples,
    ...(target === undefined ? {} : { target }),
  });
  return [
    of(`A name changed in ${hosts} hosts: every text of the window has it`, renamed, 0.5),
    of(`A name changed in ${hosts} hosts: every text of the window has it`, renamed, 0.95, 300),
    of('The same until every host is checked again', settled, 0.5, 300),
    of('The same until every file is written', saved, 0.5),
  ];
}

export const renameEverywhere: Measure = {
  name: 'rename',
  title: 'A name in all hosts',
  run: measure,
};
