import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSourceText, offsetAt } from '../source/source-text.ts';
import {
  complete,
  head,
  host,
  image,
  labels,
  mark,
  network,
  profile,
  site,
  taken,
  userData,
} from './completions.test-support.ts';
import { completionsAt } from './completions.ts';

describe('names that profiles often hold', () => {
  test.each([
    ['kernel parameters', `spec:\n  sysctl:\n    net.ipv4.ip_f${mark}\n`, 'net.ipv4.ip_forward'],
    ['kernel modules', `spec:\n  kernel:\n    modules:\n      load:\n        - ${mark}\n`, 'nf_conntrack'],
    ['modules with options', `spec:\n  kernel:\n    modules:\n      options:\n        ${mark}\n`, 'bonding'],
    ['packages', `spec:\n  packages:\n    install: [${mark}]\n`, 'ethtool'],
    ['firmware', `spec:\n  firmware: [${mark}]\n`, 'firmware-iwlwifi'],
    ['units', `spec:\n  systemd:\n    enable:\n      - ${mark}\n`, 'chrony.service'],
    ['arguments of the kubelet', `spec:\n  kubernetes:\n    kubeletArguments:\n      ${mark}\n`, 'max-pods'],
  ])('%s', (_what, text, label) => expect(labels(profile, text)).toContain(label));

  test('packages are those that Debian has: the module “bonding” and the program “crictl” are none', () => {
    const offered = labels(profile, `spec:\n  packages:\n    install: [${mark}]\n`);
    for (const name of ['bonding', 'crictl', 'mellanox-fw-tools']) expect(offered).not.toContain(name);
  });

  test('firmware is of Debian 12: what later releases took out of a package is not offered', () => {
    const offered = labels(profile, `spec:\n  firmware: [${mark}]\n`);
    for (const name of ['firmware-intel-misc', 'firmware-mediatek']) expect(offered).not.toContain(name);
  });

  test('a kernel parameter with its dots stays one key', () => {
    expect(taken(profile, `spec:\n  sysctl:\n    vm.sw${mark}\n`, 'vm.swappiness')).toBe(
      'spec:\n  sysctl:\n    vm.swappiness: \n',
    );
  });
});

