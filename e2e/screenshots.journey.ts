import { rmSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { type Application, checkout, launch } from './application.ts';
import { Workbench } from './workbench.ts';

/** Where the pictures go: `SITEFORGE_SCREENSHOTS=assets/screenshots` renews those of the README. */
const folder = path.resolve(checkout, process.env.SITEFORGE_SCREENSHOTS ?? 'dist/screenshots');

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

let application: Application;

test.setTimeout(15 * 60_000);

test.afterEach(async () => {
  expect(application.complaints).toEqual([]);
  await application.close();
});

/** What axe finds in the window as it stands; Monaco draws its text in ways that contrast cannot be judged of. */
async function barriers(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).setLegacyMode(true).exclude('.monaco-editor').analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`);
}

async function lookAt(page: Page, view: string, suffix: string): Promise<void> {
  await page.mouse.move(0, 0);
  expect(await barriers(page), view).toEqual([]);
  await page.screenshot({ path: path.join(folder, `${view}-${suffix}.png`) });
}

for (const theme of ['light', 'dark'] as const) {
  for (const size of sizes) {
    test(`every view is without barriers and worth a look: ${theme}, ${size.width}x${size.height}`, async () => {
      application = await launch({ theme, size });
      const { page } = application;
      const workbench = new Workbench(page);
      const look = (view: string) => lookAt(page, view, `${theme}-${size.width}`);
      await workbench.ready();
      await workbench.open('hosts/cp-1.yaml');
      await expect(workbench.preview).toContainText('cp-1');
      await look('editor');
      await workbench.showPreview('Links');
      await look('links');
      await workbench.place('Hosts');
      await look('hosts');
      await workbench.place('Images');
      await look('images');
      await page.keyboard.press('Control+B');
      await workbench.place('Builds');
      await expect(page.getByText('Succeeded').first()).toBeVisible({ timeout: 14 * 60_000 });
      await look('builds');
      await workbench.place('Site');
      await workbench.showPreview('user-data');
      await page.keyboard.press('Control+Shift+M');
      await workbench.replace('profile:', 'profil:');
      await workbench.replace('10.20.0.11', '10.20.0.21');
      await expect(workbench.problem(/did you mean/i)).toBeVisible();
      await look('problems');
      await page.keyboard.press('Control+Shift+P');
      await expect(page.getByRole('dialog')).toBeVisible();
      await look('palette');
    });

    test(`making and losing documents is without barriers: ${theme}, ${size.width}x${size.height}`, async () => {
      application = await launch({ theme, size });
      const { page } = application;
      const look = (view: string) => lookAt(page, view, `${theme}-${size.width}`);
      await new Workbench(page).ready();
      await page.keyboard.press('Control+N');
      await expect(page.getByRole('dialog')).toBeVisible();
      await look('new-document');
      await page.keyboard.press('Enter');
      await page.getByRole('textbox', { name: 'Name of the new host' }).fill('wk-1');
      await look('name-taken');
      await page.keyboard.press('Escape');
      await page.getByRole('treeitem', { name: 'bonded' }).click({ button: 'right' });
      await expect(page.getByRole('menu')).toBeVisible();
      await look('document-menu');
      await page.getByRole('menuitem', { name: 'Delete…' }).click();
      await expect(page.getByRole('alertdialog')).toBeVisible();
      await look('delete-question');
      await page.keyboard.press('Escape');
      rmSync(application.site, { recursive: true });
      await expect(page.getByText(/cannot be reached any more/)).toBeVisible();
      await look('site-vanished');
    });
  }
}

test('the first start says what belongs here', async () => {
  application = await launch({ withSite: false, theme: 'light', size: { width: 1280, height: 800 } });
  await expect(application.page.getByRole('button', { name: /open/i }).first()).toBeVisible();
  expect(await barriers(application.page)).toEqual([]);
  await application.page.screenshot({ path: path.join(folder, 'welcome-light-1280.png') });
});
