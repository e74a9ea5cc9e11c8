import { expect, test } from 'vitest';
import { analyse } from '../assist/fixes/fixes.test-support.ts';
import { fixesAt } from '../assist/fixes/fixes.ts';
import { noSiteNames } from '../assist/site-names.ts';
import { profile, userData } from './testing/edge-site.ts';

/** What takes the square of its length is told from what does not: 60,000 letters then take minutes. */
const size = 60_000;
const filled = (piece: string) => piece.repeat(Math.ceil(size / piece.length));
const script = (text: string) => `runcmd:\n  - |\n${text.replace(/^/gm, '    ')}`;
const numbered = (line: (n: number) => string) =>
  Array.from({ length: 2000 }, (_, n) => `  - ${line(n)}\n`).join('');

test.each([
  ['many commands', `runcmd:\n${filled('  - modprobe overlay\n')}`],
  ['commands that differ', `runcmd:\n${numbered((n) => `sysctl -w net.ipv4.conf.a${n}.rp_filter=1`)}`],
  ['services of packages', `runcmd:\n${numbered((n) => `systemctl enable chrony u${n}`)}`],
  ['moves that would be mistakes', `runcmd:\n${numbered((n) => `apt-get install -y kdump-tools p${n}`)}`],
  ['mistakes that differ', `runcmd:\n${numbered((n) => `sysctl -w kernel.pid_max=${n}00000000`)}`],
  [
    'many values of one setting',
    `runcmd:\n${Array.from({ length: 40_000 }, (_, n) => `  - sysctl -w vm.swappiness=${n}\n`).join('')}`,
  ],
  ['time zones that nobody has', `runcmd:\n${numbered((n) => `timedatectl set-timezone A/B${n}`)}`],
  ['here-documents', script(filled('cat > /etc/sysctl.d/x.conf <<EOF\nvm.swappiness=1\nEOF\n'))],
  ['here-documents without an end', script(numbered((n) => `cat <<E${n}`))],
  ['lines that go on', script(`apt-get install ${filled('a \\\n')}`)],
  ['quotes behind backslashes', script(`echo ${filled('\\"')}`)],
  ['quotes that stay open', script(filled('"\\"'))],
  ['parentheses', script(filled('$('))],
  ['folders in parentheses', script(`modprobe overlay\n${filled('/(').repeat(2)}`)],
  ['groups in groups', script(filled('{ a; '))],
  ['conditions', script(filled('if a; then '))],
  ['programs that run others', script(filled('nice -n 1 '))],
  ['files that are written', script(`modprobe overlay\n${filled('tee  > ')}`)],
  ['programs one behind the other', script(filled('a | '))],
  ['white space', script(`echo a${' '.repeat(size)}b > /etc/sysctl.d/x.conf`)],
  ['options', script(`nmcli${filled(' -a a')}`)],
  ['options with values', script(`kubectl${filled(' --x=y')}`)],
  ['white space in the options of a source', script(`add-apt-repository "deb [${' '.repeat(size)}"`)],
])('an answer to %s comes soon', { timeout: 20_000 }, (_what, text) => {
  const analysis = analyse(userData(text));
  const [found] = analysis.diagnostics;
  if (found !== undefined)
    fixesAt({ analysis, site: noSiteNames, chosenHost: undefined }, found.file, found.range);
  expect(analysis.documents.length).toBeGreaterThan(0);
});

test('an answer to a file of empty lines comes soon', { timeout: 20_000 }, () => {
  const content = JSON.stringify('\n'.repeat(200_000));
  const analysis = analyse(profile(`files: [{path: /etc/chrony/chrony.conf, content: ${content}}]`));
  expect(analysis.diagnostics).toEqual([]);
});
