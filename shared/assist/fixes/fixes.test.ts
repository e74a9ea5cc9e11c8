import { describe, expect, test } from 'vitest';
import { cloudInitRootSchema } from '../../cloud-config/cloud-init-schema.ts';
import { noSiteNames } from '../site-names.ts';
import { analyse, applied, type Texts } from './fixes.test-support.ts';
import { type Fix, fixesAt } from './fixes.ts';

const host = (name: string, number: number) => `apiVersion: siteforge/v1
kind: Host
metadata:
  name: ${name}
spec:
  role: worker
  profile: edge-node # what is baked
  macs:
    eno1: "02:00:00:00:01:${String(number).padStart(2, '0')}"
  network: {ref: oam}
  userData: [base]
  variables:
    address: 10.20.0.${number}
`;

const site: Readonly<Record<string, string>> = {
  'site.yaml':
    'apiVersion: siteforge/v1\nkind: Site\nmetadata: {name: edge}\nspec: {dns: {servers: [10.20.0.14]}}\n',
  'hosts/wk-1.yaml': host('wk-1', 11),
  'hosts/wk-2.yaml': host('wk-2', 12),
  'profiles/edge-node.yaml':
    'apiVersion: siteforge/v1\nkind: HostProfile\nmetadata: {name: edge-node}\nspec: {}\n',
  'images/edge.yaml':
    'apiVersion: siteforge/v1\nkind: Image\nmetadata: {name: edge}\nspec:\n  profile: edge-node\n  outputs:\n    - format: iso\n',
  'networks/oam.yaml': `version: 2
ethernets:
  eno1:
    match: {macaddress: ((mac.eno1))}
    set-name: eno1
    addresses:
      - ((var.address))/24
    routes: [{to: default, via: 10.20.0.1}]
`,
  'user-data/base.yaml': '#cloud-config\nssh_pwauth: false\n',
};

/** Fixes for every finding of a document whose message fits. */
function fixesIn(texts: Texts, path: string, message: RegExp, chosenHost?: string): readonly Fix[] {
  const analysis = analyse(texts);
  const found = (analysis.diagnosticsByFile.get(path) ?? []).find((each) => message.test(each.message));
  if (found === undefined) {
    const all = analysis.diagnostics.map((each) => `${each.file} ${each.code} ${each.message}`);
    throw new Error(`No finding ${message} in ${path}:\n${all.join('\n')}`);
  }
  return fixesAt({ analysis, site: noSiteNames, chosenHost }, path, found.range);
}

/** The text of a document after the fix with this title; and that nothing is wrong with the site any more. */
function mended(texts: Texts, path: string, message: RegExp, title: string, chosenHost?: string): string {
  const fixes = fixesIn(texts, path, message, chosenHost);
  const fix = fixes.find((each) => each.title === title);
  expect(fixes.map((each) => each.title)).toContain(title);
  const after = applied(texts, fix);
  const errors = analyse(after).diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.map((each) => `${each.file} ${each.message}`)).toEqual([]);
  return after[path] ?? '';
}

const changed = (path: string, from: string, to: string): Texts => {
  expect(site[path]).toContain(from);
  return { ...site, [path]: (site[path] ?? '').replace(from, to) };
};

test('the site of these tests has no finding', () => {
  expect(analyse(site).diagnostics.map(({ message }) => message)).toEqual([]);
});

