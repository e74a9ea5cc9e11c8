import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';

export interface BenchWindow {
  readonly electron: ElectronApplication;
  readonly page: Page;
  close(): Promise<void>;
}

/** The runtime that the set-up found or made. */
export function readRuntime(checkout: string): { executable: string; version: string } {
  return JSON.parse(readFileSync(path.join(checkout, 'dist', 'electron-runtime.json'), 'utf8')) as {
    executable: string;
    version: string;
  };
}

/** Settings and jobs of its own below `home`, and a window that is as large on every machine. */
export function windowEnvironment(
  home: string,
  recentFolders: readonly string[] = [],
): Record<string, string> {
  const file = path.join(home, 'data', 'settings.json');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ bounds: { width: 1600, height: 1000 }, recentFolders }));
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { ...Object.fromEntries(inherited), SITEFORGE_HOME: home, SITEFORGE_HEADLESS: '1' };
}

/** Opens a site in the built application, driven by Playwright. */
export async function openWindow(checkout: string, site: string, home: string): Promise<BenchWindow> {
  const window = await launchWindow(checkout, [site], windowEnvironment(home));
  await window.page.locator('.monaco-editor .view-line').first().waitFor({ timeout: 60_000 });
  return window;
}

/** Starts the built application as it starts by itself, and lists these folders as the ones opened last. */
export async function welcomeWindow(
  checkout: string,
  recentFolders: readonly string[],
  home: string,
): Promise<BenchWindow> {
  const window = await launchWindow(checkout, [], windowEnvironment(home, recentFolders));
  await window.page.getByRole('heading', { name: 'Recent' }).waitFor({ timeout: 60_000 });
  return window;
}

async function launchWindow(
  checkout: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<BenchWindow> {
  const electron = await _electron.launch({
    executablePath: readRuntime(checkout).executable,
    args: ['-r', path.join(checkout, 'e2e', 'hold-until-attached.cjs'), checkout, ...args],
    chromiumSandbox: process.getuid?.() !== 0,
    env,
  });
  const page = await electron.firstWindow();
  return {
    electron,
    page,
    close: async () => {
      await electron.evaluate(({ app }) => app.exit(0)).catch(() => undefined);
      await electron.close().catch(() => undefined);
    },
  };
}

/** Opens a document by name, as one does who knows it, and puts the caret behind the first place that holds `text`. */
export async function openAt(page: Page, document: string, text: string): Promise<void> {
  await page.keyboard.press('Control+P');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await page.keyboard.type(document);
  await dialog.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.monaco-editor .view-lines').first().click();
  await page.keyboard.press('Control+F');
  await page.getByRole('textbox', { name: 'Find' }).fill(text);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowRight');
}
