import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type Application, launch } from './application.ts';
import { lookAt, looksOfParts, nameOfLook } from './looks.ts';
import { Workbench } from './workbench.ts';

let application: Application;
let workbench: Workbench;

test.afterEach(async () => {
  expect(application.complaints).toEqual([]);
  await application.close();
});

const disk = `
  # Where the system is written to.
  partitions:
    disk: 100g   # the smallest of the site
    entries:
      # GRUB's own.
      - name: bios
        size: 1m
        flags: [bios_grub]
      - name: esp
        size: 500m
        flags: [esp]
        filesystem: {type: vfat, mountpoint: /boot/efi}
      - name: root
        size: 30g
        filesystem:
          type: ext4
          mountpoint: /
      # What is left.
      - name: var
        size: -1
        filesystem: {type: xfs, mountpoint: /var}
`;

async function begin(partitions = disk, options: Parameters<typeof launch>[0] = {}): Promise<Page> {
  application = await launch(options);
  workbench = new Workbench(application.page);
  await workbench.ready();
  const file = path.join(application.site, 'profiles', 'edge-node.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').trimEnd() + partitions);
  await workbench.open('profiles/edge-node.yaml');
  await application.page.keyboard.press('Control+Shift+E');
  await expect(application.page.getByRole('tab', { name: 'Partitions' })).toBeFocused();
  return application.page;
}

const bar = (page: Page): Locator => page.getByRole('group', { name: /^Partitions of the disk/ });
const piece = (page: Page, name: string): Locator =>
  bar(page).getByRole('button', { name: new RegExp(`^${name} `) });
const border = (page: Page, name: string): Locator =>
  bar(page).getByRole('slider', { name: `Size of ${name}` });

/** The document as it is on the disk after a save. */
async function saved(page: Page): Promise<string> {
  await page.keyboard.press('Control+S');
  await expect(page.getByText('unsaved')).toHaveCount(0);
  return readFileSync(path.join(application.site, 'profiles', 'edge-node.yaml'), 'utf8');
}

async function middleOf(part: Locator): Promise<{ x: number; y: number; width: number }> {
  const box = await part.boundingBox();
  if (box === null) throw new Error('not in sight');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width };
}

test('a list of partitions is no empty disk: it is told, and stays', async () => {
  const list = '\n  partitions:\n    # The smallest of the site.\n    - {name: root, size: 30g}\n';
  const page = await begin(list);
  await expect(page.getByRole('heading', { name: 'The partitions cannot be drawn' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Lay out a disk' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Show the text' }).click();
  await expect(page.getByRole('tab', { name: 'Text' })).toHaveAttribute('aria-selected', 'true');
});

test('a border is drawn, undone, and moved by keyboard; comments stay', async () => {
  const page = await begin();
  await expect(bar(page).getByRole('button')).toHaveCount(4);
  await expect(piece(page, 'root')).toHaveAccessibleName('root 30 GiB ext4 at /');
  const { x, y } = await middleOf(border(page, 'root'));
  const { width } = await middleOf(piece(page, 'root'));
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + width / 2, y, { steps: 4 });
  await expect(piece(page, 'root')).toHaveAccessibleName(/^root 4[3-7] GiB/);
  await page.mouse.up();
  await expect(page.getByRole('textbox', { name: 'Size', exact: true })).toHaveValue(/^4[3-7]g$/);
  await page.keyboard.press('Control+Z');
  await expect(piece(page, 'root')).toHaveAccessibleName(/^root 30 GiB/);
  // An odd size is not rounded by who only touches its border.
  await border(page, 'esp').click();
  await expect(piece(page, 'esp')).toHaveAttribute('aria-pressed', 'true');
  await border(page, 'root').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(border(page, 'root')).toHaveAttribute('aria-valuetext', '32 GiB');
  const text = await saved(page);
  expect(text).toContain(disk.replace('30g', '32g').trim());
});

