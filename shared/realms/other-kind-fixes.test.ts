import { describe, expect, test } from 'vitest';
import { moved, offered } from './moved.test-support.ts';
import { edgeSite, type Texts } from './testing/edge-site.ts';

const host = edgeSite['hosts/wk-1.yaml'] ?? '';
const site = edgeSite['site.yaml'] ?? '';
const profile = edgeSite['profiles/edge.yaml'] ?? '';
const image = edgeSite['images/edge.yaml'] ?? '';
const fragment = edgeSite['user-data/base.yaml'] ?? '';
const key = (name: 'alice' | 'bob') =>
  `ssh-ed25519 ${name === 'bob' ? 'AAAAC3NzaC1lZDI1NTE5AAAAIG+zzUrJqaIz/zR+8J6R2gGgeJqhjwlvyj6FaZb8li5M' : 'AAAAC3NzaC1lZDI1NTE5AAAAIEuSf3c6uNB90wzOJCrn4ePTTh6bDVbTKO+Di0ydkyQT'} ${name}`;
const inHost = (lines: string) => host.replace('spec:\n', `spec:\n${lines}`);
const inProfile = (lines: string) => profile.replace('spec:\n', `spec:\n${lines}`);

describe('a setting in a document of another kind is moved', () => {
  test.each<[string, Texts, string, Texts]>([
    [
      'from a host to its profile, with what stands in it',
      {
        'hosts/wk-1.yaml': inHost(
          '  sysctl: # swap\n    vm.swappiness: 1\n\n    # Routers.\n    net.ipv4.ip_forward: 1\n',
        ),
      },
      'Move “sysctl” to profiles/edge.yaml',
      {
        'hosts/wk-1.yaml': host,
        'profiles/edge.yaml': `${profile}  sysctl: # swap\n    vm.swappiness: 1\n\n    # Routers.\n    net.ipv4.ip_forward: 1\n`,
      },
    ],
    [
      'beside the entries that the profile has',
      {
        'hosts/wk-1.yaml': inHost('  sysctl:\n    vm.swappiness: 1\n'),
        'profiles/edge.yaml': `${profile}  sysctl:\n    net.ipv4.ip_forward: 1\n`,
      },
      'Move “sysctl” to profiles/edge.yaml',
      {
        'hosts/wk-1.yaml': host,
        'profiles/edge.yaml': `${profile}  sysctl:\n    net.ipv4.ip_forward: 1\n    vm.swappiness: 1\n`,
      },
    ],
    [
      'with the comment above it, and not the heading of all',
      {
        'hosts/wk-1.yaml': host
          .replace('spec:\n', 'spec:\n  # A worker.\n')
          .concat('  # Few hosts swap.\n  sysctl:\n    vm.swappiness: 1\n'),
      },
      'Move “sysctl” to profiles/edge.yaml',
      {
        'hosts/wk-1.yaml': host.replace('spec:\n', 'spec:\n  # A worker.\n'),
        'profiles/edge.yaml': `${profile}  # Few hosts swap.\n  sysctl:\n    vm.swappiness: 1\n`,
      },
    ],
    [
      'from a host to the site, which says the same',
      { 'hosts/wk-1.yaml': inHost('  timezone: Europe/Berlin\n') },
      'Move “timezone” to site.yaml',
      { 'hosts/wk-1.yaml': host },
    ],
    [
      'from a profile to the site',
      { 'profiles/edge.yaml': inProfile('  ntp:\n      servers: [10.20.0.1]\n') },
      'Move “ntp” to site.yaml',
      { 'profiles/edge.yaml': profile, 'site.yaml': `${site}  ntp:\n      servers: [10.20.0.1]\n` },
    ],
    [
      'from an image to its profile, with Windows line ends',
      {
        'images/edge.yaml': image
          .replace('spec:\n', 'spec:\n  sysctl:\n    vm.swappiness: 1\n')
          .replaceAll('\n', '\r\n'),
      },
      'Move “sysctl” to profiles/edge.yaml',
      {
        'images/edge.yaml': image.replaceAll('\n', '\r\n'),
        'profiles/edge.yaml': `${profile}  sysctl:\n    vm.swappiness: 1\n`,
      },
    ],
    [
      'from a profile to the only host that uses it',
      { 'profiles/edge.yaml': inProfile('  role: worker\n') },
      'Move “role” to hosts/wk-1.yaml',
      { 'profiles/edge.yaml': profile },
    ],
    [
      'from a host to its fragment, with its comments',
      {
        'hosts/wk-1.yaml': `${host}  # Go.\n  runcmd: # now\n    # One.\n    - echo hi\n    # Two.\n    - [a, b]\n`,
      },
      'Move “runcmd” to user-data/base.yaml',
      {
        'hosts/wk-1.yaml': host,
        'user-data/base.yaml': `${fragment}# Go.\nruncmd: # now\n  # One.\n  - echo hi\n  # Two.\n  - [a, b]\n`,
      },
    ],
    [
      'from a profile behind the commands that the fragment has, those that stand twice as well',
      {
        'profiles/edge.yaml': inProfile('  runcmd: # now\n    # One.\n    - echo hi\n    - [a, b]\n'),
        'user-data/base.yaml': `${fragment}runcmd:\n- echo hi\n`,
      },
      'Move “runcmd” to user-data/base.yaml',
      {
        'profiles/edge.yaml': profile,
        'user-data/base.yaml': `${fragment}runcmd:\n- echo hi\n# now\n# One.\n- echo hi\n- [a, b]\n`,
      },
    ],
    [
      'from user-data to the profile, beside its entries',
      {
        'user-data/base.yaml': `${fragment}# Memory.\nsysctl:\n  # Few swap.\n  vm.swappiness: 1\n`,
        'profiles/edge.yaml': `${profile}  sysctl:\n    kernel.panic: 60\n`,
      },
      'Move “sysctl” to profiles/edge.yaml',
      {
        'user-data/base.yaml': fragment,
        'profiles/edge.yaml': `${profile}  sysctl:\n    kernel.panic: 60\n    # Memory.\n    # Few swap.\n    vm.swappiness: 1\n`,
      },
    ],
    [
      'from user-data to the site, with the comments of its items',
      {
        'user-data/base.yaml': `${fragment}adminKeys:\n  # Alice.\n  - ${key('alice')}\n`,
        'site.yaml': `${site}  adminKeys:\n    - ${key('bob')}\n`,
      },
      'Move “adminKeys” to site.yaml',
      {
        'user-data/base.yaml': fragment,
        'site.yaml': `${site}  adminKeys:\n    - ${key('bob')}\n    # Alice.\n    - ${key('alice')}\n`,
      },
    ],
  ])('%s', (_, before, title, after) => {
    const texts = { ...edgeSite, ...before };
    expect(moved(texts, title, 'key-unknown')).toEqual({ ...texts, ...after });
  });

  test('the only target is preferred, and several are offered alike', () => {
    const one = { ...edgeSite, 'hosts/wk-1.yaml': inHost('  sysctl:\n    vm.swappiness: 1\n') };
    expect(offered(one, 'key-unknown').map(({ title, isPreferred }) => [title, isPreferred])).toEqual([
      ['Move “sysctl” to profiles/edge.yaml', true],
    ]);
    const profiles = { 'profiles/large.yaml': profile.replace('name: edge', 'name: large') };
    expect(offered({ ...one, ...profiles }, 'key-unknown')).toHaveLength(1);
    const two = {
      ...edgeSite,
      'site.yaml': `${site}  sysctl:\n    vm.swappiness: 1\n`,
      ...profiles,
    };
    expect(offered(two, 'key-unknown').map(({ title, isPreferred }) => [title, isPreferred])).toEqual([
      ['Move “sysctl” to profiles/edge.yaml', false],
      ['Move “sysctl” to profiles/large.yaml', false],
    ]);
  });

  test.each<[string, Texts]>([
    ['where the other document says otherwise', { 'hosts/wk-1.yaml': inHost('  timezone: Europe/Paris\n') }],
    [
      'where one of its entries is there',
      {
        'hosts/wk-1.yaml': inHost('  sysctl:\n    vm.swappiness: 1\n'),
        'profiles/edge.yaml': inProfile('  sysctl:\n    vm.swappiness: 9\n'),
      },
    ],
    ['where it would be wrong as well', { 'hosts/wk-1.yaml': inHost('  sysctl: much\n') }],
    [
      'where it leans on an anchor',
      {
        'hosts/wk-1.yaml': inHost('  sysctl: {vm.swappiness: &few 1}\n').replace('nic: eno1', 'few: *few'),
      },
    ],
    [
      'where its words have another meaning',
      { 'profiles/edge.yaml': inProfile('  kernelArguments: [quiet]\n') },
    ],
    [
      'to a fragment that other hosts receive as well',
      {
        'hosts/wk-1.yaml': inHost('  runcmd: [ls]\n'),
        'hosts/wk-2.yaml': host.replaceAll('wk-1', 'wk-2').replaceAll('.11', '.12').replace('01:11', '01:12'),
      },
    ],
    [
      'to a profile of hosts that do not receive the fragment',
      {
        'user-data/other.yaml': `${fragment}sysctl: {kernel.panic: 60}\n`,
      },
    ],
    ['of the name of a host', { 'hosts/wk-1.yaml': inHost('  hostname: wk-1\n') }],
    ['of a key that no document has', { 'hosts/wk-1.yaml': inHost('  frobnicate: 1\n') }],
  ])('not %s', (_, before) => {
    expect(
      offered({ ...edgeSite, ...before }, 'key-unknown').filter(({ title }) => title.startsWith('Move')),
    ).toEqual([]);
  });
});
