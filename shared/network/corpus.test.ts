import { describe, expect, test } from 'vitest';
import { corpus } from './testing/corpus.test-support.ts';
import { verdictOf } from './testing/network-documents.ts';

describe('a corpus of networks that are fine', () => {
  test.each(corpus)('$name has no errors', ({ text }) => {
    expect(verdictOf(text).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
