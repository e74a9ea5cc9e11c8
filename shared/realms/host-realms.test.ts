import { expect, test } from 'vitest';
import { createSiteAnalyser } from '../site/analyser.ts';
import { createSourceText } from '../source/source-text.ts';
import { type HostRealms, type RealmGroup, realmsOfHost } from './host-realms.ts';
import { edgeSite, type Texts } from './testing/edge-site.ts';

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
