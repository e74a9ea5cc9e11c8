import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { checkNetwork } from '../network/check-network.ts';
import { parseNetwork } from '../network/parse-network.ts';
import { editValues, type ValueChange } from '../source/edit-value.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { createSourceText } from '../source/source-text.ts';
import { changeKind } from './change-kind.ts';
import { factsOfDocument, factsOfForm } from './drawing-of-form.ts';
import { FormProblems } from './form-problems.ts';
import {
  addableKinds,
  changeOfFlag,
  changeOfItem,
  changeOfMember,
  changeOfNewItem,
  changeOfNewRoute,
  changeOfRemovedRoute,
  changeOfText,
  changesOfRemoval,
  newLink,
  usesOf,
} from './network-changes.ts';
import { formatOfNetwork, hasKey, readVersion2Form, type WrittenLink } from './read-network-form.ts';

const bonded = `# Of the hosts.
version: 2
ethernets:
  # By MAC address.
  eno1:
    match: {macaddress: ((mac.eno1))}
    set-name: eno1
  eno2:
    match:
      name: enp2*
bonds:
  bond0:
    interfaces: [eno1, eno2] # both
    mtu: 9000
    parameters:
      mode: 802.3ad
      primary: eno1
vlans:
  bond0.100:
    id: 100
    link: bond0
    addresses:
      - ((var.address))/24
      - 192.0.2.9/24
    routes:
      - to: default
        via: 10.20.0.1
    nameservers:
      addresses: 10.20.0.1
`;

function rootOf(text: string) {
  const root = parseYaml(createSourceText('networks/a.yaml', text), new DiagnosticSink());
  if (root === undefined) throw new Error(text);
  return root;
}

const formOf = (text: string) => readVersion2Form(rootOf(text));

function linkOf(text: string, id: string): WrittenLink {
  const link = formOf(text).links.find((each) => each.id === id);
  if (link === undefined) throw new Error(`no ${id}`);
  return link;
}

function edited(text: string, changes: readonly ValueChange[]): string {
  const result = editValues(text, changes);
  if (!result.ok) throw new Error(result.reason);
  return result.text;
}

function errorsOf(text: string): string[] {
  const sink = new DiagnosticSink();
  const model = parseNetwork(rootOf(text), sink);
  if (model !== undefined) checkNetwork(model, sink);
  return sink.list().flatMap(({ severity, message }) => (severity === 'error' ? [message] : []));
}

describe('a version 2 document', () => {
  it('is read as it is written, references included', () => {
    const { links, base } = formOf(bonded);
    expect(base).toEqual([]);
    expect(links.map(({ id, kind }) => `${kind} ${id}`)).toEqual([
      'physical eno1',
      'physical eno2',
      'bond bond0',
      'vlan bond0.100',
    ]);
    expect(links[0]).toMatchObject({ matchMac: '((mac.eno1))', setName: 'eno1' });
    expect(links[2]).toMatchObject({ mode: '802.3ad', mtu: '9000', primary: 'eno1', others: ['primary'] });
    expect(links[3]?.addresses.map(({ text }) => text)).toEqual(['((var.address))/24', '192.0.2.9/24']);
    expect(links[3]?.nameServers).toEqual([
      { text: '10.20.0.1', path: ['vlans', 'bond0.100', 'nameservers', 'addresses'] },
    ]);
  });

  it('is read and changed where a host has it inline', () => {
    const inline = bonded.replace(/^(?=.)/gm, '      ');
    const host = `kind: Host\nspec:\n  network:\n    # Of its own.\n    inline:\n${inline}  role: worker\n`;
    const network = formOf(host);
    expect(formatOfNetwork(rootOf(host))).toBe('network-config-v2');
    expect(network.links.map(({ id }) => id)).toEqual(formOf(bonded).links.map(({ id }) => id));
    expect(factsOfDocument(rootOf(host))?.links.map(({ id }) => id)).toContain('bond0.100');
    const changed = edited(host, changeOfText(linkOf(host, 'bond0'), ['mtu'], '1500'));
    expect(changed).toBe(host.replace('mtu: 9000', 'mtu: 1500'));
    const added = edited(host, newLink(network, 'bridges', linkOf(host, 'bond0')).changes);
    expect(formOf(added).links.map(({ kind }) => kind)).toContain('bridge');
    expect(added).toContain('  role: worker\n');
  });

  it('is read below “network” too', () => {
    const text = `network:\n${bonded.replace(/^(?=.)/gm, '  ')}`;
    expect(formOf(text).base).toEqual(['network']);
    expect(formOf(text).links.map(({ path }) => path[0])).toEqual([
      'network',
      'network',
      'network',
      'network',
    ]);
  });

  it('is drawn with what lies on what', () => {
    const { links, routes } = factsOfForm(formOf(bonded));
    expect(links.map(({ below }) => below)).toEqual([[], [], ['eno1', 'eno2'], ['bond0']]);
    expect(links[3]?.addresses).toEqual(['((var.address))/24', '192.0.2.9/24']);
    expect(routes).toMatchObject([{ to: 'default', via: '10.20.0.1', link: 'bond0.100' }]);
  });
});

