import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseDirectory, parseEnd, withZip } from './zip-archive.mjs';

const mostlyZeros = Buffer.alloc(100_000, 0);

/**
 * A ZIP archive as Info-ZIP would write it: one deflated program, one stored text.
 *
 * @param {{name: string, content: Buffer, method: number, mode: number}[]} files
 */
function archiveOf(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const { name, content, method, mode } of files) {
    const data = method === 8 ? deflateRawSync(content) : content;
    const local = Buffer.alloc(30 + name.length);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    local.write(name, 30);
    const entry = Buffer.alloc(46 + name.length);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt32LE(content.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt16LE(mode, 40);
    entry.writeUInt32LE(offset, 42);
    entry.write(name, 46);
    parts.push(local, data);
    directory.push(entry);
    offset += local.length + data.length;
  }
  const length = directory.reduce((sum, one) => sum + one.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

const files = [
  { name: 'bin/program', content: mostlyZeros, method: 8, mode: 0o100755 },
  { name: 'read.me', content: Buffer.from('hello'), method: 0, mode: 0o100644 },
  { name: 'empty', content: Buffer.alloc(0), method: 0, mode: 0 },
];

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'siteforge-zip-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** @param {Buffer} archive */
function written(archive) {
  writeFileSync(join(folder, 'a.zip'), archive);
  return join(folder, 'a.zip');
}

it('unpacks deflated and stored files with their run bits', async () => {
  await withZip(written(archiveOf(files)), async ({ entries, extract }) => {
    expect(entries.map(({ name }) => name)).toEqual(['bin/program', 'read.me', 'empty']);
    for (const [at, entry] of entries.entries()) await extract(entry, join(folder, `${at}`));
  });
  expect(readFileSync(join(folder, '0')).equals(mostlyZeros)).toBe(true);
  expect(statSync(join(folder, '0')).mode & 0o111).not.toBe(0);
  expect(readFileSync(join(folder, '1'), 'utf8')).toBe('hello');
  expect(statSync(join(folder, '1')).mode & 0o111).toBe(0);
  expect(statSync(join(folder, '2')).size).toBe(0);
});

it('refuses an archive that was cut off', async () => {
  const archive = archiveOf(files);
  await expect(withZip(written(archive.subarray(0, -1)), async () => {})).rejects.toThrow(/not all of it/);
});

it('refuses a file whose length is not the announced one', async () => {
  const archive = archiveOf(files.filter(({ name }) => name === 'read.me'));
  // The size in the directory entry, which follows the 30 + 7 + 5 bytes of the only file.
  archive.writeUInt32LE(6, 42 + 24);
  await withZip(written(archive), async ({ entries, extract }) => {
    const [entry] = entries;
    if (!entry) throw new Error('no entry');
    await expect(extract(entry, join(folder, 'out'))).rejects.toThrow('5 of 6 bytes');
  });
});

it('refuses a directory that is broken in the middle', () => {
  const archive = archiveOf(files);
  const { offset, length } = parseEnd(archive);
  const directory = Buffer.from(archive.subarray(offset, offset + length));
  directory.writeUInt32LE(0, 46 + 'bin/program'.length);
  expect(() => parseDirectory(directory)).toThrow('broken at byte 57');
});
