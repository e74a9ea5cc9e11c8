import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { type Application, launch } from './application.ts';
import { Workbench } from './workbench.ts';

/** Stands in every value: wherever it is found afterwards, a value has leaked. */
const canary = 'kanarienvogel-4711';

test.describe.configure({ mode: 'serial' });

let application: Application;
let home: string;

test.beforeAll(async () => {
  // What encrypts is not tested here: no keyring runs on test machines, so Chromium's own key stands for it.
  application = await launch({ environment: { SITEFORGE_PLAIN_KEY_STORE: '1' } });
  home = path.join(path.dirname(application.site), 'data');
  const fragment = path.join(application.site, 'user-data', 'base.yaml');
  appendFileSync(
    fragment,
    '\nchpasswd:\n  expire: false\n  users:\n    - {name: admin, password: ((secret.admin-hash))}\n',
  );
});
test.afterAll(() => application.close());

/** A part of the text that the editor colours by itself. */
const coloured = (text: string) =>
  application.page.locator('.monaco-editor .view-line span > span').filter({ hasText: text });

test('a secret without a value is set from where it is named: by the fix, and with Ctrl and a click', async () => {
  const { page } = application;
  const workbench = new Workbench(page);
  await workbench.ready();
  await expect(page.getByTestId('status-problems')).toHaveText('1 note');
  await workbench.open('user-data/base.yaml');
  await workbench.caretAfter('((secret.admin-');
  await workbench.quickFix(/^Set the value of “admin-hash”…$/);
  const row = page.getByRole('list', { name: 'Secrets of the site' }).getByRole('listitem');
  const set = row.filter({ hasText: 'admin-hash' }).getByRole('button', { name: 'Set…' });
  await expect(set).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.locator('.monaco-editor.focused')).toBeVisible();
  await page.keyboard.down('Control');
  await coloured('secret.admin-hash').hover();
  await expect(page.locator('.goto-definition-link')).toHaveText('admin-hash');
  await page.locator('.goto-definition-link').click();
  await page.keyboard.up('Control');
  await expect(set).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

async function openSecrets(): Promise<void> {
  const { page } = application;
  await page.keyboard.press('Control+Shift+P');
  await page.keyboard.type('Secrets');
  await page.getByRole('option', { name: 'Secrets…' }).click();
  await expect(page.getByRole('heading', { name: 'Secrets' })).toBeVisible();
}

/** Files of the application's data, Chromium's own included, and of the site without secrets/, that hold the canary. */
function filesWithCanary(): string[] {
  return [home, application.site].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
      const file = path.join(folder, name);
      if (name.startsWith('secrets/') || !statSync(file, { throwIfNoEntry: false })?.isFile()) return false;
      return readFileSync(file).includes(canary);
    }),
  );
}

/** Everything that the page holds: its document, what is in its fields, and what it remembers. */
async function pageText(): Promise<string> {
  return application.page.evaluate(() =>
    [
      document.documentElement.outerHTML,
      ...[...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value),
      JSON.stringify({ ...localStorage }),
      JSON.stringify({ ...sessionStorage }),
    ].join('\n'),
  );
}

test('a secret that a document needs is asked for, and set without being seen', async () => {
  const { page } = application;
  await new Workbench(page).ready();
  await openSecrets();
  const list = page.getByRole('list', { name: 'Secrets of the site' });
  await expect(list.getByText('admin-hash')).toBeVisible();
  await list.getByRole('button', { name: 'Set…' }).first().click();
  const value = page.getByLabel('Value, one line');
  await expect(value).toBeFocused();
  await expect(value).toHaveAttribute('type', 'password');
  await value.fill(`$6$salt$${canary}`);
  await page.getByRole('button', { name: 'Keep the value' }).click();
  await expect(list.getByText('Key store')).toBeVisible();
  expect(await pageText()).not.toContain(canary);
  // The keyboard goes on in the list. What lies behind the dialog stays as it is, and Escape leads back there.
  await expect(list.getByRole('button', { name: 'Replace…' })).toBeFocused();
  await page.keyboard.press('Control+P');
  await page.keyboard.press('Control+W');
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('tab', { name: 'site.yaml' })).toBeVisible();
  await openSecrets();
});