describe('a key that is missing', () => {
  test('is added with what the site has, behind the others and their comments', () => {
    const texts = changed('hosts/wk-1.yaml', '  profile: edge-node # what is baked\n', '');
    const after = mended(texts, 'hosts/wk-1.yaml', /profile/, 'Add “profile: edge-node”');
    expect(after).toBe(`${texts['hosts/wk-1.yaml']?.trimEnd()}\n  profile: edge-node\n`);
  });

  test('is added as a mapping with its own required keys', () => {
    const texts = changed('hosts/wk-1.yaml', '  network: {ref: oam}\n', '');
    expect(mended(texts, 'hosts/wk-1.yaml', /network/, 'Add “network: {ref: oam}”')).toContain(
      '    address: 10.20.0.11\n  network:\n    ref: oam\n',
    );
    const withoutMacs = changed('hosts/wk-1.yaml', '  macs:\n    eno1: "02:00:00:00:01:11"\n', '');
    expect(
      mended(withoutMacs, 'hosts/wk-1.yaml', /macs/, 'Add “macs: {eno1: "02:00:00:00:00:01"}”'),
    ).toContain('  macs:\n    eno1: "02:00:00:00:00:01"\n');
  });

  test('is added inside braces', () => {
    const texts = changed('networks/oam.yaml', '{to: default, via: 10.20.0.1}', '{via: 10.20.0.1 }');
    const [first] = fixesIn(texts, 'networks/oam.yaml', /“to”/);
    expect(applied(texts, first)['networks/oam.yaml']).toMatch(/\{via: 10\.20\.0\.1, to: \S+ \}/);
  });

  test('is the name of the file, the head of the document, the version of a network', () => {
    const named = changed('hosts/wk-1.yaml', 'metadata:\n  name: wk-1\n', 'metadata: {}\n');
    expect(mended(named, 'hosts/wk-1.yaml', /“name”/, 'Add “name: wk-1”')).toContain(
      'metadata: {name: wk-1}\n',
    );
    const head = changed('hosts/wk-1.yaml', 'apiVersion: siteforge/v1\n', '');
    expect(mended(head, 'hosts/wk-1.yaml', /apiVersion/, 'Add “apiVersion: siteforge/v1”')).toContain(
      '\napiVersion: siteforge/v1\n',
    );
    const version = changed('networks/oam.yaml', 'version: 2\n', '');
    expect(mended(version, 'networks/oam.yaml', /version: 2/, 'Add “version: 2”')).toMatch(/\nversion: 2\n$/);
  });

  test('of a VLAN gets a number that is allowed', () => {
    const vlan = 'version: 2\nvlans:\n  v7:\n    link: eno1\nethernets:';
    const texts = changed('networks/oam.yaml', 'version: 2\nethernets:', vlan);
    expect(mended(texts, 'networks/oam.yaml', /no ID/, 'Add “id: 100”')).toContain(
      'link: eno1\n    id: 100\n',
    );
  });

  test('keeps the line ends of the document', () => {
    const text = host('wk-1', 11)
      .replace('  profile: edge-node # what is baked\n', '')
      .replaceAll('\n', '\r\n');
    const after = mended(
      { ...site, 'hosts/wk-1.yaml': text },
      'hosts/wk-1.yaml',
      /profile/,
      'Add “profile: edge-node”',
    );
    expect(after).toBe(`${text.trimEnd()}\r\n  profile: edge-node\r\n`);
  });

  test('two of one mapping are added together', () => {
    const text = host('wk-1', 11)
      .replace('  role: worker\n', '')
      .replace('  profile: edge-node # what is baked\n', '');
    const texts = { ...site, 'hosts/wk-1.yaml': text };
    const after = mended(texts, 'hosts/wk-1.yaml', /profile/, 'Mend all 2 of this kind (key-missing)');
    expect(after).toContain('  role: worker');
    expect(after).toContain('  profile: edge-node');
  });
});

test('a key without a value is filled in', () => {
  const texts = changed('hosts/wk-1.yaml', 'profile: edge-node', 'profile:');
  expect(mended(texts, 'hosts/wk-1.yaml', /is empty/, 'Fill in “profile: edge-node”')).toBe(
    site['hosts/wk-1.yaml'],
  );
  const network = changed('hosts/wk-1.yaml', 'network: {ref: oam}', 'network:');
  const after = mended(network, 'hosts/wk-1.yaml', /network/, 'Fill in “network: {ref: oam}”');
  expect(after).toContain('  network:\n    ref: oam\n');
});

