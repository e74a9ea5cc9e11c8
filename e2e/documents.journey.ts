import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { type Application, launch } from './application.ts';
import { Workbench } from './workbench.ts';

// Documents that are made, copied, renamed and deleted in the window, and what becomes of them when their folder goes.
let application: Application;
let workbench: Workbench;

test.beforeEach(async () => {
  application = await launch();
  workbench = new Workbench(application.page);
  await workbench.ready();
});

test.afterEach(async () => {
  expect(application.complaints).toEqual([]);
  await application.close();
});

const inSite = (document: string) => path.join(application.site, document);
const tree = () => application.page.getByRole('tree', { name: 'Documents of the site' });
const row = (name: string): Locator => tree().getByRole('treeitem', { name: new RegExp(`^${name}\\b`) });
const nameField = () => tree().getByRole('textbox');
const press = (keys: string) => application.page.keyboard.press(keys);
const type = (text: string) => application.page.keyboard.type(text);
const problems = () => application.page.getByTestId('status-problems');

/** Ctrl+N, the kind, Enter: no mouse. */
async function beginHost(): Promise<void> {
  await press('Control+N');
  await expect(application.page.getByRole('dialog', { name: 'New document' })).toBeVisible();
  await type('host');
  await press('Enter');
  await expect(nameField()).toBeFocused();
}

async function makeHost(name: string): Promise<void> {
  await beginHost();
  await type(name);
  await press('Enter');
  await expect(row(name)).toBeVisible();
}