test('a value is shown on request, and hidden when the window loses the focus', async () => {
  const { page } = application;
  await page.getByRole('dialog').getByRole('button', { name: 'Show the value of admin-hash' }).click();
  await expect(page.getByRole('status', { name: 'Value of admin-hash' })).toHaveText(`$6$salt$${canary}`);
  await page.evaluate(() => window.dispatchEvent(new Event('blur')));
  await expect(page.getByRole('status', { name: 'Value of admin-hash' })).toHaveCount(0);
  expect(await pageText()).not.toContain(canary);
});

test('a secret in the folder of the site is a file of its owner that git leaves out', async () => {
  const { page, site } = application;
  await page.getByRole('button', { name: 'New secret…' }).click();
  await page.getByLabel('Name').fill('join-token');
  await page.getByLabel('Value, one line').fill(`${canary}.token`);
  await page.getByLabel('secrets/ of the site').check();
  await page.getByRole('button', { name: 'Keep the value' }).click();
  await expect(page.getByRole('list', { name: 'Secrets of the site' }).getByText('secrets/')).toBeVisible();
  expect(statSync(path.join(site, 'secrets', 'join-token')).mode & 0o777).toBe(0o600);
  expect(readFileSync(path.join(site, 'secrets', 'join-token'), 'utf8')).toBe(`${canary}.token\n`);
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.getByRole('treeitem', { name: 'join-token' })).toBeVisible();
});

test('a secret that others can read is a problem, which leads to where it is put right', async () => {
  const { page, site } = application;
  const file = path.join(site, 'secrets', 'join-token');
  chmodSync(file, 0o644);
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  const workbench = new Workbench(page);
  const problem = workbench.problem(/can reach secrets\/join-token \(0644\): chmod 0600 closes it/);
  await expect(problem).toBeVisible();
  await problem.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Put it right' }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toHaveCount(0);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(problem).toHaveCount(0);
});