describe('what several hosts have', () => {
  test('a MAC address becomes one that nobody has, in quotes', () => {
    const texts = { ...site, 'hosts/wk-2.yaml': host('wk-2', 12).replace('01:12', '01:11') };
    const title = 'Change to 02:00:00:00:00:01 (locally administered)';
    expect(mended(texts, 'hosts/wk-2.yaml', /MAC address/, title)).toContain('eno1: "02:00:00:00:00:01"\n');
  });

  const withoutSecond = Object.fromEntries(
    Object.entries(site).filter(([path]) => path !== 'hosts/wk-2.yaml'),
  );
  const twoLinks = (eno1: string, eno2: string) => ({
    'networks/oam.yaml': `version: 2\nethernets:\n  eno1: ${eno1}\n  eno2: ${eno2}\n`,
  });

  test('a MAC address by which a card is found becomes that of a card of the host', () => {
    const cards = '    eno1: "02:00:00:00:01:11"\n    eno2: "02:00:00:00:01:12"\n';
    const texts = {
      ...withoutSecond,
      'hosts/wk-1.yaml': host('wk-1', 11).replace(/ {4}eno1: .*\n/, cards),
      ...twoLinks(
        '{match: {macaddress: "02:00:00:00:01:11"}, set-name: eno1}',
        '{match: {macaddress: "02:00:00:00:01:11"}, set-name: eno2}',
      ),
    };
    const title = 'Change to 02:00:00:00:01:12 (a card of the host)';
    expect(mended(texts, 'networks/oam.yaml', /matches 02:00:00:00:01:11 already/, title)).toContain(
      'eno2: {match: {macaddress: "02:00:00:00:01:12"}',
    );
  });

  test('no neighbour is offered for an address on two links of a host, which would overlap', () => {
    const texts = {
      ...withoutSecond,
      ...twoLinks('{addresses: [10.20.0.11/24]}', '{addresses: [10.20.0.11/24]}'),
    };
    const titles = fixesIn(texts, 'networks/oam.yaml', /is used on “eno1” already/).map(({ title }) => title);
    expect(titles.filter((title) => title.startsWith('Change to'))).toEqual([]);
  });

  test('an address becomes the next free one of its subnet', () => {
    const texts = {
      ...site,
      'hosts/wk-2.yaml': host('wk-2', 12).replace('10.20.0.12', '10.20.0.11'),
      'hosts/wk-3.yaml': host('wk-3', 23).replace('10.20.0.23', '10.20.0.12'),
      'hosts/wk-4.yaml': host('wk-4', 13),
    };
    // .12 and .13 are hosts, .14 is the name server.
    const title = 'Change to 10.20.0.15 (free in 10.20.0.0/24)';
    expect(mended(texts, 'hosts/wk-2.yaml', /10\.20\.0\.11/, title)).toContain('address: 10.20.0.15\n');
  });

  test('an address at the end of its subnet starts again, and spares network, gateway and broadcast', () => {
    const inline = (name: string, mac: string, address: string) =>
      host(name, 99)
        .replace('02:00:00:00:01:99', mac)
        .replace(
          '  network: {ref: oam}\n',
          `  network:\n    inline: {version: 2, ethernets: {eno1: {addresses: [${address}], gateway4: 10.30.0.1}}}\n`,
        );
    const texts = {
      ...site,
      'hosts/a.yaml': inline('a', '02:00:00:00:02:01', '10.30.0.6/29'),
      'hosts/b.yaml': inline('b', '02:00:00:00:02:02', '10.30.0.6/29'),
    };
    const title = 'Change to 10.30.0.2 (free in 10.30.0.0/29)';
    expect(mended(texts, 'hosts/b.yaml', /10\.30\.0\.6/, title)).toContain('[10.30.0.2/29]');
  });
});

test.each(['10.20.0.11/24', '"10.20.0.11/24" # of rack 1'])(
  'a prefix length that the network adds is taken out of the value of a host: %s',
  (value) => {
    const path = 'hosts/wk-1.yaml';
    const texts = changed(path, 'address: 10.20.0.11', `address: ${value}`);
    const after = mended(texts, path, /two prefix lengths/, 'Change to “10.20.0.11”');
    expect(after).toBe(texts[path]?.replace(/"?10\.20\.0\.11\/24"?/, '10.20.0.11'));
  },
);

test('no fix writes the value of one host into the network of all', () => {
  const texts = changed('networks/oam.yaml', '((var.address))/24', '((var.address))/255.255.255.0');
  expect(fixesIn(texts, 'networks/oam.yaml', /netplan knows no netmask/)).toEqual([]);
});

test('a host that has the name of another is named after its file', () => {
  const texts = { ...site, 'hosts/wk-2.yaml': host('wk-1', 12) };
  expect(mended(texts, 'hosts/wk-2.yaml', /wk-1/, 'Change to “wk-2”')).toBe(site['hosts/wk-2.yaml']);
});

