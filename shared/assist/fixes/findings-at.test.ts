import { expect, test } from 'vitest';
import { edgeSite, type Texts } from '../../realms/testing/edge-site.ts';
import { noSiteNames } from '../site-names.ts';
import { analyse } from './fixes.test-support.ts';
import { fixesAt } from './fixes.ts';

/** Titles of what is offered with the caret in front of a text. */
function offeredBefore(texts: Texts, path: string, text: string): string[] {
  const analysis = analyse({ ...edgeSite, ...texts });
  const before = (texts[path] ?? '').split(text)[0] ?? '';
  const line = before.split('\n').length;
  const caret = { line, column: before.length - before.lastIndexOf('\n') };
  const context = { analysis, site: noSiteNames, chosenHost: undefined };
  return fixesAt(context, path, { start: caret, end: caret }).map(({ title }) => title);
}

const fragment = `#cloud-config
ssh_pwauth: false
packages:
  # Tables.
  - jq
  - nano

write_files:
  - path: /etc/sysctl.d/60-x.conf
    content: |
      vm.swappiness = 1
  - path: /srv/a
    content: b
`;

test.each([
  ['at its key', 'packages:', 'Move “packages: jq, nano” to profiles/edge.yaml'],
  ['at a comment in it', '# Tables', 'Move “packages: jq, nano” to profiles/edge.yaml'],
  ['at its last item', 'ano\n', 'Move “packages: jq, nano” to profiles/edge.yaml'],
  ['in the text of a file', 'swappiness', 'Move “/etc/sysctl.d/60-x.conf” to profiles/edge.yaml'],
])('a setting in the wrong realm is moved from anywhere in it: %s', (_where, text, title) => {
  expect(offeredBefore({ 'user-data/base.yaml': fragment }, 'user-data/base.yaml', text)).toContain(title);
});

test.each(['ssh_pwauth', '\nwrite_files', 'write_files:', 'path: /srv/a', 'content: b'])(
  'nothing is offered beside it, before “%s”',
  (text) => {
    expect(offeredBefore({ 'user-data/base.yaml': fragment }, 'user-data/base.yaml', text)).toEqual([]);
  },
);

const host = (lines: string) => (edgeSite['hosts/wk-1.yaml'] ?? '').replace('spec:\n', `spec:\n${lines}`);

test('so is a key that belongs to a document of another kind', () => {
  const texts = { 'hosts/wk-1.yaml': host('  sysctl:\n    vm.swappiness: 1\n') };
  expect(offeredBefore(texts, 'hosts/wk-1.yaml', 'swappiness')).toEqual([
    'Move “sysctl” to profiles/edge.yaml',
  ]);
});

test('what is wrong at the caret itself comes before what is wrong around it', () => {
  const texts = { 'hosts/wk-1.yaml': host('  sysctl:\n    vm.swappiness: ((var.nothing))\n') };
  const around = offeredBefore(texts, 'hosts/wk-1.yaml', 'vm.swappiness');
  expect(around).toEqual(['Move “sysctl” to profiles/edge.yaml']);
  const two = { 'user-data/base.yaml': '#cloud-config\npackages:\n  - ((var.tool))\n  - nano\n' };
  expect(offeredBefore(two, 'user-data/base.yaml', 'var.tool').join()).toMatch(/Add “tool” to/);
});
