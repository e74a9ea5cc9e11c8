import { describe, expect, it } from 'vitest';
import type { Place } from '#shared/source/source-place.ts';
import { gutterTexts, gutterWidth, originWords } from './origin-words.ts';

const at = (file: string, line: number): Place => ({
  file,
  range: { start: { line, column: 1 }, end: { line, column: 2 } },
});

describe('the origin of a line', () => {
  it('is said with the setting of site.yaml in its own words', () => {
    const origin = { place: at('site.yaml', 24), words: 'spec.dns.servers', values: [] };
    expect(originWords(origin)).toBe('From site.yaml, line 24: dns.servers.');
  });

  it('names the values that a text was filled in with, each once', () => {
    const values = [at('hosts/wk-1.yaml', 9), at('hosts/wk-1.yaml', 9)];
    expect(originWords({ place: at('networks/a.yaml', 3), values })).toBe(
      'From networks/a.yaml, line 3. Filled in from hosts/wk-1.yaml, line 9.',
    );
  });

  it('says why a line stands in no document', () => {
    expect(originWords({ place: undefined, words: 'every host receives this', values: [] })).toBe(
      'Written in no document: every host receives this.',
    );
  });

  it('is named in the gutter where it changes', () => {
    const origins = [
      { place: at('user-data/base.yaml', 3), values: [] },
      { place: at('user-data/base.yaml', 4), values: [] },
      { place: at('networks/a-very-long-name-indeed.yaml', 7), values: [at('hosts/wk-1.yaml', 9)] },
      { place: undefined, values: [] },
      { place: at('networks/a-very-long-name-indeed.yaml', 7), values: [] },
    ];
    const texts = gutterTexts({ origins, lines: [-1, 0, 1, 2, 3, 1, 4] });
    expect(texts).toEqual(['', 'base 3', '4', 'wk-1 9', '–', 'base 4', 'a-very-lon… 7']);
    expect(gutterWidth(texts)).toBe(13);
    expect(gutterWidth([])).toBe(4);
  });
});
