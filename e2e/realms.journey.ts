import { existsSync, readFileSync, writeFileSync } from 'node:fs';
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
});

test.afterEach(async () => {
  expect(application.complaints).toEqual([]);
  await application.close();
});

const textOf = (document: string) => readFileSync(path.join(application.site, document), 'utf8');
const realm = (name: 'Baked' | 'Stamped' | 'Neither') =>
  application.page.getByRole('region', { name: `${name}: wk-1` });

async function showRealms(): Promise<void> {
  const { page } = application;
  await page.keyboard.press('Control+Shift+P');
  await page.keyboard.type('Show what is baked and stamped');
  await page.keyboard.press('Enter');
  await expect(realm('Baked')).toBeVisible();
}

test('a setting in the wrong realm says where it belongs, and moves there by its fix', async () => {
  const { page } = application;
  const base = path.join(application.site, 'user-data/base.yaml');
  writeFileSync(base, `${readFileSync(base, 'utf8')}\nbootcmd:\n  - sysctl -w vm.swappiness=7\n`);
  await workbench.open('hosts/wk-1.yaml');
  await expect(workbench.problem(/kernel parameter .* bootcmd sets it once/)).toBeVisible();
  await showRealms();
  await expect(realm('Stamped').getByText(/belongs to the profile/)).toBeVisible();
  await workbench.place('Site');
  await workbench.open('user-data/base.yaml');
  await workbench.caretAfter('sysctl -w vm.sw');
  await workbench.quickFix(/^Move .* to profiles\/edge-node\.yaml$/);
  await expect(workbench.noProblems()).toBeVisible();
  const unsaved = page.getByText('profiles/edge-node.yaml changed, not saved yet');
  await expect(unsaved).toBeVisible();
  await page.keyboard.press('Control+Shift+S');
  // Long before the notice would leave by itself.
  await expect(unsaved).toHaveCount(0, { timeout: 2000 });
  await expect.poll(() => textOf('profiles/edge-node.yaml')).toMatch(/\n {4}vm\.swappiness: "7"\n/);
  expect(textOf('user-data/base.yaml')).not.toContain('vm.swappiness');
  // Comments of both stay.
  expect(textOf('profiles/edge-node.yaml')).toContain('# Many pods watch many files.');
  await showRealms();
  await expect(realm('Baked')).toContainText('vm.swappiness');
  await expect(realm('Stamped').getByText(/belongs to the profile/)).toHaveCount(0);
});

test('a move is undone and done again in both documents, and told where one of them changed since', async () => {
  const { page } = application;
  const [fragment, profile] = ['user-data/base.yaml', 'profiles/edge-node.yaml'] as const;
  const swappiness = '\nbootcmd:\n  - sysctl -w vm.swappiness=7\n';
  writeFileSync(path.join(application.site, fragment), textOf(fragment) + swappiness);
  await expect(workbench.problem(/kernel parameter .* bootcmd sets it once/)).toBeVisible();
  const before = [textOf(fragment), textOf(profile)];
  const saved = async () => {
    await page.keyboard.press('Control+Shift+S');
    await expect(page.getByRole('contentinfo').getByText(/unsaved/)).toHaveCount(0);
    return [textOf(fragment), textOf(profile)];
  };
  await workbench.open(fragment);
  await workbench.caretAfter('sysctl -w vm.sw');
  // The profile was never opened: it has its undo all the same.
  await workbench.quickFix(/^Move .* to profiles\/edge-node\.yaml$/);
  await expect(workbench.noProblems()).toBeVisible();
  const moved = await saved();
  expect(moved).not.toEqual(before);
  await workbench.focusEditor();
  await page.keyboard.press('Control+Z');
  await expect(page.getByText('undone in profiles/edge-node.yaml as well')).toBeVisible();
  expect(await saved()).toEqual(before);
  await page.keyboard.press('Control+Y');
  await expect(page.getByText('done again in profiles/edge-node.yaml as well')).toBeVisible();
  expect(await saved()).toEqual(moved);
  await workbench.open(profile);
  await workbench.caretAfter('madvise');
  await page.keyboard.type(' # low latency');
  await workbench.open(fragment);
  await page.keyboard.press('Control+Z');
  await expect(page.getByText('undone in user-data/base.yaml alone')).toBeVisible();
  const [undone, kept] = await saved();
  expect(undone).toBe(before[0]);
  expect(kept).toMatch(/\n {4}vm\.swappiness: "7"\n/);
  expect(kept).toContain('madvise # low latency');
});

