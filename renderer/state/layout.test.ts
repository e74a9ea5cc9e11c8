import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLayout } from './layout.ts';

describe('the remembered layout', () => {
  it('is taken where it is known and left out where it is not', () => {
    const stored = {
      bottomOpen: false,
      bottomTab: 'log',
      previewTab: 'hologram',
      folded: ['hosts', 7],
      place: 'x',
    };
    expect(readLayout(JSON.stringify(stored))).toEqual({ bottomOpen: false, bottomTab: 'log' });
  });

  it('never throws, whatever was stored', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(typeof readLayout(text)).toBe('object');
      }),
    );
  });
});
