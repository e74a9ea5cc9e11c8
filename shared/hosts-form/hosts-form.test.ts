import { expect, test } from 'vitest';
import { editValues } from '../source/edit-value.ts';
import { placeBlock, readBlock, writeBlock } from './cell-block.ts';
import { columnsOf, type HostColumn } from './host-columns.ts';
import { HostRow } from './host-row.ts';
import { orderRows } from './order-rows.ts';
import { rowChanges } from './row-changes.ts';

const text = `# A worker.
kind: Host
metadata:
  name: wk-2
spec:
  role: worker
  profile: edge-node # baked
  macs:
    eno2: "52:54:00:20:22:02"
    eno1: "52:54:00:20:22:01"
  bmc:
    address: ipmi://10.0.9.11
  network:
    ref: bonded
  userData: [base, node]
  variables:
    oam-address: 10.20.0.22
    mtu: 9000
    build: "0042"
`;
const row = new HostRow('hosts/wk-2.yaml', text);
const columns = columnsOf([row]);

function column(id: string): HostColumn {
  const found = columns.find((each) => each.id === id);
  if (found === undefined) throw new Error(`There is no column ${id}.`);
  return found;
}

function edited(cells: Readonly<Record<string, string>>): string {
  const edits = Object.entries(cells).map(([id, written]) => ({ column: column(id), text: written }));
  const result = editValues(text, rowChanges(row, edits));
  return result.ok ? result.text : result.reason;
}

test('shows the columns that hosts fill, and those that every host has', () => {
  expect(columns.map(({ id }) => id)).toEqual([
    ...['name', 'domain', 'role', 'profile', 'network', 'userData', 'mac.eno1', 'mac.eno2', 'bmc.address'],
    ...['var.build', 'var.mtu', 'var.oam-address'],
  ]);
  const shown = columns.map((each) => row.cell(each).text);
  expect(shown.slice(0, 7)).toEqual([
    'wk-2',
    '',
    'worker',
    'edge-node',
    'bonded',
    'base node',
    '52:54:00:20:22:01',
  ]);
  expect(shown.slice(-3)).toEqual(['0042', '9000', '10.20.0.22']);
});

test('writes a cell where its value stands, and keeps comments and quotes', () => {
  expect(edited({ profile: 'other', 'mac.eno1': '52:54:00:20:22:99' })).toBe(
    text.replace('edge-node #', 'other #').replace('22:01', '22:99'),
  );
});

test('adds what a host does not say where people look for it', () => {
  expect(edited({ domain: 'edge.example' })).toContain('spec:\n  domain: edge.example\n  role: worker');
});

test('takes an emptied value out, and what it was the last of', () => {
  expect(edited({ 'bmc.address': '', 'var.mtu': ' ' })).toBe(
    text.replace('  bmc:\n    address: ipmi://10.0.9.11\n', '').replace('    mtu: 9000\n', ''),
  );
  expect(edited({ 'mac.eno1': '', 'mac.eno2': '' })).toContain('  macs: {}\n');
});

test('keeps the type of a variable', () => {
  expect(edited({ 'var.mtu': '1500' })).toContain('    mtu: 1500\n');
  expect(edited({ 'var.build': '43' })).toContain('    build: 43\n');
  const quoted = new HostRow('hosts/a.yaml', 'spec:\n  variables:\n    build: "42"\n');
  expect(rowChanges(quoted, [{ column: column('var.build'), text: '43' }])).toMatchObject([{ value: '43' }]);
});

test('writes the names of fragments as a list', () => {
  expect(edited({ userData: 'base, extra node' })).toContain('  userData: [base, extra, node]\n');
});

test('leaves alone what is the same or cannot be edited', () => {
  const own = new HostRow('hosts/a.yaml', 'spec:\n  profile: [a]\n  network:\n    inline: {version: 2}\n');
  expect(own.cell(column('network')).locked).toBe('own-network');
  expect(own.cell(column('profile')).locked).toBe('other-shape');
  expect(rowChanges(own, [{ column: column('network'), text: 'bonded' }])).toEqual([]);
  expect(rowChanges(row, [{ column: column('role'), text: 'worker ' }])).toEqual([]);
  const broken = new HostRow('hosts/a.yaml', 'spec: [a\n');
  expect(broken.cell(column('role')).locked).toBe('broken');
});

test('sorts numbers inside names as numbers, empty cells last', () => {
  const hosts = ['b-10', 'b-9', ''].map(
    (name, index) => new HostRow(`hosts/${index}.yaml`, `metadata:\n  name: "${name}"\n`),
  );
  const order = (isDescending: boolean, filter = '') =>
    orderRows(hosts, columns, { column: 'name', isDescending }, filter).map((path) => path[6]);
  expect(order(false)).toEqual(['1', '0', '2']);
  expect(order(true)).toEqual(['0', '1', '2']);
  expect(order(false, 'B- 10')).toEqual(['0']);
});

test('reads and writes blocks of cells as spreadsheets do', () => {
  const block = [
    ['a', 'with\ttab', 'say "x"'],
    ['', '=SUM(A1)', 'two\nlines'],
  ];
  expect(writeBlock(block)).toBe('a\t"with\ttab"\t"say ""x"""\n\t\'=SUM(A1)\t"two\nlines"');
  expect(readBlock(writeBlock(block))).toEqual(block);
  expect(readBlock('a\tb\r\nc\r\n')).toEqual([['a', 'b'], ['c']]);
  expect(readBlock('one')).toEqual([['one']]);
  expect(readBlock('"open\tb')).toEqual([['"open', 'b']]);
  expect(readBlock('')).toEqual([['']]);
});

test('fills a selection that is a multiple of a block, and cuts what lies outside', () => {
  const size = { rows: 4, columns: 3 };
  const one = placeBlock([['x']], { top: 1, bottom: 2, left: 0, right: 1 }, size);
  expect(one).toHaveLength(4);
  const two = placeBlock([['a', 'b'], ['c']], { top: 3, bottom: 3, left: 2, right: 2 }, size);
  expect(two).toEqual([{ row: 3, column: 2, text: 'a' }]);
  const ragged = placeBlock([['a', 'b'], ['c']], { top: 0, bottom: 0, left: 0, right: 0 }, size);
  expect(ragged.map(({ row: at, column: of, text: written }) => `${at}${of}${written}`)).toEqual([
    '00a',
    '01b',
    '10c',
  ]);
});