test('F12 on a name goes to its secret, and its hover tells where the value lies', async () => {
  const { page } = application;
  const workbench = new Workbench(page);
  await workbench.open('user-data/base.yaml');
  await workbench.caretAfter('((secret.admin-');
  await page.keyboard.press('Control+K');
  await page.keyboard.press('Control+I');
  const hover = page.locator('.monaco-hover:visible');
  await expect(hover).toContainText('Its value is set. It lies in the key store of this account.');
  await page.keyboard.press('Escape');
  await page.keyboard.press('F12');
  const row = page.getByRole('list', { name: 'Secrets of the site' }).getByRole('listitem');
  await expect(row.filter({ hasText: 'admin-hash' }).getByRole('button', { name: 'Replace…' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.locator('.monaco-editor.focused')).toBeVisible();
  await page.keyboard.press('Shift+F12');
  await expect(page.getByTestId('references')).toContainText('password: ((secret.admin-hash))');
  await page.keyboard.press('Escape');
  expect(await pageText()).not.toContain(canary);
});

test('F2 gives a secret another name in the documents and to its value, and the notice gives it back', async () => {
  const { page, site } = application;
  const workbench = new Workbench(page);
  const fragment = () => readFileSync(path.join(site, 'user-data', 'base.yaml'), 'utf8');
  const before = fragment();
  await workbench.caretAfter('((secret.admin-');
  await page.keyboard.press('F2');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('1 place in 1 document changes');
  await page.keyboard.type('join-token');
  await expect(dialog.getByRole('alert')).toContainText('There is a secret “join-token” already');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('root-hash');
  await dialog.getByRole('button', { name: 'Rename it and its value' }).click();
  await expect.poll(fragment).toBe(before.replace('admin-hash', 'root-hash'));
  await openSecrets();
  const renamed = dialog.getByRole('listitem').filter({ hasText: 'root-hash' });
  await expect(renamed).toContainText('Key store');
  await expect(dialog.getByText('admin-hash')).toHaveCount(0);
  await renamed.getByRole('button', { name: 'Show the value of root-hash' }).click();
  await expect(renamed.getByRole('status')).toHaveText(`$6$salt$${canary}`);
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await page.getByRole('button', { name: 'Name it back' }).click();
  await expect.poll(fragment).toBe(before);
  await expect(page.getByTestId('status-problems')).not.toContainText('error');
  await openSecrets();
  await expect(dialog.getByRole('listitem').filter({ hasText: 'admin-hash' })).toContainText('Key store');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
});

test('a value that cannot take a name leaves all names as they are', async () => {
  const { page, site } = application;
  const workbench = new Workbench(page);
  const fragment = path.join(site, 'user-data', 'join.yaml');
  const text = '#cloud-config\nruncmd: [[join, ((secret.join-token))]]\n';
  writeFileSync(fragment, text);
  // No secret, and so not known to be taken.
  mkdirSync(path.join(site, 'secrets', 'taken'));
  await expect(page.getByRole('treeitem', { name: 'join', exact: true })).toBeVisible();
  await workbench.open('user-data/join.yaml');
  await workbench.caretAfter('((secret.join-');
  await page.keyboard.press('F2');
  await expect(page.getByRole('dialog')).toContainText('1 place in 1 document changes');
  await page.keyboard.type('taken');
  await page.getByRole('button', { name: 'Rename it and its value' }).click();
  await expect(page.getByText(/secrets\/taken/).first()).toBeVisible();
  await expect(workbench.tab('user-data/join.yaml')).toHaveAccessibleName('join.yaml');
  expect(readFileSync(fragment, 'utf8')).toBe(text);
  expect(readFileSync(path.join(site, 'secrets', 'join-token'), 'utf8')).toBe(`${canary}.token\n`);
  await expect(page.getByTestId('editor')).toContainText('((secret.join-token))');
  rmSync(fragment);
  rmdirSync(path.join(site, 'secrets', 'taken'));
  await page.getByRole('button', { name: 'Dismiss' }).last().click();
});

test('the preview has a mask, and shows the value for a moment below it', async () => {
  const { page } = application;
  const workbench = new Workbench(page);
  await workbench.showPreview('user-data');
  const secrets = page.getByRole('region', { name: 'Secrets in this text' });
  await expect(secrets.getByText('admin-hash')).toBeVisible();
  await secrets.getByRole('button', { name: 'Show the value of admin-hash' }).click();
  await expect(secrets.getByRole('status', { name: 'Value of admin-hash' })).toContainText(canary);
  await secrets.getByRole('button', { name: 'Hide the value of admin-hash' }).click();
  await expect(secrets.getByRole('status', { name: 'Value of admin-hash' })).toHaveCount(0);
  // Only those of the text that is shown.
  for (const tab of ['network', 'meta', 'vendor', 'Links'] as const) {
    await workbench.showPreview(tab);
    await expect(secrets).toHaveCount(0);
  }
  await workbench.showPreview('user-data');
  await expect(secrets.getByText('admin-hash')).toBeVisible();
});

test('a removed secret is gone from both places, after a question', async () => {
  const { page, site } = application;
  await page.getByRole('treeitem', { name: 'join-token' }).click();
  await page.getByRole('button', { name: 'Remove join-token' }).click();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await expect(page.getByRole('button', { name: 'Remove join-token' })).toHaveCount(0);
  expect(statSync(path.join(site, 'secrets', 'join-token'), { throwIfNoEntry: false })).toBeUndefined();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
});

test('nothing of the values is left in any file, nor in the window', async () => {
  expect(await pageText()).not.toContain(canary);
  expect(filesWithCanary()).toEqual([]);
  expect(application.complaints).toEqual([]);
});
