import { describe, expect, test } from 'vitest';
import { validateText } from '../site/validate-text.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { createSourceText } from '../source/source-text.ts';
import { checkNumbers } from './check-numbers.ts';
import { DiagnosticSink } from './diagnostic.ts';

function changedIn(text: string) {
  const root = parseYaml(createSourceText('hosts/a.yaml', text), new DiagnosticSink());
  const sink = new DiagnosticSink();
  if (root !== undefined) checkNumbers(root, sink);
  return sink.list();
}

describe('numbers that do not read as they are written', () => {
  test.each([
    ['version: 1.30', '1.3'],
    ['rack: 007', '7'],
    ['asset: 1e3', '1000'],
    ['serial: 12345678901234567890', '12345678901234567000'],
    ['gain: +5', '5'],
  ])('%s is %s', (text, number) => {
    const [found, ...others] = changedIn(`${text}\n`);
    const [key, written] = text.split(': ') as [string, string];
    expect(found).toMatchObject({ severity: 'warning', code: 'value-slip' });
    expect(found?.message).toContain(`the number ${number}, and ${written} is lost`);
    expect(found?.range.start).toEqual({ line: 1, column: key.length + 3 });
    expect(found?.fixes?.[0]?.newText).toBe(`"${written}"`);
    expect(others).toEqual([]);
  });

  test.each([
    'a: 1.3',
    'a: 0',
    'a: -20',
    'a: 0x1F',
    'a: 0o644',
    'a: "007"',
    'a: 1.2.3',
    'a: 010.1.2.3',
    'a: 0.5',
  ])('leaves %s alone', (text) => expect(changedIn(`${text}\n`)).toEqual([]));

  test('are told in the variables of a host, and not beside an error', () => {
    const host = `apiVersion: siteforge/v1
kind: Host
metadata: {name: a}
spec:
  role: worker
  profile: p
  macs: {eno1: "52:54:00:00:00:01"}
  network: {ref: n}
  variables:
    kubernetes: 1.30
    bad key: 007
`;
    const told = validateText('hosts/a.yaml', host).map(({ range, code }) => `${range.start.line} ${code}`);
    expect(told).toEqual(['10 value-slip', '11 value-invalid']);
  });
});
