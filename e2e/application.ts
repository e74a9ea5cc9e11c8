import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { endProcessGroup } from './process-group.ts';

export const checkout = path.join(import.meta.dirname, '..');

export interface Application {
  readonly electron: ElectronApplication;
  readonly page: Page;
  /** A copy of the example site that a journey may change. */
  readonly site: string;
  /** Whatever the page said on its console as an error, and every breach of the content security policy. */
  readonly complaints: string[];
  close(options?: { keepSite?: boolean }): Promise<void>;
}

export interface WindowSize {
  readonly width: number;
  readonly height: number;
}

export interface LaunchOptions {
  /** False starts without a site, as on the first day. */
  readonly withSite?: boolean;
  readonly environment?: Record<string, string>;
  /** Keeps jobs and settings of an earlier launch. */
  readonly home?: string;
  readonly site?: string;
  /** Chromium's own, such as a camera that is none. */
  readonly switches?: readonly string[];
  /** Pixels of the window. */
  readonly size?: WindowSize;
  readonly theme?: 'light' | 'dark';
}

/**
 * Starts the built application as a user would, with settings and jobs of its own. The cache of trees and images is
 * the account's: composing one takes minutes, and its content is named by what it was made from.
 */
export async function launch(options: LaunchOptions = {}): Promise<Application> {
  const prefix = path.join(tmpdir(), 'siteforge-journey-');
  const folder = mkdtempSync(prefix);
  const site = options.site ?? path.join(folder, 'edge-berlin');
  if (!existsSync(site)) copyExample(site);
  const data = options.home ?? path.join(folder, 'data');
  rememberLook(data, options.size ?? { width: 1600, height: 1000 }, options.theme ?? 'light');
  const runtime = readRuntime();
  const electron = await _electron.launch({
    executablePath: runtime.executable,
    args: [
      ...['-r', path.join(checkout, 'e2e', 'hold-until-attached.cjs')],
      ...(options.switches ?? []),
      checkout,
      ...(options.withSite === false ? [] : [site]),
    ],
    chromiumSandbox: process.getuid?.() !== 0,
    env: {
      ...definedEnvironment(),
      XDG_DATA_HOME: data,
      SITEFORGE_HEADLESS: '1',
      ...options.environment,
    },
  });
  const leader = electron.process().pid;
  const page = await electron.firstWindow();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.waitForLoadState('domcontentloaded');
  asksAgain(electron);
  await settled(electron);
  return {
    electron,
    page,
    site,
    complaints,
    close: async ({ keepSite = false } = {}) => {
      await electron.evaluate(({ app }) => app.exit(0)).catch(() => undefined);
      await electron.close().catch(() => undefined);
      await endProcessGroup(leader);
      const ofSite = path.dirname(site);
      if (folder !== ofSite || !keepSite) rmSync(folder, { recursive: true, force: true });
      // That of an earlier launch, which kept it for this one.
      if (!keepSite && ofSite.startsWith(prefix)) rmSync(ofSite, { recursive: true, force: true });
    },
  };
}

/** The window opens as it was left; only the first launch of a home writes this. */
function rememberLook(data: string, bounds: WindowSize, theme: 'light' | 'dark'): void {
  const file = path.join(data, 'siteforge', 'settings.json');
  if (existsSync(file)) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ bounds, settings: { theme, editorFontSize: 13 } }));
}

/**
 * V8's inspector holds the answer of what is evaluated weakly, and a collection of garbage in between takes it: “Resulting
 * promise was garbage collected”. What the journeys evaluate in main may be done twice.
 */
function asksAgain(electron: ElectronApplication): void {
  const evaluate = electron.evaluate.bind(electron);
  electron.evaluate = (async (...asked: Parameters<typeof evaluate>) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await evaluate(...asked);
      } catch (thrown) {
        if (attempt === 5 || !String(thrown).includes('garbage collected')) throw thrown;
      }
    }
  }) as typeof electron.evaluate;
}

/** What is evaluated in main while it is still starting may be collected with its answer: asks until one comes. */
async function settled(electron: ElectronApplication): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const ready = await electron.evaluate(({ app }) => app.isReady()).catch(() => false);
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Without what an engineer may have built in it. */
function copyExample(target: string): void {
  const example = path.join(checkout, 'assets', 'examples', 'edge-berlin');
  cpSync(example, target, { recursive: true, filter: (source) => source !== path.join(example, 'out') });
}

export function readRuntime(): { executable: string; version: string } {
  const file = path.join(checkout, 'dist', 'electron-runtime.json');
  if (!existsSync(file))
    throw new Error('There is no Electron runtime yet: run npm test, or npm run quickstart.');
  return JSON.parse(readFileSync(file, 'utf8')) as { executable: string; version: string };
}

function definedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries.filter(([name]) => name !== 'SITEFORGE_HOME'));
}
