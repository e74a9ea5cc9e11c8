import { describe, expect, it } from 'vitest';
import { readCpio } from './cpio.ts';
import { fillSeedArea, seedArchive, seedFromEntries } from './seed-archive.ts';

const seed = {
  userData: '#cloud-config\nhostname: cp-1\n',
  metaData: 'instance-id: cp-1\n',
  networkConfig: 'version: 2\n',
  vendorData: '',
};

describe('the seed archive', () => {
  it('holds the files of NoCloud for root alone', () => {
    const entries = readCpio(seedArchive(seed, 'site-seed'));
    expect(entries.map(({ path, kind, mode }) => [path, kind, mode.toString(8)])).toEqual([
      ['site-seed', 'directory', '700'],
      ['site-seed/user-data', 'file', '600'],
      ['site-seed/meta-data', 'file', '600'],
      ['site-seed/network-config', 'file', '600'],
    ]);
  });

  it('keeps user-data and meta-data when they are empty, which NoCloud requires', () => {
    const empty = { userData: '', metaData: '', networkConfig: '', vendorData: '' };
    const entries = readCpio(seedArchive(empty, 'site-seed'));
    expect(entries.map((entry) => entry.path)).toEqual([
      'site-seed',
      'site-seed/user-data',
      'site-seed/meta-data',
    ]);
    expect(seedFromEntries(entries, 'site-seed')).toEqual(empty);
  });

  it('comes back as it was', () => {
    const whole = { ...seed, userData: 'Straße ☃\r\n', vendorData: 'x' };
    expect(seedFromEntries(readCpio(seedArchive(whole, 'site-seed')), 'site-seed')).toEqual(whole);
  });

  it('is no seed without meta-data, or in another folder', () => {
    const entries = readCpio(seedArchive(seed, 'site-seed'));
    expect(seedFromEntries(entries, 'elsewhere')).toBeUndefined();
    expect(seedFromEntries(entries.slice(0, 2), 'site-seed')).toBeUndefined();
  });
});

describe('the seed area', () => {
  it('has the seed at its start and zeros after it', () => {
    const area = fillSeedArea(Uint8Array.of(1, 2, 3), 8);
    expect([...area]).toEqual([1, 2, 3, 0, 0, 0, 0, 0]);
    expect(fillSeedArea(new Uint8Array(8), 8)).toHaveLength(8);
  });

  it('says both sizes when the seed does not fit', () => {
    expect(() => fillSeedArea(new Uint8Array(5000), 4096)).toThrow(
      expect.objectContaining({ code: 'seed-too-large', message: expect.stringMatching(/5000.*4096.*904/) }),
    );
  });
});