describe('keys', () => {
  test('of the whole document on an empty line at the margin', () => {
    expect(labels(host, `apiVersion: siteforge/v1\n${mark}`)).toEqual(['kind', 'metadata', 'spec']);
  });

  test('that are required come first, those that are there already not at all', () => {
    const found = labels(host, `${head}  role: worker\n  ${mark}\n  macs: {}\n`);
    expect(found.slice(0, 2)).toEqual(['profile', 'network']);
    expect(found).toContain('kernelArguments');
    expect(found).not.toContain('role');
    expect(found).not.toContain('macs');
  });

  test('replace the word that was begun', () => {
    expect(taken(host, `${head}  pro${mark}\n`, 'profile')).toBe(`${head}  profile: \n`);
  });

  test('keep the colon and the value that follow', () => {
    expect(taken(host, `${head}  ro${mark}l: worker\n`, 'role')).toBe(`${head}  role: worker\n`);
  });

  test('of a mapping open it on the next line', () => {
    expect(taken(host, `${head}  netw${mark}`, 'network')).toBe(`${head}  network:\n    `);
  });

  test('of a list open it with a dash', () => {
    expect(taken(host, `${head}  user${mark}`, 'userData')).toBe(`${head}  userData:\n    - `);
  });

  test('with one possible value bring it along', () => {
    expect(taken(host, `k${mark}`, 'kind')).toBe('kind: Host');
  });

  test('in a list of mappings are those of the entry', () => {
    const text = `spec:\n  files:\n    - path: /etc/a\n      ${mark}\n    - path: /etc/b\n      mode: "0600"\n`;
    expect(labels(profile, text)).toEqual(['content', 'owner', 'group', 'mode']);
  });

  test('behind the dash of a new entry', () => {
    expect(labels(profile, `spec:\n  files:\n  - ${mark}`)).toEqual([
      'path',
      'content',
      'owner',
      'group',
      'mode',
    ]);
  });

  test('stand in the column of the others', () => {
    expect(taken(profile, `spec:\n  systemd:\n    units:\n    - na${mark}`, 'name')).toMatch(
      /\n {4}- name: $/,
    );
  });

  test('of an outer mapping, where the cursor stands further left', () => {
    expect(labels(host, `${head}  network:\n    ref: bonded\n  ${mark}`)).toContain('kernelArguments');
  });

  test('inside a flow mapping', () => {
    expect(labels(profile, `spec:\n  files:\n  - {path: /a, ${mark}, mode: "0644"}`)).toEqual([
      'content',
      'owner',
      'group',
    ]);
    expect(taken(profile, `spec:\n  hugepages:\n    pages: [{si${mark}}]`, 'size')).toBe(
      'spec:\n  hugepages:\n    pages: [{size: }]',
    );
  });

  test('inside a flow mapping that is not closed and runs over lines', () => {
    const text = `spec:\n  hugepages:\n    pages: [{size: 2M,\n      ${mark}\n  cpu: {iommu: true}\n`;
    expect(labels(profile, text)).toEqual(['count']);
  });

  test('in text with CRLF line ends, with the same line ends', () => {
    const text = `${head}  netw${mark}\r\n`.replaceAll(/\r?\n/g, '\r\n');
    expect(taken(host, text, 'network')).toBe(`${head}  network:\n    \n`.replaceAll('\n', '\r\n'));
  });

  test('of cloud-config and of both network formats', () => {
    expect(labels(userData, `#cloud-config\nwrite_files:\n  - path: /a\n    ${mark}`)).toContain(
      'permissions',
    );
    expect(labels(network, `version: 2\nbonds:\n  bond0:\n    ${mark}`)).toContain('interfaces');
    expect(labels(network, `network:\n  version: 2\n  vlans:\n    v1:\n      ${mark}`)).toContain('link');
    expect(labels(network, `version: 1\nconfig:\n  - type: physical\n    ${mark}`)).toContain('mac_address');
  });

  test('of an inline network are those of the network format', () => {
    expect(labels(host, `${head}  network:\n    inline:\n      version: 2\n      ${mark}`)).toContain(
      'bonds',
    );
  });

  test('carry help', () => {
    const role = complete(host, `${head}  ${mark}`).find(({ label }) => label === 'role');
    expect(role).toMatchObject({ kind: 'key', detail: 'required' });
    expect(role?.documentation).toContain('`ephemeral`');
  });

  test('are found where the lines above are broken', () => {
    expect(labels(host, `${head}  role: [worker\n  profile "x\n  : \n  ${mark}\n`)).toContain('network');
  });
});

test('older keys of user-data come after all others, and what is rarely wanted after the common', () => {
  const found = labels(userData, `#cloud-config\n${mark}\n`);
  expect(found.slice(0, 3)).toEqual(['hostname', 'fqdn', 'prefer_fqdn_over_hostname']);
  const older = ['add_apt_repo_match', 'apt_ftp_proxy', 'apt_update', 'grub-dpkg'];
  for (const key of older) expect(found.indexOf(key)).toBeGreaterThan(found.indexOf('zypper'));
  expect(found.indexOf('zypper')).toBeGreaterThan(found.indexOf('write_files'));
});

describe('values', () => {
  test('of an enumeration', () => {
    expect(labels(host, `${head}  role: ${mark}`)).toEqual([
      'ephemeral',
      'control-plane',
      'worker',
      'storage',
      'edge',
    ]);
    expect(taken(host, `${head}  role: wor${mark}k`, 'worker')).toBe(`${head}  role: worker`);
  });

  test('of an enumeration on the line below the key', () => {
    expect(labels(host, `${head}  role:\n    ${mark}`)).toContain('worker');
  });

  test('true and false', () => {
    expect(labels(profile, `spec:\n  cpu:\n    iommu: ${mark}`)).toEqual(['true', 'false']);
    expect(labels(userData, `#cloud-config\nssh_pwauth: ${mark}`).slice(0, 2)).toEqual(['true', 'false']);
  });

  test('that would be read as numbers come in quotes', () => {
    expect(taken(profile, `spec:\n  files:\n    - mode: ${mark}`, '0755')).toMatch(/mode: "0755"$/);
    expect(taken(profile, `spec:\n  files:\n    - mode: "${mark}"`, '0755')).toMatch(/mode: "0755"$/);
  });

  test('in a flow list', () => {
    expect(labels('site.yaml', `kind: Site\nspec:\n  components: [main, ${mark}]`)).toContain(
      'non-free-firmware',
    );
  });

  test('in a block list', () => {
    expect(
      labels(profile, `spec:\n  kernel:\n    modules:\n      load:\n        - 8021q\n        - ${mark}`),
    ).toContain('bonding');
  });

  test('of a list are whole lists', () => {
    const text = `kind: Site\nspec:\n  components: ${mark}`;
    expect(labels('site.yaml', text)).toEqual(['[main, non-free-firmware]']);
  });

  test('as a first entry of a list, with its dash', () => {
    expect(taken(host, `${head}  userData:\n    ${mark}`, 'base')).toBe(`${head}  userData:\n    - base`);
  });
});

