import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellOfValue, valueOfCell } from './cell-text.ts';
import { headerOf, readHeader } from './columns.ts';
import { mostRows, readTable, writeTable } from './read-table.ts';
import { expandRow } from './sequences.ts';
import { withBlock } from './with-block.ts';

const texts = (text: string) => readTable(text).rows.map((row) => row.map((cell) => cell.text));

describe('a table', () => {
  test('is read with tabs, semicolons and commas, with a byte order mark and any line end', () => {
    const wanted = [
      ['name', 'role'],
      ['n1', 'worker'],
    ];
    for (const separator of ['\t', ';', ','])
      for (const end of ['\n', '\r\n', '\r'])
        expect(texts(`\uFEFFname${separator}role${end}n1${separator} worker ${end}${end}`)).toEqual(wanted);
  });

  test('holds separators, quotes and line ends in quotes', () => {
    expect(texts('a,"b;\t,c","d ""e""","f\r\ng"\n')).toEqual([['a', 'b;\t,c', 'd "e"', 'f\r\ng']]);
  });

  test('with quotes that are never closed says on which line they open', () => {
    expect(readTable('a,b\nc,"d\ne,f\n').problem).toBe('The quotes that open on line 2 are never closed.');
  });

  test('of more rows than a site has hosts is refused', () => {
    expect(readTable(`name\n${'n\n'.repeat(2001)}`).problem).toMatch(/2001 rows/);
  });

  test('is read back as it was written, whatever its cells hold', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\t', '\n', '\r', ' ', '=', '\uFEFF') }),
    );
    const table = fc
      .integer({ min: 1, max: 5 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 }))
      .map((rows) => [rows[0]?.map((_each, index) => `h${index}`) ?? ['h0'], ...rows])
      .map((rows) => rows.filter((row) => row.some((each) => each.trim() !== '')));
    fc.assert(
      fc.property(table, fc.constantFrom(',' as const, ';' as const, '\t' as const), (rows, separator) => {
        // With one column the separator is anybody's guess, and does not matter.
        expect(texts(writeTable(rows, separator))).toEqual(rows);
      }),
      { numRuns: 1000 },
    );
  });

  test('any text gets an answer at once', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', ' ', '\t', ';') }), (text) => {
        expect(readTable(text).rows.length).toBeLessThanOrEqual(text.length);
      }),
    );
    expect(readTable('"'.repeat(1_000_000)).rows.length).toBeLessThan(2);
    expect(readTable('a,'.repeat(1_000_000)).rows.length).toBeLessThan(2);
  }, 60_000);
});

describe('a sequence', () => {
  const expand = (cells: string[], hexadecimal: number[] = []) =>
    expandRow(cells, (column) => hexadecimal.includes(column));

  test('counts names, addresses and MAC addresses together', () => {
    expect(expand(['rack1-node{08..11}', '10.0.0.{18..21}/24', '02:00:00:00:01:{0e..11}'], [2]).rows).toEqual(
      [
        ['rack1-node08', '10.0.0.18/24', '02:00:00:00:01:0e'],
        ['rack1-node09', '10.0.0.19/24', '02:00:00:00:01:0f'],
        ['rack1-node10', '10.0.0.20/24', '02:00:00:00:01:10'],
        ['rack1-node11', '10.0.0.21/24', '02:00:00:00:01:11'],
      ],
    );
  });

  test('of another length than that beside it is refused at its cell', () => {
    expect(expand(['n{1..3}', '10.0.0.{1..4}']).problem).toEqual({
      column: 1,
      message: '{1..4} counts 4, but {1..3} counts 3: the sequences of a row go together.',
    });
  });

  test('of MAC addresses that was counted in tens is told in hexadecimal, and mended', () => {
    expect(expand(['n{1..30}', '02:00:00:00:01:{01..30}'], [1]).problem).toEqual({
      column: 1,
      message: expect.stringMatching(/counts 48.*hexadecimal: \{01\.\.1e\} counts 30/),
      meant: '02:00:00:00:01:{01..1e}',
    });
  });

  test('that counts down, in letters, or further than any site is refused', () => {
    for (const cell of ['n{3..1}', 'n{a..c}', 'n{1..99999}', 'n{1..9999999999}'])
      expect(expand([cell]).problem?.column).toBe(0);
  });

  test('in further braces is a text', () => {
    expect(expand(['{{1..3}}']).rows).toEqual([['{{1..3}}']]);
    expect(valueOfCell('{{1..3}}')).toBe('{1..3}');
  });

  test('is never made of a value that is written into a table', () => {
    const value = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('{', '}', '1', '.', '..', "'", '=', '-', '@', 'a') }),
    );
    fc.assert(
      fc.property(value, (text) => {
        const cell = cellOfValue(text);
        expect(expandRow([cell], () => true).rows).toEqual([[cell]]);
        expect(valueOfCell(cell)).toBe(text);
        // What a spreadsheet would run does not come out of a site.
        expect(cell).not.toMatch(/^[=+\-@]/);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a header', () => {
  test.each([
    ['Hostname', 'name'],
    ['bmc address', 'bmc.address'],
    ['IPMI MAC', 'bmc.mac'],
    ['mac.eno1', 'mac.eno1'],
    ['MAC eno1', 'mac.eno1'],
    ['eno1 MAC address', 'mac.eno1'],
    ['mac_address_eno1', 'mac.eno1'],
    ['VAR.oam-address', 'var.oam-address'],
    ['user-data', 'userData'],
  ])('%s means %s', (written, meant) => {
    const read = readHeader(written);
    expect('column' in read ? headerOf(read.column) : read.message).toBe(meant);
  });

  test('that means nothing is answered with what is most likely meant', () => {
    expect(readHeader('profil')).toMatchObject({ meant: 'profile' });
    expect(readHeader('Rack position')).toMatchObject({ meant: 'var.Rack-position' });
    expect(readHeader('mac.an interface')).toHaveProperty('message');
  });
});

describe('a block of cells in a grid', () => {
  const grid = {
    header: ['name', 'role'],
    rows: [
      ['n1', 'worker'],
      ['n2', 'worker'],
    ],
  };

  test('fills the cells from its place on, and makes rows and columns for the rest', () => {
    expect(withBlock(grid, [['control-plane', '10.0.0.1'], ['', '10.0.0.2'], ['worker']], 0, 1)).toEqual({
      grid: {
        header: ['name', 'role', ''],
        rows: [
          ['n1', 'control-plane', '10.0.0.1'],
          ['n2', '', '10.0.0.2'],
          ['', 'worker', ''],
        ],
      },
      problem: undefined,
    });
  });

  test('fills the header too', () => {
    expect(
      withBlock(
        grid,
        [
          ['profile', 'network'],
          ['edge', 'bonded'],
        ],
        -1,
        1,
      ).grid,
    ).toEqual({
      header: ['name', 'profile', 'network'],
      rows: [
        ['n1', 'edge', 'bonded'],
        ['n2', 'worker', ''],
      ],
    });
  });

  test('leaves the grid as it was when it would be too large', () => {
    const many = Array.from({ length: mostRows }, () => ['n']);
    expect(withBlock(grid, many, 1, 0)).toEqual({ grid, problem: expect.stringMatching(/2001 rows/) });
  });
});
