import { describe, expect, test } from 'vitest';
import { judgeAll } from '../judge-specs.test-support.ts';
import { checkUnitText } from './check-unit-text.ts';

const service = (...lines: string[]) =>
  checkUnitText('a.service', `[Service]\nExecStart=/usr/bin/true\n${lines.join('\n')}\n`);
const timer = (...lines: string[]) => checkUnitText('a.timer', `[Timer]\n${lines.join('\n')}\n`);
const mount = (name: string, where: string) =>
  checkUnitText(name, `[Mount]\nWhat=/dev/sdb1\nWhere=${where}\nType=ext4\n`);

describe('values that systemd passes over', () => {
  test.each([
    ['LimitNOFILE=unlimited', /a number such as 65536 or 64G, or infinity, not “unlimited”/],
    ['LimitMEMLOCK=64GB', /LimitMEMLOCK= is a number/],
    ['MemoryMax=2GB', /an amount such as 512M/],
    ['CPUAffinity=2-', /a list of CPUs such as 0-3 8/],
    ['WorkingDirectory=srv/app', /an absolute path or ~/],
    ['EnvironmentFile=etc/default/a', /an absolute path, not/],
    ['Environment=A=b c', /“c” is none: it is passed over\. .* "A=one two"/],
    ['ExecStartPre=/usr/bin/echo $(hostname)', /gets “\$\(hostname\)” as it stands/],
    ['ExecStartPre=/usr/bin/echo `hostname`', /gets “`hostname`” as it stands/],
    ['PIDfile=/run/a.pid', /Is “PIDFile=” meant/],
  ])('%s', (line, message) => expect(service(line)).toEqual([expect.stringMatching(message)]));

  test.each([
    'LimitNOFILE=infinity',
    'LimitNOFILE=1024:524288',
    'LimitMEMLOCK=64G',
    'LimitCPU=1min',
    'MemoryMax=20%',
    'MemoryHigh=1.5G',
    'CPUAffinity=0-3 8,10',
    'CPUAffinity=numa',
    'WorkingDirectory=~',
    'WorkingDirectory=-/srv/app',
    'WorkingDirectory=%h/app',
    'EnvironmentFile=-/etc/default/a',
    'Environment="A=b c" B=d',
    'Environment=A="b c"',
    "Environment='A=b c'",
    'Environment=A=',
    'ExecStartPre=/usr/bin/echo $HOME $$(id)',
    "ExecStartPre=/bin/sh -c 'echo $(hostname)'",
    "ExecStartPre=/usr/bin/env bash -c 'echo $(hostname) && ls'",
  ])('nothing is said of %s', (line) => expect(service(line)).toEqual([]));
});

describe('timers', () => {
  test.each([
    ['OnCalendar=every day', /“every day” is not taken/],
    ['OnCalendar=0 3 * * *', /no line of a crontab/],
    ['OnCalendar=*/5 * * * mon-fri', /no line of a crontab/],
    ['Unit=b.service', /a\.timer is not loaded: it says no time/],
    ['OnFailure=b.service', /it says no time/],
  ])('%s', (line, message) => expect(timer(line)).toEqual([expect.stringMatching(message)]));

  test.each([
    'OnCalendar=daily',
    'OnCalendar=Weekly Europe/Berlin',
    'OnCalendar=Mon',
    'OnCalendar=Mon..Fri *-*-* 04:00:00',
    'OnCalendar=*:0/5',
    'OnCalendar=Sat,Sun 2026-*-01 10:00 UTC',
    'OnBootSec=5min',
    'OnUnitActiveSec=1h',
    'OnClockChange=yes',
  ])('nothing is said of %s', (line) => expect(timer(line)).toEqual([]));
});

describe('units that are named after their path', () => {
  test.each([
    ['data.mount', '/srv/data', /a unit with Where=\/srv\/data is called srv-data\.mount\.$/],
    ['srv-my-data.mount', '/srv/my-data', /is called srv-my\\x2ddata\.mount\.$/],
    ['srv-.a.mount', '/.srv', /is called \\x2esrv\.mount\.$/],
  ])('%s', (name, where, message) => {
    expect(mount(name, where)).toEqual([expect.stringMatching(message)]);
  });

  test.each([
    ['srv-data.mount', '/srv/data'],
    ['srv-data.mount', '/srv//data/'],
    ['srv-my\\x2ddata.mount', '/srv/my-data'],
    ['-.mount', '/'],
    ['srv-data_1.2.mount', '/srv/data_1.2'],
  ])('nothing is said of %s for %s', (name, where) => expect(mount(name, where)).toEqual([]));

  test('a mount has a place, and a swap unit the name of its device', () => {
    expect(checkUnitText('a.mount', '[Mount]\nWhat=/dev/sdb1\n')).toEqual([
      'a.mount is not loaded: it needs Where=.',
    ]);
    expect(checkUnitText('dev-sdb2.swap', '[Swap]\nWhat=/dev/sdb2\n')).toEqual([]);
    expect(checkUnitText('own.swap', '[Swap]\nWhat=/dev/sdb2\n')).toHaveLength(1);
    expect(checkUnitText('own.swap', '[Swap]\nWhat=UUID=1234-5678\n')).toEqual([]);
  });
});

const unit = (content: string, more = '') =>
  `systemd: {enable: [a.service], units: [{name: a.service, content: ${JSON.stringify(content)}}]}\n${more}`;
const enabled = '[Service]\nExecStart=/usr/bin/true\n[Install]\nWantedBy=multi-user.target\n';
const as = (line: string) => unit(`[Service]\n${line}\n${enabled.slice('[Service]\n'.length)}`);

describe('units of a profile', () => {
  judgeAll([
    [
      unit(enabled.replace('WantedBy', 'WantedTo')),
      /^warning The section \[Install\] of a\.service says nothing/,
    ],
    [unit(enabled.replace('WantedBy=multi-user.target', 'Alias=b.service'))],
    [as('User=app2'), /^warning a\.service has User=app2, which nothing in the profile makes/],
    [as('Group=app2'), /^warning a\.service has Group=app2/],
    [as('User=www-dta'), /Did you mean “www-data”\?/],
    [as('User=www-data')],
    [as('User=1000')],
    [as('User=%i')],
    [as('User=app2\nDynamicUser=yes')],
    [`${as('User=app2')}users: [{name: app2, system: true}]`],
    [`${as('User=app2')}scripts: [{name: 10-user, content: "#!/bin/sh\\nuseradd app2\\n"}]`],
    [`${as('User=app2')}files: [{path: /usr/lib/sysusers.d/a.conf, content: "u app2 -\\n"}]`],
  ]);
});
