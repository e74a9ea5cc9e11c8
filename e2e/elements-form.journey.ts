import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type Application, launch } from './application.ts';
import { barriers } from './looks.ts';
import { Workbench } from './workbench.ts';

// The elements of an image as cards: they edit the text of its document.
let application: Application;
let workbench: Workbench;

const spec = `
  # What the racks need, in this order.
  elements:
    # For finding faults.
    - devuser   # remove before delivery
    - modprobe
  environment:
    DIB_DEV_USER_USERNAME: service # by phone
`;

test.beforeAll(async () => {
  application = await launch();
  workbench = new Workbench(application.page);
  await workbench.ready();
  const { site, page } = application;
  mkdirSync(path.join(site, 'elements', 'rack-tools'), { recursive: true });
  const file = path.join(site, 'images', 'edge-node.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').trimEnd() + spec);
  await workbench.open('images/edge-node.yaml');
  await page.getByRole('tab', { name: 'Elements' }).click();
});
test.afterAll(() => application.close());

const names = (page: Page) =>
  page.getByRole('region', { name: 'Elements of this image' }).getByRole('heading', { level: 3 });

async function saved(page: Page): Promise<string> {
  await page.keyboard.press('Control+S');
  await expect(page.getByText('unsaved')).toHaveCount(0);
  return readFileSync(path.join(application.site, 'images', 'edge-node.yaml'), 'utf8');
}

test('cards say what the elements do, install and need', async () => {
  const { page } = application;
  await expect(names(page)).toHaveText(['devuser', 'modprobe']);
  const card = page.getByRole('article', { name: 'devuser' });
  await expect(card).toContainText('sudo');
  await expect(card.getByLabel('User name')).toHaveValue('service');
  await expect(page.getByRole('article', { name: 'siteforge-live' })).toContainText('live-boot');
});

test('an element is added, of the builder and of the site', async () => {
  const { page } = application;
  const choice = page.getByLabel('Add an element');
  await choice.selectOption('journal-to-console');
  await expect(page.getByText('Sends the whole journal to the console')).toBeVisible();
  await page.getByRole('button', { name: 'Add', exact: true }).first().click();
  await expect(names(page)).toHaveText(['devuser', 'modprobe', 'journal-to-console']);
  await choice.selectOption('rack-tools');
  await page.getByRole('button', { name: 'Add', exact: true }).first().click();
  await expect(page.getByRole('article', { name: 'rack-tools' })).toContainText('An element of this site');
});

test('an element moves with its comment, and the keyboard stays on it', async () => {
  const { page } = application;
  const down = page.getByRole('button', { name: 'Move rack-tools up' });
  await down.focus();
  await page.keyboard.press('Enter');
  await expect(names(page)).toHaveText(['devuser', 'modprobe', 'rack-tools', 'journal-to-console']);
  await expect(down).toBeFocused();
  const text = await saved(page);
  expect(text).toContain(
    '  elements:\n    # For finding faults.\n    - devuser   # remove before delivery\n    - modprobe\n    - rack-tools\n    - journal-to-console\n',
  );
});

test('an option is written where the environment stands', async () => {
  const { page } = application;
  const card = page.getByRole('article', { name: 'modprobe' });
  await card.getByLabel('Modules not to load').fill('pcspkr floppy');
  await page.keyboard.press('Enter');
  const text = await saved(page);
  expect(text).toContain(
    '    DIB_DEV_USER_USERNAME: service # by phone\n    DIB_MODPROBE_BLACKLIST: pcspkr floppy\n',
  );
});

test('an element is removed and comes back with undo', async () => {
  const { page } = application;
  await page.getByRole('button', { name: 'Remove modprobe' }).click();
  await expect(names(page)).toHaveText(['devuser', 'rack-tools', 'journal-to-console']);
  await expect(page.getByLabel('DIB_MODPROBE_BLACKLIST')).toHaveValue('pcspkr floppy');
  await page.keyboard.press('Control+Z');
  await expect(names(page)).toHaveText(['devuser', 'modprobe', 'rack-tools', 'journal-to-console']);
});

test('a mistake is told on its card', async () => {
  const { page } = application;
  await page.getByLabel('Name of the new variable').fill('DIB_RELEASE');
  await page.getByLabel('Value of the new variable').fill('trixie');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Other variables' })).toContainText('is set from release');
  await page.keyboard.press('Control+Z');
  await page.getByRole('tab', { name: 'Text' }).click();
  await workbench.replace('- rack-tools', '- rack-tols');
  await page.getByRole('tab', { name: 'Elements' }).click();
  await expect(page.getByRole('article', { name: 'rack-tols' })).toContainText('Did you mean “rack-tools”?');
});

test('nobody is shut out', async () => {
  const { page } = application;
  expect(await barriers(page, '.document-form')).toEqual([]);
  expect(application.complaints).toEqual([]);
});
