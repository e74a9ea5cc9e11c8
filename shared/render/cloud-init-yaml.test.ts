import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { createSourceText } from '../source/source-text.ts';
import { cloudInitYaml, cloudInitYamlLines, cloudInitYamlOf } from './cloud-init-yaml.ts';
import { writtenNowhere } from './written-nowhere.ts';

const word = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom(...'a0 :#-?,[]{}&*!|>\'"%@`~\n\t.x/=<') }),
  fc.constantFrom(
    'yes',
    'No',
    'on',
    '0644',
    '12:30',
    '52:54:00:12:34:56',
    '2024-01-01',
    '1e3',
    '.5',
    '0x1f',
    '~',
    '',
  ),
);
const value = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    word,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.array(fc.tuple(word, tie('node')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  ),
})).node;

test.each(['1.1', '1.2'] as const)('is read back as what it was by YAML %s', (version) => {
  fc.assert(
    fc.property(value, (written) => {
      const text = cloudInitYaml(written);
      expect(parse(text, { version, logLevel: 'silent', merge: false }), text).toEqual(
        JSON.parse(JSON.stringify(written)),
      );
    }),
    { numRuns: 1500 },
  );
});

test('knows what stands on each line', () => {
  fc.assert(
    fc.property(value, (written) => {
      const node = writtenNowhere(written);
      const lines = cloudInitYamlLines(node);
      const count = lines.reduce((sum, { lineCount }) => sum + lineCount, 0);
      expect(count).toBe(cloudInitYamlOf(node).slice(0, -1).split('\n').length);
    }),
  );
});

function rewritten(text: string): string {
  const node = parseYaml(createSourceText('user-data/a.yaml', text), new DiagnosticSink());
  return node === undefined ? '' : cloudInitYamlOf(node);
}

test('keeps what stands without quotes as cloud-init would read it', () => {
  const text = 'permissions: 0644\nenabled: yes\nratio: 1e3\nday: 2024-01-01\n';
  expect(rewritten(text)).toBe(text);
});

test('keeps quoted texts texts', () => {
  expect(rewritten("a: '0644'\nb: 'yes'\nc: '52:54:00:12:34:56'\nd: '10.0.0.1'\n")).toBe(
    'a: "0644"\nb: "yes"\nc: "52:54:00:12:34:56"\nd: 10.0.0.1\n',
  );
});

test('writes scripts as blocks and commands on one line', () => {
  const text = 'runcmd:\n  - [mkdir, -p, /srv]\n  - |\n    echo a\n    echo b\n';
  expect(rewritten(text)).toBe(text);
});

test('quotes a text that ends in a line of blanks, which readers of a block leave out', () => {
  const written = [[{ '': { '': ' a\n ' } }]];
  expect(parse(cloudInitYaml(written), { version: '1.1' })).toEqual(written);
  expect(cloudInitYaml({ a: 'b\n  \n' })).toBe('a: "b\\n  \\n"\n');
  expect(cloudInitYaml({ a: 'b\n  \nc\n' })).toBe('a: |\n  b\n    \n  c\n');
});

test('writes an empty value in braces or brackets', () => {
  expect(cloudInitYaml({ a: {}, b: [], c: [[]] })).toBe('a: {}\nb: []\nc:\n  - []\n');
});
