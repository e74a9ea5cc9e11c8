import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type Application, launch } from './application.ts';
import { barriers } from './looks.ts';
import { Workbench } from './workbench.ts';

// Hosts edited in a table: the same texts, with their comments and their undo.
let application: Application;

test.beforeAll(async () => {
  application = await launch();
  await new Workbench(application.page).ready();
  await application.page.keyboard.press('Control+Shift+P');
  await application.page.keyboard.type('hosts in a table');
  await application.page.getByRole('option', { name: 'Edit the hosts in a table' }).click();
  await expect(row(application.page, 'cp-1')).toBeVisible();
});
test.afterAll(() => application.close());

function grid(page: Page): Locator {
  return page.getByRole('grid', { name: 'Hosts, edited in place' });
}

/** The cell of a host under a header. */
async function cell(page: Page, host: string, header: string): Promise<Locator> {
  const titles = await grid(page).getByRole('columnheader').allInnerTexts();
  const index = titles.findIndex((title) => title.trim() === header);
  expect(index, `${header} in ${titles.join(', ')}`).toBeGreaterThan(0);
  return row(page, host).getByRole('gridcell').nth(index);
}

function row(page: Page, host: string): Locator {
  return grid(page)
    .getByRole('row')
    .filter({ has: page.getByRole('button', { name: `Open ${host}`, exact: true }) });
}

async function paste(page: Page, text: string): Promise<void> {
  await application.electron.evaluate(({ clipboard }, pasted) => clipboard.writeText(pasted), text);
  await page.keyboard.press('Control+V');
}

const fileOf = (name: string) => readFileSync(path.join(application.site, 'hosts', `${name}.yaml`), 'utf8');

test('a cell is edited with the keyboard, and its text keeps comments', async () => {
  const { page } = application;
  const before = fileOf('wk-2');
  const oam = await cell(page, 'wk-2', 'oam-address');
  await oam.click();
  await expect(grid(page)).toBeFocused();
  await page.keyboard.type('10.20.0.99');
  await page.keyboard.press('Enter');
  await expect(oam).toHaveText('10.20.0.99');
  // One frame tells where the keyboard is, not two.
  await expect(grid(page)).toBeFocused();
  await expect(grid(page)).toHaveCSS('outline-style', 'none');
  await page.getByRole('button', { name: 'Save 1 host' }).click();
  await expect(page.getByRole('button', { name: 'Save 1 host' })).toHaveCount(0);
  expect(fileOf('wk-2')).toBe(before.replace('10.20.0.22', '10.20.0.99'));
});

test('an edit is taken back and done again', async () => {
  const { page } = application;
  const oam = await cell(page, 'wk-2', 'oam-address');
  await oam.click();
  await page.keyboard.press('Control+Z');
  await expect(oam).toHaveText('10.20.0.22');
  await page.keyboard.press('Control+Y');
  await expect(oam).toHaveText('10.20.0.99');
  await page.keyboard.press('Control+Z');
  await expect(oam).toHaveText('10.20.0.22');
});

test('Escape leaves a cell as it was, Tab takes it and goes right', async () => {
  const { page } = application;
  const domain = await cell(page, 'cp-1', 'Domain');
  await domain.dblclick();
  await page.keyboard.type('other.example');
  await page.keyboard.press('Escape');
  await expect(domain).toHaveText('edge.example');
  await expect(grid(page)).toBeFocused();
  await page.keyboard.type('lab.example');
  await page.keyboard.press('Tab');
  await expect(domain).toHaveText('lab.example');
  const role = await cell(page, 'cp-1', 'Role');
  await expect(role).toHaveAttribute('data-active', 'true');
  await page.keyboard.press('Control+Z');
  await expect(domain).toHaveText('edge.example');
});

