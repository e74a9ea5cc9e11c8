import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { checkout, type WindowSize } from './application.ts';

export interface Look {
  readonly theme: 'light' | 'dark';
  readonly size: WindowSize;
}

const laptop = { width: 1280, height: 800 };
const screen = { width: 1920, height: 1080 };
/** An old laptop in a rack: nothing may be out of reach there. */
const smallest = { width: 900, height: 600 };

/** Every theme in every usual size, and the smallest window. */
export const looks: readonly Look[] = [
  { theme: 'light', size: laptop },
  { theme: 'light', size: screen },
  { theme: 'dark', size: laptop },
  { theme: 'dark', size: screen },
  { theme: 'light', size: smallest },
];

/** For what is much the same in any window: each theme once, each size once. */
export const looksOfParts: readonly Look[] = [
  { theme: 'light', size: laptop },
  { theme: 'dark', size: screen },
  { theme: 'light', size: smallest },
];

export function nameOfLook({ theme, size }: Look): string {
  return `${theme}, ${size.width}x${size.height}`;
}

/** Where the pictures go: `SITEFORGE_SCREENSHOTS=assets/screenshots` renews those of the README. */
const pictures = path.resolve(checkout, process.env.SITEFORGE_SCREENSHOTS ?? 'dist/screenshots');

/** A view without barriers, with nothing of it out of sight; its picture is kept. */
export async function lookAt(page: Page, view: string, { theme, size }: Look): Promise<void> {
  await page.mouse.move(0, 0);
  expect(await barriers(page), view).toEqual([]);
  expect(await cutOff(page), view).toEqual([]);
  await page.screenshot({ path: path.join(pictures, `${view}-${theme}-${size.width}.png`) });
}

/**
 * What axe finds in the window as it stands, or in a part of it. Monaco draws its text in ways that contrast cannot be
 * judged of.
 */
export async function barriers(page: Page, part?: string): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await (part === undefined
    ? axe.exclude('.monaco-editor')
    : axe.include(part)
  ).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Panes that have to be moved sideways, or a page that can be: something of them is out of sight. */
async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    const found = scrollWidth > innerWidth || scrollHeight > innerHeight ? ['the page'] : [];
    for (const panel of document.querySelectorAll('[data-panel], .view, .pane')) {
      for (const element of [panel, ...panel.children])
        if (element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1)
          found.push(`${panel.id} ${element.className}`);
    }
    return [...new Set(found)];
  });
}