describe('a change', () => {
  it('sets a number as a number, and takes away what is empty', () => {
    expect(edited(bonded, changeOfText(linkOf(bonded, 'bond0'), ['mtu'], '1500'))).toContain(
      '    mtu: 1500\n',
    );
    expect(edited(bonded, changeOfText(linkOf(bonded, 'bond0'), ['mtu'], ''))).not.toContain('mtu');
    expect(
      edited(bonded, changeOfText(linkOf(bonded, 'eno2'), ['match', 'name'], '', [undefined])),
    ).toContain('  eno2: {}\n');
  });

  it('puts a key where people look for it', () => {
    const text = edited(bonded, changeOfText(linkOf(bonded, 'bond0.100'), ['mtu'], '1500'));
    expect(text).toContain('    link: bond0\n    mtu: 1500\n    addresses:\n');
  });

  it('says DHCP only where it is wanted', () => {
    const on = edited(bonded, changeOfFlag(linkOf(bonded, 'eno2'), 'dhcp4', true));
    expect(on).toContain('      name: enp2*\n    dhcp4: true\n');
    expect(edited(on, changeOfFlag(linkOf(on, 'eno2'), 'dhcp4', false))).toBe(bonded);
  });

  it('changes, adds and removes one address', () => {
    const vlan = linkOf(bonded, 'bond0.100');
    expect(edited(bonded, changeOfItem(vlan.addresses, 1, '192.0.2.10/24'))).toBe(
      bonded.replace('192.0.2.9/24', '192.0.2.10/24'),
    );
    expect(edited(bonded, changeOfItem(vlan.addresses, 1, ''))).toBe(
      bonded.replace('      - 192.0.2.9/24\n', ''),
    );
    expect(edited(bonded, changeOfNewItem(vlan, ['addresses'], vlan.addresses, '2001:db8::1/64'))).toContain(
      '      - 192.0.2.9/24\n      - 2001:db8::1/64\n',
    );
    const eno1 = linkOf(bonded, 'eno1');
    const first = edited(bonded, changeOfNewItem(eno1, ['addresses'], eno1.addresses, '192.0.2.1/24'));
    expect(linkOf(first, 'eno1').addresses).toMatchObject([{ text: '192.0.2.1/24' }]);
    expect(linkOf(edited(first, changeOfItem(linkOf(first, 'eno1').addresses, 0, '')), 'eno1').node).toEqual(
      expect.objectContaining({ entries: expect.not.arrayContaining([{ key: 'addresses' }]) }),
    );
  });

  it('makes a list of the one name server that stands in the place of a list', () => {
    const vlan = linkOf(bonded, 'bond0.100');
    const text = edited(
      bonded,
      changeOfNewItem(vlan, ['nameservers', 'addresses'], vlan.nameServers, '10.20.0.2'),
    );
    expect(linkOf(text, 'bond0.100').nameServers.map((item) => item.text)).toEqual([
      '10.20.0.1',
      '10.20.0.2',
    ]);
  });

  it('adds and removes routes, and the list with the last of them', () => {
    const eno2 = linkOf(bonded, 'eno2');
    const text = edited(bonded, changeOfNewRoute(eno2, { to: '10.0.0.0/8', via: '192.0.2.1' }));
    expect(linkOf(text, 'eno2').routes).toMatchObject([{ to: '10.0.0.0/8', via: '192.0.2.1' }]);
    expect(edited(text, changeOfRemovedRoute(linkOf(text, 'eno2'), 0))).toBe(bonded);
  });

  it('takes members in and out, and keeps the comment behind them', () => {
    const without = edited(bonded, changeOfMember(linkOf(bonded, 'bond0'), 'eno2', false));
    expect(without).toContain('interfaces: [eno1] # both\n');
    expect(edited(without, changeOfMember(linkOf(without, 'bond0'), 'eno2', true))).toBe(bonded);
  });
});

