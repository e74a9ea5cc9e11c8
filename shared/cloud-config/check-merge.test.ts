import { describe, expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { createSourceText, offsetAt } from '../source/source-text.ts';
import { checkMerge } from './check-merge.ts';

const append = 'merge_how: list(append)+dict(recurse_list)+str()\n';

function told(...texts: string[]): string[] {
  const roots = texts.flatMap((text, index) => {
    const source = createSourceText(`user-data/${'abc'[index]}.yaml`, text);
    return parseYaml(source, new DiagnosticSink()) ?? [];
  });
  return checkMerge(roots).map(
    ({ file, range, severity, message }) => `${file}:${range.start.line} ${severity} ${message}`,
  );
}

test('tells of a list that a later fragment replaces', () => {
  expect(told('runcmd: [a, b]\n', 'runcmd: [c]\n')).toEqual([
    expect.stringMatching(
      /^user-data\/b.yaml:1 warning “runcmd” replaces the one of user-data\/a.yaml: all 2 entries of it are lost/,
    ),
  ]);
  expect(told('runcmd: [a, b]\n', `${append}runcmd: [c]\n`)).toEqual([]);
});

test('tells of a file whose owner another fragment makes', () => {
  const users = 'users: [{name: bob}, eve]\n';
  const file = (more: string) => `write_files: [{path: /x, content: a, ${more}}]\n`;
  const late = [expect.stringMatching(/1 warning “(bob|eve)” is made after files are written.*defer: true/)];
  expect(told(users, file('owner: "bob:bob"'))).toEqual(late);
  expect(told(file('owner: "root:eve"'), users)).toEqual(late);
  expect(told(users, file('owner: "bob:bob", defer: true'))).toEqual([]);
  expect(told(users, file('owner: "www-data:www-data"'))).toEqual([]);
});

test.each([
  ['hostname', '((host.name))'],
  ['fqdn', '((host.fqdn))'],
])('offers the name of each host for a fixed %s', (key, reference) => {
  const root = parseYaml(createSourceText('user-data/a.yaml', `${key}: web-1\n`), new DiagnosticSink());
  const [finding] = checkMerge(root === undefined ? [] : [root]);
  expect(finding?.fixes).toMatchObject([{ newText: reference, range: { start: { line: 1 } } }]);
});

describe('the setting that keeps both', () => {
  function mended(second: string): string | undefined {
    const [first, later] = ['#cloud-config\nruncmd: [a]\nlocale: C\n', second].map((text, index) =>
      parseYaml(createSourceText(`user-data/${'ab'[index]}.yaml`, text), new DiagnosticSink()),
    );
    if (first === undefined || later === undefined) return undefined;
    const [fix] = checkMerge([first, later]).find(({ severity }) => severity === 'warning')?.fixes ?? [];
    if (fix === undefined) return undefined;
    const offset = offsetAt(later.source, fix.range.start);
    return `${second.slice(0, offset)}${fix.newText}${second.slice(offset)}`;
  }

  test('is written in front of the first key, and then nothing is lost', () => {
    const text = mended('#cloud-config\n# Ours.\nruncmd: [b]\nlocale: en_GB.UTF-8\n') ?? '';
    expect(text).toMatch(/^#cloud-config\n# Ours.\nmerge_how: list\(append\)\S+\nruncmd/);
    expect(told('#cloud-config\nruncmd: [a]\nlocale: C\n', text)).toEqual([
      'user-data/b.yaml:5 info “locale” replaces the one of user-data/a.yaml.',
    ]);
    expect(mended('#cloud-config\r\nruncmd: [b]\r\n')).toContain('+str()\r\nruncmd');
  });

  test.each([
    ['a setting stands there', '#cloud-config\nmerge_type: list()+dict(replace)\nruncmd: [b]\n'],
    ['the fragment is in braces', '#cloud-config\n{runcmd: [b]}\n'],
  ])('is not offered where %s', (_what, text) => expect(mended(text)).toBeUndefined());
});

test('tells of a file that a later fragment writes over', () => {
  const first = 'write_files:\n- {path: /etc/a, content: x}\n';
  const second = `${append}write_files:\n- {path: /etc/b, content: x}\n- {path: /etc/a, content: y}\n`;
  expect(told(first, second)).toEqual([
    'user-data/b.yaml:4 warning /etc/a is written by user-data/a.yaml, line 2, too; cloud-init writes this one over it.',
  ]);
  expect(told(first, second.replace('content: y', 'content: y, append: true'))).toEqual([]);
});

test('tells of an account that two fragments make', () => {
  expect(told('users: [default, {name: a}]\n', `${append}users:\n- default\n- name: a\n`)).toEqual([
    'user-data/b.yaml:4 warning The user “a” stands in user-data/a.yaml, line 1, too; cloud-init puts both together, and what both say is taken from there.',
  ]);
});

test('leaves what stands twice in one fragment to the check of the fragment', () => {
  expect(told('write_files: [{path: /a}, {path: /a}]\n', 'hostname: ((host.name))\n')).toEqual([]);
});
