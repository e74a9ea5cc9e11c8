import { describe, expect, test } from 'vitest';
import { validateText } from '../site/validate-text.ts';
import { createSourceText, offsetAt } from '../source/source-text.ts';

/** The line, severity and message of each finding. */
function said(body: string): string[] {
  return validateText('user-data/a.yaml', `#cloud-config\n${body}\n`).map(
    ({ range, severity, message }) => `${range.start.line} ${severity} ${message}`,
  );
}

const script = (more: string) => `write_files:\n- {path: /opt/x.sh, content: "#!/bin/sh\\n"${more}}\n`;

describe('commands', () => {
  test.each([
    [
      'a quote that spoils the others',
      'runcmd:\n- echo "it\'s\n- ls',
      /^3 warning The quote " is not closed/,
    ],
    ['the same in bootcmd', "bootcmd:\n- echo it's", /^3 warning The quote ' is not closed/],
    ['the quotes of a word processor', 'runcmd:\n- echo “hi”', /^3 warning To a shell “ is a letter/],
    [
      'a misspelt frequency',
      'bootcmd:\n- [cloud-init-per, onece, a, ls]',
      /^3 warning cloud-init-per knows once.*Did you mean “once”/,
    ],
    [
      'a frequency without a name',
      'bootcmd:\n- [cloud-init-per, once, ls]',
      /^3 warning cloud-init-per takes how often, a name/,
    ],
    [
      'a script that nobody may start',
      `${script('')}runcmd:\n- /opt/x.sh -v`,
      /^5 warning \/opt\/x.sh is not/,
    ],
    [
      'another script that is made executable',
      `${script('')}runcmd:\n- chmod +x /opt/max.sh\n- /opt/x.sh`,
      /^6 warning \/opt\/x.sh is not/,
    ],
    [
      'the same as a list, with sudo',
      `${script(", permissions: '0644'")}runcmd:\n- [sudo, /opt/x.sh]`,
      /^5 warning \/opt\/x.sh is not/,
    ],
  ])('warns of %s', (_what, body, finding) => {
    expect(said(body)).toEqual([expect.stringMatching(finding)]);
  });

  test.each([
    ['quotes in words of a list', 'runcmd:\n- [echo, "it\'s"]'],
    ['a known frequency', 'bootcmd:\n- [cloud-init-per, once, a, ls]'],
    ['a script with its permissions', `${script(", permissions: '0755'")}runcmd:\n- /opt/x.sh`],
    ['permissions as Python writes them', `${script(", permissions: '0o755'")}runcmd:\n- /opt/x.sh`],
    ['a script that is made executable', `${script('')}runcmd:\n- chmod +x /opt/x.sh\n- /opt/x.sh`],
    ['scripts that a pattern makes executable', `${script('')}runcmd:\n- chmod +x /opt/*.sh\n- /opt/x.sh`],
    ['a folder that is gone through', `${script('')}runcmd:\n- [chmod, -R, a+x, /opt]\n- /opt/x.sh`],
    ['a name in quotes', `${script('')}runcmd:\n- cd /opt && /bin/chmod 755 'x.sh'\n- /opt/x.sh`],
    ['a script that a shell reads', `${script('')}runcmd:\n- sh /opt/x.sh\n- [bash, /opt/x.sh]`],
    ['a program that is not of this document', `${script('')}runcmd:\n- /opt/y.sh`],
  ])('says nothing of %s', (_what, body) => expect(said(body)).toEqual([]));
});

describe('a command that YAML takes for a mapping', () => {
  const mended = (body: string) => {
    const text = `#cloud-config\n${body}\n`;
    const [found, ...others] = validateText('user-data/a.yaml', text);
    expect(others).toEqual([]);
    expect(found?.severity).toBe('error');
    const fix = found?.fixes?.[0];
    if (fix === undefined) return undefined;
    const source = createSourceText('user-data/a.yaml', text);
    const { start, end } = fix.range;
    return text.slice(0, offsetAt(source, start)) + fix.newText + text.slice(offsetAt(source, end));
  };

  test.each([
    ['runcmd:\n- echo a: b  # said', "runcmd:\n- 'echo a: b'  # said"],
    ['bootcmd:\n- echo "it\'s a: b"\n- ls', "bootcmd:\n- 'echo \"it''s a: b\"'\n- ls"],
    ['runcmd:\n- echo done:', "runcmd:\n- 'echo done:'"],
    ['runcmd:\n- printf a: "b # c"', 'runcmd:\n- \'printf a: "b # c"\''],
  ])('%s is put in quotes', (body, expected) => {
    const text = mended(body);
    expect(text).toBe(`#cloud-config\n${expected}\n`);
    expect(validateText('user-data/a.yaml', text ?? '')).toEqual([]);
  });

  test('the words of a list as well', () => {
    const [found] = validateText('user-data/a.yaml', '#cloud-config\nruncmd:\n- [sh, -c, echo a: b]\n');
    expect(found?.fixes?.[0]?.newText).toBe("'echo a: b'");
  });

  test.each(['runcmd:\n- {echo a: b}', 'runcmd:\n- echo: a', 'runcmd:\n- echo a:\n    b: c'])(
    'what was meant as one is left: %s',
    (body) => expect(mended(body)).toBeUndefined(),
  );
});

const hash = (length: number) => `$6$saltsalt$${'a'.repeat(length)}`;

describe('accounts', () => {
  test.each([
    [
      'a number that is taken',
      'users:\n- {name: a, uid: 1000}\n- {name: b, uid: "1000"}',
      /^4 warning The number 1000 is that of “a” in line 3/,
    ],
    [
      'groups without commas',
      'users:\n- {name: a, groups: sudo adm}',
      /^3 warning “sudo adm” is taken for one/,
    ],
    [
      'two groups in one item',
      'users:\n- {name: a, groups: [adm, "b,c"]}',
      /^3 warning “b,c” is taken for one/,
    ],
    [
      'a hash that is cut short',
      `users:\n- {name: a, lock_passwd: false, passwd: ${hash(85)}}`,
      /^3 warning The hash is cut short/,
    ],
    [
      'a password that is locked by itself',
      `users:\n- {name: a, passwd: ${hash(86)}}`,
      /^3 info “a” has a password, and cloud-init locks it/,
    ],
    [
      'a password that is locked on purpose',
      `users:\n- {name: a, lock_passwd: yes, passwd: ${hash(86)}}`,
      /^3 info “a” has a password, and cloud-init locks it/,
    ],
  ])('tells of %s', (_what, body, finding) => {
    expect(said(body)).toEqual([expect.stringMatching(finding)]);
  });

  test.each([
    ['numbers that differ', 'users:\n- {name: a, uid: 1000}\n- {name: b, uid: 1001}'],
    ['groups with commas', 'users:\n- {name: a, groups: "sudo, adm"}'],
    ['whole hashes', `users:\n- {name: a, lock_passwd: false, passwd: ${hash(86)}}`],
    [
      'a hash of yescrypt',
      `users:\n- {name: a, lock_passwd: no, hashed_passwd: $y$j9T$${'a'.repeat(22)}$${'b'.repeat(43)}}`,
    ],
    ['an account that is locked for good', 'users:\n- {name: a, passwd: "!"}'],
  ])('says nothing of %s', (_what, body) => expect(said(body)).toEqual([]));
});

describe('files', () => {
  const owned = (more: string) =>
    `users:\n- name: bob\nwrite_files:\n- {path: /a, content: x, owner: "bob:adm"${more}}`;

  test('belong to nobody who is made later, unless they wait', () => {
    expect(said(owned(''))).toEqual([
      expect.stringMatching(/^5 warning “bob” is made after files are written/),
    ]);
    expect(said(owned(', defer: true'))).toEqual([]);
    expect(said(owned('').replace('/a', '/home/bob/a'))).toHaveLength(1);
    expect(said('users:\n- name: bob\nwrite_files:\n- {path: /a, content: x, owner: "root:adm"}')).toEqual(
      [],
    );
  });

  test('are no scripts with line ends of Windows', () => {
    const file = (content: string) => `write_files:\n- {path: /a, content: "${content}"}`;
    expect(said(file('#!/bin/sh\\r\\nls\\r\\n'))).toEqual([expect.stringMatching(/^3 warning .*CR and LF/)]);
    expect(said(file('a: b\\r\\n'))).toEqual([]);
  });
});

test.each(['ALL=(ALL) NOPASSWD ALL', 'ALL=NOPASWD:ALL', 'ALL=(ALL:ALL) ALL /bin/ls', 'ALL=(ALL)'])(
  'tells of the rule %s, which sudo cannot read',
  (rule) => {
    expect(said(`users:\n- {name: a, sudo: "${rule}"}`)).toEqual([
      expect.stringMatching(/^3 warning A rule of sudo/),
    ]);
  },
);

describe('a file whose name its folder passes over', () => {
  const file = (path: string) => said(`write_files:\n- {path: ${path}, content: a}`);

  test.each([
    ['/etc/cron.d/backup.job', 'cron'],
    ['/etc/cron.daily/backup.sh', 'cron'],
    ['/etc/sudoers.d/john.doe', 'sudo'],
    ['/etc/sysctl.d/99-forward', 'systemd-sysctl'],
    ['/etc/modprobe.d/blacklist', 'modprobe'],
    ['/etc/netplan/60-more.yml', 'netplan'],
    ['/etc/systemd/network/10-eth0.conf', 'systemd-networkd'],
    ['/etc/apt/sources.list.d/ours', 'apt'],
    ['/etc/profile.d/proxy', 'the shell'],
  ])('is told: %s', (path, reader) => {
    expect(file(path)).toEqual([expect.stringMatching(`^3 warning Nothing reads .* ${reader} takes names`)]);
  });

  test.each([
    '/etc/cron.hourly/backup-job',
    '/etc/sudoers.d/90-admins',
    '/etc/sysctl.d/99-forward.conf',
    '/etc/netplan/60-more.yaml',
    '/etc/netplan/60-more.yaml.bak',
    '/etc/systemd/network/10-eth0.network',
    '/etc/systemd/network/10-eth0.network.d/a.conf',
    '/etc/apt/sources.list.d/ours.sources',
    '/opt/backup.job',
  ])('but not %s', (path) => expect(file(path)).toEqual([]));
});

describe('values that programs refuse', () => {
  const source = (text: string) => `apt:\n  sources:\n    a.list: {${text}}`;
  test.each([
    ['a word for a locale', 'locale: english', /^2 warning “english” is no locale/],
    [
      'a source without “deb”',
      source('source: "http://192.0.2.1 bookworm main"'),
      /^4 warning A source starts with/,
    ],
    ['a key that is no fingerprint', source('keyid: XYZ'), /^4 warning “XYZ” is no fingerprint/],
    [
      'an unknown client',
      'ntp: {enabled: true, ntp_client: chronyd}',
      /^2 warning cloud-init knows the clients/,
    ],
    [
      'an unknown file system',
      'fs_setup:\n- {device: /dev/sdb, filesystem: ext5}',
      /^3 warning There is no mkfs.ext5/,
    ],
    [
      'a label that is too long',
      'fs_setup:\n- {device: /dev/sdb, filesystem: xfs, label: a-label-too-long}',
      /^3 warning The label of xfs has at most 12/,
    ],
    ['a home folder without a slash', 'users:\n- {name: a, homedir: home/a}', /^3 warning A home folder is/],
    ['a mount in one piece', 'mounts:\n- [/dev/sdb1 /data]', /^3 warning Each field of a mount/],
    ['a partition without its path', 'growpart: {devices: [/, sda1]}', /^2 warning .*“sda1” is passed over/],
    ['a language for a layout', 'keyboard: {layout: german}', /^2 warning A layout is a code/],
  ])('are told: %s', (_what, body, finding) => {
    expect(said(body)).toEqual([expect.stringMatching(finding)]);
  });

  test.each([
    ...['en_US.UTF-8', 'de_DE', 'C.UTF-8', 'ca_ES.UTF-8@valencia', 'POSIX'].map((name) => `locale: ${name}`),
    source('source: "deb [signed-by=$KEY_FILE] http://192.0.2.1 $RELEASE main"'),
    source('source: "# ours\\ndeb-src http://192.0.2.1 bookworm main"'),
    source('keyid: F4E136C67CDCE41AE6DE6FC81140AF8F639E0C39'),
    source('keyid: "0x03683F77"'),
    'ntp: {enabled: true, ntp_client: myntp, config: {confpath: /etc/a, check_exe: a, packages: [], service_name: a, template: x}}',
    'fs_setup:\n- {device: /dev/sdb, filesystem: ext5, cmd: "mkfs.mine %(device)s"}',
    'fs_setup:\n- {device: /dev/sdb, filesystem: ext4, label: sixteen-letters-}',
    'users:\n- {name: a, homedir: /srv/a, sudo: "ALL=(ALL:ALL) NOPASSWD: /bin/ls, SETENV: /bin/cat"}',
    ...[
      'ALL=NOPASSWD : ALL',
      'ALL=(ALL) ALL',
      'ALL = (ALL) WEB, /bin/ls',
      'ALL=ALL : b=ALL',
      'a=(b)CWD=/c ALL',
    ].map((rule) => `users:\n- {name: a, sudo: "${rule}"}`),
    'mounts:\n- [ephemeral0]\n- [/dev/sdb1, /data]',
    'growpart: {devices: [/, /dev/sda1]}',
    'keyboard: {layout: latam}',
  ])('are right: %s', (body) => expect(said(body)).toEqual([]));
});