describe('a new link', () => {
  it.each(addableKinds)('of %s has nothing wrong with it that the document had not', (section) => {
    const text = bonded
      .replaceAll(/\(\(var\..*?\)\)/g, '10.20.0.5')
      .replace('((mac.eno1))', '52:54:00:00:00:01');
    const network = formOf(text);
    for (const chosen of [undefined, ...network.links]) {
      const { id, changes } = newLink(network, section, chosen);
      const after = edited(text, changes);
      expect(linkOf(after, id).section).toBe(section);
      expect(errorsOf(after)).toEqual(errorsOf(text));
    }
  });

  it('is found a name that is free', () => {
    const network = formOf(bonded);
    const ids = addableKinds.map((section) => newLink(network, section, linkOf(bonded, 'bond0')).id);
    expect(ids).toEqual(['eno3', 'bond1', 'bond0.101', 'br0']);
  });

  it('may be the first one', () => {
    const text = edited('version: 2\n', newLink(formOf('version: 2\n'), 'ethernets', undefined).changes);
    expect(text).toBe('version: 2\nethernets:\n  eth0:\n    dhcp4: true\n');
  });

  it('joins the ports that are free', () => {
    const text = bonded.replace('[eno1, eno2]', '[eno1]');
    const { changes } = newLink(formOf(text), 'bonds', undefined);
    expect(linkOf(edited(text, changes), 'bond1').members.map((item) => item.text)).toEqual(['eno2']);
  });
});

describe('a link that is removed', () => {
  it('is taken out of what joins it, with the comment above it', () => {
    const network = formOf(bonded);
    const eno1 = linkOf(bonded, 'eno1');
    expect(usesOf(network, 'eno1')).toEqual([
      { by: 'bond0', as: 'member' },
      { by: 'bond0', as: 'primary' },
    ]);
    const text = edited(bonded, changesOfRemoval(network, eno1));
    expect(text).not.toContain('eno1');
    expect(text).toContain('interfaces: [eno2] # both');
    expect(usesOf(formOf(text), 'eno1')).toEqual([]);
  });

  it('leaves what lies on it, which is told', () => {
    const network = formOf(bonded);
    expect(usesOf(network, 'bond0')).toEqual([{ by: 'bond0.100', as: 'carrier' }]);
    const text = edited(bonded, changesOfRemoval(network, linkOf(bonded, 'bond0')));
    expect(text).not.toContain('bonds:');
    expect(formOf(text).links.map(({ id }) => id)).toEqual(['eno1', 'eno2', 'bond0.100']);
  });
});

