import { expect, test } from 'vitest';
import { validateText } from './validate-text.ts';

const told = (text: string) =>
  validateText('user-data/a.yaml', text).map(
    ({ range, severity, code, message }) =>
      `${range.start.line}:${range.start.column} ${severity} ${code} ${message.slice(0, 30)}`,
  );

test.each([
  ['behind a comment', '#cloud-config\n# hidden\u0085package_update: true\npackages: [a]\n', '2:9', '0085'],
  ['in a block', '#cloud-config\nruncmd:\n  - |\n    a\u2028    b\n', '4:6', '2028'],
  ['between texts', '#cloud-config\nfinal_message: a\u2029b\n', '2:17', '2029'],
])('warns of a line end of YAML 1.1 %s, and ends the line', (_where, text, place, name) => {
  expect(told(text)).toEqual([`${place} warning document-encoding The invisible character U+${name}`]);
  const [found] = validateText('user-data/a.yaml', text);
  expect(found?.fixes?.[0]).toMatchObject({ newText: '\n', range: found?.range });
});

test('says so where it breaks the syntax', () => {
  const [found, ...others] = validateText(
    'user-data/a.yaml',
    '#cloud-config\nhostname: a\u0085packages: [b]\n',
  );
  expect(others).toEqual([]);
  expect(found?.message).toContain('an invisible character ends it for other readers');
});

test('takes carriage returns alone for line ends, as cloud-init does', () => {
  expect(told('#cloud-config\rpackages: [a]\rfinal_message: b\r')).toEqual([]);
  expect(told('#cloud-config\r# nothing\r')).toEqual([]);
  expect(told('#cloud-config\rpackages: [a]\rfinal_mesage: b\r')).toEqual([
    expect.stringMatching(/^3:1 warning key-unknown/),
  ]);
});
