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
    return figuresOf(await noted(page, 'siteforge:renamed'), await noted(page, 'siteforge:rename-saved'));
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

function noted(page: Page, name: string): Promise<number[]> {
  return page.evaluate((of) => performance.getEntriesByName(of).map(({ duration }) => duration), name);
}

function checkOnDisk(site: string, name: string): void {
  const folder = path.join(site, 'hosts');
  const old = readdirSync(folder).filter(
    (file) => !readFileSync(path.join(folder, file), 'utf8').includes(`    ${name}: `),
  );
  if (old.length > 0) throw new Error(`${old.length} hosts do not have the new name on the disk`);
}

function figuresOf(renamed: readonly number[], saved: readonly number[]): Figure[] {
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
    of('The same until every file is written', saved, 0.5),
  ];
}

export const renameEverywhere: Measure = {
  name: 'rename',
  title: 'A name in all hosts',
  run: measure,
};
