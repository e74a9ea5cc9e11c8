import { appendFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { type Application, launch } from './application.ts';
import { lookAt, looks, looksOfParts, nameOfLook } from './looks.ts';
import { Workbench } from './workbench.ts';

let application: Application;

test.setTimeout(15 * 60_000);

test.afterEach(async () => {
  expect(application.complaints).toEqual([]);
  await application.close();
});

for (const shown of looks) {
  test(`every view is without barriers and worth a look: ${nameOfLook(shown)}`, async () => {
    application = await launch(shown);
    const { page } = application;
    const workbench = new Workbench(page);
    const look = (view: string) => lookAt(page, view, shown);
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

for (const shown of looksOfParts) {
  test(`making and losing documents is without barriers: ${nameOfLook(shown)}`, async () => {
    application = await launch(shown);
    const { page } = application;
    const look = (view: string) => lookAt(page, view, shown);
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

  test(`what is asked and compared is without barriers: ${nameOfLook(shown)}`, async () => {
    application = await launch({ ...shown, environment: { SITEFORGE_PLAIN_KEY_STORE: '1' } });
    const { page, site } = application;
    const workbench = new Workbench(page);
    const look = (view: string) => lookAt(page, view, shown);
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
  const shown = { theme: 'light', size: { width: 1280, height: 800 } } as const;
  application = await launch({ withSite: false, ...shown });
  await expect(application.page.getByRole('button', { name: /open/i }).first()).toBeVisible();
  await lookAt(application.page, 'welcome', shown);
});
