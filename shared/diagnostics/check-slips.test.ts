import { describe, expect, test } from 'vitest';
import { parseYaml } from '../source/parse-yaml.ts';
import { createSourceText } from '../source/source-text.ts';
import { checkSlips } from './check-slips.ts';
import { DiagnosticSink } from './diagnostic.ts';

function slipsIn(text: string) {
  const root = parseYaml(createSourceText('networks/a.yaml', text), new DiagnosticSink());
  const sink = new DiagnosticSink();
  if (root !== undefined) checkSlips(root, sink, (key) => key === 'content');
  return sink.list();
}

/** The line as it is after the first fix. */
function mended(text: string): string | undefined {
  const fix = slipsIn(text)[0]?.fixes?.[0];
  if (fix === undefined) return undefined;
  const { start, end } = fix.range;
  return text.slice(0, start.column - 1) + fix.newText + text.slice(end.column - 1);
}

describe('slips in values', () => {
  test.each([
    ['a no-break space after a value', 'name: eno1\u00a0', 'name: eno1'],
    ['a no-break space inside', 'via: 192.0.2.1\u00a0/24', 'via: 192.0.2.1 /24'],
    ['a character of no width', 'link: eno\u200b1', 'link: eno1'],
    ['what turns the direction of the text', 'link: e\u202eth0', 'link: eth0'],
    ['what sets it apart', 'link: \u2066eth0\u2069', 'link: eth0'],
    ['typographic quotes', 'name: “eno1”', 'name: "eno1"'],
    ['typographic quotes inside straight ones', 'name: "„eno1“"', 'name: "eno1"'],
    ['a comma at the end', 'name: eno1,', 'name: eno1'],
    ['a semicolon at the end', 'name: eno1;', 'name: eno1'],
    ['a quote that nothing opened', 'name: eno1"', 'name: eno1'],
  ])('finds %s and mends it', (_name, text, wanted) => {
    expect(slipsIn(text).map(({ severity, code }) => `${severity} ${code}`)).toEqual(['warning value-slip']);
    expect(mended(text)).toBe(wanted);
  });

  test.each(['CHANGEME', 'change-me', '<password>', `$\{HOST_NAME}`, 'TODO', 'YOUR_TOKEN', '@NAME@'])(
    'finds the placeholder %s',
    (word) => expect(slipsIn(`a: "${word}"`).map(({ code }) => code)).toEqual(['value-slip']),
  );

  test('finds an invisible character in a key', () => {
    expect(slipsIn('a:\n  \u00a0dhcp4: true\n')[0]?.range.start.line).toBe(2);
  });

  test.each([
    'a: Grüße, Welt,',
    'a: "eno1,"',
    "a: it's 'so'",
    'a: rock’n’roll',
    'a: todo',
    'a: ((host.name))',
    'content: “so”\u00a0',
    'content: {b: "<x>"}',
    'a: |\n  “x”,\n',
    'a: "',
  ])('leaves %j alone', (text) => expect(slipsIn(text)).toEqual([]));

  test('says nothing of a leftover in a line that has a finding', () => {
    const root = parseYaml(createSourceText('a.yaml', 'a: 1,'), new DiagnosticSink());
    const sink = new DiagnosticSink();
    if (root === undefined) throw new Error('The text is sound.');
    sink.at(root, 'error', 'value-type', 'It must be a number.');
    checkSlips(root, sink, () => false);
    expect(sink.count).toBe(1);
  });
});
