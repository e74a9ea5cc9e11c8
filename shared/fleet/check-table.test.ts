import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSiteAnalyser } from '../site/analyser.ts';
import { type CheckedTable, TableChecker } from './check-table.ts';
import { headerOf } from './columns.ts';
import { gridOf } from './grid.ts';
import { columnsOf, exportHosts, valueIn } from './host-cells.ts';

const site = new Map([
  [
    'site.yaml',
    'apiVersion: siteforge/v1\nkind: Site\nmetadata:\n  name: hall\nspec:\n  release: bookworm\n',
  ],
  ['profiles/node.yaml', 'apiVersion: siteforge/v1\nkind: HostProfile\nmetadata:\n  name: node\nspec: {}\n'],
  [
    'networks/hall.yaml',
    'version: 2\nethernets:\n  eno1:\n    match: {macaddress: ((mac.eno1))}\n    set-name: eno1\n    addresses: [((var.address))/24]\n',
  ],
  [
    'hosts/old.yaml',
    `# By hand.
apiVersion: siteforge/v1
kind: Host
metadata:
  name: old
spec:
  role: worker
  profile: node
  macs:
    eno1: "02:00:00:00:00:aa"
  network:
    ref: hall
  variables:
    address: 10.0.0.10
    vlan: 60
`,
  ],
]);
const header = 'name,role,profile,network,mac.eno1,var.address\n';
const check = (text: string, files = site): CheckedTable => new TableChecker(files).check(gridOf(text).grid);
const problems = (text: string) =>
  check(text).problems.map(({ row, column, severity, message }) => `${row}:${column} ${severity} ${message}`);

