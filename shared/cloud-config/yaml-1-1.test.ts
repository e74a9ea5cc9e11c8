import { expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { createSourceText } from '../source/source-text.ts';
import { asPython } from './yaml-1-1.ts';

function read(text: string) {
  const node = parseYaml(createSourceText('a.yaml', text), new DiagnosticSink());
  if (node?.type !== 'scalar') throw new Error('not a scalar');
  const { type, text: written } = asPython(node);
  return `${type} ${written}`;
}

test.each([
  ['yes', 'boolean True'],
  ['Off', 'boolean False'],
  ['y', 'string y'],
  ['"yes"', 'string yes'],
  ['0644', 'integer 420'],
  ['0o644', 'string 0o644'],
  ['644', 'integer 644'],
  ['08', 'string 08'],
  ['12:30', 'integer 750'],
  ['12:30.5', 'number 750.5'],
  ['12:60', 'string 12:60'],
  ['1_000', 'integer 1000'],
  ['0b11', 'integer 3'],
  ['-0x1F', 'integer -31'],
  ['1e3', 'string 1e3'],
  ['1.0e+3', 'number 1000.0'],
  ['~', 'null None'],
  ['2030-12-31', 'date 2030-12-31'],
  ['2030-12', 'string 2030-12'],
  ['52:54:00:12:34:56', 'integer 41135085296'],
  ['10.0.0.1', 'string 10.0.0.1'],
  ['plain text', 'string plain text'],
  ['!!str 0644', 'string 0644'],
  ['|\n  yes\n', 'string yes\n'],
  ['12345678901234567890', 'integer 12345678901234567890'],
])('reads %s as PyYAML does', (text, expected) => expect(read(text)).toBe(expected));