test('time zones and keyboard layouts are all offered', () => {
  const zones = labels('site.yaml', `kind: Site\nspec:\n  timezone: ${mark}`);
  expect(zones).toContain('Antarctica/Troll');
  expect(zones).toContain('UTC');
  expect(labels(userData, `#cloud-config\ntimezone: ${mark}`)).toContain('Europe/Berlin');
  expect(labels('site.yaml', `kind: Site\nspec:\n  keyboard: ${mark}`)).toContain('jp');
});

test('links of version 1 come from the newest reading of the document', () => {
  const text =
    'version: 1\nconfig:\n  - {type: physical, name: eno7}\n  - {type: bond, bond_interfaces: []}\n';
  const offset = text.indexOf('[]') + 1;
  const found = completionsAt({ path: network, text, offset, site, links: ['eno7'] });
  expect(found[0]).toMatchObject({ label: 'eno7', detail: 'link' });
});

describe('nothing', () => {
  test.each([
    ['in a comment', `${head}  # ro${mark}`],
    ['in a comment behind a value', `${head}  role: worker # ${mark}`],
    ['behind a closed flow mapping', `${head}  network: {ref: a} ${mark}`],
    ['in a block scalar', `${head}  domain: |\n    a\n    ${mark}\n`],
    ['in a mapping that nothing is known about', `${head}  variables:\n    oam-address: ${mark}`],
  ])('%s', (_name, text) => expect(labels(host, text)).toEqual([]));

  test('in a file of unknown kind', () => expect(labels('notes.yaml', `a: ${mark}`)).toEqual([]));
});

describe('an empty document', () => {
  test.each([
    ['site.yaml', 'kind: Site'],
    [host, 'name: cp-1'],
    [profile, 'kind: HostProfile'],
    [image, 'kind: Image'],
    [network, 'version: 2'],
    [userData, '#cloud-config\n'],
  ])('%s starts from a skeleton', (path, expected) => {
    const [skeleton, ...others] = complete(path, `\n${mark}`);
    expect(others).toEqual([]);
    expect(skeleton).toMatchObject({ kind: 'document', insertText: expect.stringContaining(expected) });
  });
});

test('answers at the end of a document of 2,000 lines', () => {
  const files = Array.from(
    { length: 500 },
    (_, index) => `    - path: /etc/${index}\n      mode: "0644"\n      owner: root\n      content: x\n`,
  );
  const text = `${head.replace('Host', 'HostProfile')}  files:\n${files.join('')}      ${mark}`;
  expect(labels(profile, text)).toEqual(['group']);
});

test('answers at every place of any text without throwing, inside the text', () => {
  const alphabet = fc.constantFrom(
    'a',
    'spec',
    ':',
    ' ',
    '\n',
    '\r\n',
    '- ',
    '[',
    ']',
    '{',
    '}',
    ',',
    '"',
    "'",
    '|',
    '#',
    '((',
    '&x ',
    '\t',
    '!',
  );
  fc.assert(
    fc.property(
      fc.array(alphabet, { maxLength: 40 }),
      fc.nat(100),
      fc.constantFrom(host, profile, network, userData),
      (parts, at, path) => {
        const text = parts.join('');
        const source = createSourceText(path, text);
        for (const { range } of completionsAt({ path, text, offset: at, site })) {
          const [start, end] = [offsetAt(source, range.start), offsetAt(source, range.end)];
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      },
    ),
    { numRuns: 500 },
  );
});
