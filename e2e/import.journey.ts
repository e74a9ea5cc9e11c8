import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { type Application, launch } from './application.ts';
import { barriers } from './looks.ts';
import { Workbench } from './workbench.ts';

// Hosts of other programs: chosen as files, looked at, and written as documents; and given back.
let application: Application;

test.beforeAll(async () => {
  application = await launch();
  await new Workbench(application.page).ready();
});
test.afterAll(() => application.close());

const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
const textOf = (document: string) => readFileSync(path.join(application.site, document), 'utf8');
const dialog = () => application.page.getByRole('dialog', { name: 'Import hosts from files' });

async function choose(...files: ReturnType<typeof file>[]): Promise<void> {
  await application.page.keyboard.press('Control+Shift+P');
  await application.page.keyboard.type('import hosts');
  await application.page.getByRole('option', { name: /^Import hosts from Airship/ }).click();
  await expect(dialog().getByRole('button', { name: 'Choose files…' })).toBeFocused();
  await dialog().getByLabel('Files of hosts').setInputFiles(files);
}

const hosts = `apiVersion: metal3.io/v1alpha1
kind: BareMetalHost
metadata:
  name: node01
spec:
  bootMACAddress: 52:54:00:77:00:01
  bmc:
    address: redfish+https://10.10.7.1/redfish/v1/Systems/1
    credentialsName: node01-bmc
---
apiVersion: v1
kind: Secret
metadata: {name: node01-bmc}
stringData: {username: root, password: calvin-and-hobbes}
`;

test('Airship documents become hosts, and their passwords secrets', async () => {
  const { page, site } = application;
  await choose(file('rendered.yaml', hosts));
  const made = dialog().getByRole('list', { name: 'What they become' });
  await expect(made).toContainText('hosts/node01.yaml');
  await expect(made).toContainText('secrets/node01-bmc');
  await expect(dialog().getByLabel('Read as')).toHaveValue('airship');
  expect(await barriers(page, '[role=dialog]')).toEqual([]);
  await dialog().getByRole('button', { name: 'Add 2 documents' }).click();
  await expect(page.getByText('1 host was imported')).toBeVisible();
  await expect(page.getByRole('row', { name: /node01/ })).toBeVisible();
  expect(textOf('hosts/node01.yaml')).toContain('role: worker');
  expect(textOf('hosts/node01.yaml')).not.toContain('calvin');
  const secret = path.join(site, 'secrets/node01-bmc');
  await expect.poll(() => existsSync(secret)).toBe(true);
  expect(readFileSync(secret, 'utf8')).toContain('calvin-and-hobbes');
  expect(statSync(secret).mode & 0o777).toBe(0o600);
});

test('the same again is nothing to do, and another text is not written over', async () => {
  await choose(file('rendered.yaml', hosts));
  await expect(dialog().getByText('Nothing to do: all of it is there already')).toBeVisible();
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  await choose(file('rendered.yaml', hosts.replace('00:01', '00:09')));
  await expect(dialog().getByText('One path is taken by another document.')).toBeVisible();
  await expect(dialog().getByRole('button', { name: /^Add/ })).toBeDisabled();
  await dialog().getByRole('button', { name: 'Cancel' }).click();
});

test('errors are told before notes, each message beside its place', async () => {
  const noted = hosts.replace('spec:\n', 'spec:\n  image: {url: http://mirror.example/a.qcow2}\n');
  const dangling =
    '---\napiVersion: metal3.io/v1alpha1\nkind: BareMetalHost\nmetadata: {name: node09}\nspec: {networkData: {name: none}}\n';
  await choose(file('rendered.yaml', noted.replaceAll('node01', 'node08') + dangling));
  const problems = dialog().getByRole('list', { name: 'Problems in the files' }).getByRole('listitem');
  await expect(problems.first()).toContainText('There is no Secret none');
  await expect(problems.filter({ hasText: 'A site has no place for “image”' })).toBeVisible();
  await dialog().getByRole('button', { name: 'Cancel' }).click();
});

test('a network_data.json with tabs is of the host that is named', async () => {
  const { page } = application;
  const text = `{
\t"links": [{"id": "eno1", "type": "phy", "ethernet_mac_address": "52:54:00:77:01:01", "mtu": 9000}],
\t"networks": [{"id": "oam", "link": "eno1", "type": "ipv4", "ip_address": "10.20.0.77", "netmask": "255.255.255.0"}],
\t"services": []
}\n`;
  await choose(file('network_data.json', text));
  await expect(dialog().getByRole('list', { name: 'Problems in the files' })).toContainText(
    'is no name for a host',
  );
  await dialog().getByLabel('Name of the host').fill('node02');
  await expect(dialog().getByRole('list', { name: 'Problems in the files' })).toHaveCount(0);
  await dialog().getByRole('button', { name: 'Add 2 documents' }).click();
  await expect(page.getByRole('row', { name: /node02.*10\.20\.0\.77/ })).toBeVisible();
  expect(textOf('networks/node02.yaml')).toContain('\t"links"');
});

