import { describe, expect, test } from 'vitest';
import { analyse } from '../assist/fixes/fixes.test-support.ts';
import { repositoryKey } from '../render/host-profile/testing/load-profile.ts';
import { moved, offered } from './moved.test-support.ts';
import { certificate, edgeSite, profile, userData } from './testing/edge-site.ts';

const head = 'apiVersion: siteforge/v1\nkind: HostProfile\nmetadata: {name: edge}\n';

describe('moving', () => {
  test.each([
    [
      'packages into a list that is there, of those it has the comments alone',
      {
        'user-data/base.yaml':
          '#cloud-config\n# One.\nssh_pwauth: false\n\npackages:\n  - jq # why\n  # the wire\n  - tcpdump # for the day\n  - [nano, 7.2-1]\ndisable_root: true\n',
        'profiles/edge.yaml': `${head}spec:\n  packages:\n    install:\n      - jq\n      - tcpdump # for the day\n  banners: {motd: hello}\n`,
      },
      'Move “packages: jq, tcpdump, nano=7.2-1” to profiles/edge.yaml',
      {
        'user-data/base.yaml': '#cloud-config\n# One.\nssh_pwauth: false\n\ndisable_root: true\n',
        'profiles/edge.yaml': `${head}spec:\n  packages:\n    install:\n      # why\n      - jq\n      # the wire\n      - tcpdump # for the day\n      - nano=7.2-1\n  banners: {motd: hello}\n`,
      },
    ],
    [
      'packages into brackets',
      {
        'user-data/base.yaml': '#cloud-config\npackages: [nano]\nssh_pwauth: false\n',
        'profiles/edge.yaml': `${head}spec:\n  packages: {install: [jq]}\n`,
      },
      'Move “packages: nano” to profiles/edge.yaml',
      {
        'user-data/base.yaml': '#cloud-config\nssh_pwauth: false\n',
        'profiles/edge.yaml': `${head}spec:\n  packages: {install: [jq, nano]}\n`,
      },
    ],
    [
      'a kernel parameter into a section that is not there',
      {
        'user-data/base.yaml': '#cloud-config\nruncmd:\n  - [sysctl, -w, vm.swappiness=1]\n  - echo done\n',
        'profiles/edge.yaml': `${head}spec:\n  console: {video: true}\n`,
      },
      'Move “sysctl -w vm.swappiness=1” to profiles/edge.yaml',
      {
        'user-data/base.yaml': '#cloud-config\nruncmd:\n  - echo done\n',
        'profiles/edge.yaml': `${head}spec:\n  console: {video: true}\n  sysctl:\n    vm.swappiness: "1"\n`,
      },
    ],
    [
      'a module below an empty spec in braces',
      {
        'user-data/base.yaml': '#cloud-config\nssh_pwauth: false\nbootcmd:\n  - modprobe overlay\n',
        'profiles/edge.yaml': `${head}spec: {}\n`,
      },
      'Move “modprobe overlay” to profiles/edge.yaml',
      {
        'user-data/base.yaml': '#cloud-config\nssh_pwauth: false\n',
        'profiles/edge.yaml': `${head}spec: {kernel: {modules: {load: [overlay]}}}\n`,
      },
    ],
    [
      'a file of sysctl settings, with Windows line ends',
      {
        'user-data/base.yaml':
          '#cloud-config\r\nssh_pwauth: false\r\nwrite_files:\r\n  - path: /etc/sysctl.d/60-x.conf\r\n    permissions: "0644"\r\n    content: |\r\n      # swap\r\n      vm.swappiness = 1\r\n',
        'profiles/edge.yaml': `${head}spec:\n  sysctl:\n    net.ipv4.ip_forward: 1\n`.replaceAll(
          '\n',
          '\r\n',
        ),
      },
      'Move “/etc/sysctl.d/60-x.conf” to profiles/edge.yaml',
      {
        'user-data/base.yaml': '#cloud-config\r\nssh_pwauth: false\r\n',
        'profiles/edge.yaml':
          `${head}spec:\n  sysctl:\n    net.ipv4.ip_forward: 1\n    # swap\n    vm.swappiness: "1"\n`.replaceAll(
            '\n',
            '\r\n',
          ),
      },
    ],
    [
      'a file as it is',
      {
        'user-data/base.yaml':
          '#cloud-config\nssh_pwauth: false\nwrite_files:\n  - path: /etc/modprobe.d/x.conf\n    permissions: "0600"\n    content: |\n      install a /bin/false\n\n      blacklist c\n  - path: /srv/a\n    content: b\n',
        'profiles/edge.yaml': `${head}spec:\n  files:\n  - path: /srv/x\n    content: |\n      x\n\n  console: {video: true}\n`,
      },
      'Move “/etc/modprobe.d/x.conf” to profiles/edge.yaml',
      {
        'user-data/base.yaml':
          '#cloud-config\nssh_pwauth: false\nwrite_files:\n  - path: /srv/a\n    content: b\n',
        'profiles/edge.yaml': `${head}spec:\n  files:\n  - path: /srv/x\n    content: |\n      x\n  - path: /etc/modprobe.d/x.conf\n    mode: "0600"\n    content: |\n      install a /bin/false\n\n      blacklist c\n\n  console: {video: true}\n`,
      },
    ],
    [
      'a file with the comment above it and those between its lines, and not the heading of all',
      {
        'user-data/base.yaml':
          '#cloud-config\nwrite_files:\n  # Ours.\n  - path: /srv/a\n    content: b\n\n  # Cards that hang.\n  # Both of them.\n  - path: /etc/modprobe.d/x.conf # as the maker says\n    # Slow.\n    content: |\n      # one\n      options a b=1 # c\n',
        'profiles/edge.yaml': `${head}spec:\n  console: {video: true}\n`,
      },
      'Move “/etc/modprobe.d/x.conf” to profiles/edge.yaml',
      {
        'user-data/base.yaml': '#cloud-config\nwrite_files:\n  # Ours.\n  - path: /srv/a\n    content: b\n\n',
        'profiles/edge.yaml': `${head}spec:\n  console: {video: true}\n  files:\n    # Cards that hang.\n    # Both of them.\n    # as the maker says\n    # Slow.\n    - path: /etc/modprobe.d/x.conf\n      content: |\n        # one\n        options a b=1 # c\n`,
      },
    ],
    [
      'the first file of several with the comment that touches it, and not the heading a blank line above',
      {
        'user-data/base.yaml':
          '#cloud-config\n# What is written.\nwrite_files:\n  # All of them.\n\n  # Cards that hang.\n  - path: /etc/modprobe.d/x.conf\n    content: |\n      options a b=1\n  - path: /srv/a\n    content: b\n',
        'profiles/edge.yaml': `${head}spec:\n  console: {video: true}\n`,
      },
      'Move “/etc/modprobe.d/x.conf” to profiles/edge.yaml',
      {
        'user-data/base.yaml':
          '#cloud-config\n# What is written.\nwrite_files:\n  # All of them.\n\n  - path: /srv/a\n    content: b\n',
        'profiles/edge.yaml': `${head}spec:\n  console: {video: true}\n  kernel:\n    modules:\n      options:\n        # Cards that hang.\n        a: b=1\n`,
      },
    ],
    [
      'each of several packages with its comments',
      {
        'user-data/base.yaml':
          '#cloud-config\nssh_pwauth: false\n# All.\npackages:\n  # Tables.\n  - jq # both\n  # Small.\n  - nano\n  # Last.\n',
        'profiles/edge.yaml': `${head}spec:\n  console: {video: true}\n`,
      },
      'Move “packages: jq, nano” to profiles/edge.yaml',
      {
        'user-data/base.yaml': '#cloud-config\nssh_pwauth: false\n  # Last.\n',
        'profiles/edge.yaml': `${head}spec:\n  console: {video: true}\n  packages:\n    install:\n      # All.\n      # Tables.\n      # both\n      - jq\n      # Small.\n      - nano\n`,
      },
    ],
    [
      'a file of modules to refuse, and their options, with its comments',
      {
        'user-data/base.yaml':
          '#cloud-config\nssh_pwauth: false\nwrite_files:\n  - path: /etc/modprobe.d/x.conf # old cards\n    content: |\n      # Beeps.\n      blacklist pcspkr\n      options bonding max_bonds=0\n      # Slow.\n      options bonding mode=1\n      blacklist floppy\n      # End.\n',
        'profiles/edge.yaml': `${head}spec:\n  kernel:\n    modules:\n      blacklist: [floppy]\n`,
      },
      'Move “/etc/modprobe.d/x.conf” to profiles/edge.yaml',
      {
        'user-data/base.yaml': '#cloud-config\nssh_pwauth: false\n',
        'profiles/edge.yaml': `${head}spec:\n  kernel:\n    modules:\n      # old cards\n      # Beeps.\n      # End.\n      blacklist: [floppy, pcspkr]\n      options:\n        # Slow.\n        bonding: max_bonds=0 mode=1\n`,
      },
    ],
    [
      'a file of limits',
      {
        'user-data/base.yaml':
          '#cloud-config\nssh_pwauth: false\nwrite_files:\n  - path: /etc/security/limits.d/x.conf\n    content: |\n      # Databases.\n      * soft nofile 65536\n      @db - memlock unlimited\n',
        'profiles/edge.yaml': `${head}spec:\n  console: {video: true}\n`,
      },
      'Move “/etc/security/limits.d/x.conf” to profiles/edge.yaml',
      {
        'user-data/base.yaml': '#cloud-config\nssh_pwauth: false\n',
        'profiles/edge.yaml': `${head}spec:\n  console: {video: true}\n  limits:\n    # Databases.\n    - domain: "*"\n      type: soft\n      item: nofile\n      value: "65536"\n    - domain: "@db"\n      type: "-"\n      item: memlock\n      value: unlimited\n`,
      },
    ],
    [
      'a repository with its key',
      {
        'user-data/base.yaml': `#cloud-config\nssh_pwauth: false\napt:\n  # Ours.\n  sources:\n    Edge_1.list: # by hand\n      source: "deb [arch=amd64 signed-by=$KEY_FILE] http://p.example/debian bookworm main contrib"\n      key: |\n${repositoryKey.trimEnd().replace(/^(?=.)/gm, '        ')}\n`,
        'profiles/edge.yaml': `${head}spec:\n  console: {video: true}\n`,
      },
      'Move “apt source Edge_1.list” to profiles/edge.yaml',
      {
        'user-data/base.yaml': '#cloud-config\nssh_pwauth: false\n',
        'profiles/edge.yaml': `${head}spec:\n  console: {video: true}\n  repositories:\n    # Ours.\n    # by hand\n    - name: edge-1\n      uri: http://p.example/debian\n      suites: [bookworm]\n      components: [main, contrib]\n      key: |\n${repositoryKey.trimEnd().replace(/^(?=.)/gm, '        ')}\n`,
      },
    ],
    [
      'a repository that one of the distribution’s keys signs, without what stands beside it',
      {
        'user-data/base.yaml':
          '#cloud-config\nssh_pwauth: false\napt:\n  sources:\n    edge:\n      source: deb http://p.example/k /\n  preserve_sources_list: true\n',
        'profiles/edge.yaml': `${head}spec:\n  console: {video: true}\n`,
      },
      'Move “apt source edge” to profiles/edge.yaml',
      {
        'user-data/base.yaml': '#cloud-config\nssh_pwauth: false\napt:\n  preserve_sources_list: true\n',
        'profiles/edge.yaml': `${head}spec:\n  console: {video: true}\n  repositories:\n    - name: edge\n      uri: http://p.example/k\n      suites: [/]\n`,
      },
    ],
    [
      'packages with the comment above them',
      {
        'user-data/base.yaml':
          '#cloud-config\nssh_pwauth: false\n# What support asks for.\npackages:\n  - jq\n  - nano # small\n',
        'profiles/edge.yaml': `${head}spec:\n  packages:\n    install:\n      - jq\n      - tcpdump\n`,
      },
      'Move “packages: jq, nano” to profiles/edge.yaml',
      {
        'user-data/base.yaml': '#cloud-config\nssh_pwauth: false\n',
        'profiles/edge.yaml': `${head}spec:\n  packages:\n    install:\n      - jq\n      - tcpdump\n      # What support asks for.\n      # small\n      - nano\n`,
      },
    ],
  ])('%s', (_name, before, title, after) => {
    expect(moved({ ...edgeSite, ...before }, title)).toEqual({ ...edgeSite, ...after });
  });

  test.each([
    ['[modprobe overlay, echo done]', '[echo done]'],
    ['[echo done, [modprobe, overlay]]', '[echo done]'],
    ['[ a, "modprobe overlay", b ]', '[ a, b ]'],
    ['[\n  a,\n  modprobe overlay,\n  b,\n]', '[\n  a,\n  b,\n]'],
    ['[\n  a,\n  modprobe overlay,\n]', '[\n  a,\n]'],
  ])('a command out of brackets: %j', (before, after) => {
    const texts = userData(`ssh_pwauth: false\nruncmd: ${before}`);
    expect(moved(texts, 'Move “modprobe overlay” to profiles/edge.yaml')['user-data/base.yaml']).toBe(
      `#cloud-config\nssh_pwauth: false\nruncmd: ${after}\n`,
    );
  });

  test('a file out of braces, and into them', () => {
    const path = '/etc/udev/rules.d/70-x.rules';
    const file = `{path: ${path}, permissions: "0600", content: 'KERNEL=="a", NAME="b"'}`;
    const texts = {
      ...profile('files: [{path: /srv/b, content: x}]'),
      'user-data/base.yaml': `#cloud-config\nwrite_files: [${file}, {path: /srv/a, content: b}]\n`,
    };
    const after = moved(texts, `Move “${path}” to profiles/edge.yaml`);
    expect(after['user-data/base.yaml']).toBe('#cloud-config\nwrite_files: [{path: /srv/a, content: b}]\n');
    expect(after['profiles/edge.yaml']).toContain(
      `files: [{path: /srv/b, content: x}, {path: ${path}, mode: "0600", content: "KERNEL==\\"a\\", NAME=\\"b\\""}]`,
    );
  });

  const site = edgeSite['site.yaml'] ?? '';
  test.each([
    [
      '/etc/systemd/timesyncd.conf',
      '[Time]\n# ours\nNTP=ntp-1.edge.example 10.20.0.2',
      '  ntp:\n    servers:\n      # ours\n      - ntp-1.edge.example\n      - "10.20.0.2"\n',
    ],
    ['/etc/systemd/resolved.conf.d/x.conf', '[Resolve]\nDomains=edge.example', null],
    ['/etc/timezone', 'Europe/Berlin', ''],
    ['/etc/ntp.conf', 'server ntp-1.edge.example', '  ntp:\n    servers:\n      - ntp-1.edge.example\n'],
    ['/etc/default/locale', 'LANG="C.UTF-8"', '  locale: C.UTF-8\n'],
    [
      '/etc/environment',
      'http_proxy=http://p.example:3128\nHTTP_PROXY="http://p.example:3128"\nno_proxy=a.example,b.example',
      '  proxies:\n    http: http://p.example:3128\n    noProxy:\n      - a.example\n      - b.example\n',
    ],
  ])('a file of all hosts from user-data to the site: %s', (path, content, added) => {
    const file = `  - path: ${path}\n    content: |\n${content.replace(/^/gm, '      ')}\n`;
    const texts = userData(`write_files:\n  - {path: /srv/a, content: b}\n${file.trimEnd()}`);
    const after = moved(texts, `Move “${path}” to site.yaml`);
    expect(after['user-data/base.yaml']).toBe(
      '#cloud-config\nwrite_files:\n  - {path: /srv/a, content: b}\n',
    );
    expect(after['site.yaml']).toBe(
      added === null ? site.replace('[10.20.0.1]', '[10.20.0.1], search: [edge.example]') : site + added,
    );
  });

  test.each([
    [
      '/etc/chrony/conf.d/site.conf',
      'server ntp-1.edge.example iburst\npool time.edge.example',
      '  ntp:\n    servers:\n      - ntp-1.edge.example\n    pools:\n      - time.edge.example\n',
    ],
    [
      '/etc/apt/apt.conf.d/90proxy',
      'Acquire::http::Proxy "http://proxy.edge.example:3128";',
      '  proxies:\n    http: http://proxy.edge.example:3128\n',
    ],
  ])('a file of all hosts from the profile to the site: %s', (path, content, added) => {
    const texts = profile(
      `console: {video: true}\nfiles:\n  - path: ${path}\n    content: |\n${content.replace(/^/gm, '      ')}\n`,
    );
    expect(moved(texts, `Move “${path}” to site.yaml`)['site.yaml']).toBe(site + added);
  });

  test.each([
    ['/etc/systemd/timesyncd.conf', '[Time]\nNTP=a.example\nPollIntervalMaxSec=60'],
    ['/etc/chrony/conf.d/x.conf', 'server a.example key 3'],
    ['/etc/systemd/resolved.conf', '[Resolve]\nDNS=10.0.0.1#dns.example'],
    ['/etc/systemd/resolved.conf', '[Resolve]\nDNS=10.0.0.1\nDomains=~.'],
    ['/etc/apt/apt.conf.d/90x', 'Acquire::http::Proxy "http://p:1";\nAcquire::Retries "3";'],
  ])('stays where site.yaml has no word for it, or another: %s', (path, content) => {
    const texts = profile(
      `console: {video: true}\nfiles:\n  - path: ${path}\n    content: |\n${content.replace(/^/gm, '      ')}\n`,
    );
    expect(offered(texts, 'realm-other')).toEqual([]);
  });

  test.each([
    ['timedatectl set-timezone Europe/Berlin', 'runcmd:\n  - timedatectl set-timezone Europe/Berlin', 1],
    ['a file', 'write_files:\n  - {path: /etc/default/locale, content: LANG=C.UTF-8}', 0],
  ])('not to the site what only some hosts receive: %s', (_name, text, notes) => {
    const other = (edgeSite['hosts/wk-1.yaml'] ?? '')
      .replaceAll('wk-1', 'wk-2')
      .replaceAll('.11', '.12')
      .replace('01:11', '01:12')
      .replace('userData: [base]', 'userData: []');
    const texts = { ...userData(`ssh_pwauth: false\n${text}`), 'hosts/wk-2.yaml': other };
    const why = expect.stringMatching(/No fix moves it: not every host receives this fragment\.$/);
    expect(analyse(texts).diagnostics.map(({ message }) => message)).toEqual(Array(notes).fill(why));
    if (notes > 0) expect(offered(texts, 'realm-other')).toEqual([]);
  });

  test('the time zone of a command to the site, unless that has another', () => {
    const command = (zone: string) =>
      userData(`ssh_pwauth: false\nruncmd:\n  - timedatectl set-timezone ${zone}`);
    const after = moved(
      command('Europe/Berlin'),
      'Move “timedatectl set-timezone Europe/Berlin” to site.yaml',
    );
    expect(after).toEqual(edgeSite);
    expect(offered(command('UTC'), 'realm-other')).toEqual([]);
    expect(offered(command('Europe/Berlin --no-ask-password'), 'realm-other')).toEqual([]);
  });

  test('a certificate and keys to the site', () => {
    const texts = profile(
      `console: {video: true}\nfiles:\n  - path: /usr/local/share/ca-certificates/edge.crt\n    content: |\n${certificate.trimEnd().replace(/^/gm, '      ')}\n`,
    );
    const after = moved(texts, 'Move “/usr/local/share/ca-certificates/edge.crt” to site.yaml');
    expect(after['profiles/edge.yaml']).toBe(
      `${head}spec:\n  console: {video: true}\n`.replace(/\n$/, '\n  \n'),
    );
    expect(after['site.yaml']).toContain(
      '  trustedCAs:\n    - name: edge\n      certificate: |\n        -----BEGIN CERTIFICATE-----\n',
    );
  });
});
