import { describe } from 'vitest';
import { judgeAll } from '../judge-specs.test-support.ts';

const folder = (path: string, mode: string) => `directories: [{path: "${path}", mode: "${mode}"}]`;
const permission = (path: string, mode: string) => `permissions: [{path: "${path}", mode: "${mode}"}]`;

describe('modes and names of folders', () => {
  judgeAll([
    [
      folder('/etc', '0750'),
      /^warning The mode 0750 shuts \/etc for every account but root’s: services with/,
    ],
    [permission('/usr/lib', '0700'), /^error The mode 0700 shuts \/usr\/lib .* they start no program/],
    [folder('/var/lib', '0750'), /^warning The mode 0750 shuts \/var\/lib/],
    [permission('/usr', '700'), /^error The mode 700 shuts \/usr/],
    [permission('/var/lib', '0711')],
    ['files: [{path: /etc, content: x}]', /^error \/etc is a folder of every system/],
    ['files: [{path: /var/log, content: x}]', /^error \/var\/log is a folder/],
    [folder('/', '0755'), /^error A path starts with \//],
    [folder('/tmp', '0777'), /^warning \/tmp is written by every account, .* 1777, not 0777/],
    [permission('/var/tmp', '0755'), /^warning \/var\/tmp is written/],
    [permission('/var/tmp', '1777')],
    [folder('/srv/a', '0640'), /^warning Without x .* 0640 its owner and its group can list names at most/],
    [folder('/srv/a', '744'), /^warning Without x .* its group and others can/],
    [folder('/srv/a', '2666'), /^warning Without x .* its owner, its group and others can/],
    [folder('/srv/a', '2750')],
    [folder('/srv/a', '0711')],
    [folder('/srv/a', '0000')],
    [permission('/srv/a', '0640')],
    [folder('/srv/a ', '0755'), /^warning A name in this path starts or ends with a blank: “\/srv\/a ”/],
    ['files: [{path: "/srv/a /b", content: x}]', /^warning A name in this path/],
    ['files: [{path: "/srv/a b", content: x}]'],
  ]);
});
