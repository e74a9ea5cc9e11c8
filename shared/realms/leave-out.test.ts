import { describe, expect, test } from 'vitest';
import { analyse } from '../assist/fixes/fixes.test-support.ts';
import { fixesAt } from '../assist/fixes/fixes.ts';
import { noSiteNames } from '../assist/site-names.ts';
import type { DiagnosticCode } from '../diagnostics/diagnostic-codes.ts';
import { moved, offered } from './moved.test-support.ts';
import { edgeSite, profile, type Texts } from './testing/edge-site.ts';

const host = edgeSite['hosts/wk-1.yaml'] ?? '';
const second = host.replaceAll('wk-1', 'wk-2').replaceAll('.11', '.12').replace('01:11', '01:12');
const specOf = (texts: Texts) => texts['profiles/edge.yaml']?.split('spec:\n')[1]?.trimEnd();

/** What is said of a profile, and the titles of what is offered for it. */
function told(spec: string, more: Texts = {}, code: DiagnosticCode = 'realm-other') {
  const texts = { ...profile(`console: {video: true}\n${spec}`), ...more };
  const found = analyse(texts).diagnostics.filter((each) => each.code === code);
  const messages = found.map(({ message }) => message);
  return { messages, titles: offered(texts, code).map(({ title }) => title) };
}

describe('a sysctl that names the host', () => {
  const title = 'Take out “kernel.hostname”, which hosts are given without it';

  test.each([
    ['alone', 'sysctl:\n  kernel.hostname: wk-1', 'console: {video: true}'],
    [
      'with others',
      'sysctl: {kernel.hostname: x, kernel.panic: 5}',
      'console: {video: true}\n  sysctl: {kernel.panic: 5}',
    ],
  ])('goes, since hosts have their names: %s', (_name, spec, left) => {
    expect(specOf(moved(profile(`console: {video: true}\n${spec}`), title))).toBe(`  ${left}`);
  });

  test('stays with a comment, which would be lost', () => {
    const { messages, titles } = told('sysctl:\n  kernel.panic: 5\n  # Why.\n  kernel.hostname: wk-1');
    expect(messages).toEqual([
      expect.stringMatching(/it: a comment speaks of kernel.hostname, .* Take out both\.$/),
    ]);
    expect(titles).toEqual([]);
  });

  test('says why a domain stays', () => {
    const { messages, titles } = told('sysctl: {kernel.domainname: a}');
    expect(messages).toEqual([
      expect.stringMatching(/of NIS, not of DNS.* it: only you can say .* NIS. Leave it out if not\.$/),
    ]);
    expect(titles).toEqual([]);
  });
});

describe('a baked line of 127.0.1.1', () => {
  const file = (lines: string) =>
    `files:\n  - path: /etc/hosts\n    content: |\n${lines.replace(/^/gm, '      ')}`;
  const title = 'Take out “/etc/hosts”, which hosts are given without it';

  test('goes where it says the names of a host alone', () => {
    const texts = profile(
      `console: {video: true}\n${file('# Ours.\n127.0.0.1 localhost\n127.0.1.1 wk-1.edge.example wk-1\n10.20.0.99 registry')}`,
    );
    expect(moved(texts, title)['profiles/edge.yaml']).toContain(
      '      content: |\n        # Ours.\n        127.0.0.1 localhost\n        10.20.0.99 registry\n',
    );
  });

  test('goes with its file where that holds nothing else', () => {
    const texts = profile(`console: {video: true}\n${file('127.0.1.1 wk-1')}`);
    expect(specOf(moved(texts, title))).toBe('  console: {video: true}');
  });

  test.each([
    [
      file('127.0.0.1 localhost\n127.0.1.1 wk-1 registry'),
      /it: no host with this profile is called registry\. Write /,
    ],
    [file('127.0.0.1 localhost\n127.0.1.1 wk-1 # old'), /it: a comment stands behind it/],
    [file('# Debian.\n127.0.1.1 wk-1\n'), /it: a comment speaks of /],
    ['files: [{path: /etc/hosts, content: "127.0.1.1 wk-1\\n::1 a"}]', /do not stand by themselves here/],
  ])('stays, with the reason: %j', (spec, why) => {
    const { messages, titles } = told(spec);
    expect(messages).toEqual([expect.stringMatching(why)]);
    expect(titles).toEqual([]);
  });
});

