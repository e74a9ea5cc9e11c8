import { expect, test } from 'vitest';
import { analyse } from '../assist/fixes/fixes.test-support.ts';
import { createSiteAnalyser } from '../site/analyser.ts';
import { createSourceText } from '../source/source-text.ts';
import { type HostRealms, type RealmGroup, realmsOfHost } from './host-realms.ts';
import { edgeSite, profile, type Texts, userData } from './testing/edge-site.ts';

function realms(texts: Texts, host = 'wk-1'): HostRealms | undefined {
  const analyser = createSiteAnalyser();
  for (const [path, text] of Object.entries(texts)) analyser.update(path, text);
  return realmsOfHost(analyser.analyse(), host);
}

const rich: Texts = {
  ...edgeSite,
  'profiles/edge.yaml': `apiVersion: siteforge/v1
kind: HostProfile
metadata: {name: edge}
spec:
  machine: {cpus: 8}
  kernel:
    package: linux-image-amd64
    arguments: [panic=60, {name: iommu, value: pt}]
    modules: {load: [bonding], blacklist: []}
  transparentHugepages: never
  sysctl: {net.ipv4.ip_forward: 1}
  limits: [{domain: "*", type: soft, item: nofile, value: 65536}]
  files:
    - path: /srv/a
      content: |
        one
        two
    - {path: /root/.ssh/authorized_keys, content: "ssh-ed25519 AAAA"}
  partitions:
    entries: [{name: root, size: -1, filesystem: {type: ext4, mountpoint: /}}]
`,
  'user-data/base.yaml': `#cloud-config
merge_how: [{name: list, settings: [append]}]
packages: [jq]
runcmd:
  - [echo, done]
  - kubeadm join 10.0.0.1:6443 --token abcdef.0123456789abcdef
`,
};

function listing(groups: readonly RealmGroup[]): string[] {
  return groups.flatMap(({ title, path, entries }) => [
    `${title} (${path ?? 'no document'})`,
    ...entries.map(({ label, value, place, belongs }) => {
      const where = place === undefined ? '-' : `${place.file}:${place.range.start.line}`;
      return `  ${where} ${label}: ${value}${belongs === undefined ? '' : ` -> ${belongs}`}`;
    }),
  ]);
}

test('a host has three realms, each setting with where it stands', async () => {
  const { baked, stamped, neither } = realms(rich) ?? { baked: [], stamped: [], neither: [] };
  const text = [
    ['BAKED', baked],
    ['STAMPED', stamped],
    ['NEITHER', neither],
  ] as const;
  const lines = text.flatMap(([title, groups]) => [title, ...listing(groups), '']);
  await expect(lines.join('\n')).toMatchFileSnapshot('golden/host-realms.txt');
});

test('every place lies inside its text', () => {
  const { baked = [], stamped = [], neither = [] } = realms(rich) ?? {};
  for (const { entries } of [...baked, ...stamped, ...neither])
    for (const { place } of entries) {
      if (place === undefined) continue;
      const source = createSourceText(place.file, rich[place.file] ?? '');
      expect(place.range.start.line).toBeLessThanOrEqual(source.lineStarts.length);
      expect(rich[place.file]).toBeDefined();
    }
});

test('a host that is not there has none', () => expect(realms(rich, 'wk-9')).toBeUndefined());

test('a host with a broken profile still has its other realms', () => {
  const found = realms({ ...rich, 'profiles/edge.yaml': 'spec: [' });
  expect(found?.stamped.map(({ title }) => title)).toContain('Network');
});

const cluster = 'kubernetes: {version: "1.31", kubeletArguments: {max-pods: 250, node-ip: 10.20.0.11}}';
const script =
  'scripts:\n  - name: a\n    content: |\n      #!/bin/sh\n      hostnamectl set-hostname wk-1\n';
const fragmentFile = (path: string, content: string) =>
  `write_files:\n  - {path: ${path}, content: "${content}"}\n  - {path: /srv/a, content: b}`;
const source = 'source: "deb http://p.example/k /"';

test.each([
  ['files: [{path: /etc/netplan/1.yaml, content: "network: {a: {addresses: [10.0.0.1/24]}}"}]', 1],
  [
    'files: [{path: /etc/netplan/1.yaml, content: "network: {a: {dhcp4: true}}"}, {path: /srv/a, content: b}]',
    0,
  ],
  ['files: [{path: /etc/hosts, content: "10.20.0.11 wk-1"}]', 1],
  ['files: [{path: /etc/hosts, content: "127.0.1.1 wk-1"}]', 1],
  ['files: [{path: /etc/hostname, content: wk-1}, {path: /etc/resolv.conf, content: x}]', 2],
  ['sysctl: {kernel.hostname: wk-1, kernel.panic: 5}', 1],
  ['kernel: {arguments: [quiet, systemd.hostname=wk-1, nomodeset]}', 1],
  ['banners: {login: "10.20.0.11", motd: hello}', 1],
  [cluster, 1],
  [script, 1],
])('the page and the notes agree on a profile: %s', (spec, count) => {
  const texts = profile(spec);
  const found = realms(texts)?.baked.flatMap(({ entries }) => entries) ?? [];
  const marked = found.filter(({ belongs }) => belongs !== undefined);
  expect(marked).toHaveLength(count);
  const told = analyse(texts).diagnostics.filter(
    ({ code, message }) =>
      code === 'realm-other' || /written for each host|another one on every host/.test(message),
  );
  expect(told).toHaveLength(count);
});

test.each([
  ['packages: [jq]', 'profile'],
  [`apt: {sources: {a: {${source}}}}`, 'profile'],
  [fragmentFile('/etc/netplan/1.yaml', 'network: {}'), 'host'],
  [fragmentFile('/etc/default/locale', 'LANG=C.UTF-8'), 'site'],
  ['runcmd: [[timedatectl, set-timezone, UTC], [ls]]', 'site'],
])('the page and the notes agree on a fragment: %s', (text, home) => {
  const texts = userData(text);
  const found = realms(texts)?.stamped.flatMap(({ entries }) => entries) ?? [];
  expect(found.flatMap(({ belongs }) => belongs ?? [])).toEqual([home]);
  expect(analyse(texts).diagnostics.filter(({ code }) => code === 'realm-other')).toHaveLength(1);
});

test('what site.yaml could say marks a fragment only where every host receives it', () => {
  const other = (edgeSite['hosts/wk-1.yaml'] ?? '').replaceAll('wk-1', 'wk-2').replace('[base]', '[]');
  const texts = {
    ...userData(fragmentFile('/etc/default/locale', 'LANG=C.UTF-8')),
    'hosts/wk-2.yaml': other,
  };
  const found = realms(texts)?.stamped.flatMap(({ entries }) => entries) ?? [];
  expect(found.filter(({ belongs }) => belongs !== undefined)).toEqual([]);
});

test('a VLAN is written as everywhere else', () => {
  const [network, text = ''] = Object.entries(edgeSite).find(([path]) => path.startsWith('networks/')) ?? [
    '',
  ];
  const vlan = 'vlans:\n  oam: {id: 100, link: eno1}\n';
  const found = realms({ ...edgeSite, [network]: `${text}${vlan}` });
  const links = found?.stamped.find(({ title }) => title === 'Network')?.entries ?? [];
  expect(links.find(({ label }) => label === 'oam')?.value).toBe('VLAN');
});
