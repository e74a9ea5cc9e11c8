import { describe, expect, test } from 'vitest';
import { analyse, applied } from '../assist/fixes/fixes.test-support.ts';
import { moved, offered } from './moved.test-support.ts';
import { edgeSite, profile, userData } from './testing/edge-site.ts';

const head = 'apiVersion: siteforge/v1\nkind: HostProfile\nmetadata: {name: edge}\n';

describe('moving', () => {
  const host = edgeSite['hosts/wk-1.yaml'] ?? '';
  const address = '"ip=10.20.0.11::10.20.0.1:255.255.255.0::eno1:none"';
  test.each([
    [
      'one of several',
      `kernel:\n  arguments:\n    - quiet\n    # For its iSCSI root.\n    - ${address} # first boot\n    - nomodeset\n`,
      'spec:\n  kernel:\n    arguments:\n      - quiet\n      - nomodeset\n  \n',
      `  kernelArguments:\n    # For its iSCSI root.\n    # first boot\n    - ${address.replaceAll('"', '')}\n`,
    ],
    [
      'the last one of a kernel with more settings',
      'kernel:\n  package: linux-image-rt-amd64\n  arguments:\n    - {name: systemd.hostname, value: wk-1}\n',
      'spec:\n  kernel:\n    package: linux-image-rt-amd64\n  \n',
      '  kernelArguments:\n    - systemd.hostname=wk-1\n',
    ],
    [
      'all that the kernel has',
      `console: {video: true}\n# The kernel.\nkernel:\n  arguments:\n    # First boot.\n    - ${address}\n`,
      'spec:\n  console: {video: true}\n  \n',
      `  kernelArguments:\n    # The kernel.\n    # First boot.\n    - ${address.replaceAll('"', '')}\n`,
    ],
  ])('a kernel argument to the host that it names: %s', (_name, spec, ofProfile, ofHost) => {
    const second = host.replaceAll('wk-1', 'wk-2').replaceAll('.11', '.12').replace('01:11', '01:12');
    const texts = { ...profile(spec), 'hosts/wk-2.yaml': second };
    const label = spec.includes('systemd') ? 'systemd.hostname=wk-1' : address.replaceAll('"', '');
    expect(offered(texts, 'realm-other')).toHaveLength(1);
    const after = moved(texts, `Move “${label}” to hosts/wk-1.yaml`);
    expect(after['profiles/edge.yaml']).toBe(head + ofProfile);
    expect(after['hosts/wk-1.yaml']).toBe(host + ofHost);
    expect(after['hosts/wk-2.yaml']).toBe(second);
  });

  test.each([
    [2, 2],
    [8, 8],
    [9, 0],
  ])('a kernel argument that names none of %d hosts is offered to %d of them', (count, choices) => {
    const others = Array.from({ length: count - 1 }, (_, index) => index + 2).map((number) => [
      `hosts/wk-${number}.yaml`,
      host
        .replaceAll('wk-1', `wk-${number}`)
        .replaceAll('.11', `.${number + 10}`)
        .replace('01:11', `01:${number + 10}`),
    ]);
    const elsewhere = host.replaceAll('wk-1', 'cp').replaceAll('.11', '.9').replace('01:11', '01:09');
    const texts = {
      ...profile('console: {video: true}\nkernel:\n  arguments:\n    - systemd.hostname=edge\n'),
      ...Object.fromEntries(others),
      'hosts/cp.yaml': elsewhere.replace('profile: edge', 'profile: other'),
      'profiles/other.yaml': `${head.replace('edge', 'other')}spec: {}\n`,
    };
    const fixes = offered(texts, 'realm-other');
    expect(fixes).toHaveLength(choices);
    expect(fixes.some(({ isPreferred }) => isPreferred)).toBe(false);
    const why =
      'No fix moves it: 9 hosts have this profile, and it names none of them. Write it under “kernelArguments”';
    const [message = ''] = analyse(texts).diagnostics.flatMap(({ code, message: each }) =>
      code === 'realm-other' ? each : [],
    );
    expect(message.includes(why)).toBe(choices === 0);
  });

  test.each([
    [
      'when a command is part of a script',
      '#cloud-config\nruncmd:\n  - sysctl -w vm.swappiness=1 && echo done\n',
    ],
    ['when the profile says otherwise', '#cloud-config\nruncmd:\n  - sysctl -w kernel.panic=5\n  - echo\n'],
    [
      'when a comment stands beside it in brackets',
      '#cloud-config\nruncmd: [echo, # first\n  modprobe overlay, echo done]\n',
    ],
    ['when it is an alias', '#cloud-config\nruncmd: [[&a modprobe overlay], *a]\n'],
    [
      'when the file is added to',
      '#cloud-config\nwrite_files:\n  - path: /etc/systemd/timesyncd.conf\n    append: true\n    content: NTP=a.example\n  - {path: /srv/a, content: b}\n',
    ],
    [
      'when nothing would read the file',
      '#cloud-config\nwrite_files:\n  - {path: /etc/default/grub, content: GRUB_TIMEOUT=1}\n  - {path: /srv/a, content: b}\n',
    ],
    [
      'when the file has an owner of its own',
      '#cloud-config\nwrite_files:\n  - {path: /etc/modprobe.d/x, owner: "a:a", content: b}\n',
    ],
  ])('is not offered %s', (_name, text) => {
    const texts = { ...profile('sysctl: {kernel.panic: 60}'), 'user-data/base.yaml': text };
    expect(offered(texts, 'realm-other')).toEqual([]);
  });

  test('goes to every profile of the hosts that receive the fragment, or to none', () => {
    const other = (edgeSite['hosts/wk-1.yaml'] ?? '')
      .replaceAll('wk-1', 'wk-2')
      .replaceAll('.11', '.12')
      .replace('01:11', '01:12')
      .replace('profile: edge', 'profile: other');
    const texts = {
      ...userData('packages: [jq]\nssh_pwauth: false'),
      'hosts/wk-2.yaml': other,
      'profiles/other.yaml': `${head.replace('edge', 'other')}spec: {}\n`,
    };
    expect(offered(texts, 'realm-other').map(({ title, isPreferred }) => [title, isPreferred])).toEqual([
      ['Move “packages: jq” to all 2 profiles whose hosts receive it', true],
    ]);
    const after = moved(texts, 'Move “packages: jq” to all 2 profiles whose hosts receive it');
    expect(after['user-data/base.yaml']).toBe(edgeSite['user-data/base.yaml']);
    const install = '  packages:\n    install:\n      - jq\n';
    expect(after['profiles/edge.yaml']).toBe(`${edgeSite['profiles/edge.yaml']}${install}`);
    expect(after['profiles/other.yaml']).toContain('jq');
    const command = userData('runcmd: [sysctl -w kernel.panic=5]\nssh_pwauth: false');
    const against = `${head.replace('edge', 'other')}spec: {sysctl: {kernel.panic: 60}}\n`;
    const torn = { ...texts, ...command, 'profiles/other.yaml': against };
    expect(offered(torn, 'realm-other')).toEqual([]);
    expect(analyse(torn).diagnostics.map(({ message }) => message)).toEqual([
      expect.stringMatching(/No fix moves it: profiles\/other.yaml sets kernel.panic to 60 already\.$/),
    ]);
  });
});

