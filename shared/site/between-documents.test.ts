import { describe, expect, test } from 'vitest';
import { analyse, exampleSite, found, replace } from './changed-example.test-support.ts';

test('tells once that a network lies among the hosts', () => {
  expect(found({ 'hosts/n.yaml': 'version: 2\nethernets: {e: {dhcp4: true}}\n' })).toEqual([
    'hosts/n.yaml:1 error document-kind version',
  ]);
});

describe('between documents', () => {
  test('finds an argument of a host that takes away what its profile reserves', () => {
    const changes = { 'hosts/wk-2.yaml': replace('- pcie_aspm=off', '- cgroup_disable=memory,hugetlb') };
    expect(found(changes)).toEqual([
      'hosts/wk-2.yaml:37 error host-profile-contradiction cgroup_disable=memory,hugetlb',
    ]);
  });

  test.each([
    ['mem=64M', 'error host-profile-contradiction'],
    ['nr_cpus=2', 'error host-profile-contradiction'],
    ['cloud-init=disabled', 'warning host-profile-value'],
    ['pcie_aspn=off', 'warning host-profile-value'],
    ['pcie_aspm=performance', 'warning host-profile-value'],
    ['panic:60', 'warning host-profile-value'],
    ['hugepages=8', 'warning host-profile-value'],
  ])('finds %s among the arguments of a host', (argument, expected) => {
    const changes = { 'hosts/wk-2.yaml': replace('- pcie_aspm=off', `- ${argument}`) };
    expect(found(changes)).toEqual([`hosts/wk-2.yaml:37 ${expected} ${argument}`]);
  });

  test('takes pages of another size behind those of the profile', () => {
    const pages = replace('- pcie_aspm=off', '- hugepagesz=1G\n    - hugepages=2');
    expect(found({ 'hosts/wk-2.yaml': pages })).toEqual([]);
  });

  test('says of a format that is not made that it is not the spelling', () => {
    expect(found({ 'images/edge-node.yaml': replace('format: iso', 'format: qcow2') })).toEqual([
      expect.stringMatching(/^images\/edge-node.yaml:\d+ info value-invalid qcow2$/),
      expect.stringMatching(/^images\/edge-node.yaml:\d+ error value-invalid qcow2$/),
    ]);
  });

  test('does not say of a fragment of another type that no host refers to it', () => {
    const lines = found({ 'user-data/base.yaml': '## template: jinja\n#cloud-config\nruncmd: [id]\n' });
    expect(lines.filter((line) => line.includes('cloud-config-header')).length).toBeGreaterThan(1);
    expect(lines.filter((line) => line.includes('reference-unused'))).toEqual([]);
  });

  test('finds a file that two fragments write under two spellings', () => {
    const part = (path: string) =>
      `#cloud-config\nmerge_how: list(append)+dict(recurse_list)+str()\nwrite_files: [{path: ${path}, content: a}]\n`;
    const changes = {
      'user-data/base.yaml': part('/etc/motd.d/a'),
      'user-data/kubernetes-node.yaml': part('/etc/motd.d//a'),
    };
    expect(found(changes)).toEqual([
      'user-data/kubernetes-node.yaml:3 warning cloud-config-merge /etc/motd.d//a',
    ]);
  });

  test('reports names that no document has, with what was meant', () => {
    const analysis = analyse({
      'hosts/wk-1.yaml': (text) =>
        text
          .replace('profile: edge-node', 'profile: edge-nod')
          .replace('ref: bonded', 'ref: bondet')
          .replace('[base,', '[bse,'),
      'images/edge-node.yaml': replace('profile: edge-node', 'profile: edge-nodes'),
    });
    expect(analysis.diagnostics.map(({ file, code, fixes }) => [file, code, fixes?.[0]?.newText])).toEqual([
      ['hosts/wk-1.yaml', 'reference-unknown', 'edge-node'],
      ['hosts/wk-1.yaml', 'reference-unknown', 'bonded'],
      ['hosts/wk-1.yaml', 'reference-unknown', 'base'],
      ['images/edge-node.yaml', 'reference-unknown', 'edge-node'],
    ]);
  });

  test.each(['base.yaml', 'user-data/base', 'user-data/base.yaml'])(
    'takes %s for a name that was meant',
    (written) => {
      const { diagnostics } = analyse({ 'hosts/wk-1.yaml': replace('[base,', `[${written},`) });
      expect(diagnostics).toMatchObject([{ code: 'reference-unknown', fixes: [{ newText: 'base' }] }]);
    },
  );

  test('reports a document that nothing refers to', () => {
    expect(found({ 'user-data/spare.yaml': '#cloud-config\npackages: [htop]\n' })).toEqual([
      'user-data/spare.yaml:1 info reference-unused #cloud-config',
    ]);
  });

  test('reports a name that is not that of the file', () => {
    expect(found({ 'profiles/edge-node.yaml': replace('name: edge-node', 'name: edge') })).toEqual([
      expect.stringMatching(/^profiles\/edge-node.yaml:\d+ error document-name edge$/),
    ]);
  });

  test('reports a document in the folder of another kind, once', () => {
    const host = exampleSite
      .get('hosts/wk-1.yaml')
      ?.replace('name: wk-1', 'name: wk-1')
      .replace('kind: Host', 'kind: Image');
    expect(found({ 'hosts/wk-1.yaml': host })).toEqual(['hosts/wk-1.yaml:3 error document-kind Image']);
  });

  test('reports what shows only when image, profile and site come together', () => {
    const image = (text: string) => text.replace('spec:\n', 'spec:\n  environment: {DIB_RELEASE: sid}\n');
    expect(found({ 'images/edge-node.yaml': image })).toEqual([
      expect.stringMatching(/^images\/edge-node.yaml:\d+ error value-invalid DIB_RELEASE$/),
    ]);
  });

  test('reports contradictions in a profile that no image uses', () => {
    const profile = (exampleSite.get('profiles/edge-node.yaml') ?? '')
      .replace('name: edge-node', 'name: spare')
      .replace(/ {2}systemd:\n[\s\S]*?(?=\n {2}\S|$)/, '')
      .concat('\n  systemd: {enable: [a.service], mask: [a.service]}\n');
    expect(found({ 'profiles/spare.yaml': profile })).toContainEqual(
      expect.stringMatching(/^profiles\/spare.yaml:\d+ (error|warning) host-profile-contradiction /),
    );
  });

  test('reports two files of one name', () => {
    const text = exampleSite.get('networks/bonded.yaml');
    expect(found({ 'networks/bonded.yml': text })).toEqual(['networks/bonded.yml:1 error name-duplicate ']);
  });

  test('names the first of many hosts that share a BMC', () => {
    const text = exampleSite.get('hosts/wk-1.yaml') ?? '';
    const hosts = Array.from({ length: 40 }, (_, index) => `n-${index + 10}`);
    const changes = Object.fromEntries(
      hosts.map((name) => [`hosts/${name}.yaml`, text.replace('name: wk-1', `name: ${name}`)]),
    );
    const messages = analyse(changes).diagnostics.map(({ message }) => message);
    expect(messages.find((message) => message.startsWith('The BMC address'))).toMatch(
      /is used by 41 hosts: (hosts\/n-1[0-4]\.yaml(, )?){5} and 36 more\.$/,
    );
  });

  test('reports a host that has the address of another one’s BMC, at both', () => {
    const lines = found({ 'hosts/wk-2.yaml': replace('https://10.10.0.22/', 'https://10.20.0.21/') });
    expect(lines).toEqual([
      expect.stringMatching(/^hosts\/wk-1\.yaml:\d+ error network-address-duplicate 10\.20\.0\.21$/),
      expect.stringMatching(/^hosts\/wk-2\.yaml:\d+ error network-address-duplicate \S+10\.20\.0\.21/),
    ]);
  });

  test('reports a host that has the address of its own BMC, at both', () => {
    const lines = found({ 'hosts/wk-2.yaml': replace('https://10.10.0.22/', 'https://10.20.0.22/') });
    expect(lines).toEqual([
      expect.stringMatching(/^hosts\/wk-2\.yaml:\d+ error network-address-duplicate \S+10\.20\.0\.22/),
      expect.stringMatching(/^hosts\/wk-2\.yaml:\d+ error network-address-duplicate 10\.20\.0\.22$/),
    ]);
  });

  test('reports two hosts of one name at both', () => {
    const codes = found({ 'hosts/wk-1.yaml': replace('name: wk-1', 'name: wk-2') });
    expect(codes.filter((line) => line.includes('name-duplicate'))).toEqual([
      'hosts/wk-1.yaml:5 error name-duplicate wk-2',
      'hosts/wk-2.yaml:5 error name-duplicate wk-2',
    ]);
  });

  test('misses site.yaml', () => {
    expect(found({ 'site.yaml': undefined })).toContain('site.yaml:1 error reference-unknown ');
  });

  test('refuses a script among the fragments of a host', () => {
    const lines = found({
      'user-data/setup.yaml': '#!/bin/sh\nexit 0\n',
      'hosts/wk-1.yaml': replace('[base,', '[setup, base,'),
    });
    expect(lines).toContain('user-data/setup.yaml:1 warning cloud-config-header #!/bin/sh');
    expect(lines).toContainEqual(
      expect.stringMatching(/^hosts\/wk-1.yaml:\d+ error cloud-config-header setup$/),
    );
  });

  test('warns about a fragment that is merged twice', () => {
    expect(found({ 'hosts/wk-1.yaml': replace('[base,', '[base, base,') })).toContainEqual(
      expect.stringMatching(/^hosts\/wk-1.yaml:\d+ warning name-duplicate base$/),
    );
  });
});

