import { expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { validateText } from '../site/validate-text.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { createSourceText } from '../source/source-text.ts';
import { checkMerge } from './check-merge.ts';

const said = (body: string) =>
  validateText('user-data/a.yaml', `#cloud-config\n${body}\n`).map(
    ({ range, severity, message }) => `${range.start.line} ${severity} ${message}`,
  );

test.each([
  ['a reboot', 'runcmd:\n- ls\n- reboot\n- ls', /^4 warning reboot: the machine goes down.*mode: reboot/],
  ['a list', 'runcmd:\n- [systemctl, poweroff]\n- ls', /^3 warning systemctl poweroff: .*mode: poweroff/],
  [
    'a time that is now',
    'runcmd:\n- sudo shutdown -r now\n- ls',
    /^3 warning sudo shutdown -r now: .*mode: reboot/,
  ],
  ['a level', 'runcmd:\n- init 0\n- ls', /^3 warning init 0: /],
  ['a level by its older name', 'runcmd:\n- telinit 6\n- ls', /^3 warning telinit 6: .*mode: reboot/],
  ['a part of a text', 'runcmd:\n- sleep 5 && /sbin/reboot; ls', /^3 warning \/sbin\/reboot: /],
  ['a text before others', 'runcmd:\n- ls && reboot\n- ls', /^3 warning reboot: /],
  ['a reboot at every boot', 'bootcmd:\n- reboot', /^3 warning bootcmd runs early in every boot/],
])('warns of %s', (_what, body, finding) => {
  expect(said(body)).toEqual([expect.stringMatching(finding)]);
});

test.each([
  'runcmd:\n- ls\n- reboot',
  'runcmd:\n- reboot\n- sleep 600\n- [exit, "0"]\n-',
  'runcmd:\n- shutdown -r +5\n- ls',
  'runcmd:\n- shutdown -c\n- ls',
  'runcmd:\n- "[ -e /run/reboot-required ] && reboot"\n- ls',
  'runcmd:\n- if true; then reboot; fi\n- ls',
  'runcmd:\n- (sleep 60; reboot) &\n- ls',
  'runcmd:\n- echo reboot\n- systemctl mask reboot.target\n- ls',
  'runcmd:\n- ls || reboot\n- ls',
  'runcmd:\n- reboot --help\n- ls',
  'runcmd:\n- ((var.last))\n- ls',
  'bootcmd:\n- "[ -e /x ] || reboot"',
])('takes %j', (body) => expect(said(body)).toEqual([]));

test('warns of a reboot that ends a fragment before another', () => {
  const append = 'merge_how: list(append)+dict(recurse_list)+str()\n';
  const told = (...texts: string[]) =>
    checkMerge(
      texts.flatMap(
        (text, index) =>
          parseYaml(createSourceText(`user-data/${'ab'[index]}.yaml`, text), new DiagnosticSink()) ?? [],
      ),
    ).map(({ file, range, severity, message }) => `${file}:${range.start.line} ${severity} ${message}`);
  expect(told('runcmd:\n- ls\n- reboot\n', `${append}runcmd:\n- ls\n`)).toEqual([
    expect.stringMatching(/^user-data\/a.yaml:3 warning reboot: .*Those of user-data\/b.yaml come after it/),
  ]);
  expect(told('runcmd:\n- ls\n', `${append}runcmd:\n- reboot\n`)).toEqual([]);
  // Within one fragment its own check tells it.
  expect(told('runcmd:\n- reboot\n- ls\n', `${append}runcmd:\n- ls\n`)).toEqual([]);
});

test('answers soon for a text of many blanks or many lines', () => {
  const start = performance.now();
  said(`runcmd:\n- "reboot${' '.repeat(200_000)}x"\n- ls`);
  said(`runcmd:\n- reboot\n- "${' '.repeat(200_000)}x"`);
  said(`runcmd:\n- |\n${'  reboot -w\n'.repeat(100_000)}`);
  expect(performance.now() - start).toBeLessThan(8000);
});
