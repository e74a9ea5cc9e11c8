import { expect, test } from 'vitest';
import { validateText } from '../site/validate-text.ts';

const found = (path: string, content: string, more = '') =>
  validateText(
    'user-data/a.yaml',
    `#cloud-config\nwrite_files:\n- path: ${path}\n  content: ${JSON.stringify(content)}\n${more}`,
  ).filter(({ severity }) => severity !== 'info');

test.each([
  ['/etc/cron.d/job', '* * * * * /usr/bin/job\n', /cron takes “\/usr\/bin\/job” for one/],
  ['/etc/cron.d/job', '# often\nMAILTO=root\n*/5 0-6 1,15 jan mon-fri job\n', /cron takes “job” for one/],
  ['/etc/cron.d/job', '@daily /usr/bin/job -a\n', /name a user before the command/],
  ['/etc/crontab', '* * * * * root job', /has to end with a line end/],
  ['/etc/docker/daemon.json', '{"a": 1,}', /no JSON.*Docker does not start/],
  ['/etc/docker/daemon.json', "{'a': 1}\n", /no JSON/],
  ['/etc/cni/net.d/10-a.conflist', 'name: a\n', /no container gets a network/],
])('warns of what nobody can read in %s', (path, content, message) => {
  expect(found(path, content)).toMatchObject([
    { severity: 'warning', message: expect.stringMatching(message) },
  ]);
});

test.each([
  ['/etc/cron.d/job', 'SHELL=/bin/sh\n\n* * * * * root /usr/bin/job\n@reboot root job -a\n', ''],
  ['/etc/cron.d/job', '0 4 * * 1-5 www-data cd /x && job\n', ''],
  ['/etc/cron.d/job', '# none\n', ''],
  ['/etc/cron.daily/job', '#!/bin/sh\njob', "  permissions: '0755'\n"],
  ['/etc/docker/daemon.json', '{"a": 1}', ''],
  ['/etc/docker/daemon.json', 'eyJhIjogMX0=', '  encoding: b64\n'],
  ['/etc/docker/daemon.json', ', "b": 2}', '  append: true\n'],
  ['/etc/docker/daemon.json', '{"a": ((var.a))}', ''],
  ['/etc/app/settings.json', '{a: 1,}', ''],
])('takes %s with %j', (path, content, more) => expect(found(path, content, more)).toEqual([]));