test('a baked network becomes a document of its own, to which its host refers', async () => {
  const { page } = application;
  const at = (document: string) => path.join(application.site, document);
  const netplan = '# By hand.\nnetwork:\n  ethernets:\n    eno1: {addresses: [10.20.0.77/24]}\n';
  const indented = netplan.replace(/^/gm, '        ').trimEnd();
  writeFileSync(
    at('profiles/lone.yaml'),
    `${'apiVersion: siteforge/v1\nkind: HostProfile\nmetadata: {name: lone}\nspec:\n  console: {video: true}\n'}  files:\n    - path: /etc/netplan/60-oam.yaml\n      content: |\n${indented}\n`,
  );
  const host = textOf('hosts/wk-2.yaml').replace('profile: edge-node', 'profile: lone');
  writeFileSync(at('hosts/wk-2.yaml'), host.replace(/\n {2}network:\n {4}ref: \w+\n/, '\n'));
  await expect(workbench.problem(/“network” is missing/)).toBeVisible();
  await workbench.open('profiles/lone.yaml');
  await workbench.caretAfter('path: /etc/netp');
  await workbench.quickFix(/^Move .* to networks\/wk-2\.yaml$/);
  await expect(page.getByRole('tab', { name: /wk-2\.yaml/ })).toHaveAttribute('aria-selected', 'true');
  await expect(workbench.noProblems()).toBeVisible();
  const made = netplan.replace('network:\n', 'network:\n  version: 2\n');
  expect(textOf('networks/wk-2.yaml')).toBe(made);
  // Taken back, it takes the document along that nobody touched since, and brings it again.
  await workbench.open('profiles/lone.yaml');
  await page.keyboard.press('Control+Z');
  await expect(page.getByText('as well, and networks/wk-2.yaml is gone again')).toBeVisible();
  expect(existsSync(at('networks/wk-2.yaml'))).toBe(false);
  await expect(workbench.problem(/“network” is missing/)).toBeVisible();
  await page.keyboard.press('Control+Y');
  await expect(workbench.noProblems()).toBeVisible();
  expect(textOf('networks/wk-2.yaml')).toBe(made);
  await page.keyboard.press('Control+Shift+S');
  await expect.poll(() => textOf('hosts/wk-2.yaml')).toMatch(/\n {2}network:\n {4}ref: wk-2\n/);
  expect(textOf('profiles/lone.yaml')).not.toContain('netplan');
});

test('a host’s page leads from each setting to where it is written', async () => {
  const { page } = application;
  await workbench.open('hosts/wk-1.yaml');
  await showRealms();
  await expect(realm('Stamped')).toContainText('10.20.0.21');
  await expect(realm('Baked')).toContainText('net.ipv4.ip_forward');
  await realm('Baked')
    .getByRole('button', { name: /net\.ipv4\.ip_forward/ })
    .click();
  await expect(page.getByRole('tab', { name: /edge-node\.yaml/ })).toHaveAttribute('aria-selected', 'true');
  const before = textOf('profiles/edge-node.yaml').split('net.ipv4.ip_forward')[0] ?? '';
  await expect(page.getByText(/^Ln \d+/)).toContainText(`Ln ${before.split('\n').length},`);
});

test('the help at a key tells what it means, its unit, range, default, realm and source', async () => {
  const { page } = application;
  await workbench.open('profiles/edge-node.yaml');
  await workbench.caretAfter('coun');
  await page.keyboard.press('Control+K');
  await page.keyboard.press('Control+I');
  const hover = page.locator('.monaco-hover:visible');
  await expect(hover).toContainText('Unit: pages');
  await expect(hover).toContainText('Realm: baked');
});
