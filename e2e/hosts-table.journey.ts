import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { type Application, launch } from './application.ts';
import { Workbench } from './workbench.ts';

// Hosts from a spreadsheet: pasted, mended in their cells, and written as documents.
let application: Application;

test.beforeAll(async () => {
  application = await launch();
  await new Workbench(application.page).ready();
});
test.afterAll(() => application.close());

const header = [
  'name',
  'role',
  'profil',
  'network',
  'userData',
  'mac.eno1',
  'mac.eno2',
  ...['oam', 'storage', 'kubernetes', 'pxe'].map((name) => `var.${name}-address`),
];
const row = [
  'rack2-node{1..3}',
  'wroker',
  'edge-node',
  'bonded',
  'base kubernetes-node',
  '52:54:00:21:01:{01..03}',
  '52:54:00:21:02:{01..03}',
  ...['20', '30', '40', '50'].map((net) => `10.${net}.0.{101..103}`),
];

async function paste(field: Locator, text: string): Promise<void> {
  await field.evaluate((element, pasted) => {
    const data = new DataTransfer();
    data.setData('text/plain', pasted);
    element.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, text);
}

test('a pasted table is judged by cell, mended, and becomes hosts', async () => {
  const { page, site } = application;
  await page.keyboard.press('Control+Shift+P');
  await page.keyboard.type('from a table');
  await page.getByRole('option', { name: 'Add hosts from a table…' }).click();
  // What is pasted first needs no click before it.
  await expect(page.getByLabel('Table of hosts')).toBeFocused();
  const text = `${header.join('\t')}\r\n${row.join('\t')}\r\n`;
  await paste(page.getByLabel('Table of hosts'), text);
  const problems = page.getByRole('list', { name: 'Problems in the table' });
  await expect(problems.getByText('There is no column “profil”')).toBeVisible();
  await page.getByRole('button', { name: 'Use profile' }).click();
  await expect(problems.getByText('Row 1')).toBeVisible();
  const role = page.getByLabel('role of row 1');
  await expect(role).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('button', { name: /^Add \d* ?hosts?$/ })).toBeDisabled();
  await role.fill('worker');
  await expect(problems).toHaveCount(0);
  await page.getByRole('button', { name: 'Add 3 hosts' }).click();
  await expect(page.getByText('3 hosts were added')).toBeVisible();
  await expect(page.getByRole('row', { name: /rack2-node3/ })).toBeVisible();
  expect(readdirSync(path.join(site, 'hosts')).filter((name) => name.startsWith('rack2'))).toHaveLength(3);
  expect(existsSync(path.join(site, 'hosts', 'rack2-node1.yaml'))).toBe(true);
});

test('cells that are pasted into a cell fill those from there on', async () => {
  const { page } = application;
  await page.getByRole('button', { name: 'Add from a table…' }).click();
  await page.getByLabel('Table of hosts').fill('name,role\nwk-7,worker\nwk-8,worker\n');
  await paste(page.getByLabel('role of row 2'), 'control-plane\tedge-node\r\nworker\tedge-node\r\n');
  await expect(page.getByLabel('role of row 1')).toHaveValue('worker');
  await expect(page.getByLabel('role of row 2')).toHaveValue('control-plane');
  await expect(page.getByLabel('role of row 3')).toHaveValue('worker');
  await expect(page.getByRole('list', { name: 'Problems in the table' })).toContainText(
    'Row 2, column 3No column of the first line stands above this cell.',
  );
  await page.getByLabel('Header of column 3').fill('profile');
  await expect(page.getByLabel('profile of row 3')).toHaveValue('edge-node');
  await page.getByRole('button', { name: 'Cancel' }).click();
});

test('the problem of a long cell is read without moving sideways', async () => {
  const { page } = application;
  await page.getByRole('button', { name: 'Add from a table…' }).click();
  await page.getByLabel('Table of hosts').fill(`name,${'colour-'.repeat(40)}\nwk-7,red\n`);
  const problems = page.getByRole('list', { name: 'Problems in the table' });
  await expect(problems.getByText('There is no column')).toBeVisible();
  expect(await problems.evaluate((list) => list.scrollWidth - list.clientWidth)).toBe(0);
  await page.keyboard.press('Escape');
});

test('the same table again is nothing to do', async () => {
  const { page } = application;
  await page.getByRole('button', { name: 'Add from a table…' }).click();
  const text = `${header.join(',')}\n${row.join(',')}\n`
    .replace('profil', 'profile')
    .replace('wroker', 'worker');
  await page.getByLabel('Table of hosts').fill(text);
  await expect(page.getByText('Nothing to do: 3 are there already')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add hosts', exact: true })).toBeDisabled();
  await page.getByRole('button', { name: 'Cancel' }).click();
  expect(application.complaints).toEqual([]);
});
