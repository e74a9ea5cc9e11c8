import { expect, test } from 'vitest';
import { validateText } from '../site/validate-text.ts';

const found = (command: string) =>
  validateText('user-data/a.yaml', `#cloud-config\nruncmd:\n- ${JSON.stringify(command)}\n`);

test.each([
  ['set -o pipefail', /no “set -o pipefail”.*nor any after it/],
  ['set -euo pipefail; ls', /no “set -o pipefail”/],
  ['#!/bin/bash\nset -eux -o pipefail\nls', /no “set -o pipefail”/],
  ['a=(1 2)', /no arrays/],
  ['diff <(ls /a) <(ls /b)', /in the place of a file/],
  ['cat <<< a', /no <<</],
  ['ls |& cat', /no \|&/],
  ['function f { ls; }', /no “function”/],
  ['function f() { ls; }', /no “function”/],
  ['for ((i=0;i<3;i++)); do ls; done', /no “for \(\(”/],
  [`echo "\${v//b/c}"`, /alone\. As it stands, neither/],
  [`echo \${v:0:1}`, /alone/],
  [`echo \${v^^}`, /alone/],
  [`echo \${!v}`, /alone/],
  [`echo \${a[0]}`, /alone/],
  ['[[ -f /x ]] && ls', /no \[\[.*does not do/],
  ['if [[ 1 -lt 2 ]]; then ls; fi', /no \[\[/],
  ['if [ "$a" == b ]; then ls; fi', /a single =/],
  ['source /etc/profile', /no “source”/],
  ['cd /x && source env.sh', /no “source”/],
  ['pushd /x', /no such command/],
  ['ls &> /dev/null', /in the background/],
  ['for i in {1..3}; do ls; done', /no braces/],
  ['mkdir -p /x/{a,b}', /no braces/],
  ['curl -O https://a.example/b; rm {b,c}', /no braces/],
])('warns of %j, which dash does not know', (command, message) => {
  expect(found(command)).toMatchObject([{ severity: 'warning', message: expect.stringMatching(message) }]);
});

test('writes a dot for “source”', () => {
  expect(found('source /etc/profile')[0]?.fixes).toMatchObject([{ newText: '. /etc/profile' }]);
});

test.each([
  '. /etc/profile',
  'set -eu; set -o errexit',
  'bash -c "set -o pipefail; a | b"',
  "bash -c 'source /x; [[ -f /x ]]; a=(1 2); cat <(ls)'",
  'bash <<EOF\na=(1 2)\nEOF',
  `echo \${v:-x} \${v##*/} \${#v} \${v%.*} \${v:+y} \${v:=z} $((1 + 2))`,
  'f() { ls; }; f',
  '[ "$a" = b ] && ls',
  'ls > /dev/null 2>&1',
  'ls >/dev/null 2>&1 & wait',
  'find / -name x -exec rm {} +',
  "awk '{print $1}' /x | grep -E 'a{1,3}'",
  `echo \\\${a[0]} [[:alpha:]]`,
  'grep "[[:space:]]" /x # [[ a ]]',
  'case $x in (a) ls;; b) ls;; esac',
  'curl -d {} https://a.example/{id}',
  'curl -fO https://a.example/{b,c}.deb',
  '(cd /x && ls) || { ls; }',
  'echo source /x; apt-get source x',
  'a=$(ls); b=`ls`',
  'test -e /x || ls',
  'printf "%s" "{a,b}"',
  'jq .a[0] /x.json',
])('takes %j', (command) => expect(found(command)).toEqual([]));
