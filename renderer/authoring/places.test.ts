import { expect, test } from 'vitest';
import { createSiteAnalyser } from '#shared/site/analyser.ts';
import { referencesAt } from './places.ts';

const path = 'user-data/long.yaml';

/** What the list of places shows for a secret in a line of user-data. */
function lineOf(line: string): string | undefined {
  const text = `#cloud-config\nruncmd:\n${line}\n`;
  const analyser = createSiteAnalyser();
  analyser.update(path, text);
  const analysis = analyser.analyse();
  const offset = text.indexOf('((secret.') + '((secret.'.length;
  const found = referencesAt(analysis, { path, offset, chosenHost: undefined, secrets: [] });
  return found?.places[0]?.line;
}

test('a place is shown with its whole line', () => {
  expect(lineOf('  - [join, ((secret.token))]  ')).toBe('- [join, ((secret.token))]');
});

test('of a line that is far too long the part with the name is shown', () => {
  const filler = 'and-more, '.repeat(40);
  expect(lineOf(`  - [${filler}((secret.token)), ${filler}end]`)).toMatch(
    /^…and-more.* \(\(secret\.token\)\), and-more.*…$/,
  );
  expect(lineOf(`  - [((secret.token)), ${filler}end]`)).toMatch(/^- \[\(\(secret\.token\)\), and-more.*…$/);
  expect(lineOf(`  - [${filler}((secret.token))]`)).toMatch(/^….*\(\(secret\.token\)\)\]$/);
});
