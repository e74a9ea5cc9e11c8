import { describe, expect, it } from 'vitest';
import { overwritesOtherShape } from './overwrites.ts';

const set = (path: readonly (string | number)[], value: Parameters<typeof JSON.stringify>[0]) =>
  [{ type: 'set', path, value }] as const;

describe('a change that puts one shape over another', () => {
  it('is a list over a mapping, and a mapping over a list', () => {
    expect(overwritesOtherShape('routes: {to: default, via: 192.0.2.1}\n', set(['routes'], [{}]))).toBe(true);
    expect(overwritesOtherShape('links:\n  - bonds:\n      - bond0\n', set(['links', 0, 'bonds'], {}))).toBe(
      true,
    );
  });

  it('is none where nothing is lost', () => {
    for (const text of ['', 'routes:\n', 'routes: {}\n', 'routes: eno1\n', 'routes: [{to: default}]\n'])
      expect(overwritesOtherShape(text, set(['routes'], [])), text).toBe(false);
    expect(overwritesOtherShape('bonds: []\n', set(['bonds'], { bond0: {} }))).toBe(false);
    expect(overwritesOtherShape('mtu: {}\n', set(['mtu'], 1500))).toBe(false);
  });
});