// Without Debian's package of cloud-init, nothing is known to be deprecated.
test.skipIf(!cloudInitRootSchema().isOfCloudInit)(
  'a deprecated key of cloud-config gets the name that it has now, everywhere in the document',
  () => {
    const users = (key: string) =>
      `#cloud-config\nusers:\n  - {name: a, ${key}: true}\n  - {name: b, ${key}: true}\n`;
    const texts = { ...site, 'user-data/base.yaml': users('lock-passwd') };
    const title = 'Mend all 2 of this kind (cloud-config-deprecated)';
    expect(mended(texts, 'user-data/base.yaml', /deprecated/, title)).toBe(users('lock_passwd'));
  },
);

describe('a name that no document has', () => {
  test('makes the document, or takes another name', () => {
    const texts = changed('hosts/wk-1.yaml', 'ref: oam', 'ref: storage');
    const fixes = fixesIn(texts, 'hosts/wk-1.yaml', /no network/);
    expect(fixes.map(({ title }) => title)).toEqual(['Make networks/storage.yaml', 'Use “oam”']);
    expect(fixes[0]?.creates).toEqual({ path: 'networks/storage.yaml' });
    expect(applied(texts, fixes[1])['hosts/wk-1.yaml']).toBe(site['hosts/wk-1.yaml']);
  });

  test('offers the nearest first and once', () => {
    const texts = changed('hosts/wk-1.yaml', 'profile: edge-node', 'profile: "edge-nod"');
    const fixes = fixesIn(texts, 'hosts/wk-1.yaml', /no host profile/);
    expect(fixes.map(({ title }) => title)).toEqual(['Change to “edge-node”', 'Make profiles/edge-nod.yaml']);
  });

  test('makes no document that could not be called so', () => {
    const texts = changed('hosts/wk-1.yaml', 'ref: oam', 'ref: Not_A_Name');
    const fixes = fixesIn(texts, 'hosts/wk-1.yaml', /no network/);
    expect(fixes.filter(({ creates }) => creates !== undefined)).toEqual([]);
  });
});

