import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type Application, launch } from './application.ts';
import { barriers, lookAt, looksOfParts, nameOfLook } from './looks.ts';
import { Workbench } from './workbench.ts';

let application: Application;
let workbench: Workbench;

test.afterEach(async () => {
  expect(application.complaints).toEqual([]);
  await application.close();
});

async function begin(options: Parameters<typeof launch>[0] = {}): Promise<Page> {
  application = await launch(options);
  workbench = new Workbench(application.page);
  await workbench.ready();
  await workbench.open('hosts/wk-1.yaml');
  await workbench.showPreview('user-data');
  await expect(workbench.preview).toContainText('hostname: wk-1');
  return application.page;
}

const comparison = (page: Page): Locator => page.getByRole('combobox', { name: 'Compare with' });
const freshness = (page: Page): Locator =>
  page.getByRole('region', { name: 'Since the last stamp and build' });
const builtThen = (page: Page): Locator => page.getByRole('region', { name: 'Compared with the last build' });

/** The document that is shown, and the line of the caret in it. */
async function expectAt(page: Page, document: string, text: string): Promise<void> {
  await expect(page.getByRole('tab', { name: new RegExp(path.basename(document)) })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  const lines = readFileSync(path.join(application.site, document), 'utf8').split('\n');
  const line = lines.findIndex((each) => each.trim() === text) + 1;
  expect(line, `${document} has “${text}”`).toBeGreaterThan(0);
  await expect(page.getByTestId('caret')).toContainText(`Ln ${line},`);
}

test('two hosts are compared in words and as text, by keyboard', async () => {
  const page = await begin();
  await page.keyboard.press('Control+Shift+P');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.type('Compare the host');
  await page.keyboard.press('Enter');
  await expect(comparison(page)).toBeFocused();
  await page.keyboard.type('wk-2');
  await expect(page.getByText(/^Differs from wk-2 in: names, addresses, MAC addresses/)).toBeVisible();
  const row = page.getByRole('row', { name: /address of bond0\.100/ });
  await expect(row.getByRole('button')).toHaveText(['10.20.0.21/24', '10.20.0.22/24']);
  await expect(page.getByTestId('comparison-text')).toContainText('wk-2.edge.example');
  await row.getByRole('button', { name: '10.20.0.22/24' }).focus();
  await page.keyboard.press('Enter');
  await expectAt(page, 'hosts/wk-2.yaml', 'oam-address: 10.20.0.22');
  // The two are still compared, now from the other side.
  await expect(page.getByText(/^Differs from wk-1 in/)).toBeVisible();
  await workbench.replace('10.20.0.22', '10.20.0.21');
  await expect(page.getByRole('row', { name: /address of bond0\.100/ })).toHaveCount(0);
  await workbench.showPreview('vendor');
  await expect(page.getByText('vendor is the same, letter by letter.')).toBeVisible();
  await workbench.showPreview('Links');
  await expect(page.getByRole('region', { name: 'Network of wk-2' })).toContainText('bond0.100');
});

test('nothing is folded away of two texts before it is known what differs', async () => {
  const page = await begin({ size: { width: 1280, height: 800 } });
  const premature = await page.evaluateHandle(() => {
    const seen: string[] = [];
    new MutationObserver(() => {
      const text = document.querySelector('[data-testid="comparison-text"]');
      const folds = [...(text?.querySelectorAll('.diff-hidden-lines') ?? [])];
      const folded = folds.map((each) => each.textContent).join('');
      if (folded !== '' && text?.querySelector('.line-insert, .line-delete') === null) seen.push(folded);
    }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    return seen;
  });
  await comparison(page).selectOption({ label: 'eph-1' });
  const text = page.getByTestId('comparison-text');
  await expect(text.locator('.line-insert').first()).toBeVisible();
  await expect(text.getByText('20 hidden lines')).toBeVisible();
  expect(await premature.jsonValue()).toEqual([]);
});

test('a preview that lacks what is wrong says so, and leads to the problems', async () => {
  const page = await begin();
  const note = page.getByRole('region', { name: 'Preview' }).getByRole('note');
  await workbench.showPreview('network');
  await expect(note).toHaveCount(0);
  await workbench.open('networks/bonded.yaml');
  await workbench.replace('mode: 802.3ad', 'mode: 802.3at');
  const words = 'has an error, and what is wrong may be missing here';
  for (const tab of ['network', 'user-data', 'Links'] as const) {
    await workbench.showPreview(tab);
    await expect(note).toContainText(`What this host receives ${words}`);
  }
  await comparison(page).selectOption({ label: 'wk-2' });
  await expect(note).toContainText(`this host receives has an error, what wk-2 receives ${words}`);
  await page.keyboard.press('Control+Shift+M');
  await note.getByRole('button', { name: 'Show the problems' }).click();
  await expect(workbench.problem(/^mode must be one of/)).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await workbench.focusEditor();
  await page.keyboard.press('Control+Z');
  await expect(note).toHaveCount(0);
});

test('each line of the preview leads to where it is written', async () => {
  const page = await begin();
  const button = page.getByRole('button', { name: 'Show origins' });
  const borderOf = () => button.evaluate((own) => getComputedStyle(own).borderTopColor);
  await button.focus();
  const before = await borderOf();
  await page.keyboard.press('Enter');
  expect(await borderOf()).not.toBe(before);
  const gutter = workbench.preview.locator('.line-numbers');
  await expect(gutter.filter({ hasText: /^site \d+$/ }).first()).toBeVisible();
  await workbench.preview.getByText('ntp-1.edge.example').hover();
  await expect(page.getByText(/From site\.yaml, line \d+: ntp\.servers\./)).toBeVisible();
  await workbench.preview.getByText('ntp-1.edge.example').click();
  await page.keyboard.press('Enter');
  await expectAt(page, 'site.yaml', 'servers: [ntp-1.edge.example, ntp-2.edge.example]');
  await workbench.showPreview('network');
  await workbench.preview.getByText('10.20.0.21/24').click({ modifiers: ['Alt'] });
  await expectAt(page, 'hosts/wk-1.yaml', 'oam-address: 10.20.0.21');
});

test('an origin is right after lines were added above it', async () => {
  const page = await begin();
  await workbench.focusEditor();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('# one\n# two\n');
  await page.keyboard.press('Control+S');
  await expect
    .poll(() => readFileSync(path.join(application.site, 'hosts/wk-1.yaml'), 'utf8'))
    .toMatch(/^# one/);
  await workbench.showPreview('network');
  await workbench.preview.getByText('10.20.0.21/24').click({ modifiers: ['Alt'] });
  await expectAt(page, 'hosts/wk-1.yaml', 'oam-address: 10.20.0.21');
});

test('the network is shown as the host will see it', async () => {
  const page = await begin();
  await workbench.showPreview('network');
  const format = page.getByRole('combobox', { name: 'Network as' });
  await format.selectOption({ label: 'On the host: netplan' });
  await expect(workbench.preview).toContainText('/etc/netplan/50-cloud-init.yaml');
  await format.selectOption({ label: 'On the host: NetworkManager' });
  await expect(workbench.preview).toContainText('/etc/NetworkManager/system-connections/eno1.nmconnection');
  await page.getByText(/settings? cannot be said in this format/).click();
  await page
    .getByRole('tabpanel', { name: 'network' })
    .getByRole('listitem')
    .first()
    .getByRole('button')
    .click();
  await expect(page.getByRole('tab', { name: /bonded\.yaml/ })).toHaveAttribute('aria-selected', 'true');
});

test('the drawing of the network is walked through by keyboard', async () => {
  const page = await begin();
  await workbench.showPreview('Links');
  const drawing = page.getByRole('group', { name: /^Drawing of the network of wk-1/ });
  await expect(drawing.getByRole('link')).toHaveCount(8);
  await drawing.getByRole('link', { name: /^eno1/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(drawing.getByRole('link', { name: /^eno2/ })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(
    drawing.getByRole('link', { name: /^bond0 802\.3ad · MTU 9000: bond over eno1 and eno2/ }),
  ).toBeFocused();
  await page.keyboard.press('Enter');
  await expectAt(page, 'networks/bonded.yaml', 'bond0:');
  await expect(page.getByRole('row', { name: /bond0\.200 VLAN 200 bond0 10\.30\.0\.21\/24/ })).toBeVisible();
  await page.getByRole('button', { name: 'Enlarge the drawing' }).click();
  const dialog = page.getByRole('dialog', { name: 'Network of wk-1' });
  await dialog.getByRole('link', { name: /^10\.20\.0\.1 default: gateway/ }).click();
  await expect(dialog).toBeHidden();
  await expectAt(page, 'networks/bonded.yaml', 'via: 10.20.0.1');
});

test('what changed since the stamp is said, after a restart and a checkout too', async () => {
  test.setTimeout(15 * 60_000);
  let page = await begin();
  const { site } = application;
  const file = path.join(site, 'hosts', 'wk-1.yaml');
  const stamped = readFileSync(file, 'utf8');
  const secret = path.join(site, 'secrets', 'ops-hash');
  mkdirSync(path.dirname(secret), { mode: 0o700 });
  writeFileSync(secret, '$6$salt$first\n', { mode: 0o600 });
  const chpasswd = '\nchpasswd: {users: [{name: ops, password: ((secret.ops-hash))}]}\n';
  appendFileSync(path.join(site, 'user-data', 'base.yaml'), chpasswd);
  await expect(page.getByRole('region', { name: 'Secrets in this text' })).toContainText('ops-hash');
  await page.keyboard.press('Control+B');
  await expect(freshness(page)).toContainText('Not stamped yet', { timeout: 14 * 60_000 });
  await freshness(page).getByRole('button', { name: 'Stamp' }).click();
  await expect(freshness(page)).toContainText(/As stamped on /);

  // Someone sets a secret elsewhere and comes back to the window.
  writeFileSync(secret, '$6$salt$second\n');
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(page.getByTestId('freshness-detail')).toContainText('the secret ops-hash set anew');
  await freshness(page).getByRole('button', { name: 'Stamp again' }).click();
  await expect(freshness(page)).toContainText(/As stamped on /);
  await workbench.replace('10.20.0.21', '10.20.0.77');
  await expect(freshness(page)).toContainText('Changed since the stamp');
  await expect(page.getByTestId('freshness-detail')).toContainText('addresses .21 → .77');
  await freshness(page).getByRole('button', { name: 'Compare' }).click();
  await expect(
    page.getByRole('row', { name: /address of bond0\.100 10\.20\.0\.21\/24 10\.20\.0\.77\/24/ }),
  ).toBeVisible();
  await page.keyboard.press('Control+S');
  await expect.poll(() => readFileSync(file, 'utf8')).toContain('10.20.0.77');

  const profile = path.join(site, 'profiles', 'edge-node.yaml');
  const built = readFileSync(profile, 'utf8');
  const withHtop = built.replace(/^( +)- ethtool\n/m, '$1- htop\n$&');
  writeFileSync(profile, withHtop);
  await expect(freshness(page)).toContainText('Rebuild needed');
  await freshness(page).getByRole('button', { name: 'Compare' }).click();
  await expect(builtThen(page).getByRole('row', { name: /^package . not there htop$/ })).toBeVisible();
  await expect(builtThen(page).getByRole('tab')).toHaveText(['profiles/edge-node.yaml']);
  await expect(builtThen(page).getByTestId('comparison-text')).toContainText('- htop');
  expect(await barriers(page)).toEqual([]);
  writeFileSync(profile, `${built}# Of no consequence.\n`);
  await expect(builtThen(page)).toContainText('What is baked is the same as in edge-node');
  await expect(builtThen(page).getByTestId('comparison-text')).toContainText('# Of no consequence.');
  writeFileSync(profile, built);
  await expect(builtThen(page)).toContainText('Its documents are the same, letter by letter.');
  await page.getByRole('combobox', { name: 'Compare with' }).selectOption('No comparison');
  await expect(page.getByRole('tab', { name: 'user-data' })).toBeVisible();
  await application.close({ keepSite: true });

  page = await begin({ site });
  await expect(page.getByTestId('freshness-detail')).toContainText('addresses .21 → .77');
  writeFileSync(file, stamped);
  await expect(freshness(page)).toContainText(/As stamped on /);

  writeFileSync(profile, withHtop);
  await expect(freshness(page)).toContainText('Rebuild needed');
  await expect(page.getByTestId('freshness-detail')).toContainText('packages + htop');
  await freshness(page).getByRole('button', { name: 'Compare' }).click();
  // The job of that build belongs to another account's data.
  await expect(builtThen(page)).toContainText('The documents of that build are not kept any more.');
});

for (const shown of looksOfParts) {
  test(`the views of the preview are without barriers: ${nameOfLook(shown)}`, async () => {
    const page = await begin(shown);
    const look = (view: string) => lookAt(page, view, shown);
    await page.getByRole('button', { name: 'Show origins' }).click();
    await expect(
      workbench.preview.locator('.line-numbers').filter({ hasText: /site/ }).first(),
    ).toBeVisible();
    await look('preview-origins');
    await workbench.showPreview('Links');
    await page.getByRole('link', { name: /^bond0 802/ }).focus();
    await look('preview-drawing');
    await page.getByRole('button', { name: 'Enlarge the drawing' }).click();
    await expect(page.getByRole('dialog', { name: 'Network of wk-1' })).toBeVisible();
    await look('preview-enlarged');
    await page.keyboard.press('Escape');
    await workbench.showPreview('network');
    await comparison(page).selectOption('host wk-2');
    // What is seen of it at any size: the editor draws only the lines in view.
    await expect(page.getByTestId('comparison-text')).toContainText('52:54:00:20:22:01');
    await look('preview-comparison');
  });
}