test('a disk is laid out from nothing, and its partitions are added, moved and removed', async () => {
  const page = await begin('\n');
  await page.getByRole('button', { name: 'Lay out a disk' }).click();
  await expect(bar(page).getByRole('button')).toHaveCount(3);
  await piece(page, 'root').click();
  await page.getByRole('button', { name: 'Add a partition' }).click();
  await expect(piece(page, 'var')).toHaveAttribute('aria-pressed', 'true');
  await piece(page, 'var').focus();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(bar(page).getByRole('button').nth(2)).toHaveAccessibleName(/^var/);
  await expect(piece(page, 'var')).toBeFocused();
  const size = page.getByRole('textbox', { name: 'Size', exact: true });
  await size.fill('4g');
  await size.press('Enter');
  await page.getByRole('combobox', { name: 'File system' }).selectOption('xfs');
  await page.getByRole('textbox', { name: 'Label' }).fill('state');
  await page.getByRole('textbox', { name: 'Label' }).press('Enter');
  await piece(page, 'esp').click();
  await page.getByRole('checkbox', { name: /^boot/ }).check();
  const text = await saved(page);
  expect(text).toContain(
    [
      '      - name: esp',
      '        size: 512m',
      '        flags: [esp, boot]',
      '        filesystem:',
      '          type: vfat',
      '          mountpoint: /boot/efi',
      '      - name: var',
      '        size: 4g',
      '        filesystem:',
      '          type: xfs',
      '          mountpoint: /var',
      '          label: state',
      '      - name: root',
      '        size: -1',
    ].join('\n'),
  );
  await piece(page, 'var').focus();
  await page.keyboard.press('Delete');
  await expect(bar(page).getByRole('button')).toHaveCount(3);
  await expect(bar(page).getByRole('button').nth(2)).toBeFocused();
});

test('what does not fit or contradicts is said at its place', async () => {
  const page = await begin(disk.replace('-1', '90g'));
  await expect(page.getByText('end of the disk')).toBeVisible();
  await expect(piece(page, 'var')).toHaveAccessibleName(/1 problem$/);
  await piece(page, 'var').click();
  await expect(
    page.getByTestId('document-form').getByText(/\(var\) ends at 120\.\d+ GiB, and the disk has 100 GiB/),
  ).toBeVisible();
  const size = page.getByRole('textbox', { name: 'Size', exact: true });
  await expect(size).toHaveAttribute('aria-invalid', 'true');
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.fill('root');
  await name.press('Enter');
  await expect(name).toHaveAttribute('data-warned', 'true');
  await expect(name).toHaveAttribute('aria-invalid', 'false');
  await name.fill('var');
  await name.press('Enter');
  await expect(name).not.toHaveAttribute('data-warned');
  await size.fill('lots');
  await size.press('Enter');
  await expect(page.getByTestId('document-form').getByText(/A size is written as 30g/)).toBeVisible();
  await size.fill('40g');
  await size.press('Escape');
  await expect(size).toHaveValue('lots');
  await page.getByRole('combobox', { name: 'File system' }).selectOption('swap');
  await expect(page.getByRole('textbox', { name: 'Mounted at' })).toHaveCount(0);
  // The list of problems leads to the text.
  await page
    .getByRole('tabpanel', { name: 'Problems' })
    .getByText(/A size is written as/)
    .click();
  await expect(page.getByRole('tab', { name: 'Text' })).toHaveAttribute('aria-selected', 'true');
});

for (const shown of looksOfParts) {
  test(`the partition bar is without barriers: ${nameOfLook(shown)}`, async () => {
    const page = await begin(disk.replace('-1', '20g'), shown);
    const look = (view: string) => lookAt(page, view, shown);
    await piece(page, 'root').click();
    await look('partitions');
    const smallest = page.getByRole('textbox', { name: 'Smallest disk' });
    await smallest.fill('40g');
    await smallest.press('Enter');
    await expect(page.getByText('end of the disk')).toBeVisible();
    await piece(page, 'var').click();
    await look('partitions-too-large');
  });
}
