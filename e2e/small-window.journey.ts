import { expect, type Locator, test } from '@playwright/test';
import { type Application, launch } from './application.ts';
import { Workbench } from './workbench.ts';

// A laptop on a cart, or letters made large: everything is reached, by scrolling where it must be.
let application: Application;
let workbench: Workbench;

test.beforeEach(async () => {
  application = await launch({ size: { width: 900, height: 600 } });
  workbench = new Workbench(application.page);
  await workbench.ready();
  await workbench.place('Hosts');
});

test.afterEach(async () => {
  expect(application.complaints).toEqual([]);
  await application.close();
});

async function zoom(factor: number): Promise<void> {
  await application.electron.evaluate(({ BrowserWindow }, wanted) => {
    BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(wanted);
  }, factor);
}

async function boxOf(locator: Locator) {
  return (await locator.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
}

for (const factor of [1, 1.5, 2])
  test(`hosts are edited beside preview and problems at ${factor * 100} %`, async () => {
    const { page } = application;
    await zoom(factor);
    await page.getByRole('tab', { name: 'Edit' }).click();
    const grid = page.getByRole('grid', { name: 'Hosts, edited in place' });
    await expect(page.getByRole('tab', { name: 'Problems' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Preview' })).toBeVisible();
    await expect.poll(async () => (await boxOf(grid)).height).toBeGreaterThanOrEqual(150);
    await expect.poll(async () => (await boxOf(grid)).width).toBeGreaterThanOrEqual(250);
    await page.getByRole('gridcell', { name: 'eph-1', exact: true }).dblclick();
    await expect(page.getByRole('textbox', { name: 'Name of hosts/eph-1.yaml' })).toBeFocused();
  });

test('the tab of a document that is opened from another place is in view', async () => {
  const documents = ['networks/bonded.yaml', 'hosts/wk-1.yaml', 'hosts/cp-1.yaml', 'user-data/base.yaml'];
  for (const document of documents) await workbench.open(document);
  await workbench.place('Hosts');
  await workbench.open('profiles/edge-node.yaml');
  await expect(workbench.tab('profiles/edge-node.yaml')).toBeInViewport({ ratio: 0.9 });
  // With a name beside it that is the same, it is wider.
  await workbench.open('images/edge-node.yaml');
  await expect(workbench.tab('images/edge-node.yaml')).toBeInViewport({ ratio: 0.9 });
});

test('the settings of a link that is clicked are in view, and so is the drawing for the arrows', async () => {
  const { page } = application;
  await workbench.open('networks/bonded.yaml');
  await page.getByRole('tab', { name: 'Drawing' }).click();
  const form = page.getByTestId('document-form');
  const node = (name: string) => form.getByRole('button', { name: new RegExp(`^${name} `) });
  const heading = (name: string) => form.getByRole('heading', { name, exact: true });
  await node('bond0').click();
  await expect(heading('bond0')).toBeInViewport({ ratio: 1 });
  await expect(node('bond0')).toBeFocused();
  await expect(node('bond0')).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('ArrowLeft');
  await expect(node('eno1')).toBeFocused();
  await expect(node('eno1')).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(form.getByRole('button', { name: 'Rename eno1…' })).toBeFocused();
  await expect(heading('eno1')).toBeInViewport({ ratio: 1 });
  await expect(form.getByRole('combobox', { name: 'Kind' })).toBeInViewport({ ratio: 1 });
});

test('the drawing below a comparison has room, and what lies below it its own', async () => {
  const { page } = application;
  await workbench.showPreview('Links');
  const preview = page.getByRole('region', { name: 'Preview' });
  await preview.getByRole('combobox').selectOption({ label: 'eph-1' });
  const network = page.getByRole('region', { name: /^Network of/ });
  await expect(network).toBeVisible();
  await expect.poll(async () => (await boxOf(network)).height).toBeGreaterThanOrEqual(200);
  const pane = await boxOf(preview);
  const clipped = await boxOf(page.locator('.preview-content'));
  expect(clipped.y + clipped.height).toBeLessThanOrEqual(pane.y + pane.height);
  // The pane itself has no bar beside that of the comparison.
  expect(await preview.evaluate((own) => own.scrollHeight - own.clientHeight)).toBe(0);
});

test('of a comparison, only the pane scrolls, and the names of the hosts stay in view', async () => {
  const { page } = application;
  await workbench.showPreview('user-data');
  await page.getByRole('region', { name: 'Preview' }).getByRole('combobox').first().selectOption('wk-2');
  const list = page.getByRole('region', { name: 'What differs' });
  await expect(list.getByRole('row').nth(4)).toBeAttached();
  expect(await list.evaluate((own) => getComputedStyle(own).overflowY)).toBe('visible');
  await list.getByRole('row').last().scrollIntoViewIfNeeded();
  await expect(list.getByRole('columnheader', { name: 'wk-2' })).toBeInViewport();
  await page.getByTestId('comparison-text').scrollIntoViewIfNeeded();
  await expect(page.getByTestId('comparison-text')).toBeInViewport();
});