test('the comments of what the profile says already go there', () => {
  const texts = {
    ...userData(
      'ssh_pwauth: false\n# Routers.\nruncmd:\n  # Both ways.\n  - sysctl -w net.ipv4.ip_forward=1',
    ),
    ...{ 'profiles/edge.yaml': profile('sysctl: {net.ipv4.ip_forward: 1}')['profiles/edge.yaml'] ?? '' },
  };
  const after = moved(texts, 'Move “sysctl -w net.ipv4.ip_forward=1” to profiles/edge.yaml');
  expect(after['profiles/edge.yaml']).toContain(
    'spec:\n  # Routers.\n  # Both ways.\n  sysctl: {net.ipv4.ip_forward: 1}\n',
  );
});

test('offers each of several repositories for itself', () => {
  const source = (name: string) => `    ${name}:\n      source: deb http://p.example/${name} /\n`;
  const texts = userData(`ssh_pwauth: false\napt:\n  sources:\n${source('a')}${source('b')}`);
  const [fix] = offered(texts, 'realm-other');
  expect(fix?.title).toBe('Move “apt source a” to profiles/edge.yaml');
  const after = fix === undefined ? texts : applied(texts, fix);
  expect(after['user-data/base.yaml']).toContain(`  sources:\n${source('b')}`);
});

test('offers no move that would bring an error into the other document', () => {
  const spec = (pages: string) => profile(`hugepages: {pages: [${pages}]}`)['profiles/edge.yaml'] ?? '';
  const movesTo = (text: string) =>
    offered(
      { ...userData('runcmd:\n  - sysctl -w vm.nr_hugepages=8'), 'profiles/edge.yaml': text },
      'realm-other',
    ).map(({ title }) => title);
  expect(movesTo(spec(''))).toEqual([expect.stringMatching(/^Move .* to profiles\/edge.yaml$/)]);
  expect(movesTo(spec('{size: 2M, count: 4}'))).toEqual([]);
});
