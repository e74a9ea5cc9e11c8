import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { type Application, launch } from './application.ts';
import { Workbench } from './workbench.ts';

// What was typed and not saved, after an end that nobody asked for.
let application: Application;
let workbench: Workbench;
let home: string;

async function start(options: Parameters<typeof launch>[0] = {}): Promise<void> {
  application = await launch({ home, ...options });
  workbench = new Workbench(application.page);
  await workbench.ready();
}

test.beforeEach(async () => {
  home = test.info().outputPath('data');
  await start();
});

test.afterEach(async () => {
  expect(application.complaints).toEqual([]);
  await application.close();
});

const inSite = (document: string) => path.join(application.site, document);

async function typeInto(document: string, text: string): Promise<void> {
  await workbench.open(document);
  await application.page.keyboard.press('Control+Home');
  await application.page.keyboard.type(text);
}

/** The copies beside the jobs, as text. */
function copies(): string {
  const folder = path.join(home, 'siteforge', 'unsaved');
  if (!existsSync(folder)) return '';
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((name) => name.endsWith('.json'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .join('\n');
}

test('is back when the process was killed, and a file that changed meanwhile is to be decided', async () => {
  await typeInto('site.yaml', '# never saved\n');
  await typeInto('hosts/wk-1.yaml', '# mine\n');
  // To the end of its line: a copy may be taken while it is typed.
  await expect.poll(copies).toMatch(/never saved.*# mine\\n/s);
  const onDisk = readFileSync(inSite('site.yaml'), 'utf8');
  const theirs = `# theirs\n${readFileSync(inSite('hosts/wk-1.yaml'), 'utf8')}`;
  const { site } = application;
  application.electron.process().kill('SIGKILL');
  await application.close({ keepSite: true });
  writeFileSync(inSite('hosts/wk-1.yaml'), theirs);

  await start({ site });
  const { page } = application;
  await expect(page.getByText('2 texts that had not been saved are back')).toBeVisible();
  await workbench.open('site.yaml');
  await expect(page.locator('.view-line').first()).toHaveText('# never saved');
  expect(readFileSync(inSite('site.yaml'), 'utf8')).toBe(onDisk);
  await page.keyboard.press('Control+S');
  await expect.poll(() => readFileSync(inSite('site.yaml'), 'utf8')).toBe(`# never saved\n${onDisk}`);
  await page.keyboard.press('Control+Z');
  await page.keyboard.press('Control+S');
  await expect.poll(() => readFileSync(inSite('site.yaml'), 'utf8')).toBe(onDisk);

  await workbench.open('hosts/wk-1.yaml');
  await expect(page.locator('.view-line').first()).toHaveText('# mine');
  await page.keyboard.press('Control+S');
  await expect(page.getByRole('button', { name: 'Take theirs' })).toBeVisible();
  expect(readFileSync(inSite('hosts/wk-1.yaml'), 'utf8')).toBe(theirs);
  await page.getByRole('button', { name: 'Take theirs' }).click();
  await expect(page.locator('.view-line').first()).toHaveText('# theirs');
  // All is decided: nothing is left to come back.
  await expect.poll(copies).toBe('');
});

test('is back in the page that takes the place of one that crashed', async () => {
  await typeInto('site.yaml', '# never saved\n');
  await expect.poll(copies).toContain('never saved');
  await application.electron.evaluate(({ BrowserWindow, dialog }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false });
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
  // Through main: Playwright keeps to the page that crashed. What is asked of that one is never answered.
  const text = () =>
    application.electron.evaluate(async ({ BrowserWindow }) => {
      const answer =
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body.innerText');
      const late = new Promise((resolve) => setTimeout(resolve, 1000, ''));
      return String(await Promise.race([answer, late]).catch(() => ''));
    });
  await expect.poll(text, { timeout: 20_000 }).toContain('A text that had not been saved is back');
});

test('is back letter by letter: byte order marks, line ends, and a document that is gone meanwhile', async () => {
  const { site } = application;
  await application.close({ keepSite: true });
  const onDisk = '\ufeff# one\r\n# two\r\n';
  for (const name of ['mark', 'gone', 'turned'])
    writeFileSync(path.join(site, `user-data/${name}.yaml`), onDisk);
  await start({ site });
  for (const name of ['mark', 'gone', 'turned']) await typeInto(`user-data/${name}.yaml`, '# mine\n');
  await expect.poll(() => copies().match(/# mine\\r\\n# one/g)?.length).toBe(3);
  application.electron.process().kill('SIGKILL');
  await application.close({ keepSite: true });
  rmSync(path.join(site, 'user-data/gone.yaml'));
  writeFileSync(path.join(site, 'user-data/turned.yaml'), '# one\n# two\n');

  await start({ site });
  const { page } = application;
  await expect(page.getByText('3 texts that had not been saved are back')).toBeVisible();
  const keepMine = page.getByRole('button', { name: 'Keep mine' });
  await workbench.open('user-data/mark.yaml');
  await page.keyboard.press('Control+S');
  const typed = '\ufeff# mine\r\n# one\r\n# two\r\n';
  await expect.poll(() => readFileSync(inSite('user-data/mark.yaml'), 'utf8')).toBe(typed);
  await workbench.open('user-data/gone.yaml');
  await keepMine.click();
  await page.keyboard.press('Control+S');
  await expect.poll(() => existsSync(inSite('user-data/gone.yaml'))).toBe(true);
  await expect.poll(() => readFileSync(inSite('user-data/gone.yaml'), 'utf8')).toBe(typed);
  await workbench.open('user-data/turned.yaml');
  await page.getByRole('button', { name: 'Take theirs' }).click();
  await expect(page.locator('.view-line').first()).toHaveText('# one');
  await workbench.focusEditor();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('# more\n');
  await page.keyboard.press('Control+S');
  await expect
    .poll(() => readFileSync(inSite('user-data/turned.yaml'), 'utf8').replace('\ufeff', ''))
    .toBe('# more\n# one\n# two\n');
});

test('leaves the copy as soon as it was saved, while another document is still waiting', async () => {
  const { page } = application;
  await typeInto('site.yaml', '# never saved\n');
  await typeInto('hosts/wk-1.yaml', '# saved\n');
  await expect.poll(copies).toMatch(/never saved.*# saved/s);
  await page.keyboard.press('Control+S');
  // Sooner than the clock: what was saved may change on the disk from now on.
  await expect.poll(copies, { timeout: 1000, intervals: [50] }).not.toContain('# saved');
  expect(copies()).toContain('never saved');
});

test('stays away when the window was closed without saving, on purpose', async () => {
  await typeInto('site.yaml', '# never saved\n');
  await expect.poll(copies).toContain('never saved');
  const { site } = application;
  const ended = new Promise((resolve) => application.electron.process().once('exit', resolve));
  await application.electron.evaluate(({ BrowserWindow, dialog }) => {
    dialog.showMessageBoxSync = () => 1;
    BrowserWindow.getAllWindows()[0]?.close();
  });
  await ended;
  expect(copies()).toBe('');
  await application.close({ keepSite: true });
  await start({ site });
  await expect(application.page.getByText('had not been saved')).toHaveCount(0);
  await expect(application.page.locator('.view-line').first()).not.toHaveText('# never saved');
});