test('refuses a certificate whose lines were folded into one', () => {
  const lines = found({ 'site.yaml': replace('certificate: |', 'certificate: >') });
  expect(lines).toEqual([expect.stringMatching(/^site.yaml:\d+ error value-invalid /)]);
});

test('warns about what in site.yaml stands twice, and about an administrator who cannot log in', () => {
  const codes = (change: (text: string) => string) =>
    found({ 'site.yaml': change }).map((line) => line.replace(/:\d+ /, ' '));
  expect(codes(replace('[10.20.0.1, 10.20.0.2]', '[10.20.0.1, 10.20.0.1]'))).toEqual([
    'site.yaml warning name-duplicate 10.20.0.1',
  ]);
  expect(codes(replace(/ {2}adminKeys:\n( {4}.*\n)+/, ''))).toEqual([
    expect.stringMatching(/^site.yaml warning key-missing /),
  ]);
});

describe('merging', () => {
  test('warns about a list that a later fragment replaces', () => {
    const extra = '#cloud-config\nruncmd: [ls]\nfinal_message: bye\n';
    const lines = found({
      'user-data/extra.yaml': extra,
      'hosts/wk-1.yaml': replace('[base, kubernetes-node]', '[base, kubernetes-node, extra]'),
    });
    expect(lines).toEqual([
      'user-data/extra.yaml:2 warning cloud-config-merge runcmd',
      'user-data/extra.yaml:3 info cloud-config-merge final_message',
    ]);
  });

  test('warns about a host name in a fragment', () => {
    expect(found({ 'user-data/base.yaml': (text) => `${text}hostname: node\n` })).toEqual([
      expect.stringMatching(/^user-data\/base.yaml:\d+ warning cloud-config-merge hostname$/),
    ]);
  });
});
