import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { type Application, launch } from './application.ts';
import { Workbench } from './workbench.ts';

// The first day: no site yet.
let application: Application;

test.beforeEach(async () => {
  application = await launch({ withSite: false });
  await expect(application.page.getByRole('button', { name: 'New site…' })).toBeVisible();
});

test.afterEach(async () => {
  expect(application.complaints).toEqual([]);
  await application.close();
});

/** The system's own dialog, which no test can click, answers this folder. */
async function answerFolder(folder: string): Promise<void> {
  await application.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, folder);
}

test('a new site in an empty folder asks for a key alone, and has a host to look at and an image to build', async () => {
  const folder = test.info().outputPath('rack 7: west');
  mkdirSync(folder);
  await answerFolder(folder);
  const { page } = application;
  await page.getByRole('button', { name: 'New site…' }).click();
  const workbench = new Workbench(page);
  await workbench.ready();
  await expect(page.getByTestId('status-problems')).toHaveText('1 note');
  await expect(workbench.problem(/Nobody can log in/)).toBeVisible();
  await expect(page.getByRole('tree', { name: 'Documents of the site' })).toContainText('node-1');
  await workbench.showPreview('network');
  await expect(workbench.preview).toContainText('192.0.2.10/24');
  await workbench.place('Images');
  await expect(page.getByRole('main')).toContainText('node');
  expect(readdirSync(folder).sort()).toEqual(['hosts', 'images', 'networks', 'profiles', 'site.yaml']);
});

test('a folder that holds anything is left alone', async () => {
  const folder = test.info().outputPath('full');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'letter.txt'), 'mine');
  await answerFolder(folder);
  await application.page.getByRole('button', { name: 'New site…' }).click();
  await expect(application.page.getByText('is not empty')).toBeVisible();
  expect(existsSync(path.join(folder, 'site.yaml'))).toBe(false);
});

test('a git repository that was just made becomes a site, by keyboard alone', async () => {
  const folder = test.info().outputPath('fresh');
  mkdirSync(path.join(folder, '.git'), { recursive: true });
  await answerFolder(folder);
  const { page } = application;
  const button = page.getByRole('button', { name: 'New site…' });
  for (let step = 0; step < 5 && !(await button.evaluate((own) => own === document.activeElement)); step++)
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await new Workbench(page).ready();
  expect(readdirSync(folder)).toContain('site.yaml');
  expect(readdirSync(folder)).toContain('.git');
});
