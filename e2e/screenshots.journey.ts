import { appendFileSync, rmSync } from 'node:fs';
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
/** An old laptop in a rack: nothing may be out of reach there. */
const smallest = { width: 900, height: 600 };
const looks = [
  ...(['light', 'dark'] as const).flatMap((theme) => sizes.map((size) => ({ theme, size }))),
  { theme: 'light' as const, size: smallest },
];
/** Dialogs are as large in any window: each theme once, and the smallest window. */
const looksOfDialogs = looks.filter(
  ({ theme, size }) => size === smallest || (theme === 'dark') === (size.width === 1920),
);

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

async function lookAt(page: Page, view: string, suffix: string): Promise<void> {
  await page.mouse.move(0, 0);
  expect(await barriers(page), view).toEqual([]);
  expect(await cutOff(page), view).toEqual([]);
  await page.screenshot({ path: path.join(folder, `${view}-${suffix}.png`) });
}

for (const { theme, size } of looks) {
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
}

for (const { theme, size } of looksOfDialogs) {
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

  test(`what is asked and compared is without barriers: ${theme}, ${size.width}x${size.height}`, async () => {
    application = await launch({ theme, size, environment: { SITEFORGE_PLAIN_KEY_STORE: '1' } });
    const { page, site } = application;
    const workbench = new Workbench(page);
    const look = (view: string) => lookAt(page, view, `${theme}-${size.width}`);
    const dialog = page.getByRole('dialog');
    const run = async (command: string) => {
      await page.keyboard.press('Control+Shift+P');
      await page.keyboard.type(command);
      await page.getByRole('option', { name: command }).first().click();
    };
    await workbench.ready();
    await workbench.open('hosts/cp-1.yaml');
    await workbench.showPreview('user-data');
    await page.getByRole('combobox', { name: 'Compare with' }).selectOption('wk-2');
    await expect(page.getByTestId('comparison-text')).toContainText('wk-2.edge.example');
    await look('comparison');
    await page.getByRole('combobox', { name: 'Compare with' }).selectOption('No comparison');
    await run('Show what is baked and stamped');
    await expect(page.getByRole('region', { name: 'Stamped: cp-1' })).toContainText('bond0.100');
    await look('realms');
    await workbench.place('Site');

    await run('Add hosts from a table…');
    await expect(page.getByLabel('Table of hosts')).toBeVisible();
    await look('table');
    await page.getByLabel('Table of hosts').fill('name,role,profil\nwk-{7..9},wroker,edge-node\n');
    await expect(dialog.getByRole('list', { name: 'Problems in the table' })).toContainText('profil');
    await look('table-problems');
    await dialog.getByRole('button', { name: 'Cancel' }).click();

    await workbench.open('networks/bonded.yaml');
    await workbench.caretAfter('((var.oam-');
    await page.keyboard.press('F2');
    await expect(dialog).toContainText('7 places in 7 documents');
    await look('rename');
    await page.keyboard.type('9 lives');
    await look('rename-refused');
    await page.keyboard.press('Escape');

    const password = '\nchpasswd:\n  users: [{name: admin, password: ((secret.admin-hash))}]\n';
    appendFileSync(path.join(site, 'user-data', 'base.yaml'), password);
    await run('Secrets…');
    await expect(dialog.getByText('admin-hash')).toBeVisible();
    await look('secrets');
    await dialog.getByRole('button', { name: 'Set…' }).first().click();
    await look('secret-value');
    await page.getByLabel('Value, one line').fill('a value');
    await page.getByRole('button', { name: 'Keep the value' }).click();
    await dialog.getByRole('button', { name: 'Show the value of admin-hash' }).click();
    await expect(dialog.getByRole('status', { name: 'Value of admin-hash' })).toHaveText('a value');
    await look('secret-shown');
    await dialog.getByRole('button', { name: 'Remove admin-hash' }).click();
    await look('secret-removal');
    await page.keyboard.press('Escape');
    await run('Settings');
    await expect(dialog.getByRole('heading', { name: 'Settings' })).toBeVisible();
    await look('settings');
  });
}

test('the first start says what belongs here', async () => {
  application = await launch({ withSite: false, theme: 'light', size: { width: 1280, height: 800 } });
  await expect(application.page.getByRole('button', { name: /open/i }).first()).toBeVisible();
  expect(await barriers(application.page)).toEqual([]);
  await application.page.screenshot({ path: path.join(folder, 'welcome-light-1280.png') });
});
