import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { checkHostProfile } from '../render/host-profile/check-host-profile.ts';
import { findingsOf } from '../render/host-profile/testing/load-profile.ts';
import { checkAgainstSchema } from '../schema/check-against-schema.ts';
import { hostProfileSchema } from '../schema/host-profile.ts';
import { partitionsSchema } from '../schema/host-profile-partitions.ts';
import { wholePart } from '../schema/readable-part.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { childOf } from '../source/source-node.ts';
import { createSourceText } from '../source/source-text.ts';
import { amountText, amountWords, sizeKindOf, stepOf, styleOfAmount } from './amounts.ts';
import { barOf } from './bar.ts';
import { newPartition, usualPartitions } from './new-partition.ts';
import { partitionProblems, problemsOfRow } from './partition-problems.ts';
import { layOutRows, type PartitionRow, readPartitions } from './read-partitions.ts';
import { bordersOf, resized } from './resize.ts';

const MiB = 2 ** 20;
const GiB = 2 ** 30;

function profileOf(spec: string): string {
  return `apiVersion: siteforge/v1\nkind: HostProfile\nmetadata: {name: a}\nspec:\n${spec.replace(/^(?=.)/gm, '  ')}`;
}

function tableOf(disk: string, entries: readonly string[]) {
  const lines = entries.map((entry) => `  - ${entry}`);
  const stated = disk === '' ? '' : `  disk: ${disk}\n`;
  const text = profileOf(
    `partitions:\n${stated}  entries:\n${lines.map((line) => `  ${line}`).join('\n')}\n`,
  );
  const source = createSourceText('profiles/a.yaml', text);
  const root = parseYaml(source, new DiagnosticSink());
  const table = readPartitions(root);
  if (table === undefined) throw new Error(text);
  return { ...table, source, root };
}

const usual = ['{name: esp, size: 512m}', '{name: root, size: 20g}', '{name: var, size: -1}'];

describe('amounts', () => {
  it.each([
    ['30g', 31 * GiB, '31g'],
    ['>100 GiB', 512 * MiB, '512 MiB'],
    ['480GB', 5 * 10 ** 11, '500GB'],
    ['2T', 2 ** 40, '1T'],
    ['25%', GiB, '1g'],
  ])('keeps the style of %s', (like, bytes, expected) => {
    expect(amountText(bytes, styleOfAmount(like))).toBe(expected);
  });

  it('changes small sizes in small steps and large ones in whole units', () => {
    const style = styleOfAmount('1g');
    expect(stepOf(8 * MiB, MiB, style)).toBe(MiB);
    expect(stepOf(512 * MiB, 20 * MiB, style)).toBe(32 * MiB);
    expect(stepOf(30 * GiB, MiB, style)).toBe(GiB);
    expect(stepOf(30 * GiB, 3 * GiB, style)).toBe(5 * GiB);
  });

  it('names sizes and their kinds', () => {
    expect(amountWords(20 * GiB)).toBe('20 GiB');
    expect(amountWords(1536 * MiB)).toBe('1.5 GiB');
    expect(amountWords(480 * 10 ** 9, styleOfAmount('480GB'))).toBe('480 GB');
    expect(['-1', '25%', '>3g', '30 GiB', 'lots'].map(sizeKindOf)).toEqual([
      'rest',
      'share',
      'least',
      'fixed',
      'other',
    ]);
  });
});

