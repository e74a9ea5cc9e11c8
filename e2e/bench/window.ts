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
export function windowEnvironment(home: string): Record<string, string> {
  const file = path.join(home, 'data', 'settings.json');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ bounds: { width: 1600, height: 1000 } }));
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { ...Object.fromEntries(inherited), SITEFORGE_HOME: home, SITEFORGE_HEADLESS: '1' };
}

/** Opens a site in the built application, driven by Playwright. */
export async function openWindow(checkout: string, site: string, home: string): Promise<BenchWindow> {
  const electron = await _electron.launch({
    executablePath: readRuntime(checkout).executable,
    args: [checkout, site],
    chromiumSandbox: process.getuid?.() !== 0,
    env: windowEnvironment(home),
  });
  const page = await electron.firstWindow();
  await page.locator('.monaco-editor .view-line').first().waitFor({ timeout: 60_000 });
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
