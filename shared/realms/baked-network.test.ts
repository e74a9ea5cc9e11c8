import { describe, expect, test } from 'vitest';
import { analyse } from '../assist/fixes/fixes.test-support.ts';
import { fixesAt } from '../assist/fixes/fixes.ts';
import { noSiteNames } from '../assist/site-names.ts';
import { moved, offered } from './moved.test-support.ts';
import { edgeSite, profile, type Texts } from './testing/edge-site.ts';

const host = edgeSite['hosts/wk-1.yaml'] ?? '';
const { 'networks/oam.yaml': oam = '', ...withoutOam } = edgeSite;
const path = '/etc/netplan/60-oam.yaml';
const netplan = `# Rack 3.
network:
  ethernets:
    eno1:
      # Asked of the network team.
      addresses: [10.20.0.11/24]
      routes: [{to: default, via: 10.20.0.1}] # the gateway
`;

/** A site whose only host has a network as given, and files of its profile. */
function baked(network: string, content = netplan, more = ''): Texts {
  const file = `files:\n  # Of wk-1.\n  - path: ${path} # first\n    mode: "0600"\n    content: |\n${content.replace(/^(?=.)/gm, '      ')}${more}`;
  return {
    ...withoutOam,
    ...onlyProfile(`console: {video: true}\n${file}`),
    'hosts/wk-1.yaml': host.replace('  network: {ref: oam}\n', network),
  };
}

const onlyProfile = (spec: string) => ({ 'profiles/edge.yaml': profile(spec)['profiles/edge.yaml'] ?? '' });
const notes = (texts: Texts) =>
  analyse(texts).diagnostics.filter(({ code, severity }) => code === 'realm-other' && severity === 'info');

describe('a network for netplan in a profile', () => {
  test.each([
    ['no network', '', 'wk-1', '  bmc: {address: "ipmi://10.0.9.11"}\n  network:\n    ref: wk-1\n  userData'],
    ['an empty one', '  network: {} # soon\n', 'wk-1', '  network: # soon\n    ref: wk-1\n'],
    ['a key alone', '  network:\n', 'wk-1', '  network:\n    ref: wk-1\n'],
    ['a network that is not there', '  network: {ref: oam}\n', 'oam', '  network: {ref: oam}\n'],
  ])('becomes that of its host, which has %s', (_name, network, name, inHost) => {
    const texts = baked(network);
    const after = moved(texts, `Move “${path}” to networks/${name}.yaml`);
    expect(after[`networks/${name}.yaml`]).toBe(
      `# Of wk-1.\n# first\n${netplan.replace('network:\n', 'network:\n  version: 2\n')}`,
    );
    expect(after['profiles/edge.yaml']?.trimEnd()).toMatch(/spec:\n {2}console: {video: true}$/);
    expect(after['hosts/wk-1.yaml']).toContain(inHost);
  });

  test('leaves other files of the profile', () => {
    const texts = baked('', netplan, '  - {path: /srv/a, content: b}\n');
    const after = moved(texts, `Move “${path}” to networks/wk-1.yaml`);
    expect(after['profiles/edge.yaml']).toContain('  files:\n    - {path: /srv/a, content: b}\n');
    expect(after['networks/wk-1.yaml']).toMatch(/^# Of wk-1\.\n/);
  });

  const second = host.replaceAll('wk-1', 'wk-2').replaceAll('.11', '.12').replace('01:11', '01:12');
  test.each([
    [
      'several hosts',
      { ...baked(''), 'networks/oam.yaml': oam, 'hosts/wk-2.yaml': second },
      '2 hosts have this profile',
    ],
    [
      'no host',
      { ...baked(''), 'hosts/wk-1.yaml': host.replace('profile: edge', 'profile: x') },
      'no host has this',
    ],
    [
      'a host that has a network',
      { ...baked('  network: {ref: oam}\n'), 'networks/oam.yaml': oam },
      'wk-1 has a network already, in networks/oam.yaml',
    ],
    [
      'a host with a network of its own',
      baked('  network: {inline: {version: 2, ethernets: {eno1: {dhcp4: true}}}}\n'),
      'wk-1 has a network already, in hosts/wk-1.yaml',
    ],
    [
      'another file that is read with it',
      baked('', netplan, '  - {path: /etc/netplan/70.yaml, content: "network: {}"}\n'),
      'netplan reads it together with others',
    ],
    ['an error', baked('', netplan.replace('/24', '/99')), 'in networks/ it would have an error: '],
    [
      'text that would be filled in',
      baked('', netplan.replace('Rack 3', '((var.nic))')),
      '(( and )) is filled in',
    ],
    ['no network', baked('', netplan.replace('network:', 'other:')), 'netplan reads only what stands below'],
    [
      'an address of another host',
      {
        ...baked('', netplan.replace('.11/', '.12/')),
        'networks/oam.yaml': oam,
        'profiles/b.yaml': (edgeSite['profiles/edge.yaml'] ?? '').replace('name: edge', 'name: b'),
        'hosts/wk-2.yaml': second.replace('profile: edge', 'profile: b'),
      },
      '10.20.0.12 belongs to wk-2',
    ],
    [
      'names that are taken',
      { ...baked(''), 'networks/wk-1.yaml': oam, 'networks/wk-1-network.yml': oam },
      'networks/wk-1.yaml is there already',
    ],
  ])('stays, with the reason: %s', (_name, texts, why) => {
    const [note, other] = notes(texts);
    expect(note?.message).toContain('Addresses are stamped');
    expect(note?.message).toContain(` No fix moves it: `);
    expect(note?.message).toContain(why);
    expect(other).toBeUndefined();
    expect(offered(texts, 'realm-other')).toEqual([]);
  });

  test('says no reason while a fix moves it', () => {
    expect(notes(baked('')).map(({ message }) => message)).toEqual([expect.not.stringContaining('No fix')]);
  });

  test('is never moved among many of a kind, which make no documents', () => {
    const texts = baked('  network: {ref: oam}\n', netplan, 'sysctl: {kernel.hostname: a}\n');
    const found = notes(texts)[0];
    if (found === undefined) throw new Error('Nothing was found.');
    const context = { analysis: analyse(texts), site: noSiteNames, chosenHost: undefined };
    expect(fixesAt(context, found.file, found.range).map(({ title }) => title)).toEqual([
      `Move “${path}” to networks/oam.yaml`,
    ]);
  });
});

test.each([
  ['/etc/network/interfaces.d/eno1', 'iface eno1 inet static\n  address 10.20.0.11/24', 'files of ifupdown'],
  ['/etc/systemd/network/10.network', '[Network]\nAddress=10.20.0.11/24', 'files of systemd-networkd'],
  [
    '/etc/NetworkManager/system-connections/a.nmconnection',
    '[ipv4]\naddress1=10.20.0.11/24',
    'keyfiles of NetworkManager',
  ],
  ['/etc/dhcpcd.conf', 'static ip_address=10.20.0.11/24', 'files of dhcpcd'],
])('what cannot be read says what to do by hand: %s', (file, content, words) => {
  const texts = profile(`files: [{path: ${file}, content: ${JSON.stringify(content)}}]`);
  expect(notes(texts).map(({ message }) => message)).toEqual([
    expect.stringContaining(`No fix moves it: Siteforge does not read ${words}. Write in networks/`),
  ]);
});
