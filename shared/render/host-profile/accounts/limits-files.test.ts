import { describe } from 'vitest';
import { judgeAll } from '../judge-specs.test-support.ts';

const file = (content: string, path = '/etc/security/limits.d/own.conf') =>
  `files: [{path: ${path}, content: ${JSON.stringify(content)}}]`;

describe('files of limits', () => {
  judgeAll([
    [file('* soft nofiles 1000\n'), /^warning There is no limit “nofiles”\. Did you mean “nofile”\?/],
    [
      file('* nofile 65536\n', '/etc/security/limits.conf'),
      /^warning pam_limits cannot read “\* nofile 65536”/,
    ],
    [file('* both nofile 65536\n'), /^warning The type of a limit is soft, hard or -, not “both”/],
    [file('* soft memlock 64G\n'), /^warning A limit is a whole number or unlimited, not “64G”/],
    [
      file(
        '# a\n\n@dpdk - memlock unlimited # all\nroot\thard\tnice -20\n@ops -\nftp hard chroot /srv/ftp\n',
      ),
    ],
    [file('* soft core -\n')],
    [
      file('x y\n', '/etc/security/limits.d/own'),
      /^warning .* is passed over: pam_limits reads what ends with/,
    ],
    [file('x y\n', '/etc/security/own')],
    ['limits: [{domain: "*", type: hard, item: nproc, value: 0}]', /^error With no process at all nobody/],
    ['limits: [{domain: "*", type: "-", item: nofile, value: 0}]', /^error With no open file at all nobody/],
    ['limits: [{domain: "*", type: hard, item: core, value: 0}]'],
  ]);
});
