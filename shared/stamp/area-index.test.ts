import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAreaIndex } from './area-index.ts';

const index = {
  siteforge: 1,
  volumeId: 'EDGE_NODE',
  architecture: 'amd64',
  seed: {
    path: '/live/site-seed.img',
    offset: 8_192_000,
    length: 1_048_576,
    format: 'newc-gzip',
    directory: 'site-seed',
  },
  kernelArguments: {
    path: '/boot/grub/site-kernel-arguments.cfg',
    offset: 315_392,
    length: 4096,
    format: 'grub-set',
    variable: 'site_kernel_arguments',
  },
  baked: { kernelArguments: 'boot=live' },
};
const damaged = expect.objectContaining({ code: 'image-damaged' });

describe('the index of stamp areas', () => {
  it('is read with the padding behind it', () => {
    expect(parseAreaIndex(`${JSON.stringify(index)}${' '.repeat(100)}\n`)).toEqual(index);
  });

  it('passes over keys of later versions', () => {
    expect(parseAreaIndex(JSON.stringify({ ...index, later: true }))).toEqual(index);
  });

  it('tells what the image was made of, in full or in part', () => {
    const origin = { site: 'Zürich', image: 'edge-node', profile: 'worker', release: 'bookworm' };
    expect(parseAreaIndex(JSON.stringify({ ...index, origin })).origin).toEqual(origin);
    expect(parseAreaIndex(JSON.stringify({ ...index, origin: { release: 'sid' } })).origin).toEqual({
      release: 'sid',
    });
    expect(parseAreaIndex(JSON.stringify(index)).origin).toBeUndefined();
  });

  it.each([
    ['an origin that is no text', { ...index, origin: { profile: 7 } }],
    ['an origin without end', { ...index, origin: { profile: 'x'.repeat(300) } }],
    ['another version', { ...index, siteforge: 2 }],
    ['a negative offset', { ...index, seed: { ...index.seed, offset: -1 } }],
    ['an offset that is no whole number', { ...index, seed: { ...index.seed, offset: 0.5 } }],
    ['an area of gigabytes', { ...index, seed: { ...index.seed, length: 2 ** 40 } }],
    ['a path with a way up', { ...index, seed: { ...index.seed, path: '/live/../x' } }],
    ['a folder with a way up', { ...index, seed: { ...index.seed, directory: '..' } }],
    [
      'a variable with a command in it',
      { ...index, kernelArguments: { ...index.kernelArguments, variable: 'a; reboot' } },
    ],
    [
      'areas that overlap',
      { ...index, kernelArguments: { ...index.kernelArguments, offset: 8_192_000 + 1_048_575 } },
    ],
    ['no areas', { siteforge: 1 }],
    ['null', null],
  ])('refuses %s', (_, value) => {
    expect(() => parseAreaIndex(JSON.stringify(value))).toThrow(damaged);
  });

  it('answers any text with an index or image-damaged', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(() => parseAreaIndex(text)).toThrow(damaged);
      }),
    );
  });
});
