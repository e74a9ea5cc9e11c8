import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { type Application, launch } from './application.ts';
import { barriers } from './looks.ts';
import { Workbench } from './workbench.ts';

// What a name means, where it stands, and how it gets another one: all of it by keyboard.
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

const press = (keys: string) => application.page.keyboard.press(keys);
const type = (text: string) => application.page.keyboard.type(text);
const textOf = (document: string) => readFileSync(path.join(application.site, document), 'utf8');
const places = (): Locator => application.page.getByTestId('references');
const dialog = (): Locator => application.page.getByRole('dialog');
const problems = () => application.page.getByTestId('status-problems');
const documentShown = (name: string) => application.page.getByRole('tab', { name, selected: true });

test('F12 opens the document that a host names, and lists the hosts that define a variable', async () => {
  await workbench.open('hosts/wk-1.yaml');
  await workbench.caretAfter('ref: bond');
  await press('F12');
  await expect(documentShown('bonded.yaml')).toBeVisible();
  await workbench.caretAfter('((var.oam-');
  await press('F12');
  // The chosen host comes first, and the list has the keys.
  await expect(places().getByRole('treeitem').first()).toContainText('hosts/wk-1.yaml');
  await expect(places()).toContainText('oam-address: 10.20.0.12');
  // The ephemeral host defines it as well, but has another network.
  await expect(places()).not.toContainText('eph-1');
  await expect(places().getByRole('tree')).toBeFocused();
  expect(await barriers(application.page)).toEqual([]);
  await press('Enter');
  await expect(documentShown('wk-1.yaml')).toBeVisible();
  await expect(application.page.getByText('Ln 30, Col 16')).toBeVisible();
});

test('Shift+F12 lists every place of a name, and Escape closes the list', async () => {
  await workbench.open('hosts/wk-1.yaml');
  await workbench.caretAfter('profile: edge');
  await press('Shift+F12');
  await expect(application.page.getByRole('tab', { name: /^Places 7/ })).toBeVisible();
  for (const text of ['hosts/eph-1.yaml', 'images/edge-node.yaml', 'defined here'])
    await expect(places()).toContainText(text);
  await press('Escape');
  await expect(places()).toHaveCount(0);
});

test('a name that nothing defines says so at the caret', async () => {
  await workbench.open('hosts/wk-1.yaml');
  await workbench.caretAfter('role: work');
  await press('F12');
  await expect(application.page.getByTestId('editor').getByText('Nothing here is defined')).toBeVisible();
  await press('F2');
  await expect(
    application.page.getByTestId('editor').getByText('Here is no name that could be changed'),
  ).toBeVisible();
});

test('a variable gets another name in every document, and nothing else changes', async () => {
  const documents = ['cp-1', 'cp-2', 'eph-1', 'wk-1', 'wk-2'].map((name) => `hosts/${name}.yaml`);
  const before = [...documents, 'networks/bonded.yaml', 'networks/single-link.yaml'].map(
    (document) => [document, textOf(document)] as const,
  );
  // One document has text that is not saved: it stays so.
  await workbench.open('hosts/wk-2.yaml');
  await workbench.replace('# A worker with', '# A node with');
  await workbench.open('networks/bonded.yaml');
  await workbench.caretAfter('((var.oam-');
  await press('F2');
  await expect(dialog()).toContainText('7 places in 7 documents');
  await expect(dialog().getByRole('textbox', { name: 'New name' })).toBeFocused();
  await type('storage-address');
  await expect(dialog().getByRole('alert')).toContainText('already');
  await press('Enter');
  await expect(dialog()).toBeVisible();
  await press('Control+A');
  await type('9 lives');
  await expect(dialog().getByRole('alert')).toContainText('starts with a letter');
  expect(await barriers(application.page)).toEqual([]);
  await press('Control+A');
  await type('management-ip');
  await expect(dialog().getByRole('alert')).toHaveText('');
  await press('Enter');
  await expect(dialog()).toHaveCount(0);
  await expect(problems()).toHaveText('No problems');
  for (const [document, text] of before) {
    const after = document === 'hosts/wk-2.yaml' ? text : text.replaceAll('oam-address', 'management-ip');
    await expect.poll(() => textOf(document)).toBe(after);
  }
  await expect(application.page.getByText('1 unsaved')).toBeVisible();
  // In an open editor it is one step to undo.
  await workbench.open('hosts/wk-2.yaml');
  await expect(application.page.locator('#editor-surface .view-lines')).toContainText('management-ip');
  await press('Control+Z');
  await expect(application.page.locator('#editor-surface .view-lines')).toContainText('oam-address');
  await expect(application.page.locator('#editor-surface .view-lines')).toContainText('A node with');
  // Which the other documents do not take part in, unless that is what was meant.
  await expect(application.page.getByText('is back in hosts/wk-2.yaml alone')).toBeVisible();
  await application.page.getByRole('button', { name: 'Name it back everywhere' }).click();
  for (const [document, text] of before) await expect.poll(() => textOf(document)).toBe(text);
  await expect(problems()).toHaveText('No problems');
});

