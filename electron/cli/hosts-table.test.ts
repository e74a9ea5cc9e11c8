import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findPlaces } from '../core/places.ts';
import { exportSite } from './export.ts';
import { importSite } from './import.ts';
import { runCommand } from './run-command.test-support.ts';
import { validate } from './validate.ts';

let folder: string;
let site: string;
let table: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siteforge-table-'));
  site = join(folder, 'edge-berlin');
  table = join(folder, 'hosts.csv');
  const example = join(findPlaces().examples, 'edge-berlin');
  await cp(example, site, { recursive: true, filter: (path) => path !== join(example, 'out') });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const hostFiles = () => readdir(join(site, 'hosts'));

test('the hosts of the example come out as a table, and in again as nothing to do', async () => {
  expect((await runCommand(exportSite, 'hosts', site, '--out', table)).error).toBe(
    `5 hosts written to ${table}\n`,
  );
  const before = await hostFiles();
  const told = await runCommand(importSite, 'hosts', table, '--site', site);
  expect([told.status, told.error]).toEqual([0, 'Nothing to do. 5 hosts are there already.\n']);
  expect(await hostFiles()).toEqual(before);
});

test('twelve hosts come out of one row, and the site stays sound', async () => {
  const text = [
    'hostname;role;profile;network;user-data;mac.eno1;mac.eno2;var.oam-address;var.storage-address;var.kubernetes-address;var.pxe-address',
    'rack2-node{01..12};worker;edge-node;bonded;base kubernetes-node;52:54:00:21:01:{01..0c};52:54:00:21:02:{01..0c};10.20.0.{101..112};10.30.0.{101..112};10.40.0.{101..112};10.50.0.{101..112}',
  ].join('\r\n');
  await writeFile(table, `\uFEFF${text}\r\n`);
  const dry = await runCommand(importSite, 'hosts', table, '--site', site, '--dry-run');
  expect([dry.status, dry.error]).toEqual([0, `12 hosts would be written to ${site}.\n`]);
  expect(await hostFiles()).toHaveLength(5);
  const told = await runCommand(importSite, 'hosts', table, '--site', site, '--json');
  expect(JSON.parse(told.out)).toMatchObject({ written: true, unchanged: [], problems: [] });
  expect(await hostFiles()).toHaveLength(17);
  expect(await readFile(join(site, 'hosts', 'rack2-node12.yaml'), 'utf8')).toContain('"52:54:00:21:01:0c"');
  expect((await runCommand(validate, site, '--json')).out).toBe('[]\n');
});

test('a cell is found where the spreadsheet and the file have it, past blank rows and cells of several lines', async () => {
  const lines = [
    '\uFEFFname\tprofile\tnetwork\trole\tdomain',
    '',
    'n1\tedge-node\tsingle-link\tworker\t" a\r\nb"',
    'n2\tedge-node\tsingle-link\t "wroker" \tlab.example',
    'n3\tedge-node\tsingle-link',
  ];
  await writeFile(table, `${lines.join('\r\n')}\r\n`);
  const told = await runCommand(importSite, 'hosts', table, '--site', site, '--json');
  const { problems } = JSON.parse(told.out) as { problems: { name: string }[] };
  const at = (line: number, column: number, endLine: number, endColumn: number) => ({
    start: { line, column },
    end: { line: endLine, column: endColumn },
  });
  expect(problems.filter(({ name }) => /role|domain/.test(name))).toMatchObject([
    { row: 3, column: 5, name: 'domain', range: at(3, 33, 4, 3) },
    { row: 4, column: 4, name: 'role', range: at(5, 27, 5, 35) },
    { row: 5, column: 4, name: 'role', range: at(6, 25, 6, 25) },
  ]);
});

test('a table in UTF-16, as spreadsheets save text, is read', async () => {
  const text = '\uFEFFname\trole\tprofile\tnetwork\r\nn1\twroker\tedge-node\tsingle-link\r\n';
  const bytes = Buffer.from(text, 'utf16le');
  for (const each of [bytes, Buffer.from(bytes).swap16()]) {
    await writeFile(table, each);
    const told = await runCommand(importSite, 'hosts', table, '--site', site);
    expect(told.error).toContain(`${table}: row 2, column 2 (role): error `);
  }
});

test('an error in one cell writes nothing, and says row and column as the spreadsheet counts them', async () => {
  await writeFile(
    table,
    'name,role,profile,network\nn1,worker,edge-node,single-link\nn2,wroker,edge-node,single-link\n',
  );
  const told = await runCommand(importSite, 'hosts', table, '--site', site);
  expect(told.status).toBe(1);
  expect(told.error).toContain(`${table}: row 3, column 2 (role): error `);
  expect(told.error).toMatch(/Nothing was written\.\n$/);
  expect(await hostFiles()).toHaveLength(5);
});