describe('a value that hosts lack', () => {
  const lacking = changed(
    'networks/oam.yaml',
    '((var.address))/24',
    '((var.address))/24\n      - ((var.storage))/24',
  );

  test('is added to the chosen host, or to all of them, different for each', () => {
    const titles = fixesIn(lacking, 'networks/oam.yaml', /has no value/, 'wk-2').map(({ title }) => title);
    expect(titles).toEqual(['Add “storage” to wk-2', 'Add “storage” to all 2 hosts that lack it']);
    const title = 'Add “storage” to all 2 hosts that lack it';
    const fix = fixesIn(lacking, 'networks/oam.yaml', /has no value/, 'wk-2').find(
      (each) => each.title === title,
    );
    const after = applied(lacking, fix);
    expect(after['hosts/wk-1.yaml']).toContain('    address: 10.20.0.11\n    storage: 192.0.2.10\n');
    expect(after['hosts/wk-2.yaml']).toContain('    storage: 192.0.2.11\n');
  });

  test('is added to one where only one lacks it, also where there are no variables yet', () => {
    const texts: Texts = {
      ...lacking,
      'hosts/wk-2.yaml': host('wk-2', 12).replace(
        '  variables:\n',
        '  variables:\n    storage: 10.30.0.12\n',
      ),
      'hosts/wk-1.yaml': host('wk-1', 11).replace(/ {2}variables:\n.*\n/, ''),
    };
    const fixes = fixesIn(texts, 'networks/oam.yaml', /var\.storage/);
    const after = applied(
      texts,
      fixes.find(({ title }) => title === 'Add “storage” to wk-1'),
    );
    expect(after['hosts/wk-1.yaml']).toContain('\n  variables:\n    storage: 10.30.0.13\n');
  });

  test('may be a MAC address', () => {
    const texts = changed(
      'networks/oam.yaml',
      'ethernets:\n',
      'ethernets:\n  eno2: {match: {macaddress: ((mac.eno2))}}\n',
    );
    const title = 'Add “eno2” to all 2 hosts that lack it';
    const fix = fixesIn(texts, 'networks/oam.yaml', /mac\.eno2/).find((each) => each.title === title);
    const after = applied(texts, fix);
    expect(after['hosts/wk-1.yaml']).toContain('01:11"\n    eno2: "02:00:00:00:00:01"\n');
    expect(after['hosts/wk-2.yaml']).toContain('eno2: "02:00:00:00:00:02"\n');
    expect(analyse(after).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('a list in the wrong form', () => {
  test('is made one of a word and of a mapping', () => {
    const word = changed('hosts/wk-1.yaml', 'userData: [base]', 'userData: base');
    expect(mended(word, 'hosts/wk-1.yaml', /list/, 'Make it a list')).toBe(site['hosts/wk-1.yaml']);
    const mapping = changed(
      'images/edge.yaml',
      '    - format: iso\n',
      '    format: iso\n    volumeId: EDGE\n',
    );
    expect(mended(mapping, 'images/edge.yaml', /list/, 'Make it a list')).toContain(
      '  outputs:\n    - format: iso\n      volumeId: EDGE\n',
    );
    const flow = changed('images/edge.yaml', '\n    - format: iso\n', ' {format: iso}\n');
    expect(mended(flow, 'images/edge.yaml', /list/, 'Make it a list')).toContain(
      'outputs: [{format: iso}]\n',
    );
  });
});

test('an entry that stands twice is removed', () => {
  const flow = changed('hosts/wk-1.yaml', '[base]', '[base, base]');
  expect(mended(flow, 'hosts/wk-1.yaml', /twice/, 'Remove this entry')).toBe(site['hosts/wk-1.yaml']);
  const block = changed('hosts/wk-1.yaml', 'userData: [base]', 'userData:\n    - base\n    - base # again');
  expect(mended(block, 'hosts/wk-1.yaml', /twice/, 'Remove this entry')).toContain(
    '  userData:\n    - base\n  variables:',
  );
});

test('all findings of one kind are mended at once', () => {
  const text = host('wk-1', 11)
    .replace('role:', 'rolle:')
    .replace('profile:', 'profil:')
    .replace('macs:', 'mac:');
  const texts = { ...site, 'hosts/wk-1.yaml': text };
  const title = 'Mend all 3 of this kind (key-unknown)';
  expect(mended(texts, 'hosts/wk-1.yaml', /rolle/, title)).toBe(site['hosts/wk-1.yaml']);
});

test('where nothing is wrong, nothing is offered', () => {
  const range = { start: { line: 1, column: 1 }, end: { line: 5, column: 1 } };
  const analysis = analyse(site);
  expect(fixesAt({ analysis, site: noSiteNames, chosenHost: undefined }, 'hosts/wk-1.yaml', range)).toEqual(
    [],
  );
  expect(fixesAt({ analysis, site: noSiteNames, chosenHost: undefined }, 'nowhere.yaml', range)).toEqual([]);
});

describe('a BMC that two hosts have', () => {
  const withBmc = (name: string, number: number, address: string) =>
    host(name, number).replace('  network:', `  bmc:\n    address: ${address} # rack 3\n  network:`);
  const texts = (one: string, other: string): Texts => ({
    ...site,
    'hosts/wk-1.yaml': withBmc('wk-1', 11, one),
    'hosts/wk-2.yaml': withBmc('wk-2', 12, other),
  });
  const proposed = (url: string) => {
    const both = texts(url, url);
    const fix = fixesIn(both, 'hosts/wk-2.yaml', /BMC address/).find(({ title }) =>
      title.startsWith('Change'),
    );
    return { fix, after: applied(both, fix)['hosts/wk-2.yaml'] ?? '' };
  };

  test('gets the next address that nothing in the site has, as a proposal', () => {
    const { fix, after } = proposed('redfish+https://10.20.0.11:8443/redfish/v1/Systems/1');
    expect(fix).toMatchObject({
      title: 'Change to 10.20.0.13 (nothing in the site has it)',
      isPreferred: false,
    });
    expect(after).toContain('    address: redfish+https://10.20.0.13:8443/redfish/v1/Systems/1 # rack 3\n');
  });

  test('keeps the brackets of an address of IPv6', () => {
    expect(proposed('ipmi://[2001:db8::ff]').after).toContain('address: ipmi://[2001:db8::100] # rack 3\n');
  });

  test('gets none where the server has a name', () => {
    expect(proposed('ipmi://bmc.example').fix).toBeUndefined();
  });
});

test('adds the version to a file of netplan that has none', () => {
  const path = 'networks/oam.yaml';
  const texts = { ...site, [path]: 'network:\n  ethernets: {eno1: {dhcp4: true}}\n' };
  const [fix] = fixesIn(texts, path, /does not say its version/);
  expect(fix?.title).toBe('Add “version: 2”');
  expect(applied(texts, fix)[path]).toBe('network:\n  ethernets: {eno1: {dhcp4: true}}\n  version: 2\n');
});