describe('an argument of the kubelet for one host', () => {
  const cluster = (name: string, value: string) =>
    `kubernetes: {version: "1.31", kubeletArguments: {max-pods: 250, ${name}: ${value}}}`;
  const titleOf = (name: string) => `Take out “--${name}”, which hosts are given without it`;
  const of = (name: string, value: string, more: Texts = {}) => {
    const spec = cluster(name, value);
    const texts = { ...profile(`console: {video: true}\n${spec}`), ...more };
    const found = analyse(texts).diagnostics.find(({ message }) =>
      message.startsWith(`--${name} is another`),
    );
    expect(found?.severity).toBe('warning');
    if (found === undefined) return [];
    const context = { analysis: analyse(texts), site: noSiteNames, chosenHost: undefined };
    return fixesAt(context, found.file, found.range).flatMap(({ title }) =>
      /^Mend all/.test(title) ? [] : title,
    );
  };

  test.each([
    ['node-ip', '10.20.0.11'],
    ['hostname-override', 'wk-1'],
  ])('goes where the host has just this without it: %s', (name, value) => {
    expect(of(name, value)).toEqual([titleOf(name)]);
  });

  test.each([
    ['node-ip', '10.20.0.12', {}],
    ['node-ip', '10.20.0.11', { 'hosts/wk-2.yaml': second }],
    ['node-ip', '10.20.0.11', { 'hosts/wk-1.yaml': host.replace('profile: edge', 'profile: other') }],
    [
      'node-ip',
      '10.20.0.11',
      { 'networks/oam.yaml': `${edgeSite['networks/oam.yaml']}  eno2: {addresses: [10.30.0.1/24]}\n` },
    ],
    [
      'node-ip',
      '10.20.0.11',
      { 'networks/oam.yaml': `${edgeSite['networks/oam.yaml']}  eno2: {dhcp4: true}\n` },
    ],
    ['hostname-override', 'wk-9', {}],
    ['hostname-override', 'wk-1.edge.example', {}],
  ])('is never lost where it says something of its own: %s %s', (name, value, more) => {
    expect(of(name, value, more)).toEqual([]);
  });
});

test('name servers of a profile go to the site, where the file says nothing else', () => {
  const file = (text: string) => `files: [{path: /etc/resolv.conf, content: ${JSON.stringify(text)}}]`;
  const titles = (text: string) => told(file(text), {}, 'host-profile-value').titles;
  const after = moved(
    profile(`console: {video: true}\n${file('nameserver 10.20.0.2\nsearch edge.example\n')}`),
    'Move “/etc/resolv.conf” to site.yaml',
    'host-profile-value',
  );
  expect(after['site.yaml']).toContain('dns: {servers: [10.20.0.1, "10.20.0.2"], search: [edge.example]}');
  expect(titles('nameserver 10.20.0.2\n')[0]).toBe('Move “/etc/resolv.conf” to site.yaml');
  expect(titles('nameserver 10.20.0.2\noptions rotate\n')).not.toContain(
    'Move “/etc/resolv.conf” to site.yaml',
  );
});

test.each([
  [
    'no host',
    { 'hosts/wk-1.yaml': host.replace('profile: edge', 'profile: other') },
    /no host has this profile\. Write/,
  ],
  [
    'too many',
    Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => [
        `hosts/a-${index}.yaml`,
        host.replaceAll('wk-1', `a-${index}`),
      ]),
    ),
    /10 hosts have this profile, and it names none of them\. Write it under “kernelArguments”/,
  ],
])('a kernel argument for one host says why no fix moves it: %s', (_name, more, why) => {
  const { messages, titles } = told('kernel: {arguments: [systemd.hostname=edge]}', more);
  expect(messages.filter((each) => each.includes('kernelArguments'))).toEqual([expect.stringMatching(why)]);
  expect(titles).toEqual([]);
});
