import { describe } from 'vitest';
import { judgeAll } from '../judge-specs.test-support.ts';

const script = (content: string) => `scripts: [{name: a, content: ${JSON.stringify(content)}}]\n`;
const file = (content: string, mode = '0755') =>
  `files: [{path: /usr/local/bin/a, mode: "${mode}", content: ${JSON.stringify(content)}}]\n`;

describe('what starts a script', () => {
  judgeAll([
    [
      script('#!/usr/bin/python\n'),
      /^warning There is no \/usr\/bin\/python .* Did you mean “\/usr\/bin\/python3”\?/,
    ],
    [script('#!/usr/bin/env python\n'), /^warning There is no \/usr\/bin\/python /],
    [`${script('#!/usr/bin/python\n')}packages: {install: [python-is-python3]}`],
    [script('#!/bin/shh\n'), /^warning There is no \/bin\/shh .* Did you mean “\/bin\/sh”\?/],
    [script('#!/usr/bin/env pyhton3\n'), /Did you mean “\/usr\/bin\/python3”\?/],
    [script('#!/bin/zsh\n'), /^warning .* It comes with the package zsh/],
    [`${script('#!/bin/zsh\n')}packages: {install: [zsh]}`],
    [`${script('#!/usr/sbin/nft -f\n')}packages: {install: [nftables]}`],
    [script('#!/bin/bash -e -x\n'), /^error The kernel hands “-e -x” to \/bin\/bash as one argument/],
    [script('#!/bin/sh -e # strict\n'), /^error The kernel hands “-e # strict”/],
    [script('#!/usr/bin/env bash -e\n'), /^error .* env -S takes it apart/],
    [script('#!/bin/bash\r\nls\r\n'), /^error The lines end with CR and LF/],
    [file('#!/bin/bash\r\nls\r\n'), /^warning The lines end with CR and LF/],
    [file('#!/bin/bash -eu -o pipefail\n'), /^warning The kernel hands “-eu -o pipefail”/],
    [file('#!/bin/bash -eu -o pipefail\n', '0644')],
    [file('#! bin/sh\n'), /^warning After #! stands the absolute path/],
    [file('\n#!/bin/sh\n'), /^warning The kernel looks for #! in the first two bytes/],
    [file('#!/usr/bin/python\n', '0644')],
    ...[
      '#!/bin/sh',
      '#! /bin/bash -eu  ',
      '#!/usr/bin/env -S bash -e -x',
      '#!/usr/bin/env FOO=1',
      '#!/usr/bin/python3 -u',
      '#!/usr/bin/perl -w -T',
      '#!/usr/bin/awk -f',
      '#!/opt/tool/bin/run -a -b',
      '#!/usr/bin/mytool',
      '#!/usr/sbin/ip',
    ].map((line): [string] => [script(`${line}\n`)]),
  ]);
});

describe('login shells', () => {
  judgeAll([
    ['users: [{name: joe, shell: /bin/zsh}]', /^warning There is no \/bin\/zsh .* joe cannot log in/],
  ]);
});
