import { describe, expect, test } from 'vitest';
import { cloudInitRootSchema } from '../../cloud-config/cloud-init-schema.ts';
import { noSiteNames } from '../site-names.ts';
import { analyse, applied } from './fixes.test-support.ts';
import { fixesAt } from './fixes.ts';
import { changed, fixesIn, host, mended, site } from './fixes-site.test-support.ts';

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

test('adds the version to a file of netplan that has none', () => {
  const path = 'networks/oam.yaml';
  const texts = { ...site, [path]: 'network:\n  ethernets: {eno1: {dhcp4: true}}\n' };
  const [fix] = fixesIn(texts, path, /does not say its version/);
  expect(fix?.title).toBe('Add “version: 2”');
  expect(applied(texts, fix)[path]).toBe('network:\n  ethernets: {eno1: {dhcp4: true}}\n  version: 2\n');
});