test('a reference offers what the site has', async () => {
  const { page } = application;
  const network = await cell(page, 'cp-2', 'Network');
  await network.click();
  await page.keyboard.press('Enter');
  const field = network.getByRole('combobox');
  await expect(field).toHaveValue('bonded');
  await page.keyboard.type('single');
  await expect(page.getByRole('option', { name: 'single-link' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(network).toHaveText('single-link');
  await page.keyboard.press('Control+Z');
  await expect(network).toHaveText('bonded');
});

test('an error stands in the cell that it is about', async () => {
  const { page } = application;
  const mac = await cell(page, 'cp-1', 'MAC eno1');
  await mac.click();
  await page.keyboard.type('52:54:00:20:22:01');
  await page.keyboard.press('Enter');
  await expect(mac).toHaveAttribute('aria-invalid', 'true');
  await mac.click();
  await expect(page.getByTestId('cell-detail')).toContainText('52:54:00:20:22:01');
  await page.keyboard.press('Control+Z');
  await expect(mac).not.toHaveAttribute('aria-invalid', 'true');
});

test('a block is copied, pasted over several hosts, and is one step of undo', async () => {
  const { page } = application;
  const first = await cell(page, 'cp-1', 'kubernetes-address');
  await first.click();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Control+C');
  const copied = await application.electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toBe('10.40.0.11\t10.20.0.11\n10.40.0.12\t10.20.0.12');
  await paste(page, '10.40.1.1\t10.20.1.1\r\n10.40.1.2\t10.20.1.2\r\n');
  await expect(first).toHaveText('10.40.1.1');
  await expect(await cell(page, 'cp-2', 'oam-address')).toHaveText('10.20.1.2');
  await page.keyboard.press('Control+Z');
  await expect(first).toHaveText('10.40.0.11');
  await expect(await cell(page, 'cp-2', 'oam-address')).toHaveText('10.20.0.12');
});

test('an edit of many hosts is taken back as one, without the editor', async () => {
  const { page, site } = application;
  await page.getByRole('button', { name: 'Save 1 host' }).click();
  await expect.poll(() => fileOf('wk-2')).toContain('10.20.0.22');
  const template = fileOf('wk-2');
  for (let index = 1; index <= 20; index++) {
    const text = template
      .replace('name: wk-2', `name: zz-${index}`)
      .replaceAll('.0.22\n', `.1.${index}\n`)
      .replaceAll('00:20:22', `00:30:${String(index).padStart(2, '0')}`);
    writeFileSync(path.join(site, 'hosts', `zz-${index}.yaml`), text);
  }
  const first = () => cell(page, 'zz-1', 'Domain');
  await expect(row(page, 'zz-20')).toBeVisible();
  await page.getByLabel('Filter the hosts').fill('zz-');
  await (await first()).click();
  await page.keyboard.press('Control+Shift+ArrowDown');
  await paste(page, 'lab.example');
  await expect(await first()).toHaveText('lab.example');
  await expect(await cell(page, 'zz-20', 'Domain')).toHaveText('lab.example');
  await expect(page.getByRole('button', { name: 'Save 20 hosts' })).toBeVisible();
  await page.keyboard.press('Control+Z');
  await expect(await first()).toHaveText('edge.example');
  await expect(page.getByRole('button', { name: /^Save \d+ hosts?$/ })).toHaveCount(0);
  await page.keyboard.press('Control+Y');
  await page.getByRole('button', { name: 'Save 20 hosts' }).click();
  await expect.poll(() => fileOf('zz-20')).toContain('domain: lab.example');
  await page.getByLabel('Filter the hosts').fill('');
  await expect(row(page, 'cp-1')).toBeVisible();
});

test('a header sorts, a filter narrows', async () => {
  const { page } = application;
  const names = () =>
    grid(page)
      .getByRole('button', { name: /^Open / })
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label')?.slice(5)));
  const ascending = await names();
  await grid(page).getByRole('columnheader', { name: 'Name' }).click();
  await expect(grid(page).getByRole('columnheader', { name: 'Name' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await expect.poll(names).toEqual(ascending.toReversed());
  await grid(page).getByRole('columnheader', { name: 'Name' }).click();
  await page.getByLabel('Filter the hosts').fill('control-plane cp-2');
  await expect(grid(page).getByRole('button', { name: /^Open / })).toHaveCount(1);
  await page.getByLabel('Filter the hosts').fill('');
  await expect(row(page, 'wk-1')).toBeVisible();
});

test('a new name renames the host and its file', async () => {
  const { page } = application;
  const name = await cell(page, 'wk-1', 'Name');
  await name.click();
  await page.keyboard.type('wk-9');
  await page.keyboard.press('Enter');
  await expect(row(page, 'wk-9')).toBeVisible();
  await expect.poll(() => fileOf('wk-9')).toContain('name: wk-9');
});

test('nobody is shut out', async () => {
  const { page } = application;
  // Each cell takes axe its time, and the others are no different.
  await page.getByLabel('Filter the hosts').fill('control-plane');
  expect(await barriers(page, '.view')).toEqual([]);
  await page.getByLabel('Filter the hosts').fill('');
});

test('the document opens at the value of a cell', async () => {
  const { page } = application;
  await (await cell(page, 'cp-1', 'Profile')).click();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('tab', { name: /cp-1\.yaml/ })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByText(/Ln 10\b/)).toBeVisible();
  expect(application.complaints).toEqual([]);
});
