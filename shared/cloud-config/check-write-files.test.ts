import { expect, test } from 'vitest';
import { validateText } from '../site/validate-text.ts';

const found = (body: string) =>
  validateText('user-data/a.yaml', `#cloud-config\n${body}\n`).filter(({ severity }) => severity !== 'info');
const users = 'users: [{name: ops}, {name: db, homedir: /srv/db}]\n';

test.each([
  [
    'a file in a home folder that is not made yet',
    `${users}write_files: [{path: /home/ops/.bashrc, content: x}]`,
    /makes \/home\/ops before the account “ops” is made/,
  ],
  [
    'the same in another place',
    `${users}write_files: [{path: /srv/db/x, content: x}]`,
    /makes \/srv\/db before the account “db”/,
  ],
  [
    'a group that is not made yet',
    'groups: [{app: [root]}]\nwrite_files: [{path: /etc/app, content: x, owner: "root:app"}]',
    /“app” is made after files are written/,
  ],
  [
    'an owner that is a number',
    'write_files: [{path: /etc/app, content: x, owner: "0:0"}]',
    /cloud-init finds no account “0:0”/,
  ],
  [
    'rules of sudo that everybody may write',
    'write_files: [{path: /etc/sudoers.d/ops, content: x, permissions: "0666"}]',
    /sudo reads no file that everybody may write/,
  ],
  [
    'a hash for a password in plain text',
    `chpasswd: {users: [{name: ops, type: text, password: "$6$saltsalt$${'a'.repeat(86)}"}]}`,
    /makes the hash itself the password/,
  ],
  [
    'a home folder by its sign',
    'write_files: [{path: ~/x, content: x}]',
    /\/~\/x\. cloud-init fills in no ~/,
  ],
])('warns of %s', (_what, body, message) => {
  expect(found(body)).toMatchObject([{ severity: 'warning', message: expect.stringMatching(message) }]);
});

test('puts no slash before what a shell would fill in', () => {
  expect(found('write_files: [{path: $HOME/x, content: x}]')[0]?.fixes).toBeUndefined();
  expect(found('write_files: [{path: etc/x, content: x}]')[0]?.fixes).toMatchObject([{ newText: '/etc/x' }]);
});

test.each([
  `${users}write_files: [{path: /home/ops/.bashrc, content: x, owner: ops, defer: true}]`,
  'groups: [docker]\nwrite_files: [{path: /etc/docker/a, content: x, owner: "root:docker"}]',
  'users: [{name: www-data}]\nwrite_files: [{path: /etc/app, content: x, owner: www-data}]',
  'write_files: [{path: /etc/app, content: x, owner: "root:-1"}]',
  `${users}write_files: [{path: /home/opsy/x, content: x}]`,
  'write_files: [{path: /etc/sudoers.d/ops, content: x, permissions: "0440"}]',
  'users: [{name: db, system: true, homedir: /var/lib/db}]\nwrite_files: [{path: /var/lib/db/x, content: x}]',
  'users: [{name: db, no_create_home: true, homedir: /srv/db}]\nwrite_files: [{path: /srv/db/x, content: x}]',
  'users: [{name: db, homedir: /opt}]\nwrite_files: [{path: /opt/x, content: x}]',
  'write_files:\n- path: /a\n  encoding: gzip\n  content: !!binary |\n    H4sIAAAAAAAAA0vMBwC1Mg==',
])('takes %s', (body) => expect(found(body)).toEqual([]));