test('a network that is renamed in the tree takes its hosts along, and back again', async () => {
  const before = textOf('hosts/wk-1.yaml');
  await workbench.open('networks/bonded.yaml');
  await application.page.getByRole('tree', { name: 'Documents of the site' }).focus();
  await press('F2');
  await type('uplink');
  await press('Enter');
  const question = application.page.getByRole('alertdialog');
  await expect(question).toContainText('4 documents name it');
  await expect(question).toContainText('hosts/wk-2.yaml');
  await press('Enter');
  await expect.poll(() => textOf('hosts/wk-1.yaml')).toBe(before.replace('ref: bonded', 'ref: uplink'));
  expect(existsSync(path.join(application.site, 'networks/uplink.yaml'))).toBe(true);
  await expect(problems()).toHaveText('No problems');
  await application.page.getByRole('button', { name: 'Name it back' }).click();
  await expect.poll(() => textOf('hosts/wk-1.yaml')).toBe(before);
  expect(existsSync(path.join(application.site, 'networks/bonded.yaml'))).toBe(true);
  await expect(problems()).toHaveText('No problems');
});

test('a host that is renamed at its own name gets another file, and stays the chosen one', async () => {
  await workbench.open('hosts/wk-1.yaml');
  await workbench.caretAfter('name: wk');
  await press('F2');
  await expect(dialog()).toContainText('The file takes the new name.');
  await type('wk-7');
  await press('Enter');
  await expect.poll(() => existsSync(path.join(application.site, 'hosts/wk-7.yaml'))).toBe(true);
  await expect.poll(() => textOf('hosts/wk-7.yaml')).toContain('name: wk-7');
  await expect(application.page.getByTitle('Choose the host')).toContainText('wk-7');
  await expect(documentShown('wk-7.yaml')).toBeVisible();
  await expect(problems()).toHaveText('No problems');
});

test('the places of a name are marked in the text, and its hover tells the value of the chosen host', async () => {
  await workbench.open('hosts/wk-1.yaml');
  await workbench.open('networks/bonded.yaml');
  await workbench.caretAfter('link: bon');
  await expect(application.page.locator('.wordHighlight, .wordHighlightStrong')).not.toHaveCount(0);
  await workbench.caretAfter('((var.oam-');
  await press('Control+K');
  await press('Control+I');
  const hover = application.page.locator('.monaco-hover:visible');
  await expect(hover).toContainText('10.20.0.21 for wk-1');
  await expect(hover).toContainText('5 hosts have a value, all different');
});

