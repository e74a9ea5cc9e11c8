import { expect, test } from 'vitest';
import { findingsOf } from './testing/load-profile.ts';

/** Each line is a spec and what is found in it; an empty list says that nothing may be found. */
type Case = readonly [spec: string, ...expected: RegExp[]];

export function judgeAll(cases: readonly Case[]): void {
  test.each(cases.map(([spec, ...expected]) => ({ spec, expected })))('$spec', ({ spec, expected }) => {
    expect(findingsOf(spec)).toEqual(expected.map((each) => expect.stringMatching(each)));
  });
}
