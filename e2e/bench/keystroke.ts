import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Bench, Figure, Measure } from './figure.ts';
import { copyExample, growNetwork, growUserData, longDocumentLines, typingPlace } from './generated-site.ts';
import { percentile } from './sampling.ts';
import { openAt, openWindow } from './window.ts';

const keystrokes = 200;
/** A fast typist: ten keys a second. */
const pause = 100;
/** Until the window has nothing more to do after it was opened. */
const settle = 3000;
const text = 'the quick brown fox jumps over the lazy dog and runs on ';

/** What the page noted while keys were pressed, in milliseconds. */
interface Noted {
  readonly verdict: number[];
  readonly preview: number[];
  /** From the key to the next paint; those below 16 ms are not told by the browser. */
  readonly paint: number[];
}

interface Subject {
  readonly title: string;
  readonly grow: (site: string) => string;
}

const subjects: readonly Subject[] = [
  { title: 'cloud-config', grow: growUserData },
  { title: 'network', grow: growNetwork },
];

async function measure({ checkout, scratch, tell }: Bench): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { title, grow } of subjects) {
    tell(`  ${title}: ${keystrokes} keystrokes\n`);
    const site = path.join(scratch, `site-to-type-${title}`);
    copyExample(checkout, site);
    const document = grow(site);
    const window = await openWindow(checkout, site, path.join(scratch, `home-${title}`));
    try {
      // The preview is that of a host that uses the document.
      await openAt(window.page, 'hosts/cp-1.yaml', 'name: cp-1');
      await openAt(window.page, document, typingPlace);
      await window.page.waitForTimeout(settle);
      figures.push(...figuresOf(title, await pressKeys(window.page)));
    } finally {
      await window.close();
    }
  }
  return figures;
}

async function pressKeys(page: Page): Promise<Noted> {
  await page.evaluate(() => {
    performance.clearMeasures();
    const held = globalThis as unknown as { benchKeys: number[] };
    held.benchKeys = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if (entry.name === 'keydown') held.benchKeys.push(entry.duration);
    });
    observer.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  for (let at = 0; at < keystrokes; at++) {
    const start = performance.now();
    await page.keyboard.press(text[at % text.length] === ' ' ? 'Space' : (text[at % text.length] ?? 'x'));
    await page.waitForTimeout(Math.max(0, pause - (performance.now() - start)));
  }
  await page.waitForTimeout(1000);
  return page.evaluate(() => {
    const of = (name: string) => performance.getEntriesByName(name).map(({ duration }) => duration);
    const held = globalThis as unknown as { benchKeys: number[] };
    return { verdict: of('siteforge:verdict'), preview: of('siteforge:preview'), paint: held.benchKeys };
  });
}

function figuresOf(document: string, { verdict, preview, paint }: Noted): Figure[] {
  for (const [name, found] of Object.entries({ verdict, preview })) {
    if (found.length < keystrokes / 2)
      throw new Error(`${keystrokes} keystrokes gave ${found.length} of siteforge:${name}`);
  }
  const slow = [...paint, ...Array.from({ length: keystrokes - paint.length }, () => 16)];
  const of = (what: string, samples: readonly number[], share: number, target?: number): Figure => ({
    measure: 'keystroke',
    title: `${what} after a keystroke, ${longDocumentLines} lines of ${document}, p${share * 100}`,
    value: percentile(samples, share),
    unit: 'ms',
    samples,
    ...(target === undefined ? {} : { target }),
  });
  return [
    of('Diagnostics', verdict, 0.5),
    of('Diagnostics', verdict, 0.95, 50),
    of('Preview', preview, 0.5),
    of('Preview', preview, 0.95, 50),
    of('Paint', slow, 0.95),
  ];
}

export const keystroke: Measure = { name: 'keystroke', title: 'Typing in the window', run: measure };
