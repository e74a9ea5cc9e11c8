import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { renderHost } from '../render/render-host.ts';
import { createSiteAnalyser } from './analyser.ts';

const example = new URL('../../assets/examples/edge-berlin/', import.meta.url);
const paths = readdirSync(example, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.yaml'),
);
const exampleSite = new Map(paths.map((path) => [path, readFileSync(new URL(path, example), 'utf8')]));

type Changes = Readonly<Record<string, string | undefined | ((text: string) => string)>>;

function analyse(changes: Changes = {}, files: ReadonlyMap<string, string> = exampleSite) {
  const analyser = createSiteAnalyser();
  for (const [path, text] of files) analyser.update(path, text);
  for (const [path, change] of Object.entries(changes)) {
    analyser.update(path, typeof change === 'function' ? change(files.get(path) ?? '') : change);
  }
  return analyser.analyse();
}

/** `file:line code severity`, and the text that the range covers. */
function found(changes: Changes): string[] {
  const analysis = analyse(changes);
  return analysis.diagnostics.map((diagnostic) => {
    const source = analysis.documents.find(({ path }) => path === diagnostic.file)?.source.text ?? '';
    return `${diagnostic.file}:${diagnostic.range.start.line} ${diagnostic.severity} ${diagnostic.code} ${covered(source, diagnostic)}`;
  });
}

function covered(text: string, { range: { start, end } }: Diagnostic): string {
  const line = text.split('\n')[start.line - 1] ?? '';
  return line.slice(start.column - 1, start.line === end.line ? end.column - 1 : undefined);
}

const replace = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);

test('finds nothing wrong with the example site', () => {
  expect(analyse().diagnostics).toEqual([]);
});

test('tells once of a card that none of the hosts of a network has', () => {
  const analysis = analyse({ 'networks/bonded.yaml': replace('((mac.eno1))', '"52:54:00:99:99:99"') });
  expect(
    analysis.diagnostics.filter(({ code }) => code === 'network-match').map(({ message }) => message),
  ).toEqual([
    'No card of 4 hosts has 52:54:00:99:99:99: cp-1, cp-2, wk-1, wk-2. A network of several hosts says ((mac.NAME)).',
  ]);
});

test('tells once that a network lies among the hosts', () => {
  expect(found({ 'hosts/n.yaml': 'version: 2\nethernets: {e: {dhcp4: true}}\n' })).toEqual([
    'hosts/n.yaml:1 error document-kind version',
  ]);
});

