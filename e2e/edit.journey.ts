import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { type Application, launch } from './application.ts';
import { Workbench } from './workbench.ts';

let application: Application;
let workbench: Workbench;

test.beforeEach(async () => {
  application = await launch();
  workbench = new Workbench(application.page);
  await workbench.ready();
  await workbench.showPreview('network');
});

test.afterEach(async () => {
  expect(application.complaints).toEqual([]);
  await application.close();
});

test('the icons of the editor have their letters when it is drawn first', async () => {
  const { page } = application;
  await page.addInitScript(() => {
    const observer = new MutationObserver(() => {
      if (document.querySelector('#editor-surface .monaco-editor') === null) return;
      observer.disconnect();
      document.documentElement.dataset.iconsReady = String(document.fonts.check('16px codicon'));
    });
    observer.observe(document, { childList: true, subtree: true });
  });
  await page.reload();
  await workbench.ready();
  await expect(page.locator('html')).toHaveAttribute('data-icons-ready', 'true');
});

test('what a host receives follows the text while one types', async () => {
  await workbench.open('hosts/wk-1.yaml');
  await expect(workbench.preview).toContainText('10.20.0.21/24');
  await workbench.replace('10.20.0.21', '10.20.0.77');
  await expect(workbench.preview).toContainText('10.20.0.77/24');
});

test('a misspelt key is found at its place, listed, jumped to and mended by its fix', async () => {
  await workbench.open('hosts/wk-1.yaml');
  await workbench.replace('profile:', 'profil:');
  await expect(workbench.problem(/profil\b.*did you mean.*profile/i)).toBeVisible();
  await workbench.problem(/did you mean/i).click();
  await workbench.quickFix(/profile/);
  await expect(workbench.noProblems()).toBeVisible();
});

test('saving writes the file, keeps its comments and keeps undo', async () => {
  const file = path.join(application.site, 'hosts', 'wk-1.yaml');
  const before = readFileSync(file, 'utf8');
  await workbench.open('hosts/wk-1.yaml');
  await workbench.replace('10.20.0.21', '10.20.0.78');
  await application.page.keyboard.press('Control+S');
  await expect.poll(() => readFileSync(file, 'utf8')).toBe(before.replaceAll('10.20.0.21', '10.20.0.78'));
  await workbench.focusEditor();
  await application.page.keyboard.press('Control+Z');
  await expect(workbench.preview).toContainText('10.20.0.21/24');
});

test('a change on disk arrives in the window', async () => {
  const file = path.join(application.site, 'hosts', 'wk-1.yaml');
  await workbench.open('hosts/wk-1.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('10.20.0.21', '10.20.0.79'));
  await expect(workbench.preview).toContainText('10.20.0.79/24');
});

test('text that is not saved is never lost to a change on disk', async () => {
  const file = path.join(application.site, 'hosts', 'wk-1.yaml');
  await workbench.open('hosts/wk-1.yaml');
  await workbench.replace('10.20.0.21', '10.20.0.80');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('10.20.0.21', '10.20.0.81'));
  await expect(application.page.getByRole('button', { name: 'Keep mine' })).toBeVisible();
  await expect(workbench.preview).toContainText('10.20.0.80/24');
  await application.page.getByRole('button', { name: 'Take theirs' }).click();
  await expect(workbench.preview).toContainText('10.20.0.81/24');
});

test('saving all writes what can be written, and shows what is to be decided first', async () => {
  const file = (name: string) => path.join(application.site, 'hosts', name);
  for (const [name, address] of [
    ['wk-1.yaml', '10.20.0.21'],
    ['wk-2.yaml', '10.20.0.22'],
  ] as const) {
    await workbench.open(`hosts/${name}`);
    await workbench.replace(address, `${address}8`);
  }
  const theirs = readFileSync(file('wk-1.yaml'), 'utf8').replaceAll('10.20.0.21', '10.20.0.219');
  writeFileSync(file('wk-1.yaml'), theirs);
  await application.page.keyboard.press('Control+Shift+S');
  await expect.poll(() => readFileSync(file('wk-2.yaml'), 'utf8')).toContain('10.20.0.228');
  await expect(application.page.getByText('hosts/wk-1.yaml changed on disk meanwhile')).toBeVisible();
  await expect(application.page.getByRole('tab', { name: 'wk-1.yaml', selected: true })).toBeVisible();
  expect(readFileSync(file('wk-1.yaml'), 'utf8')).toBe(theirs);
  await application.page.getByRole('button', { name: 'Keep mine' }).click();
  await application.page.keyboard.press('Control+Shift+S');
  await expect.poll(() => readFileSync(file('wk-1.yaml'), 'utf8')).toContain('10.20.0.218');
});

test('a site folder that vanishes is said, and the text stays', async () => {
  await workbench.open('hosts/wk-1.yaml');
  // At once, as when its disk is unplugged.
  renameSync(application.site, `${application.site}-away`);
  await expect(application.page.getByText(/cannot be reached any more/)).toBeVisible();
  await expect(workbench.preview).toContainText('10.20.0.21/24');
});

test('completion knows the names of the site', async () => {
  await workbench.open('hosts/wk-1.yaml');
  await workbench.caretAfter('profile: ');
  await application.page.keyboard.press('Shift+End');
  await application.page.keyboard.type('edge');
  await expect(application.page.locator('.suggest-widget')).toContainText('edge-node');
});

test('an empty host starts from what the hosts of its site have in common', async () => {
  const file = path.join(application.site, 'hosts', 'wk-1.yaml');
  await workbench.open('hosts/wk-1.yaml');
  await workbench.focusEditor();
  await application.page.keyboard.press('Control+A');
  await application.page.keyboard.press('Delete');
  await application.page.keyboard.press('Control+Space');
  await expect(application.page.locator('.suggest-widget')).toContainText('New host');
  await application.page.keyboard.press('Enter');
  await application.page.keyboard.press('Control+S');
  for (const taken of ['name: wk-1', 'profile: edge-node', 'ref: bonded', 'oam-address: 10.20.0.'])
    await expect.poll(() => readFileSync(file, 'utf8')).toContain(taken);
});

test('a module that only cloud-init describes is completed inside', async () => {
  await workbench.open('user-data/base.yaml');
  await workbench.caretAfter('#cloud-config');
  await application.page.keyboard.type('\nansible:');
  // Enter is to begin a line, not to take a suggestion.
  await application.page.keyboard.press('Escape');
  await application.page.keyboard.press('Enter');
  await application.page.keyboard.type('inst');
  await application.page.keyboard.press('Control+Space');
  await expect(application.page.locator('.suggest-widget')).toContainText('install_method');
});
