import { expect, test } from 'vitest';
import { validateText } from '../site/validate-text.ts';

const said = (body: string) =>
  validateText('user-data/a.yaml', `#cloud-config\n${body}\n`).map(
    ({ range, severity, message }) => `${range.start.line} ${severity} ${message}`,
  );

test.each([
  [
    'an end before other commands',
    'runcmd:\n- ls\n- exit 0\n- ls\n- exit 1\n- ls',
    /^4 warning All commands of runcmd are one/,
  ],
  [
    'another program in place of the shell',
    'bootcmd:\n- exec bash\n- ls',
    /^3 warning All commands of bootcmd are one/,
  ],
  [
    'waiting for itself',
    'runcmd:\n- cloud-init status --wait',
    /^3 warning .*waits for the end of the run that it is/,
  ],
  ['the same as a list', 'runcmd:\n- [cloud-init, status, -w]', /^3 warning .*waits for the end/],
  [
    'a misspelt verb',
    'runcmd:\n- systemctl daemon-reload && systemctl enabel a',
    /^3 warning .*“enabel”. Did you mean “enable”/,
  ],
  ['a verb of a list', 'runcmd:\n- [systemctl, --now, retsart, a]', /^3 warning .*Did you mean “restart”/],
  [
    'a container with a terminal',
    'runcmd:\n- docker run -it --rm debian ls',
    /^3 warning .*asks at a terminal/,
  ],
  ['a new password', 'runcmd:\n- sudo passwd root', /^3 warning sudo passwd root asks at a terminal/],
  ['an editor', 'runcmd:\n- fdisk /dev/sdb', /^3 warning .*asks at a terminal/],
])('warns of %s', (_what, body, finding) => {
  expect(said(body).filter((text) => !text.includes('realm'))).toEqual([expect.stringMatching(finding)]);
});

test.each([
  'runcmd:\n- ls\n- exit 0',
  'runcmd:\n- ls || exit 1\n- ls',
  'runcmd:\n- [exit, "0"]\n- ls',
  'runcmd:\n- exec > /var/log/a 2>&1\n- ls',
  'runcmd:\n- cloud-init status\n- cloud-init-per once a ls',
  'runcmd:\n- systemctl --user start a; systemctl list-timers; systemctl soft-reboot --help',
  'runcmd:\n- systemctl frobnicate a',
  'runcmd:\n- docker run --rm -d debian ls -t',
  'runcmd:\n- docker run -it -e A=1 -d debian ls',
  'runcmd:\n- docker exec -t a ls',
  'runcmd:\n- podman run -it debian ls',
  'runcmd:\n- passwd -l root',
  'runcmd:\n- fdisk -l',
  'runcmd:\n- printf "x\\n" | passwd root',
  'runcmd:\n- fdisk /dev/sdb < /root/layout',
  'runcmd:\n- ((var.first))\n- ls',
])('takes %j', (body) => expect(said(body)).toEqual([]));

test('answers soon for a text of many blanks', () => {
  const start = performance.now();
  said(`runcmd:\n- "exit${' '.repeat(200_000)}x"\n- ls`);
  expect(performance.now() - start).toBeLessThan(5000);
});