test.describe('quick fixes', () => {
  const spoil = (document: string, from: string, to: string) => {
    const file = path.join(application.site, document);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(from);
    writeFileSync(file, text.replace(from, to));
  };
  const fix = async (after: string, title: RegExp) => {
    await workbench.caretAfter(after);
    await workbench.quickFix(title);
  };

  test('add a key that is missing, with what the site has', async () => {
    spoil('hosts/wk-1.yaml', '  profile: edge-node\n', '');
    await expect(problems()).toContainText('1 error');
    await workbench.open('hosts/wk-1.yaml');
    await fix('spec', /Add “profile: edge-node”/);
    await expect(problems()).toHaveText('No problems');
  });

  test('make an address unique', async () => {
    spoil('hosts/wk-1.yaml', '10.20.0.21', '10.20.0.22');
    await expect(problems()).toContainText('2 errors');
    await workbench.open('hosts/wk-1.yaml');
    await fix('oam-address: 10.20', /Change to 10\.20\.0\.23/);
    await expect(problems()).toHaveText('No problems');
  });

  test('give all hosts a value that they lack, in documents that are not open', async () => {
    spoil('networks/bonded.yaml', '((var.storage-address))', '((var.backup-address))');
    await expect(problems()).toContainText('1 error');
    await workbench.open('networks/bonded.yaml');
    await fix('((var.backup', /Add “backup-address” to all 4 hosts/);
    await expect(application.page.getByText('4 documents changed, not saved yet')).toBeVisible();
    await application.page.getByRole('button', { name: 'Save all' }).click();
    await expect.poll(() => textOf('hosts/wk-2.yaml')).toMatch(/\n {4}backup-address: 192\.0\.2\.\d+\n/);
    expect(textOf('hosts/cp-1.yaml')).toMatch(/\n {4}backup-address: 192\.0\.2\.\d+\n/);
    await expect(application.page.getByText('4 unsaved')).toHaveCount(0);
  });

  test('make the document that is named', async () => {
    spoil('hosts/wk-1.yaml', '[base, kubernetes-node]', '[base, monitoring]');
    await workbench.open('hosts/wk-1.yaml');
    await fix('[base, moni', /Make user-data\/monitoring\.yaml/);
    await expect(documentShown('monitoring.yaml')).toBeVisible();
    await expect.poll(() => existsSync(path.join(application.site, 'user-data/monitoring.yaml'))).toBe(true);
    await expect(problems()).toContainText('No problems');
  });

  test('mend all of one kind, by keyboard', async () => {
    spoil('hosts/wk-1.yaml', '  profile: edge-node\n', '  profil: edge-node\n');
    spoil('hosts/wk-1.yaml', '  role: worker\n', '  rolle: worker\n');
    await workbench.open('hosts/wk-1.yaml');
    await workbench.caretAfter('roll');
    await press('Control+.');
    await expect(application.page.locator('.action-widget').first()).toContainText('Mend all 2 of this kind');
    await press('ArrowDown');
    await press('Enter');
    await expect(problems()).toHaveText('No problems');
    await workbench.focusEditor();
    await press('Control+Z');
    // Two keys, and the role that a fragment asks for.
    await expect(problems()).toContainText('3 errors');
  });
});

test('the palette finds a command by the words of the field', async () => {
  const wanted: Record<string, RegExp> = {
    realm: /^Show what is baked and stamped/,
    'day 2': /^Show what is baked and stamped/,
    csv: /^Add hosts from a table…/,
    import: /^Import hosts/,
    'export csv': /^Export the hosts/,
    baremetalhost: /^Import hosts/,
    secret: /^Secrets…/,
    password: /^Secrets…/,
    preview: /^Show or hide the preview/,
    diff: /^Compare the host/,
    rename: /^Rename the name at the caret/,
    'network drawing': /^Show the drawing/,
    partitions: /^Change between the text and the form/,
    nmstate: /^Convert the network/,
    'find references': /^List the places/,
    errors: /^Show or hide Problems/,
  };
  await press('Control+Shift+P');
  for (const [words, title] of Object.entries(wanted)) {
    await dialog().getByRole('combobox').fill(words);
    await expect(dialog().getByRole('option', { name: title }), words).toBeVisible();
  }
});

test('the menu of the text is drawn on a ground of its own, and offers nothing that is not there', async () => {
  await workbench.open('hosts/wk-1.yaml');
  await workbench.caretAfter('profile: edge');
  await press('Shift+F10');
  const menu = application.page.locator('.monaco-menu');
  await expect(menu.getByText('Go to Definition')).toBeVisible();
  await expect(menu.getByText('Peek')).toHaveCount(0);
  await press('ArrowDown');
  const groundOf = (part: Locator) => part.evaluate((own) => getComputedStyle(own).backgroundColor);
  const ground = await groundOf(menu.locator('..'));
  expect(ground).not.toBe('rgba(0, 0, 0, 0)');
  const chosen = await groundOf(menu.locator('.action-item.focused .action-menu-item'));
  expect([ground, 'rgba(0, 0, 0, 0)']).not.toContain(chosen);
  await press('Escape');
  await expect(menu).toHaveCount(0);
});

test('the list of completions shows the names of kernel parameters to their end', async () => {
  await workbench.open('profiles/edge-node.yaml');
  await workbench.caretAfter('net.ipv4.ip_forward: 1');
  await press('Enter');
  await type('net.bridge.bridge-nf-call-a');
  const name = application.page.locator('.suggest-widget .monaco-list-row .label-name').first();
  await expect(name).toHaveText('net.bridge.bridge-nf-call-arptables');
  await expect(application.page.locator('.suggest-widget .details-label').first()).toBeVisible();
  // What is cut ends in an ellipsis, somewhere on the way up to the row.
  const cut = await name.evaluate((own) => {
    const found: string[] = [];
    for (
      let at = own;
      !at.classList.contains('monaco-list-row') && at.parentElement !== null;
      at = at.parentElement
    )
      if (at.scrollWidth > at.clientWidth && at.clientWidth > 0) found.push(at.className);
    return found;
  });
  expect(cut).toEqual([]);
});
