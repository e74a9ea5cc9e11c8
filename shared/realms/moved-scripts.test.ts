import { describe, expect, test } from 'vitest';
import { analyse } from '../assist/fixes/fixes.test-support.ts';
import { moved, offered } from './moved.test-support.ts';
import { profile } from './testing/edge-site.ts';

const head = 'apiVersion: siteforge/v1\nkind: HostProfile\nmetadata: {name: edge}\n';

describe('a command in a script of a profile', () => {
  const script = (line: string, more = '') =>
    profile(
      `console: {video: true}\n${more}scripts:\n  # Asked for.\n  - name: a\n    content: |\n      #!/bin/sh\n      set -e\n      # Why.\n      ${line}`,
    );

  test.each([
    [
      'sysctl -w vm.swappiness=1',
      'sysctl',
      '  sysctl:\n    # Asked for.\n    # Why.\n    vm.swappiness: "1"\n',
    ],
    [
      'apt-get install -y jq nano',
      'packages.install',
      '  packages:\n    install:\n      # Asked for.\n      # Why.\n      - jq\n      - nano\n',
    ],
    [
      'systemctl disable apt-daily.timer',
      'systemd.disable',
      '  systemd:\n    disable:\n      # Asked for.\n      # Why.\n      - apt-daily.timer\n',
    ],
  ])('becomes its section: %s', (line, section, added) => {
    const after = moved(script(line), `Move “${line}” to “${section}”`);
    expect(after['profiles/edge.yaml']).toBe(`${head}spec:\n  console: {video: true}\n${added}`);
  });

  test('goes to the site, when it says what is stamped', () => {
    const after = moved(
      script('timedatectl set-timezone Europe/Berlin'),
      'Move “timedatectl set-timezone Europe/Berlin” to site.yaml',
    );
    expect(after['profiles/edge.yaml']).not.toContain('scripts');
  });

  test('gives its name servers to the site', () => {
    const line = 'echo "nameserver 10.20.0.2" > /etc/resolv.conf';
    const after = moved(script(line), `Move “${line}” to site.yaml`);
    expect(after['site.yaml']).toContain('servers: [10.20.0.1, "10.20.0.2"]');
    expect(after['profiles/edge.yaml']).not.toContain('scripts');
  });

  test.each([
    ['hostnamectl set-hostname wk-1', /No fix moves it: .* Take the command out\.$/],
    ['ip addr add 10.0.0.9/24 dev eno1', /No fix moves it: .* Write it there, and take the command out\.$/],
  ])('says what to do by hand of what is one host’s: %s', (line, why) => {
    expect(analyse(script(line)).diagnostics.map(({ message }) => message)).toEqual([
      expect.stringMatching(why),
    ]);
  });

  test('stays where it is, with the reason, when the section says otherwise', () => {
    const texts = script('sysctl -w vm.swappiness=1', 'sysctl: {vm.swappiness: 60}\n');
    expect(offered(texts, 'realm-other')).toEqual([]);
    expect(analyse(texts).diagnostics.map(({ message }) => message)).toEqual([
      expect.stringMatching(/it: profiles\/edge.yaml sets vm.swappiness to 60 already/),
    ]);
  });

  test.each([
    ['behind an alternative', 'sysctl -w vm.swappiness=1 || exit 1'],
    ['behind a way out', 'test -e /srv/a || exit 0\n      sysctl -w vm.swappiness=1'],
    ['in a condition', 'if test -e /srv/a; then\n      sysctl -w vm.swappiness=1\n      fi'],
    ['in a function', 'a() {\n      sysctl -w vm.swappiness=1\n      }'],
    ['behind what goes on', 'test -e /srv/a &&\n      sysctl -w vm.swappiness=1'],
    ['in a text of several lines', "echo 'a\n      sysctl -w vm.swappiness=1\n      b'"],
    ['behind what brings it', 'dpkg -i /srv/a.deb\n      systemctl enable a.service'],
    ['behind a source of packages', 'echo a > /etc/apt/preferences.d/x\n      apt-get install -y jq'],
    ['behind rules for devices', 'echo a | tee /etc/udev/rules.d/x.rules\n      modprobe overlay'],
    ['behind a unit', 'cat a > /etc/systemd/system/x.service\n      systemctl enable lldpd'],
  ])('stays where it does not stand alone: %s', (_name, lines) => {
    expect(offered(script(lines), 'realm-other')).toEqual([]);
  });

  test.each([
    ['cat > /etc/motd.tail <<EOF\n      a\n      EOF', 'sysctl -w vm.swappiness=1', 'to “sysctl”'],
    ['echo a > /etc/motd.tail', 'apt-get install -y jq', 'to “packages.install”'],
    ['echo a > /usr/local/sbin/a', 'modprobe overlay', 'to “kernel.modules.load”'],
    ['cp /srv/a /etc/a', 'timedatectl set-timezone Europe/Berlin', 'to site.yaml'],
  ])('goes out behind a file that it does not need: %s', (first, line, where) => {
    const after = moved(script(`${first}\n      ${line}`), `Move “${line}” ${where}`);
    expect(after['profiles/edge.yaml']).not.toContain(line);
    expect(after['profiles/edge.yaml']).toContain(first.replaceAll('\n', '\n  '));
  });

  test('a file that may be written twice stays', () => {
    const lines = 'cat a > /etc/sysctl.d/x.conf\n      echo vm.swappiness=1 >> /etc/sysctl.d/x.conf';
    const texts = script(lines);
    const analysis = analyse(texts);
    expect(analysis.diagnostics).toHaveLength(2);
    for (const { message } of analysis.diagnostics) expect(message).toContain('No fix moves it');
  });

  test('goes out of a script of more, with the comment that speaks of it', () => {
    const after = moved(
      script('sysctl -w vm.swappiness=1\n      # Space.\n      touch /srv/a'),
      'Move “sysctl -w vm.swappiness=1” to “sysctl”',
    );
    expect(after['profiles/edge.yaml']).toBe(
      `${head}spec:\n  console: {video: true}\n  scripts:\n    # Asked for.\n    - name: a\n      content: |\n        #!/bin/sh\n        set -e\n        # Space.\n        touch /srv/a\n  sysctl:\n    # Why.\n    vm.swappiness: "1"\n`,
    );
  });

  test('goes with its comment where lines end as in Windows', () => {
    const texts = script('sysctl -w vm.swappiness=1\n\n      touch /srv/a');
    const windows = {
      ...texts,
      'profiles/edge.yaml': (texts['profiles/edge.yaml'] ?? '').replaceAll('\n', '\r\n'),
    };
    const after = moved(windows, 'Move “sysctl -w vm.swappiness=1” to “sysctl”');
    expect(after['profiles/edge.yaml']).toContain('  sysctl:\r\n    # Why.\r\n    vm.swappiness');
  });

  test('leaves a comment that speaks of more than one line', () => {
    const after = moved(
      script('sysctl -w vm.swappiness=1\n      touch /srv/a'),
      'Move “sysctl -w vm.swappiness=1” to “sysctl”',
    );
    expect(after['profiles/edge.yaml']).toContain('        # Why.\n        touch /srv/a\n  sysctl:\n    vm.');
  });
});
