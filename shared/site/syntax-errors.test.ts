import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createSiteAnalyser } from './analyser.ts';
import { validateText } from './validate-text.ts';

const example = new URL('../../assets/examples/edge-berlin/', import.meta.url);
const files = new Map(
  readdirSync(example, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => [path, readFileSync(new URL(path, example), 'utf8')]),
);

/** `file:line code` of the example after one replacement in one of its documents. */
function found(path: string, ...edits: readonly (readonly [from: string | RegExp, to: string])[]): string[] {
  const analyser = createSiteAnalyser();
  for (const [each, text] of files) {
    let edited = text;
    if (each === path) for (const [from, to] of edits) edited = edited.replace(from, to);
    if (each === path) expect(edited).not.toBe(text);
    analyser.update(each, edited);
  }
  return analyser.analyse().diagnostics.map(({ file, range, code }) => `${file}:${range.start.line} ${code}`);
}

describe('one mistake of the syntax is one finding', () => {
  test.each([
    ['a tab before a key', 'hosts/wk-1.yaml', [/^ {2}domain:/m, '\tdomain:'], '7 yaml-tab'],
    ['a tab before a variable', 'hosts/wk-1.yaml', [/^ {4}oam-address/m, '\toam-address'], '30 yaml-tab'],
    ['a key too far left', 'hosts/wk-1.yaml', [/^ {2}profile:/m, ' profile:'], '10 yaml-syntax'],
    ['a key too far right', 'hosts/wk-1.yaml', [/^ {2}role:/m, '   role:'], '7 yaml-syntax'],
    ['a bracket left open', 'hosts/wk-1.yaml', ['kubernetes-node]', 'kubernetes-node'], '29 yaml-syntax'],
    ['a quote left open', 'hosts/wk-1.yaml', ['21:01"', '21:01'], '14 yaml-syntax'],
    ['a colon forgotten', 'profiles/edge-node.yaml', ['  sysctl:', '  sysctl'], '40 yaml-syntax'],
    ['a colon forgotten at the top', 'site.yaml', ['spec:', 'spec'], '11 yaml-syntax'],
    ['a network', 'networks/bonded.yaml', [/^ {6}mode:/m, '       mode:'], '32 yaml-syntax'],
    ['a tab in a network', 'networks/bonded.yaml', [/^ {6}mode:/m, '\tmode:'], '31 yaml-tab'],
    ['an image', 'images/edge-node.yaml', [/^ {2}profile:/m, ' profile:'], '11 yaml-syntax'],
  ] as const)('%s', (_what, path, edit, expected) => {
    expect(found(path, edit)).toEqual([`${path}:${expected}`]);
  });

  test('a bomb of aliases', () => {
    const levels = ['b', 'c', 'd', 'e', 'f', 'g'].map((name, index) => {
      const before = String.fromCharCode(97 + index);
      return `${name}: &${name} [${Array.from({ length: 10 }, () => `*${before}`).join(', ')}]`;
    });
    const text = ['version: 2', 'a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]', ...levels, ''].join('\n');
    const codes = validateText('a.yaml', text, { as: 'network-config' }).map(({ code }) => code);
    expect(codes).toEqual(['key-unknown', 'yaml-alias-limit']);
  });
});

test('what stands before the mistake keeps its findings', () => {
  const edits = [
    ['role: worker', 'role: wroker'],
    ['profile: edge-node', 'profile: edge-nod'],
    [/^ {4}storage-address/m, '\tstorage-address'],
  ] as const;
  expect(found('hosts/wk-1.yaml', ...edits)).toEqual([
    'hosts/wk-1.yaml:8 value-invalid',
    'hosts/wk-1.yaml:10 reference-unknown',
    'hosts/wk-1.yaml:31 yaml-tab',
  ]);
});

test('what a mapping lacks is said when it ends before the mistake', () => {
  const edits = [
    ['      - size: 2M\n        count: 64\n', '      - size: 2M\n'],
    ['  limits:', '  limits'],
  ] as const;
  expect(found('profiles/edge-node.yaml', ...edits)).toEqual([
    'profiles/edge-node.yaml:36 key-missing',
    'profiles/edge-node.yaml:52 yaml-syntax',
  ]);
});

test.each([
  ['network:\n\u00a0 - version\n', 'only looks like a blank'],
  ['network:\n  version: 2\n  renderer: “a: b”\n', 'typographic'],
])('tells characters that only look right: %j', (text, message) => {
  const found = validateText('networks/a.yaml', text).filter(({ code }) => code === 'yaml-syntax');
  expect(found).toMatchObject([{ message: expect.stringContaining(message) }]);
});

test('a finding at the line that is wrong, not at the comment above it', () => {
  const text =
    'version: 2\nethernets:\n  eno1:\n    dhcp4: true\n\n  # The second.\n   eno2:\n    dhcp4: true\n';
  expect(validateText('networks/a.yaml', text)).toMatchObject([
    { range: { start: { line: 7, column: 4 } }, message: expect.stringContaining('not indented') },
  ]);
});