describe('another kind', () => {
  const changed = (text: string, id: string, section: (typeof addableKinds)[number]) =>
    changeKind(text, formOf(text), linkOf(text, id), section);

  it('moves the lines of the link with their comments', () => {
    const text = bonded.replace('    match:\n', '    mtu: 1400 # short\n    # of what goes\n    match:\n');
    const after = changed(text, 'eno2', 'bridges');
    expect(after?.dropped).toEqual(['match']);
    expect(after?.text).toContain('bridges:\n  eno2:\n    interfaces: []\n    mtu: 1400 # short\nvlans:\n');
    expect(after?.text).toContain('\n  # By MAC address.\n  eno1:\n');
  });

  it('moves the comment above the link too', () => {
    const after = changed(bonded, 'eno1', 'bridges');
    expect(after?.text).toContain('bridges:\n  # By MAC address.\n  eno1:\n');
    expect(after?.text).toContain('ethernets:\n  eno2:\n');
  });

  it('gives the new kind what it needs, and takes the old section away with its last link', () => {
    const after = changed(bonded, 'bond0', 'vlans');
    expect(after?.text).not.toContain('bonds:');
    expect(after?.dropped).toEqual(['interfaces', 'parameters']);
    expect(linkOf(after?.text ?? '', 'bond0')).toMatchObject({
      section: 'vlans',
      vlanId: '100',
      below: 'eno1',
    });
  });

  it('keeps the members of a bond that becomes a bridge', () => {
    const after = changed(bonded, 'bond0', 'bridges');
    expect(after?.text).toContain('  bond0:\n    interfaces: [eno1, eno2] # both\n    mtu: 9000\n');
    expect(after?.dropped).toEqual(['parameters']);
  });

  it('is refused where links share a line', () => {
    expect(changed('version: 2\nethernets: {a: {mtu: 1400}, b: {}}\n', 'a', 'bridges')).toBeUndefined();
  });
});

it('finds the problems of each value', () => {
  const text = bonded.replace('192.0.2.9/24', '192.0.2.999/24').replace('link: bond0', 'link: bond7');
  const source = createSourceText('networks/a.yaml', text);
  const sink = new DiagnosticSink();
  const root = parseYaml(source, sink);
  const model = root && parseNetwork(root, sink);
  if (root === undefined || model === undefined) throw new Error(text);
  checkNetwork(model, sink);
  const problems = new FormProblems(source, root, sink.list());
  const path = ['vlans', 'bond0.100'];
  expect(problems.at([...path, 'addresses', 1])).toHaveLength(1);
  expect(problems.at([...path, 'link'])).toHaveLength(1);
  expect(problems.under(path).length).toBeGreaterThanOrEqual(2);
  expect(problems.under(['vlans', 'bond0'])).toEqual([]);
});

it('draws the other formats without editing them', () => {
  const folder = new URL('../network/testing/documents/', import.meta.url);
  for (const [name, format] of [
    ['v1-bonded.yaml', 'network-config-v1'],
    ['network-data-openstack.json', 'network-data'],
  ] as const) {
    const root = rootOf(readFileSync(new URL(name, folder), 'utf8'));
    expect(formatOfNetwork(root)).toBe(format);
    expect(factsOfDocument(root)?.links.length).toBeGreaterThan(1);
  }
  const filled = rootOf(
    'version: 1\nconfig:\n  - type: physical\n    name: eno1\n    subnets:\n      - {type: static, address: ((var.a))/24}\n',
  );
  expect(factsOfDocument(filled)?.links[0]?.addresses).toEqual(['((var.a))/24']);
});

it('reads, draws and empties whatever stands in a document', () => {
  const value = fc.constantFrom(
    '{}',
    '[]',
    'x',
    '1',
    'null',
    '[eno1, 2]',
    '{a: b}',
    '"((var.a))"',
    '[{a: 1}]',
  );
  const key = fc.constantFrom(
    'addresses',
    'interfaces',
    'match',
    'routes',
    'nameservers',
    'parameters',
    'id',
    'link',
    'mtu',
  );
  const section = fc.constantFrom('ethernets', 'bonds', 'vlans', 'bridges', 'wifis', 'tunnels');
  const link = fc.uniqueArray(fc.tuple(key, value), { selector: ([each]) => each, maxLength: 5 });
  fc.assert(
    fc.property(section, link, (name, entries) => {
      const body = entries.map(([each, written]) => `      ${each}: ${written}\n`).join('');
      const text = `version: 2\n${name}:\n    a:${body === '' ? ' {}' : ''}\n${body}`;
      const network = formOf(text);
      factsOfForm(network);
      const [first] = network.links;
      if (first === undefined) return;
      if (hasKey(first.section, 'mtu')) edited(text, changeOfText(first, ['mtu'], '1500'));
      expect(formOf(edited(text, changesOfRemoval(network, first))).links).toEqual([]);
    }),
    { numRuns: 120 },
  );
});