test('a host is made, renamed, copied and deleted with the keyboard only', async () => {
  await makeHost('wk-3');
  await expect(problems()).toHaveText('No problems');
  await expect(application.page.getByRole('tab', { name: 'wk-3.yaml' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  // What is typed now replaces what has to be filled in first: the first MAC address.
  await expect(application.page.locator('.monaco-editor.focused')).toBeVisible();
  await type('52:54:00:20:23:01');
  await press('Control+S');
  await expect
    .poll(() => readFileSync(inSite('hosts/wk-3.yaml'), 'utf8'))
    .toContain('eno1: "52:54:00:20:23:01"');
  await expect(problems()).toHaveText('No problems');

  await row('wk-3').click();
  await tree().focus();
  await press('F2');
  await expect(nameField()).toHaveValue('wk-3');
  await type('wk-9');
  await press('Enter');
  await expect(row('wk-9')).toBeVisible();
  await expect.poll(() => existsSync(inSite('hosts/wk-3.yaml'))).toBe(false);
  await expect.poll(() => readFileSync(inSite('hosts/wk-9.yaml'), 'utf8')).toContain('name: wk-9');
  await expect(problems()).toHaveText('No problems');
  await expect(application.page.getByTitle('Choose the host')).toContainText('wk-9');

  await tree().focus();
  await press('Shift+F10');
  await application.page.getByRole('menuitem', { name: 'Duplicate…' }).press('Enter');
  await expect(nameField()).toBeFocused();
  await type('wk-10');
  await press('Enter');
  await expect.poll(() => existsSync(inSite('hosts/wk-10.yaml'))).toBe(true);
  await expect
    .poll(() => readFileSync(inSite('hosts/wk-10.yaml'), 'utf8'))
    .toBe(readFileSync(inSite('hosts/wk-9.yaml'), 'utf8').replace('name: wk-9', 'name: wk-10'));
  // Two hosts with the same addresses are what a copy is until its own are filled in.
  await expect(problems()).toContainText('errors');

  await tree().focus();
  await press('Delete');
  await expect(application.page.getByRole('alertdialog')).toContainText('No other document refers to it.');
  await press('Enter');
  await answerForGood();
  await expect(row('wk-10')).toHaveCount(0);
  await expect.poll(() => existsSync(inSite('hosts/wk-10.yaml'))).toBe(false);
  await expect(problems()).toHaveText('No problems');
});

/** Where this machine has no trash, the question is asked again: about deleting for good. */
async function answerForGood(): Promise<void> {
  const forGood = application.page.getByRole('button', { name: 'Delete it for good' });
  const gone = application.page.getByRole('button', { name: 'Put it back' });
  await expect(forGood.or(gone)).toBeVisible();
  if (await forGood.isVisible()) await forGood.click();
}

test('a name is checked while it is typed, and Escape leaves nothing behind', async () => {
  const before = readdirSync(inSite('hosts'));
  await beginHost();
  for (const [name, said] of [
    ['WK-3', 'lower case: wk-3'],
    ['../x', 'letters, digits and hyphens only'],
    ['a/b', 'letters, digits and hyphens only'],
    ['-a', 'starts and ends'],
    ['wk-1', 'already'],
    ['wk-1.yaml', 'already'],
    ['x'.repeat(64), 'at most 63'],
  ] as const) {
    await nameField().fill(name);
    await expect(tree().getByRole('alert')).toContainText(said);
    await press('Enter');
    await expect(nameField()).toBeVisible();
  }
  await press('Escape');
  await expect(nameField()).toHaveCount(0);
  await expect(tree()).toBeFocused();
  expect(readdirSync(inSite('hosts'))).toEqual(before);
});

test('a name that was taken meanwhile is refused, and nothing is written over', async () => {
  await beginHost();
  await type('wk-3');
  // Under another ending, which the window does not take for a document of this name before it asks main.
  writeFileSync(inSite('hosts/WK-3.yaml'), 'theirs');
  await press('Enter');
  await expect(tree().getByRole('alert')).toContainText(/exists already|already/);
  expect(readFileSync(inSite('hosts/WK-3.yaml'), 'utf8')).toBe('theirs');
  expect(existsSync(inSite('hosts/wk-3.yaml'))).toBe(false);
});

test('a rename of the file alone keeps unsaved text and undo, and says which documents it leaves behind', async () => {
  const before = readFileSync(inSite('networks/bonded.yaml'), 'utf8');
  await workbench.open('networks/bonded.yaml');
  await workbench.replace('mtu: 1500', 'mtu: 1400');
  await tree().focus();
  await press('F2');
  await type('uplink');
  await press('Enter');
  const question = application.page.getByRole('alertdialog');
  await expect(question).toContainText('4 documents name it');
  await expect(question).toContainText('hosts/wk-2.yaml');
  await question.getByRole('button', { name: 'Only the file' }).click();
  await expect(row('uplink')).toContainText('unsaved');
  await expect(problems()).toContainText('4 errors');
  expect(existsSync(inSite('networks/bonded.yaml'))).toBe(false);
  expect(readFileSync(inSite('networks/uplink.yaml'), 'utf8')).toBe(before);
  await workbench.focusEditor();
  await press('Control+Z');
  await expect(row('uplink')).not.toContainText('unsaved');
  // A new document may have the old name; the two texts do not get in each other's way.
  await press('Control+Shift+P');
  await type('New network');
  await press('Enter');
  await type('bonded');
  await press('Enter');
  await expect(row('bonded')).toBeVisible();
  await expect(application.page.locator('.monaco-editor.focused .view-lines')).toContainText('((mac.eno1))');
  await row('uplink').click();
  await expect(application.page.locator('.monaco-editor .view-lines').first()).toContainText('bond0.100');
});

test('a deletion names what refers to the document, and can be taken back', async () => {
  await row('edge-node').first().click({ button: 'right' });
  await application.page.getByRole('menuitem', { name: 'Delete…' }).click();
  const question = application.page.getByRole('alertdialog');
  await expect(question).toContainText('6 documents refer to it');
  await expect(question).toContainText('images/edge-node.yaml');
  await question.getByRole('button', { name: 'Keep it as it is' }).click();
  expect(existsSync(inSite('profiles/edge-node.yaml'))).toBe(true);

  const before = readFileSync(inSite('profiles/edge-node.yaml'), 'utf8');
  await row('edge-node').first().click({ button: 'right' });
  await application.page.getByRole('menuitem', { name: 'Delete…' }).click();
  await press('Enter');
  await answerForGood();
  await expect.poll(() => existsSync(inSite('profiles/edge-node.yaml'))).toBe(false);
  await application.page.getByRole('button', { name: 'Put it back' }).click();
  await expect.poll(() => existsSync(inSite('profiles/edge-node.yaml'))).toBe(true);
  expect(readFileSync(inSite('profiles/edge-node.yaml'), 'utf8')).toBe(before);
  await expect(problems()).toHaveText('No problems');
});

test('a trash that refuses brings the question back, and a copy is kept', async () => {
  await application.electron.evaluate(({ shell }) => {
    shell.trashItem = () => Promise.reject(new Error('There is no trash here.'));
  });
  await row('eph-1').click({ button: 'right' });
  await application.page.getByRole('menuitem', { name: 'Delete…' }).click();
  await press('Enter');
  await expect(application.page.getByRole('alertdialog')).toContainText('deleted for good');
  expect(existsSync(inSite('hosts/eph-1.yaml'))).toBe(true);
  await press('Enter');
  await expect.poll(() => existsSync(inSite('hosts/eph-1.yaml'))).toBe(false);
});

test('site.yaml keeps its name and its place', async () => {
  await row('site.yaml').click({ button: 'right' });
  await expect(application.page.getByRole('menuitem')).toHaveText([/Open/, /Show in folder/]);
  await press('Escape');
  await tree().focus();
  await press('Delete');
  await press('F2');
  await expect(nameField()).toHaveCount(0);
  await expect(application.page.getByRole('alertdialog')).toHaveCount(0);
});

test('“Show in folder” shows the document', async () => {
  await application.electron.evaluate(({ shell }) => {
    const held = globalThis as unknown as { shown: string[] };
    held.shown = [];
    shell.showItemInFolder = (file) => held.shown.push(file);
  });
  await row('wk-1').click({ button: 'right' });
  await application.page.getByRole('menuitem', { name: 'Show in folder' }).click();
  const shown = () =>
    application.electron.evaluate(() => (globalThis as unknown as { shown: string[] }).shown);
  await expect.poll(shown).toEqual([inSite('hosts/wk-1.yaml')]);
});

test.describe('a site folder that is removed file by file', () => {
  const documents = () => tree().getByRole('treeitem', { level: 2 });

  test('leaves every text in the window, and all are written again', async () => {
    const before = readFileSync(inSite('hosts/wk-2.yaml'), 'utf8');
    await workbench.open('hosts/wk-1.yaml');
    await workbench.replace('10.20.0.21', '10.20.0.80');
    const count = await documents().count();
    rmSync(application.site, { recursive: true });
    await expect(application.page.getByText(/cannot be reached any more/)).toBeVisible();
    await expect(documents()).toHaveCount(count);
    await application.page.getByRole('button', { name: 'Write it again here' }).click();
    await expect(application.page.getByText(/cannot be reached any more/)).toHaveCount(0);
    expect(readFileSync(inSite('hosts/wk-2.yaml'), 'utf8')).toBe(before);
    expect(readFileSync(inSite('hosts/wk-1.yaml'), 'utf8')).toContain('10.20.0.80');
    await expect(documents()).toHaveCount(count);
    await expect(problems()).toHaveText('No problems');
  });

  test('slowly, loses nothing either', async () => {
    const count = await documents().count();
    // Longer between two files than the window waits for: each of them is told as removed.
    for (const document of ['hosts/cp-1.yaml', 'hosts/cp-2.yaml', 'networks/bonded.yaml']) {
      rmSync(inSite(document));
      await application.page.waitForTimeout(500);
    }
    await expect(documents()).toHaveCount(count - 3);
    rmSync(application.site, { recursive: true });
    await expect(application.page.getByText(/cannot be reached any more/)).toBeVisible();
    await expect(documents()).toHaveCount(count);
    // The window holds the only texts: closing it asks.
    await application.electron.evaluate(({ dialog, BrowserWindow }) => {
      const held = globalThis as unknown as { asked: string[] };
      held.asked = [];
      dialog.showMessageBoxSync = (...words: unknown[]) => {
        held.asked.push((words.at(-1) as { message: string }).message);
        return 0;
      };
      BrowserWindow.getAllWindows()[0]?.close();
    });
    const asked = () =>
      application.electron.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
    await expect.poll(asked).toEqual([expect.stringMatching(/documents are not saved/)]);
  });

  test('is written elsewhere, as a site that opens', async () => {
    const elsewhere = test.info().outputPath('rescued');
    await application.electron.evaluate(({ dialog }, folder) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [folder] });
    }, path.dirname(elsewhere));
    rmSync(application.site, { recursive: true });
    await application.page.getByRole('button', { name: 'Write it elsewhere…' }).click();
    const written = path.join(path.dirname(elsewhere), path.basename(application.site));
    // What leads there may be the home folder, which the bar shortens.
    await expect(application.page.locator('.status-bar')).toContainText(
      path.join(path.basename(path.dirname(written)), path.basename(written)),
    );
    expect(readdirSync(path.join(written, 'hosts'))).toContain('wk-1.yaml');
    await expect(problems()).toHaveText('No problems');
  });

  test('and comes back, is there again by itself', async () => {
    await workbench.open('hosts/wk-1.yaml');
    renameSync(application.site, `${application.site}-away`);
    await expect(application.page.getByText(/cannot be reached any more/)).toBeVisible();
    renameSync(`${application.site}-away`, application.site);
    await expect(application.page.getByText(/cannot be reached any more/)).toHaveCount(0);
    await expect(application.page.getByRole('button', { name: 'Keep mine' })).toHaveCount(0);
  });
});
