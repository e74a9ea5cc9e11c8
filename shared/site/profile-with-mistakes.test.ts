import { describe, expect, test } from 'vitest';

import { profileRemedyFixes } from '../assist/fixes/profile-remedies.ts';
import { applyReplacements } from '../source/edit/replacement.ts';
import { offsetAt, type Range } from '../source/source-text.ts';
import { readDocument } from './document.ts';

const head = 'apiVersion: siteforge/v1\nkind: HostProfile\nmetadata: {name: edge}\nspec:\n';

function profile(spec: string) {
  return readDocument('profiles/edge.yaml', `${head}${spec.replace(/^(?=.)/gm, '  ')}`, 'host-profile');
}

function findings(spec: string): string[] {
  return profile(spec)
    .diagnostics.filter(({ severity }) => severity !== 'info')
    .map(({ code, message }) => `${code}: ${message}`);
}

/** The spec after the first fix of the first finding that is no mistake of the schema. */
function firstFixed(spec: string): string | undefined {
  const document = profile(spec);
  const { source, diagnostics } = document;
  const diagnostic = diagnostics.find(({ code }) => code.startsWith('host-profile'));
  if (diagnostic === undefined) throw new Error('There is no finding.');
  const spanOf = ({ start, end }: Range) => ({ start: offsetAt(source, start), end: offsetAt(source, end) });
  const found = { document, diagnostic, span: spanOf(diagnostic.range) };
  const [fix] = profileRemedyFixes(found);
  const edits = fix?.documents.flatMap((each) => each.edits);
  const text =
    edits &&
    applyReplacements(
      source.text,
      edits.map(({ range, newText }) => ({ ...spanOf(range), newText })),
    );
  return text?.slice(head.length).replace(/^ {2}/gm, '');
}

/** A mistake of the schema that has nothing to do with the rest. */
const slip = 'transparentHugepages: nevr\n';

describe('a profile with a mistake of its schema', () => {
  test('keeps the findings on everything else', () => {
    const spec = `kernel:
  arguments: [cgroup_disable=hugetlb, panic=60, panic=30]
  modules: {load: [bonding], blacklist: [bonding]}
hugepages: {pages: [{size: 1G, count: 64}]}
machine: {cpus: 8, memory: 32GiB}
cpu: {isolated: 2-15, housekeeping: 0-2}
systemd: {enable: [chrony.service], mask: [chrony.service]}
`;
    const alone = findings(spec);
    expect(alone.length).toBeGreaterThan(6);
    const together = findings(`${spec}${slip}`);
    expect(together).toEqual([...alone, expect.stringContaining('“transparentHugepages” must be')]);
  });

  test('keeps the findings on the other entries of the list where it stands', () => {
    expect(findings('kernel: {arguments: [panic=60, 7, panic=30]}\n')).toEqual([
      expect.stringContaining('Write a kernel argument as name=value'),
      expect.stringContaining('panic=60 stands before it'),
    ]);
  });

  test('offers fixes that count the entries as they stand in the text', () => {
    expect(firstFixed('kernel:\n  arguments:\n    - 7\n    - panic=60\n    - panic=30\n')).toBe(
      'kernel:\n  arguments:\n    - 7\n    - panic=60\n',
    );
  });

  test('offers no fix that writes over what cannot be read', () => {
    expect(firstFixed('firmware: [htop, firmware-iwlwifi]\npackages: {install: []}\n')).toBe(
      'firmware: [firmware-iwlwifi]\npackages: {install: [htop]}\n',
    );
    expect(firstFixed('firmware: [htop, firmware-iwlwifi]\npackages: {install: chrony}\n')).toBeUndefined();
  });

  /** What is missed may stand where it could not be read. */
  test.each([
    ['a package', 'systemd: {enable: [chrony.service]}\npackages: {install: chrony}\n'],
    ['a section that is misspelt', 'systemd: {enable: [chrony.service]}\npakages: {install: [chrony]}\n'],
    [
      'a repository that brings it',
      'systemd: {enable: [chrony.service]}\nrepositories: [{name: k, uri: nowhere, suites: [/], packages: [chrony]}]\n',
    ],
    ['isolated CPUs', 'cpu: {nohz: true, isolated: two}\n'],
    ['huge pages', 'hugepages: {default: 1G, pages: [{size: 1G, count: none}]}\n'],
    ['memory for a dump', 'packages: {install: [kdump-tools]}\nkdump: much\n'],
    [
      'a container runtime',
      'packages: {install: [kubelet]}\nsysctl: {net.ipv4.ip_forward: 1}\ncontainers: {runtime: contanerd}\n',
    ],
    ['a sysctl', 'packages: {install: [kubelet, containerd]}\nsysctl: {net.ipv4.ip_forward: [1]}\n'],
    [
      'a module',
      'sysctl: {net.bridge.bridge-nf-call-iptables: 1}\nkernel: {modules: {load: br_netfilter}}\n',
    ],
    [
      'the largest number of files',
      'limits: [{domain: "*", type: "-", item: nofile, value: 2000000}]\nsysctl: {fs.nr_open: [1]}\n',
    ],
    ['an account', 'files: [{path: /srv/a, content: a, owner: edge}]\nusers: [{nme: edge}]\n'],
    [
      'the mode of a program',
      'systemd: {units: [{name: a.service, content: "[Service]\\nExecStart=/srv/a\\n"}]}\nfiles: [{path: /srv/a, content: a, mode: executable}]\n',
    ],
    ['the serial port', 'console: {video: false, serial: ttyS0}\n'],
    [
      'the speed of the serial port',
      'kernel: {arguments: ["console=ttyS0,9600n8"]}\nconsole: {serial: {port: ttyS0, baud: fast}}\n',
    ],
    [
      'a partition',
      'partitions: {entries: [{name: a, size: 9g, filesystem: {type: ext4, mountpoint: /var}}, {name: root, size: large}]}\n',
    ],
    [
      'the kernel',
      'kernel: {package: 5, headers: linux-headers-rt-amd64, dkms: [zfs-dkms]}\npackages: {install: [linux-image-rt-amd64]}\n',
    ],
    ['a NUMA node', 'machine: {numaNodes: two, memory: 64GiB}\nkernel: {arguments: ["hugepages=1:8"]}\n'],
    [
      'a repository',
      'containers: {runtime: cri-o}\nrepositories: [{name: cri-o, uri: nowhere, suites: [/]}]\n',
    ],
    [
      'components',
      'repositories: [{name: a, uri: "http://apt.edge.example", suites: [stable], components: 5}]\n',
    ],
    ['AppArmor', 'kernel: {arguments: ["lsm=yama"]}\napparmor: {enabled: perhaps}\n'],
    [
      'an argument of the kubelet',
      'packages: {install: [containerd]}\nsysctl: {net.ipv4.ip_forward: 1}\nrepositories: [{name: k, uri: "http://apt.edge.example/v1.31/deb", suites: [/]}]\nkubernetes: {version: "1.31", kubeletArguments: {cpu-manager-policy: static, reserved-cpus: [0]}}\n',
    ],
    ['a unit of its own', 'systemd: {enable: [crond.service], units: [{name: crond.service, content: 5}]}\n'],
  ])('misses nothing that may stand there: %s', (_, spec) => {
    const found = findings(spec);
    expect(found.filter((each) => each.startsWith('host-profile'))).toEqual([]);
    expect(found).not.toEqual([]);
  });
});
