import { describe } from 'vitest';
import { judgeAll } from '../judge-specs.test-support.ts';

const file = (...lines: string[]) =>
  `files: [{path: /etc/sudoers.d/ops, mode: "0440", content: ${JSON.stringify(`${lines.join('\n')}\n`)}}]`;

describe('files of sudoers.d', () => {
  judgeAll([
    [file('joe ALL=(ALL) NOPASWD: ALL'), /^warning sudo cannot read this rule/],
    [file('# who', 'joe ALL=(ALL) NOPASSWD ALL'), /^warning sudo cannot read this rule/],
    [file('ALL=(ALL) NOPASSWD:ALL'), /^warning sudo cannot read this rule/],
    [
      file(
        '# who may',
        'Defaults:joe !requiretty, secure_path="/usr/sbin:/usr/bin"',
        'User_Alias OPS = joe, ann',
        'Cmnd_Alias NET = /usr/sbin/ip, \\',
        '  /usr/sbin/ss',
        '@includedir /etc/sudoers.d/more',
        '',
        'OPS ALL = NET',
        '%sudo ALL=(ALL:ALL) ALL',
        'joe,ann ALL=(root) NOPASSWD: /usr/bin/systemctl restart kubelet, SETENV: /usr/bin/env',
        '#1000 ALL=(ALL) ALL',
        '%#27 ALL=ALL',
        '"joe smith" ALL=(ALL) ALL',
        'joe ALL=(ALL) NOPASSWD: ALL # until spring',
        'ann ALL=(#1001) ALL\t# as the account 1001',
      ),
    ],
  ]);
});
