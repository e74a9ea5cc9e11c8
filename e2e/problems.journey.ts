import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { type Application, launch } from './application.ts';
import { barriers } from './looks.ts';
import { Workbench } from './workbench.ts';

let application: Application;

test.afterEach(async () => {
  expect(application.complaints).toEqual([]);
  await application.close();
});

test('a message that is longer than the window is wide is read to its end, by keyboard', async () => {
  application = await launch({ size: { width: 1280, height: 800 } });
  const { page, site } = application;
  await new Workbench(page).ready();
  appendFileSync(
    path.join(site, 'user-data', 'base.yaml'),
    '\nchpasswd:\n  users:\n    - {name: admin, password: ((secret.admin-hash))}\n    - {name: root, password: ((secret.root-hash))}\n',
  );
  const row = (secret: string) => page.getByRole('treeitem', { name: new RegExp(`The secret “${secret}”`) });
  const message = (secret: string) => row(secret).getByText('has no value on this machine');
  const place = async (secret: string) =>
    (await row(secret).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  /** What of the message lies beyond its own box, in pixels. */
  const cut = (secret: string) => message(secret).evaluate((own) => own.scrollWidth - own.clientWidth);
  await expect(message('root-hash')).toBeVisible();
  expect(await cut('admin-hash')).toBeGreaterThan(0);
  await page.getByRole('tree', { name: 'Problems' }).focus();
  for (const [secret, other] of [
    ['admin-hash', 'root-hash'],
    ['root-hash', 'admin-hash'],
  ] as const) {
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => cut(secret)).toBeLessThanOrEqual(0);
    await expect.poll(async () => (await place(secret)).height).toBe(44);
    expect((await place(other)).height).toBe(24);
    // One below the other, without a gap.
    const [first, second] = [await place('admin-hash'), await place('root-hash')];
    expect(second.y).toBe(first.y + first.height);
  }
  await expect(row('root-hash')).toBeInViewport({ ratio: 1 });
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'base.yaml', selected: true })).toBeVisible();
});

test('a line in the list of places that is longer than the window is wide is read to its end', async () => {
  application = await launch({ size: { width: 900, height: 600 } });
  const { page, site } = application;
  const workbench = new Workbench(page);
  await workbench.ready();
  appendFileSync(
    path.join(site, 'user-data', 'base.yaml'),
    `\nbootcmd:\n  - [echo, ((var.oam-address)), ${'and-more, '.repeat(14)}the-end]\n`,
  );
  await workbench.open('hosts/cp-1.yaml');
  await workbench.caretAfter('oam-addr');
  await page.keyboard.press('Shift+F12');
  const places = page.getByTestId('references');
  const line = places.getByText('the-end]');
  await expect(places.getByRole('tree')).toBeFocused();
  await page.keyboard.press('End');
  await expect(line).toBeVisible();
  const cut = () => line.evaluate((own) => own.scrollWidth - own.clientWidth);
  await expect.poll(cut).toBeLessThanOrEqual(0);
  await expect(places.getByRole('treeitem').filter({ hasText: 'the-end]' })).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('ArrowUp');
  expect(await cut()).toBeGreaterThan(0);
  expect(await barriers(page)).toEqual([]);
});