test('tells that nothing is filled in in what is baked', () => {
  const file = '  files:\n    - {path: /etc/a, content: "((host.name))"}\n';
  const changes = { 'profiles/edge-node.yaml': replace(/ {2}files:\n/, file) };
  expect(found(changes)).toEqual([
    expect.stringMatching(/^profiles\/edge-node.yaml:\d+ warning realm-other \(\(host.name\)\)$/),
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
  ])('finds %s among the arguments of a host', (argument, expected) => {
    const changes = { 'hosts/wk-2.yaml': replace('- pcie_aspm=off', `- ${argument}`) };
    expect(found(changes)).toEqual([`hosts/wk-2.yaml:37 ${expected} ${argument}`]);
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

describe('values of hosts', () => {
  test('reports a value that hosts lack, once, at the reference', () => {
    const analysis = analyse({
      'networks/bonded.yaml': replace('((var.oam-address))', '((var.oam-adress))'),
    });
    expect(analysis.diagnostics.map(({ code, message }) => [code, message])).toEqual([
      [
        'variable-unknown',
        expect.stringMatching(
          /^“var.oam-adress” has no value for cp-1, cp-2, wk-1, wk-2\..*Did you mean “oam-address”\?$/,
        ),
      ],
    ]);
    expect(analysis.hosts.map(({ problems }) => problems.errors)).toEqual([1, 1, 0, 1, 1]);
  });

  test('reports a reference that can never have a value', () => {
    expect(found({ 'user-data/base.yaml': replace('((host.fqdn))', '((host.fdqn))') })).toEqual([
      expect.stringMatching(/^user-data\/base.yaml:\d+ error variable-unknown \(\(host.fdqn\)\)$/),
    ]);
  });

  test('leaves the arithmetic of the shell alone', () => {
    const fragment = '\nruncmd:\n  - echo $(( 1 + 2 )) ((x.y)) $[((n))]\n';
    const analysis = analyse({ 'user-data/ephemeral.yaml': (text) => text + fragment });
    expect(analysis.diagnostics).toEqual([]);
    expect(renderHost(analysis, 'eph-1')?.userData).toContain('echo $(( 1 + 2 )) ((x.y)) $[((n))]');
  });

  test('reports a wrong value where it was written', () => {
    const lines = found({
      'hosts/wk-1.yaml': replace('eno1: "52:54:00:20:21:01"', 'eno1: "52:54:00:20:21"'),
    });
    expect(lines).toEqual(['hosts/wk-1.yaml:14 error value-invalid "52:54:00:20:21"']);
  });

  test('keeps the type of a value that stands alone', () => {
    const analysis = analyse({
      'networks/bonded.yaml': replace('mtu: 1500', 'mtu: ((var.mtu))'),
      'hosts/wk-1.yaml': replace('variables:', 'variables:\n    mtu: 1400'),
    });
    expect(renderHost(analysis, 'wk-1')?.networkConfig).toContain('mtu: 1400');
    expect(analysis.diagnostics.map(({ code, file }) => [code, file])).toEqual([
      ['variable-unknown', 'networks/bonded.yaml'],
    ]);
  });
});

describe('across hosts', () => {
  test('reports an address that two hosts have, at the variables of both', () => {
    const lines = found({ 'hosts/wk-1.yaml': replace('oam-address: 10.20.0.21', 'oam-address: 10.20.0.22') });
    expect(lines).toEqual([
      'hosts/wk-1.yaml:30 error network-address-duplicate 10.20.0.22',
      'hosts/wk-2.yaml:30 error network-address-duplicate 10.20.0.22',
    ]);
  });

  test('reports an address of the network itself that all hosts would have, in the network', () => {
    const lines = found({ 'networks/bonded.yaml': replace('((var.oam-address))/24', '10.20.0.9/24') });
    expect(lines).toEqual(['networks/bonded.yaml:45 error network-address-duplicate 10.20.0.9/24']);
  });

  test('tells a wrong variable from a wrong prefix behind it', () => {
    expect(
      found({ 'hosts/wk-1.yaml': replace('oam-address: 10.20.0.21', 'oam-address: 10.20.0.2l') }),
    ).toEqual(['hosts/wk-1.yaml:30 error network-address 10.20.0.2l']);
    const lines = found({
      'networks/bonded.yaml': replace('((var.oam-address))/24', '((var.oam-address))/42'),
    });
    expect(lines).toContain('networks/bonded.yaml:45 error network-address ((var.oam-address))/42');
    expect(lines.every((line) => line.startsWith('networks/bonded.yaml'))).toBe(true);
  });

  test('warns of a prefix that is not that of the neighbours, at the fewer', () => {
    const bonded = exampleSite.get('networks/bonded.yaml') ?? '';
    const changes: Changes = {
      'networks/narrow.yaml': bonded.replace('((var.oam-address))/24', '((var.oam-address))/25'),
      'hosts/wk-2.yaml': replace('ref: bonded', 'ref: narrow'),
    };
    expect(found(changes)).toEqual(['hosts/wk-2.yaml:30 warning network-address 10.20.0.22']);
    const [message] = analyse(changes).diagnostics.map((each) => each.message);
    expect(message).toContain(
      '10.20.0.22 of wk-2 has the prefix /25, and on the “bond0.100” of cp-1, cp-2, wk-1 the same subnet has /24.',
    );
    // An address of one machine alone has no neighbours.
    const alone = bonded.replace('((var.oam-address))/24', '((var.oam-address))/32');
    const { diagnostics } = analyse({ ...changes, 'networks/narrow.yaml': alone });
    expect(diagnostics.filter(({ message: text }) => text.includes('the same subnet has'))).toEqual([]);
  });

  test('reports a MAC address that two hosts have, at both', () => {
    const lines = found({ 'hosts/wk-1.yaml': replace('52:54:00:20:21:01', '52:54:00:20:22:01') });
    expect(lines).toEqual([
      'hosts/wk-1.yaml:14 error network-mac-duplicate "52:54:00:20:22:01"',
      'hosts/wk-2.yaml:14 error network-mac-duplicate "52:54:00:20:22:01"',
    ]);
  });

  test('reports the MAC address of a management controller that another host has, which no network shows', () => {
    const bmc = replace('credentials:', 'mac: "52:54:00:20:ff:01"\n    credentials:');
    const lines = found({ 'hosts/wk-1.yaml': bmc, 'hosts/wk-2.yaml': bmc });
    expect(lines.map((line) => line.replace(/:\d+ /, ' '))).toEqual([
      'hosts/wk-1.yaml error network-mac-duplicate "52:54:00:20:ff:01"',
      'hosts/wk-2.yaml error network-mac-duplicate "52:54:00:20:ff:01"',
    ]);
  });

  test('reports a MAC address that stands twice in one host', () => {
    const lines = found({ 'hosts/wk-1.yaml': replace('52:54:00:20:21:02', '52:54:00:20:21:01') });
    expect(lines).toContain('hosts/wk-1.yaml:15 error network-mac-duplicate "52:54:00:20:21:01"');
  });
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

describe('what looks like a reference', () => {
  test.each(['((vars.x))', '(( var.x ))', '{{ var.x }}', '{{host.name}}', '((secert.x))', '((hots.name))'])(
    '%s is told in a fragment',
    (written) => {
      const lines = found({ 'user-data/base.yaml': replace('((host.fqdn))', written) });
      expect(lines).toEqual([expect.stringMatching(/^user-data\/base.yaml:\d+ warning variable-unknown /)]);
    },
  );

  test.each(['$(( x.y ))', '((x.name))', '{{ .Names }}', '{{ ds.meta_data }}'])(
    '%s is left alone',
    (written) => {
      expect(found({ 'user-data/base.yaml': replace('((host.fqdn))', written) })).toEqual([]);
    },
  );

  test('does not propose a variable that the text uses already, nor miss one that is empty', () => {
    const fixes = (variable: string) =>
      analyse({ 'hosts/wk-1.yaml': replace('oam-address: 10.20.0.21', variable) }).diagnostics.map(
        ({ code, message }) => `${code} ${/Did you mean “(.*)”/.exec(message)?.[1] ?? ''}`.trim(),
      );
    expect(fixes('spare: 1')).toEqual(['variable-unknown']);
    expect(fixes('oam-address:')).toEqual(['value-type']);
  });
});

describe('a network of several hosts', () => {
  const without = (lines: string[]) => lines.map((line) => line.replace(/:\d+ /, ' '));

  test('sends what only one host has to the value of that host', () => {
    const lines = found({
      'hosts/wk-1.yaml': replace('oam-address: 10.20.0.21', 'oam-address: 10.20.0.255'),
    });
    expect(without(lines)).toEqual(['hosts/wk-1.yaml error network-address 10.20.0.255']);
  });

  test('names the host whose values do not fit what all have', () => {
    const { diagnostics } = analyse({ 'hosts/wk-1.yaml': replace('10.20.0.21', '10.21.0.21') });
    expect(diagnostics).toMatchObject([{ file: 'networks/bonded.yaml', code: 'network-gateway' }]);
    expect(diagnostics[0]?.message).toMatch(/Only for wk-1: look at the values there\.$/);
  });

  test('names nobody when all have it', () => {
    const { diagnostics } = analyse({ 'networks/bonded.yaml': replace('via: 10.20.0.1', 'via: 10.21.0.1') });
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]?.message).not.toContain('Only for');
  });

  test('warns about an address in the subnet of another link', () => {
    const lines = found({ 'hosts/wk-1.yaml': replace('10.50.0.21', '10.20.0.77') });
    expect(without(lines)).toEqual(['hosts/wk-1.yaml warning network-address 10.20.0.77']);
    const all = found({ 'networks/bonded.yaml': replace('((var.oam-address))/24', '((var.oam-address))/8') });
    expect(all).toContainEqual(expect.stringContaining('warning network-address ((var.storage-address))/24'));
  });

  test.each([
    ['    addresses:\n      - ((var.oam', '    adresses:\n      - ((var.oam', 'key-unknown'],
    ['ethernets:', 'ethernet:', 'key-unknown'],
    ['mode: 802.3ad', 'mode: lacp', 'network-bond'],
    ['via: 10.20.0.1', 'via: 10.20.0.l', 'network-gateway'],
    ['id: 400', 'id: 40', 'network-vlan'],
  ])('makes one finding of one mistake: %j', (from, to, code) => {
    expect(
      analyse({ 'networks/bonded.yaml': replace(from, to) }).diagnostics.map((each) => each.code),
    ).toEqual([code]);
  });

  test('keeps the findings of other links beside a mistake in one', () => {
    const lines = found({
      'networks/bonded.yaml': (text) =>
        text.replace('mode: 802.3ad', 'mode: lacp').replace('via: 10.20.0.1', 'via: 10.21.0.1'),
    });
    expect(lines.map((line) => line.split(' ')[2])).toEqual(['network-bond', 'network-gateway']);
  });

  test('reports a BMC that two hosts name', () => {
    const lines = found({ 'hosts/wk-1.yaml': replace('10.10.0.21', '10.10.0.22') });
    expect(without(lines).map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      'hosts/wk-1.yaml error network-address-duplicate',
      'hosts/wk-2.yaml error network-address-duplicate',
    ]);
  });
});

test('refuses a certificate whose lines were folded into one', () => {
  const lines = found({ 'site.yaml': replace('certificate: |', 'certificate: >') });
  expect(lines).toEqual([expect.stringMatching(/^site.yaml:\d+ error value-invalid /)]);
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

describe('networks', () => {
  test('checks a network that no host uses, but not the values that only a host would give', () => {
    const network =
      'version: 2\nethernets:\n  e0:\n    match: {macaddress: ((mac.e0))}\n    addresses: [((var.a))/24, 10.0.0.1]\n    routes: [{to: default, via: 10.9.9.9}]\n';
    expect(found({ 'networks/spare.yaml': network })).toEqual([
      'networks/spare.yaml:1 info reference-unused version: 2',
      'networks/spare.yaml:5 error network-address 10.0.0.1',
    ]);
  });

  test('checks a network inside the document of a host', () => {
    const inline =
      'inline: {version: 2, ethernets: {eno1: {addresses: [((var.oam-address))/24, 10.0.0.1/99]}}}';
    expect(found({ 'hosts/eph-1.yaml': replace('ref: single-link', inline) })).toContainEqual(
      expect.stringMatching(/^hosts\/eph-1.yaml:\d+ error network-address 10.0.0.1\/99$/),
    );
  });
});

describe('again and again', () => {
  test('gives after any sequence of edits what a fresh analysis gives', () => {
    const documents = [...exampleSite.keys()];
    const edit = fc.record({
      path: fc.constantFrom(...documents, 'hosts/new.yaml', 'user-data/new.yaml'),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      remove: fc.integer({ min: 0, max: 40 }),
      insert: fc.constantFrom(
        '',
        'x',
        '\n',
        ': ',
        '- ',
        '\t',
        '((var.oam-address))',
        '{',
        '"',
        '&a *a',
        '\u0000',
        '10.20.0.11',
      ),
      whole: fc.constantFrom(undefined, undefined, undefined, null, '', exampleSite.get('hosts/cp-1.yaml')),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        const analyser = createSiteAnalyser();
        const texts = new Map(exampleSite);
        for (const [path, text] of texts) analyser.update(path, text);
        for (const { path, at, remove, insert, whole } of edits) {
          const before = texts.get(path) ?? '';
          const start = Math.floor(at * before.length);
          const text =
            whole === null
              ? undefined
              : (whole ?? before.slice(0, start) + insert + before.slice(start + remove));
          if (text === undefined) texts.delete(path);
          else texts.set(path, text);
          analyser.update(path, text);
          analyser.analyse({ atMost: 1 });
        }
        const [kept, fresh] = [analyser.analyse(), analyse({}, texts)];
        expect(kept.diagnostics).toEqual(fresh.diagnostics);
        expect(kept.hosts).toEqual(fresh.hosts);
        for (const { name } of kept.hosts) expect(renderHost(kept, name)).toEqual(renderHost(fresh, name));
        for (const diagnostic of kept.diagnostics)
          expect(isInside(texts.get(diagnostic.file) ?? '', diagnostic)).toBe(true);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  test('keeps the findings of other files the same objects', () => {
    const analyser = createSiteAnalyser();
    for (const [path, text] of exampleSite) analyser.update(path, `${text}\nwrong: 1\n`);
    const before = analyser.analyse();
    analyser.update('hosts/wk-1.yaml', `${exampleSite.get('hosts/wk-1.yaml')}\nother: 1\n`);
    const after = analyser.analyse();
    const changed = [...after.diagnosticsByFile].filter(
      ([file, list]) => before.diagnosticsByFile.get(file) !== list,
    );
    expect(changed.map(([file]) => file)).toEqual(['hosts/wk-1.yaml']);
    expect(after.hosts.filter((host) => !before.hosts.includes(host)).map(({ name }) => name)).toEqual([]);
  });

  test('checks the chosen host first when it may not check all', () => {
    const analyser = createSiteAnalyser();
    for (const [path, text] of exampleSite) analyser.update(path, text);
    analyser.analyse();
    analyser.update(
      'networks/bonded.yaml',
      exampleSite.get('networks/bonded.yaml')?.replace('mtu: 1500', 'mtu: 1400'),
    );
    const partial = analyser.analyse({ atMost: 1, first: 'wk-2' });
    expect(partial.pending).toBe(3);
    expect(renderHost(partial, 'wk-2')?.networkConfig).toContain('mtu: 1400');
    expect(analyser.analyse().pending).toBe(0);
  });
});

function isInside(text: string, { range: { start, end } }: Diagnostic): boolean {
  const lines = text.split(/\r\n|\r|\n/);
  const fits = ({ line, column }: Diagnostic['range']['start']) =>
    line >= 1 && line <= lines.length && column >= 1 && column <= (lines[line - 1]?.length ?? 0) + 2;
  return (
    fits(start) &&
    fits(end) &&
    (start.line < end.line || (start.line === end.line && start.column <= end.column))
  );
}
