import { describe, expect, it } from 'vitest';
import type { Difference } from '#shared/compare/difference.ts';
import type { Freshness } from '#shared/compare/freshness.ts';
import { buildReasons, changeWords, momentWords, stampReasons, verdictOf } from './freshness-words.ts';

const moved: Difference = {
  topic: 'addresses',
  what: 'address of bond0',
  here: '10.0.0.12/24',
  there: '10.0.0.11/24',
};
const added: Difference = { topic: 'packages', what: 'package', here: 'htop', there: undefined };
const stamp = {
  file: 'a.iso',
  at: 0,
  differences: [],
  changedDocuments: [],
  imageIsNewer: false,
  changedSecrets: [],
};
const build = { image: 'edge', at: 0, differences: [], known: true };

describe('what is due for a host', () => {
  const verdicts: readonly (readonly [Freshness, string])[] = [
    [{}, 'unknown'],
    [{ build }, 'never-stamped'],
    [{ stamp, build }, 'as-stamped'],
    [{ stamp }, 'as-stamped'],
    [{ stamp: { ...stamp, changedDocuments: ['user-data'] }, build }, 'stamp-again'],
    [{ stamp: { ...stamp, imageIsNewer: true }, build }, 'stamp-again'],
    [{ stamp: { ...stamp, changedSecrets: ['admin-hash'] }, build }, 'stamp-again'],
    [
      { stamp: { ...stamp, changedDocuments: ['user-data'] }, build: { ...build, differences: [added] } },
      'rebuild',
    ],
  ];

  it.each(verdicts)('is told: %j', (freshness, verdict) => {
    expect(verdictOf(freshness)).toBe(verdict);
  });

  it('is reasoned in one line', () => {
    const changed = {
      ...stamp,
      differences: [moved],
      changedDocuments: ['network-config'],
      imageIsNewer: true,
    };
    expect(stampReasons(changed)).toBe(`${momentWords(0)}: addresses .11 → .12; the image was built again`);
    expect(stampReasons({ ...changed, differences: [], imageIsNewer: false })).toBe(
      `${momentWords(0)}: network-config`,
    );
    expect(stampReasons({ ...stamp, changedSecrets: ['admin-hash'] })).toBe(
      `${momentWords(0)}: the secret admin-hash set anew`,
    );
    expect(buildReasons({ ...build, differences: [added] })).toBe(
      `edge of ${momentWords(0)}: packages + htop`,
    );
  });

  it('names more topics without their changes', () => {
    const file: Difference = { topic: 'files', what: 'content of /etc/a', here: 'x', there: 'y' };
    expect(changeWords([moved, { ...moved, what: 'address of b' }, file])).toBe(
      'addresses .11 → .12 and 1 more, content of /etc/a y → x',
    );
    expect(changeWords([moved, file, added])).toBe('addresses .11 → .12, packages + htop, files');
  });
});