describe('hosts from a table', () => {
  test('are documents without a finding, one for each of a sequence', async () => {
    const { hosts, problems: found } = check(
      `${header}n{1..3},worker,node,hall,02:00:00:00:00:{09..0b},10.0.0.{11..13}\n`,
    );
    expect(found).toEqual([]);
    expect(hosts.map(({ path, state }) => [path, state])).toEqual([
      ['hosts/n1.yaml', 'new'],
      ['hosts/n2.yaml', 'new'],
      ['hosts/n3.yaml', 'new'],
    ]);
    await expect(hosts[1]?.text).toMatchFileSnapshot('golden/n2.yaml');
  });

  test('are told what a network shared by all lacks for them', () => {
    const text = 'name,role,profile,network,mac.eno1\nn1,worker,node,hall,02:00:00:00:00:01\n';
    expect(problems(text)).toEqual([
      '0:0 error “var.address” has no value for n1. Add it under “variables” of the host. It stands in networks/hall.yaml, line 6.',
    ]);
  });

  test('are told which address does not reach the gateway of the network', () => {
    const network = `${site.get('networks/hall.yaml')}    routes: [{to: default, via: 10.0.0.1}]\n`;
    const files = new Map([...site, ['networks/hall.yaml', network]]);
    const { problems: found } = check(
      `${header}n1,worker,node,hall,02:00:00:00:00:01,10.0.0.11\nn2,worker,node,hall,02:00:00:00:00:02,10.1.0.11\n`,
      files,
    );
    expect(found.map(({ row, column }) => [row, column])).toEqual([[1, 5]]);
    expect(found[0]?.message).toContain('The gateway 10.0.0.1 is in no subnet');
  });

  describe('are told at the cell what the network makes of it:', () => {
    const link =
      'version: 2\nethernets:\n  eno1:\n    match: {macaddress: ((mac.eno1))}\n    set-name: eno1\n';
    const gateway = `${link}    addresses: [((var.a))/24]\n    routes: [{to: default, via: 10.0.0.1}]\n`;
    const judged = (network: string, columns: string, ...rows: string[]) => {
      const files = new Map([...site, ['networks/own.yaml', network]]);
      files.delete('hosts/old.yaml');
      const lines = rows.map((row, at) => `n${at},worker,node,own,02:00:00:00:00:0${at},${row}\n`);
      const { problems: found, hosts } = check(
        `name,role,profile,network,mac.eno1,${columns}\n${lines.join('')}`,
        files,
      );
      const refused = hosts.filter(({ state }) => state === 'refused').map(({ row }) => row);
      return { found: found.map(({ row, column }) => `${row}:${column}`), refused };
    };

    test.each([
      ['a gateway out of reach', gateway, 'var.a', ['10.0.0.2', '10.1.0.2'], '1:5'],
      ['a gateway out of reach, of the only host', gateway, 'var.a', ['10.1.0.2'], '0:5'],
      ['a gateway that is the host itself', gateway, 'var.a', ['10.0.0.2', '10.0.0.1'], '1:5'],
      [
        'a gateway that shares a part with the address',
        `${link}    addresses: [10.0.((var.rack)).((var.n))/24]\n    routes: [{to: default, via: 10.0.((var.rack)).1}]\n`,
        'var.rack,var.n',
        ['5,2', '5,1'],
        '1:6',
      ],
      [
        'a gateway of NMState',
        'interfaces:\n- name: eno1\n  type: ethernet\n  ipv4: {enabled: true, address: [{ip: ((var.a)), prefix-length: 24}]}\nroutes:\n  config: [{destination: 0.0.0.0/0, next-hop-address: 10.0.0.1, next-hop-interface: eno1}]\n',
        'var.a',
        ['10.0.0.2', '10.1.0.2'],
        '1:5',
      ],
      [
        'a packet larger than the link below',
        `${link}    mtu: ((var.mtu))\nvlans:\n  v: {id: 5, link: eno1, mtu: 9000}\n`,
        'var.mtu',
        ['9000', '1500'],
        '1:5',
      ],
      [
        'a VLAN that is there already',
        `${link}vlans:\n  b: {id: ((var.vlan)), link: eno1}\n  c: {id: 5, link: eno1}\n`,
        'var.vlan',
        ['4', '5'],
        '1:5',
      ],
      [
        'the name of a link',
        'version: 2\nethernets:\n  ((var.nic)): {dhcp4: true}\n',
        'var.nic',
        ['eno1', 'much-too-long-a-name'],
        '1:5',
      ],
      [
        'a card that the host lacks',
        'version: 2\nethernets:\n  eno1: {match: {macaddress: "02:00:00:00:00:00"}, dhcp4: true}\n',
        'var.a',
        ['x'],
        [],
      ],
      [
        'the same card, of another host',
        'version: 2\nethernets:\n  eno1: {match: {macaddress: "02:00:00:00:00:aa"}, dhcp4: true}\n',
        'var.a',
        ['x'],
        '0:4',
      ],
      [
        'an address that all hosts of the network have',
        'version: 2\nethernets:\n  eno1: {addresses: [10.0.0.5/24]}\n',
        'var.a',
        ['x', 'x'],
        ['0:3', '1:3'],
      ],
    ])('%s', (_what, network, columns, rows, cells) => {
      const { found, refused } = judged(network, columns, ...rows);
      expect(found).toEqual([cells].flat());
      expect(refused).toEqual(found.map((cell) => Number.parseInt(cell, 10)));
    });

    test('an error although a warning stands in the same row', () => {
      const mask = gateway.replace('((var.a))/24', '((var.a))/((var.p))');
      const { found, refused } = judged(mask, 'var.a,var.p', '10.0.0.2,24', '10.0.0.3,24', '10.0.0.200,25');
      expect(found.filter((cell) => cell.startsWith('2:')).length).toBe(2);
      expect(refused).toEqual([2]);
    });

    test('a mistake that a host of the site makes too', () => {
      const network = `${site.get('networks/hall.yaml')}    routes: [{to: default, via: 10.9.0.1}]\n`;
      const files = new Map([...site, ['networks/hall.yaml', network]]);
      const { problems: found } = check(`${header}n1,worker,node,hall,02:00:00:00:00:01,10.0.0.11\n`, files);
      expect(found.map(({ row, column }) => [row, column])).toEqual([[0, 5]]);
    });
  });

  test('are told each in its row what many of them share', () => {
    const network = `${site.get('networks/hall.yaml')}    routes: [{to: default, via: 10.0.0.1}]\n`;
    const rows = (first: number) =>
      [2, 3, 4, 5, 6, 7, 8]
        .map((at) => `n${at},worker,node,hall,02:00:00:00:00:0${at},10.1.0.${first + at}\n`)
        .join('');
    const files = new Map([...site, ['networks/hall.yaml', network]]);
    const told = (file: typeof files) =>
      check(`${header}${rows(10)}`, file).problems.map(({ row, message }) => [row, message.slice(0, 33)]);
    const expected = [0, 1, 2, 3, 4, 5, 6].map((row) => [row, 'The gateway 10.0.0.1 is in no sub']);
    expect(told(files)).toEqual(expected);
    files.delete('hosts/old.yaml');
    expect(told(files)).toEqual(expected);
    files.set('networks/hall.yaml', `${site.get('networks/hall.yaml')}    mtu: ((var.mtu))\n`);
    expect(told(files).map(([row]) => row)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test('have columns called as in the documents', () => {
    const plural = header.replace('mac.', 'macs.').replace('var.', 'variables.');
    expect(problems(`${plural}n1,worker,node,hall,02:00:00:00:00:01,10.0.0.11\n`)).toEqual([]);
  });

  test.each([
    ['a role that is none', 'n1,wroker,node,hall,02:00:00:00:00:01,10.0.0.11', '0:1 error'],
    ['a profile that is not there', 'n1,worker,nodes,hall,02:00:00:00:00:01,10.0.0.11', '0:2 error'],
    ['a network that is not there', 'n1,worker,node,hal,02:00:00:00:00:01,10.0.0.11', '0:3 error'],
    ['a MAC address of the wrong form', 'n1,worker,node,hall,02:00:00:00:00,10.0.0.11', '0:4 error'],
    ['an address of the wrong form', 'n1,worker,node,hall,02:00:00:00:00:01,10.0.0.311', '0:5 error'],
    ['a name that no host can have', 'N 1,worker,node,hall,02:00:00:00:00:01,10.0.0.11', '0:0 error'],
    ['a MAC address of another host', 'n1,worker,node,hall,02:00:00:00:00:AA,10.0.0.11', '0:4 error'],
    ['an address of another host', 'n1,worker,node,hall,02:00:00:00:00:01,10.0.0.10', '0:5 error'],
    ['a required cell without a value', 'n1,,node,hall,02:00:00:00:00:01,10.0.0.11', '0:1 error'],
  ])('%s is told at its cell', (_what, row, place) => {
    expect(problems(`${header}${row}\n`)).toEqual([expect.stringContaining(`${place} `)]);
  });

  test('without a column that every host needs are told so once', () => {
    const { hosts, problems: found } = check('name,role,network\nn{1..2},worker,hall\n');
    expect(found.map(({ row, column, message }) => `${row}:${column} ${message}`)).toEqual([
      '-1:0 The table needs a column “profile”: the name of a document in profiles/.',
    ]);
    expect(hosts.map(({ state }) => state)).toEqual(['refused', 'refused']);
  });

  test('that stand twice in the table are told in the second row', () => {
    const row = (mac: string, address: string) =>
      `n1,worker,node,hall,02:00:00:00:00:0${mac},10.0.0.1${address}\n`;
    expect(problems(header + row('1', '1') + row('2', '2'))).toEqual([
      '1:0 error n1 stands further up in the table already.',
    ]);
  });

  test('with an address twice in the table are told where it stands', () => {
    const rows = ['n1', 'n2'].map(
      (name, index) => `${name},worker,node,hall,02:00:00:00:00:0${index},10.0.0.11\n`,
    );
    const found = problems(header + rows.join(''));
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((each) => /^[01]:5 error/.test(each))).toBe(true);
  });

  test('that are there already and say the same are no work; those that say something else are refused', () => {
    const row = (mac: string, profile = 'node') => `old,worker,${profile},hall,${mac},10.0.0.10\n`;
    const same = check(`${header}${row('02-00-00-00-00-AA')}`);
    expect([same.problems, same.hosts[0]?.state]).toEqual([[], 'same']);
    expect(problems(`${header}${row('02:00:00:00:00:aa', 'gpu')}`)).toEqual([
      '0:2 error hosts/old.yaml is there already, with node for profile. Nothing is written over it.',
    ]);
    expect(problems(`${header}${row('xx', 'gpu')}`).map((each) => each.slice(0, 50))).toEqual([
      '0:2 error hosts/old.yaml is there already, with no',
      '0:4 error hosts/old.yaml is there already, with 02',
    ]);
  });

  test('of a table with an unknown column are not made, and the column is guessed', () => {
    const { hosts, problems: found } = check('name,profil\nn1,node\n');
    expect(hosts).toEqual([]);
    expect(found).toMatchObject([{ row: -1, column: 1, meant: 'profile' }]);
    expect(problems('role,profile\nworker,node\n')).toEqual([expect.stringContaining('-1:0 error')]);
    expect(problems('name,host name\na,b\n')).toEqual(['-1:1 error The column name stands twice.']);
  });

  test('are told where a cell stands under no column, and nothing of columns that are empty', () => {
    const row = 'n1,worker,node,hall,02:00:00:00:00:01,10.0.0.11';
    expect(problems(`${header}${row}\n${row.replace('n1', 'n2')},base\n`)).toEqual([
      expect.stringMatching(/^1:6 error No column/),
    ]);
    expect(problems(`${header.trim()},,\n${row},, \n`)).toEqual([]);
  });

  test('are judged anew after an edit as they are from nothing', () => {
    const rows = ['10.0.0.10', '10.0.0.11', '10.0.0.12'].map(
      (address, index) => `${header}n${index % 2},worker,node,hall,02:00:00:00:00:01,${address}\n`,
    );
    const checker = new TableChecker(site);
    for (const text of rows) expect(checker.check(gridOf(text).grid)).toEqual(check(text));
  });
});

describe('the table of a site', () => {
  const analysed = (files: ReadonlyMap<string, string>) => {
    const analyser = createSiteAnalyser();
    for (const [path, text] of files) analyser.update(path, text);
    return analyser.analyse();
  };

  test('is taken in again as nothing to do', () => {
    const text = exportHosts(analysed(site));
    expect(text).toBe(
      'name,role,profile,network,mac.eno1,var.address,var.vlan\r\nold,worker,node,hall,02:00:00:00:00:aa,10.0.0.10,60\r\n',
    );
    expect(check(text)).toMatchObject({ problems: [], hosts: [{ state: 'same' }] });
  });

  test('gives back every value, whatever it holds, as a document and through the table', {
    timeout: 30_000,
  }, () => {
    const value = fc.oneof(
      fc.string({ minLength: 1, unit: 'grapheme' }),
      fc.constantFrom(
        'yes',
        'null',
        '0644',
        '1e3',
        '-1',
        '=1+1',
        "'=x",
        '{1..3}',
        '{{1..3}}',
        'a: b',
        '#c',
        ' d ',
        'e\nf',
        '"',
        '10.0.0.1',
        '60',
        'true',
        '•',
        '\u2028',
        '[',
        '~',
      ),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 4 }), (values) => {
        const columns = values.map((_each, index) => `var.v${index}`).join(',');
        const quoted = values.map((each) => `"${each.replaceAll('"', '""')}"`).join(',');
        const plain = values.every((each) => !/^'*[=+\-@]|\{+[0-9A-Za-z]+\.\.|^\s*$/.test(each));
        fc.pre(plain);
        const { hosts } = check(`name,role,profile,network,${columns}\nn1,worker,node,hall,${quoted}\n`);
        const files = new Map([...site, ['hosts/n1.yaml', hosts[0]?.text ?? '']]);
        const analysis = analysed(files);
        const host = analysis.analysedHosts.get('n1');
        expect(host).toBeDefined();
        if (host === undefined) return;
        for (const column of columnsOf([host])) {
          const index = /^var\.v(\d+)$/.exec(headerOf(column))?.[1];
          if (index !== undefined) expect(valueIn(host.reading, column)).toBe(values[Number(index)]);
        }
        const again = check(exportHosts(analysis), files);
        expect(again.hosts.map(({ state }) => state)).toEqual(['same', 'same']);
      }),
      { numRuns: 150 },
    );
  });

  test('of 500 hosts is checked whole', () => {
    const checker = new TableChecker(site);
    const text = `${header}n{1..250},worker,node,hall,02:00:00:01:00:{01..fa},10.1.0.{1..250}\nm{1..250},worker,node,hall,02:00:00:02:00:{01..fa},10.2.0.{1..250}\n`;
    const { hosts, problems: found } = checker.check(gridOf(text).grid);
    expect([hosts.length, found]).toEqual([500, []]);
  });
});