describe('the bar', () => {
  it('is to scale, but keeps what is small visible', () => {
    const { layout } = tableOf('100g', [
      '{name: bios, size: 1m}',
      '{name: a, size: 25g}',
      '{name: b, size: 50g}',
    ]);
    const bar = barOf(layout, 1000);
    const [bios, a, b] = bar.pieces.map(({ width }) => width);
    expect(bios).toBe(28);
    expect((b ?? 0) / (a ?? 1)).toBeCloseTo(2, 3);
    expect(bar.isToScale).toBe(false);
    expect(bar.width).toBeCloseTo(1000, 3);
    expect(bar.free).toHaveLength(1);
    expect(bar.free[0]?.bytes).toBeCloseTo(25 * GiB - 2 * MiB, -7);
    expect(bar.pieces.map(({ lane }) => lane)).toEqual([0, 0, 0]);
  });

  it('shows where the disk ends when the partitions do not fit', () => {
    const { layout } = tableOf('10g', ['{name: a, size: 8g}', '{name: b, size: 8g}']);
    const bar = barOf(layout, 800);
    expect(bar.pieces.map(({ isBeyond }) => isBeyond)).toEqual([false, true]);
    expect(bar.diskEnd).toBeGreaterThan(400);
    expect(bar.diskEnd).toBeLessThan(600);
  });

  it('puts partitions that overlap below each other', () => {
    const { layout } = tableOf('10g', [
      '{name: a, start: 1MiB, end: 5g}',
      '{name: b, start: 4g, end: 8g}',
      '{name: c, start: 8g, end: 100%}',
    ]);
    const bar = barOf(layout, 800);
    expect(bar.lanes).toBe(2);
    expect(bar.pieces.map(({ lane }) => lane)).toEqual([0, 1, 0]);
  });

  it('guesses what cannot be known, and says so', () => {
    const { layout } = tableOf('', ['{name: a, size: 8g}', '{name: b, size: 30%}', '{name: c, size: -1}']);
    const bar = barOf(layout, 800);
    expect(bar.pieces.map(({ isGuessed }) => isGuessed)).toEqual([false, true, true]);
    expect(bar.free).toEqual([]);
  });

  it('draws anything that can be written', () => {
    const size = fc.constantFrom('1m', '3g', '>2g', '-1', '40%', '90%', 'lots', '7GB', '');
    const position = fc.constantFrom('0', '1MiB', '30%', '5g', '100%', 'there');
    const row = fc.oneof(
      size.map((text) => `{name: a, size: "${text}"}`),
      fc.tuple(position, position).map(([start, end]) => `{name: a, start: "${start}", end: "${end}"}`),
    );
    const disks = fc.constantFrom('', '1m', '10g', '2t');
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 12 }),
        disks,
        fc.integer({ min: 1, max: 2000 }),
        (rows, disk, width) => {
          const { layout } = tableOf(disk, rows);
          const bar = barOf(layout, width);
          for (const piece of bar.pieces) {
            expect(Number.isFinite(piece.left) && piece.left >= 0).toBe(true);
            expect(piece.width).toBeGreaterThanOrEqual(28 - 0.001);
            expect(piece.left + piece.width).toBeLessThanOrEqual(bar.width + 0.001);
          }
          for (const border of bordersOf(layout))
            resized(layout, border, border.bytes * 1.5, bar.bytesPerPixel);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a border', () => {
  it('changes the partition in front of it, and behind what grows the one behind', () => {
    const { layout } = tableOf('100g', [
      '{name: a, size: 10g}',
      '{name: b, size: -1}',
      '{name: c, size: 5g}',
    ]);
    expect(bordersOf(layout)).toMatchObject([
      { before: 0, target: 0, growsForward: true, bytes: 10 * GiB },
      { before: 1, target: 2, growsForward: false, bytes: 5 * GiB },
    ]);
  });

  it('gives rounded sizes in the style of the text', () => {
    const { layout } = tableOf('100g', usual);
    const [, root] = bordersOf(layout);
    if (root === undefined) throw new Error('no border');
    expect(resized(layout, root, 31.4 * GiB, MiB)).toEqual([{ index: 1, key: 'size', text: '31g' }]);
    expect(resized(layout, root, 20.2 * GiB, MiB)).toEqual([]);
  });

  it('stays on the disk, and leaves something to what grows', () => {
    const { layout } = tableOf('30g', usual);
    const [, root] = bordersOf(layout);
    if (root === undefined) throw new Error('no border');
    const [change] = resized(layout, root, 90 * GiB, MiB);
    expect(change?.text).toBe(`${30 * 1024 - 512 - 3}m`);
    expect(resized(layout, root, -5 * GiB, MiB)[0]?.text).toBe('1m');
  });

  it('keeps a part of the disk a part of the disk, and at least at least', () => {
    const { layout } = tableOf('100g', ['{name: a, size: 25%}', '{name: b, size: 10g}']);
    const [a] = bordersOf(layout);
    if (a === undefined) throw new Error('no border');
    expect(resized(layout, a, 40.3 * GiB, MiB)).toEqual([{ index: 0, key: 'size', text: '40%' }]);
    expect(resized(layout, a, 99 * GiB, MiB)).toEqual([{ index: 0, key: 'size', text: '89%' }]);
  });

  it('moves the start of the next partition with the end', () => {
    const { layout } = tableOf('100g', [
      '{name: a, start: 1MiB, end: 20GiB}',
      '{name: b, start: 20GiB, end: 100%}',
    ]);
    const [a] = bordersOf(layout);
    if (a === undefined) throw new Error('no border');
    expect(resized(layout, a, 30 * GiB, MiB)).toEqual([
      { index: 0, key: 'end', text: '30GiB' },
      { index: 1, key: 'start', text: '30GiB' },
    ]);
  });

  it('never makes partitions overflow or overlap that did not', () => {
    const entry = fc.constantFrom('1m', '512m', '3g', '10%', '20%', '>2g', '7GB');
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        fc.double({ min: -1e12, max: 1e12, noNaN: true }),
        fc.nat(5),
        (sizes, grows, bytes, which) => {
          const rows = [...sizes, ...(grows ? ['-1'] : [])].map(
            (size, index) => `{name: p${index}, size: "${size}"}`,
          );
          const { layout, rows: before } = tableOf('1t', rows);
          const borders = bordersOf(layout);
          const border = borders[which % Math.max(1, borders.length)];
          if (border === undefined) return;
          const after: readonly PartitionRow[] = resized(layout, border, bytes, MiB).reduce(
            (rows_: readonly PartitionRow[], { index, key, text }) =>
              rows_.map((row) => (row.index === index ? { ...row, [key]: text } : row)),
            before,
          );
          expect(layOutRows(after, '1t').overflow).toBeUndefined();
          for (const { size } of after)
            expect(partitionsSchema.shape.entries.element.safeParse({ name: 'a', size }).success, size).toBe(
              true,
            );
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a new partition', () => {
  it('has a name and a place that are free, and fits', () => {
    const table = tableOf('100g', usual);
    expect(newPartition(table)).toEqual({
      name: 'home',
      size: '10g',
      filesystem: { type: 'ext4', mountpoint: '/home' },
    });
  });

  it('takes no mount point that a partition of another name has', () => {
    const entry = '{name: state, size: 1g, filesystem: {type: xfs, mountpoint: /var}}';
    const table = tableOf('100g', ['{name: root, size: 20g}', entry]);
    expect(newPartition(table)).toMatchObject({ name: 'home', filesystem: { mountpoint: '/home' } });
  });

  it('takes the largest gap between positions', () => {
    const table = tableOf('100g', [
      '{name: a, start: 1MiB, end: 20GiB}',
      '{name: b, start: 60GiB, end: 100%}',
    ]);
    expect(newPartition(table)).toMatchObject({ start: '20GiB', end: '30GiB' });
  });

  it('counts positions as the others are counted', () => {
    const table = tableOf('480GB', [
      '{name: a, start: 1MiB, end: 200GB}',
      '{name: b, start: 250GB, end: 100%}',
    ]);
    expect(newPartition(table)).toMatchObject({ start: '200GB', end: '210GB' });
  });

  it('comes in a layout that has nothing wrong with it', () => {
    const spec = `partitions: ${JSON.stringify(usualPartitions)}`;
    expect(findingsOf(spec).filter((each) => !each.startsWith('info'))).toEqual([]);
  });
});

it('finds the problems of each field', () => {
  const { source, root, ...table } = tableOf('10g', [
    '{name: a, size: 8g}',
    '{name: a, size: 8g, filesystem: {type: swap, mountpoint: /, fsck: 1, dump: 0}}',
  ]);
  expect(table.rows[1]?.fileSystem).toMatchObject({ fsck: '1', dump: '0' });
  const sink = new DiagnosticSink();
  const profile = root && checkAgainstSchema(root, hostProfileSchema, sink);
  const spec = childOf(root, 'spec');
  if (root === undefined || profile === undefined || spec === undefined)
    throw new Error(JSON.stringify(sink.list()));
  checkHostProfile(wholePart(profile.spec, spec), sink);
  const problems = partitionProblems(source, root, table, sink.list());
  const of = (name: string) => problems.get(name)?.map(({ message }) => message);
  expect(of('1.name')).toEqual(['Partition 1 has the name a too.']);
  expect(of('1.size')).toEqual(['Partition 2 (a) ends at 16 GiB, and the disk has 10 GiB.']);
  expect(of('1.filesystem.mountpoint')).toEqual(['Swap is mounted nowhere. Remove the mount point.']);
  expect(of('1.filesystem.fsck')).toEqual(['Swap holds no files that could be checked.']);
  expect(of('')?.[0]).toContain('Partitions are used by qcow2 and raw images');
  expect(problemsOfRow(problems, 1)).toHaveLength(4);
  expect(problemsOfRow(problems, 0)).toEqual([]);
});
