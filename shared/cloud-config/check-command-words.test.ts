import { describe, expect, test } from 'vitest';
import { validateText } from '../site/validate-text.ts';

const found = (command: string) => validateText('user-data/a.yaml', `#cloud-config\nruncmd:\n- ${command}\n`);

describe('a command that is a list', () => {
  test.each([
    ['[echo, x, ">", /tmp/y]', /^In a list “>” is no sign.*echo gets it/, "'echo x > /tmp/y'"],
    ['[ls, "|", wc]', /“\|” is no sign.*ls gets it/, "'ls | wc'"],
    ['[a, "&&", b]', /“&&” is no sign/, "'a && b'"],
    ['[ls, -l, "2>&1"]', /“2>&1” is no sign/, "'ls -l 2>&1'"],
    ['[grep, x, /etc/y, "|", wc]', /“\|” is no sign.*grep gets it/, "'grep x /etc/y | wc'"],
    ['[sudo, -E, ls, ";", pwd]', /“;” is no sign.*ls gets it/, "'sudo -E ls ; pwd'"],
    ['[find, /x, "|", wc]', /“\|” is no sign.*find gets it/, "'find /x | wc'"],
    ['[cloud-init-per, once, n, ls, ">", /x]', /“>” is no sign.*ls gets it/, undefined],
    ['[sudo mkdir /x]', /program with the name “sudo mkdir \/x”/, "'sudo mkdir /x'"],
    ['["ls -l"]', /program with the name “ls -l”/, "'ls -l'"],
    ['[/bin/ls -l, /x]', /program with the name “\/bin\/ls -l”/, "'/bin/ls -l /x'"],
    ['[A=1, ls]', /^In a list the shell takes “A=1” for the name of a program/, "'A=1 ls'"],
    ["[echo, \"it's $A\", '>', /x]", /“>” is no sign/, null],
    ['[sudo, -u, ops, "echo x > /y"]', /program with the name “echo x > \/y”/, null],
    ['[rm, -rf, /tmp/*]', /fills nothing in: rm looks for a file with the name “\/tmp\/\*”/, null],
    ['[sudo, chown, a, ~/x]', /chown looks for a file with the name “~\/x”/, null],
    ['[bash, -c, echo, hello]', /^bash -c takes the next word alone.*“echo” sees nothing/, null],
    ['[&a ls -l]', /program with the name “ls -l”/, null],
    ['- ls -l', /program with the name “ls -l”/, null],
  ])('is warned of signs and blanks that the shell does not see: %s', (command, message, mended) => {
    const [problem, ...others] = found(command);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ severity: 'warning', message: expect.stringMatching(message) });
    if (mended !== undefined) expect(problem?.fixes?.[0]?.newText ?? null).toBe(mended);
  });

  test.each([
    '[sh, -c, "a > b && c"]',
    '[grep, "|", /etc/x]',
    '[grep, -F, "|", /etc/x]',
    '[cut, -d, "|", -f, "1", /x]',
    '[find, /x, -exec, rm, "{}", ";"]',
    '[find, /x, -exec, rm, "{}", ";", -print]',
    '[test, a, ">", b]',
    '[dpkg, --compare-versions, a, ">", b]',
    '[nft, add, chain, ip, x, y, "{", type, filter, ";", "}"]',
    '[ssh, host, ls, "|", wc]',
    '[echo, ">"]',
    '[/opt/my program/run, x]',
    '[echo, "a b"]',
    '[env, A=1, ls]',
    '[sh, -c, "echo $1", _, x]',
    '[find, /x, -name, "*.y"]',
    '[sudo, -u, ops, ls]',
    'ls | wc > /x',
  ])('is let alone where the program takes them: %s', (command) => expect(found(command)).toEqual([]));
});

describe('a command that asks', () => {
  test.each([
    'apt-get install nginx',
    'apt-get update && sudo apt install nginx',
    '[apt-get, upgrade]',
    '[env, DEBIAN_FRONTEND=noninteractive, apt-get, install, x]',
  ])('is told: %s', (command) => {
    expect(found(command)).toMatchObject([
      { severity: 'warning', message: expect.stringMatching(/apt asks .* Add -y/) },
    ]);
  });

  test.each([
    'apt-get install -y nginx',
    'apt-get -qq install nginx',
    'apt install nginx -qy',
    'yes | apt install nginx',
    'apt-get update',
    '[apt-get, install, --yes, x]',
    "sh -c 'apt install x'",
    'apt-get install x\nwrite_files:\n- {path: /etc/apt/apt.conf.d/1, content: APT::Get::Assume-Yes 1}',
  ])('is not where it does not: %s', (command) => expect(found(command)).toEqual([]));
});