test('a folder of NMState is a host for each file, and so are files of netplan', async () => {
  const { page, site } = application;
  const nmstate = (mac: string) =>
    `interfaces:\n  - name: eno1\n    type: ethernet\n    state: up\n    mac-address: ${mac}\n    ipv4: {enabled: true, dhcp: true}\n`;
  const netplan =
    'network:\n  version: 2\n  ethernets:\n    eno1:\n      match: {macaddress: "52:54:00:77:03:01"}\n      set-name: eno1\n      dhcp4: true\n';
  await choose(
    file('node03.yml', nmstate('52:54:00:77:02:01')),
    file('node04.yml', nmstate('52:54:00:77:02:02')),
  );
  await expect(dialog().getByLabel('Read as')).toHaveValue('nmstate');
  await dialog().getByRole('button', { name: 'Add 4 documents' }).click();
  await expect(page.getByRole('row', { name: /node04/ })).toBeVisible();
  await choose(file('node05.yaml', netplan));
  await expect(dialog().getByLabel('Read as')).toHaveValue('netplan');
  await dialog().getByRole('button', { name: 'Add 2 documents' }).click();
  await expect(page.getByRole('row', { name: /node05/ })).toBeVisible();
  expect(existsSync(path.join(site, 'networks/node05.yaml'))).toBe(true);
  await page
    .getByText(/No problems|\d+ (error|warning)/)
    .first()
    .waitFor();
});

test('what is nothing of the kind is said', async () => {
  await choose(file('notes.txt', 'buy milk\n'));
  await expect(dialog().getByRole('alert')).toContainText('Nothing in these files');
  await dialog().getByRole('button', { name: 'Cancel' }).click();
});

test('the hosts are exported: copied for a spreadsheet and Airship, written for others, without secrets', async () => {
  const { page, site, electron } = application;
  const copied = () => electron.evaluate(({ clipboard }) => clipboard.readText());
  const exporting = page.getByRole('dialog', { name: 'Export the hosts' });
  const open = async (format: string) => {
    await page.getByRole('button', { name: 'Export…' }).click();
    await exporting.getByLabel('Write as').selectOption(format);
  };
  await open('table');
  await exporting.getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByText(/hosts are on the clipboard/)).toBeVisible();
  expect(await copied()).toMatch(
    /^name\tdomain\trole\t.*\r?\n(.*\r?\n)*cp-1\tedge\.example\tcontrol-plane\t/,
  );
  // One with an error stays out of the set, and is named.
  writeFileSync(
    path.join(site, 'hosts/bare.yaml'),
    'apiVersion: siteforge/v1\nkind: Host\nmetadata:\n  name: bare\nspec: {}\n',
  );
  await expect(page.getByRole('row', { name: /bare/ })).toBeVisible();
  await open('airship');
  await expect(exporting.getByText('Left out because of errors: bare.')).toBeVisible();
  await exporting.getByRole('button', { name: 'Copy' }).click();
  await expect(exporting).toHaveCount(0);
  const set = await copied();
  expect(set).toContain('kind: BareMetalHost');
  expect(set).toContain('name: cp-1');
  expect(set).not.toContain('name: bare');
  expect(set).not.toContain('calvin');

  const target = test.info().outputPath('exported');
  mkdirSync(target);
  await electron.evaluate(({ dialog }, folder) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [folder] });
  }, target);
  for (const folder of ['edge-berlin-nmstate', 'edge-berlin-nmstate-2']) {
    await open('nmstate');
    await expect(exporting.getByRole('option', { name: 'cp-1.yaml' })).toBeVisible();
    await exporting.getByRole('button', { name: 'Write into a folder…' }).click();
    await expect(page.getByText(new RegExp(`written to .*${folder}$`))).toBeVisible();
    expect(readFileSync(path.join(target, folder, 'cp-1.yaml'), 'utf8')).toContain('interfaces:');
  }
  expect(application.complaints).toEqual([]);
});

test('what is exported is looked at by keyboard, and a folder that cannot be written is told beside it', async () => {
  const { page, electron } = application;
  const exporting = page.getByRole('dialog', { name: 'Export the hosts' });
  await page.getByRole('button', { name: 'Export…' }).click();
  await expect(exporting.getByRole('region', { name: 'Text of hosts.csv' })).toContainText(
    'name,domain,role',
  );
  await exporting.getByLabel('Write as').selectOption('netplan');
  await expect(exporting.getByRole('option', { name: 'wk-2.yaml' })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.type('wk-2');
  await page.keyboard.press('Enter');
  await expect(exporting.getByRole('option', { name: 'wk-2.yaml' })).toHaveAttribute('aria-selected', 'true');
  await expect(exporting.getByRole('region', { name: 'Text of wk-2.yaml' })).toContainText('ethernets:');
  expect(await barriers(page)).toEqual([]);

  const inTheWay = test.info().outputPath('file');
  writeFileSync(inTheWay, '');
  await electron.evaluate(({ dialog }, folder) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [folder] });
  }, inTheWay);
  await exporting.getByRole('button', { name: 'Write into a folder…' }).click();
  await expect(exporting.getByRole('alert')).toContainText('cannot be written');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Export…' })).toBeFocused();
});
