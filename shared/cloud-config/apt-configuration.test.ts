import { expect, test } from 'vitest';
import { validateText } from '../site/validate-text.ts';
import { createSourceText, offsetAt } from '../source/source-text.ts';

const document = (conf: string) =>
  `#cloud-config\napt:\n  conf: |\n${conf
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')}\n`;
const found = (conf: string) => validateText('user-data/a.yaml', document(conf));

// Each was given to `apt-config -c FILE dump` of Debian 12, which fails at all but the last two.
test.each([
  ['APT::Get::X "1"', /^A ; is missing behind “APT::Get::X "1"”: apt then fails/],
  ['APT::Get::X "1"\nAPT::Y "2";', /^A ; is missing behind “APT::Get::X "1"”/],
  ['APT::X "a"; APT::Y "b"', /behind “APT::Y "b"”/],
  ['APT::X "1;', /^The quote in “APT::X "1;” is not closed/],
  ['APT::X = "1";', /is more than a name and its value/],
  ['#clear APT::X', /^A ; is missing/],
  ['Acquire::http::Proxy http://x:1/;', /^A ; is missing/],
  ['APT { X "a";\nAPT::Y "b";', /^A { is not closed/],
  ['APT { X "a"; }; };', /^There is one } too many/],
])('warns of %j', (conf, message) => {
  expect(found(conf)).toMatchObject([{ severity: 'warning', message: expect.stringMatching(message) }]);
});

test.each([
  'APT { Get { X "1"; }; };',
  'APT { Get { X "1" } }',
  'APT::X 1;',
  '// c }\n# c {\nAPT::X "1"; // "',
  '/* {\n" */ APT::X "}";',
  'APT::X\n  "1";',
  'APT::X { "a"; "b"; };',
  'APT::X "a" "b";',
  'APT::X=1;',
  '#clear APT::X;',
  'DPkg::Post-Invoke {"echo a; b";};',
  'A "//";;',
  'A "b" {c "d";};',
  'A::B:"x";',
  'Acquire::http::Proxy ((var.proxy))',
])('takes %j', (conf) => expect(found(conf)).toEqual([]));

test('offers the semicolon where it is missing', () => {
  const text = document('APT::X "1"\nAPT::Y "2";');
  const [fix] = validateText('user-data/a.yaml', text)[0]?.fixes ?? [];
  expect(fix?.newText).toBe(';');
  const offset = fix === undefined ? 0 : offsetAt(createSourceText('a', text), fix.range.start);
  expect(text.slice(0, offset)).toMatch(/APT::X "1"$/);
});

test('says that Debian reads no archives of Launchpad', () => {
  const text = '#cloud-config\napt: {sources: {a: {source: "ppa:a/b"}}}\n';
  expect(validateText('user-data/a.yaml', text).filter(({ severity }) => severity !== 'info')).toMatchObject([
    { severity: 'warning', message: expect.stringMatching(/add-apt-repository of Ubuntu/) },
  ]);
});
