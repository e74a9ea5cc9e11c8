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

for (const theme of ['light', 'dark'] as const) {
  for (const size of sizes) {
    test(`every view is without barriers and worth a look: ${theme}, ${size.width}x${size.height}`, async () => {
      application = await launch({ theme, size });
      const { page } = application;
      const workbench = new Workbench(page);
      const look = async (view: string) => {
        await page.mouse.move(0, 0);
        expect(await barriers(page), view).toEqual([]);
        await page.screenshot({ path: path.join(folder, `${view}-${theme}-${size.width}.png`) });
      };
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
  }
}

test('the first start says what belongs here', async () => {
  application = await launch({ withSite: false, theme: 'light', size: { width: 1280, height: 800 } });
  await expect(application.page.getByRole('button', { name: /open/i }).first()).toBeVisible();
  expect(await barriers(application.page)).toEqual([]);
  await application.page.screenshot({ path: path.join(folder, 'welcome-light-1280.png') });
});
