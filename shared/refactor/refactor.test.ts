import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSiteAnalyser } from '../site/analyser.ts';
import type { SiteAnalysis } from '../site/analysis.ts';
import { definitionsOf, referencesTo } from './definitions.ts';
import { edited } from './edited.test-support.ts';
import { newNameProblem } from './new-name.ts';
import { occurrenceIn } from './occurrences.ts';
import { planRename, type RenamePlan, renameSubject } from './rename.ts';
import type { Occurrence, SiteSymbol } from './symbols.ts';

const host = (name: string, number: number, more = '') => `# ${name}, beside the window.
apiVersion: siteforge/v1
kind: Host
metadata:
  name: ${name}   # as on the label
spec:
  domain: edge.example
  role: worker
  profile: "edge-node"
  macs:
    eno1: "02:00:00:00:01:${number.toString(16).padStart(2, '0')}"
  bmc: {address: "ipmi://10.9.0.${number}", credentials: bmc-rack-1}
  network: {ref: bonded}
  userData: [base, 'node']
  variables:
    oam-address: 10.20.0.${number}
${more}`;

const site = {
  'site.yaml': 'apiVersion: siteforge/v1\nkind: Site\nmetadata: {name: edge}\nspec: {}\n',
  'hosts/wk-1.yaml': host('wk-1', 11),
  'hosts/wk-2.yaml': host('wk-2', 12),
  'hosts/alone.yaml': `apiVersion: siteforge/v1
kind: Host
metadata: {name: alone}
spec:
  role: edge
  profile: edge-node
  macs: {eno1: "02:00:00:00:02:01"}
  network:
    inline:
      version: 1
      config:
        - {type: physical, name: eno1, mac_address: ((mac.eno1))}
        - type: bond
          name: bond0
          bond_interfaces: [eno1]
          params: {bond-mode: active-backup, bond_primary: eno1}
        - {type: vlan, name: bond0.7, vlan_id: 7, vlan_link: bond0}
        - type: bridge
          name: br0
          bridge_interfaces: [bond0.7]
          params: {bridge_pathcost: [bond0.7 50]}
`,
  'profiles/edge-node.yaml':
    'apiVersion: siteforge/v1\nkind: HostProfile\nmetadata: {name: edge-node}\nspec: {}\n',
  'images/edge.yaml':
    'apiVersion: siteforge/v1\nkind: Image\nmetadata: {name: edge}\nspec:\n  profile: edge-node\n  elements: [dkms, own]\n  outputs: [{format: iso}]\n',
  'networks/bonded.yaml': `version: 2
ethernets:
  eno1: {match: {macaddress: ((mac.eno1))}, set-name: eno1}
bonds:
  bond0:
    interfaces: [eno1]
    parameters: {mode: active-backup, primary: eno1}
vlans:
  "bond0.100":
    id: 100
    link: 'bond0'
    addresses: [((var.oam-address))/24]
bridges:
  br0:
    interfaces: [bond0.100]
    parameters: {path-cost: {bond0.100: 50}}
`,
  'user-data/base.yaml': `#cloud-config
# ((var.oam-address)) in a comment is no reference.
write_files:
  - path: /etc/address
    content: |
      address=((var.oam-address)) of ((host.name))
      again=((var.oam-address))
`,
  'user-data/node.yaml': '#cloud-config\nfinal_message: "((var.oam-address)) is up"\n',
} as const;

function analyse(changes: Readonly<Record<string, string>> = {}): SiteAnalysis {
  const analyser = createSiteAnalyser();
  for (const [path, text] of Object.entries({ ...site, ...changes })) analyser.update(path, text);
  return analyser.analyse();
}

/** What stands where `‸` is put into the text of a document. */
function at(path: keyof typeof site, marked: string, analysis = analyse()): Occurrence | undefined {
  const document = analysis.documents.find((each) => each.path === path);
  const offset = document?.source.text.indexOf(marked.replace('‸', '')) ?? -1;
  expect(offset).toBeGreaterThanOrEqual(0);
  return document === undefined ? undefined : occurrenceIn(document, offset + marked.indexOf('‸'));
}

const shown = ({ source, span }: Occurrence) =>
  `${source.file}:${source.text.slice(0, span.start).split('\n').length} ${source.text.slice(span.start, span.end)}`;

function applied(texts: Readonly<Record<string, string>>, plan: RenamePlan): Record<string, string> {
  const changed = edited(texts, plan.documents);
  if (plan.move !== undefined) {
    changed[plan.move.to] = changed[plan.move.from] ?? '';
    delete changed[plan.move.from];
  }
  return changed;
}

describe('what stands at a place', () => {
  test.each([
    ['hosts/wk-1.yaml', 'profile: "edge‸-node"', 'host-profile edge-node'],
    ['hosts/wk-1.yaml', 'ref: bon‸ded', 'network-config bonded'],
    ['hosts/wk-1.yaml', "'node‸'", 'cloud-config node'],
    ['hosts/wk-1.yaml', 'bmc-rack-1‸', 'secret bmc-rack-1'],
    ['hosts/wk-1.yaml', 'name: ‸wk-1', 'host wk-1'],
    ['hosts/wk-1.yaml', 'oam‸-address: ', 'variable oam-address'],
    ['hosts/wk-1.yaml', 'eno‸1: ', 'mac eno1'],
    ['images/edge.yaml', 'profile: edge‸', 'host-profile edge-node'],
    ['images/edge.yaml', '[dk‸ms', 'element dkms'],
    ['networks/bonded.yaml', '  bond0‸:', 'link bond0'],
    ['networks/bonded.yaml', "link: '‸bond0'", 'link bond0'],
    ['networks/bonded.yaml', '[‸eno1]', 'link eno1'],
    ['networks/bonded.yaml', 'primary: eno1‸', 'link eno1'],
    ['networks/bonded.yaml', '{‸bond0.100: 50}', 'link bond0.100'],
    ['networks/bonded.yaml', '((va‸r.oam-address))/24', 'variable oam-address'],
    ['networks/bonded.yaml', '((mac.eno1)‸)', 'mac eno1'],
    ['user-data/base.yaml', '((host.na‸me))', 'fact host.name'],
    ['hosts/alone.yaml', 'vlan_link: bond0‸', 'link bond0'],
    ['hosts/alone.yaml', 'bond_primary: eno1‸', 'link eno1'],
    ['hosts/alone.yaml', '[bond0.7‸ 50]', 'link bond0.7'],
  ] as const)('%s: %s', (path, marked, expected) => {
    const found = at(path, marked);
    expect(`${found?.symbol.kind} ${found?.symbol.name}`).toBe(expected);
  });

  test('is nothing in comments, in values and in what is not a name', () => {
    expect(at('user-data/base.yaml', '# ((var.oam‸-address)) in')).toBeUndefined();
    expect(at('hosts/wk-1.yaml', 'domain: edge‸')).toBeUndefined();
    expect(at('networks/bonded.yaml', 'vers‸ion')).toBeUndefined();
    expect(at('networks/bonded.yaml', 'set-name: eno‸1')).toBeUndefined();
  });
});

describe('definitions and references', () => {
  test('a profile is defined by its document and named by hosts and images', () => {
    const analysis = analyse();
    const profile: SiteSymbol = { kind: 'host-profile', name: 'edge-node' };
    expect(definitionsOf(analysis, profile).map(shown)).toEqual(['profiles/edge-node.yaml:3 edge-node']);
    expect(referencesTo(analysis, profile).map(shown)).toEqual([
      'hosts/alone.yaml:6 edge-node',
      'hosts/wk-1.yaml:9 edge-node',
      'hosts/wk-2.yaml:9 edge-node',
      'images/edge.yaml:5 edge-node',
    ]);
  });

  test('a document without a name of its own is defined by its start', () => {
    const [start] = definitionsOf(analyse(), { kind: 'network-config', name: 'bonded' });
    expect(start?.source.file).toBe('networks/bonded.yaml');
    expect(start?.span).toEqual({ start: 0, end: 0 });
  });

  test('a variable is defined by the hosts that receive the document, the chosen one first', () => {
    const analysis = analyse({
      'hosts/other.yaml': host('other', 13).replaceAll('bonded', 'none').replace("[base, 'node']", '[]'),
    });
    const symbol: SiteSymbol = { kind: 'variable', name: 'oam-address' };
    const from = 'networks/bonded.yaml';
    expect(definitionsOf(analysis, symbol, { from, chosenHost: 'wk-2' }).map(shown)).toEqual([
      'hosts/wk-2.yaml:16 oam-address',
      'hosts/wk-1.yaml:16 oam-address',
    ]);
    expect(definitionsOf(analysis, symbol)).toHaveLength(3);
  });

  test('a fact of hosts is defined where each host says it', () => {
    const analysis = analyse();
    const fact: SiteSymbol = { kind: 'fact', name: 'host.name' };
    const options = { from: 'user-data/base.yaml', chosenHost: 'wk-2' };
    expect(definitionsOf(analysis, fact, options).map(shown)).toEqual([
      'hosts/wk-2.yaml:5 wk-2',
      'hosts/wk-1.yaml:5 wk-1',
    ]);
    expect(definitionsOf(analysis, { kind: 'fact', name: 'site.name' }).map(shown)).toEqual([
      'site.yaml:3 edge',
    ]);
  });

  test('links of different networks with one name are different', () => {
    const link: SiteSymbol = { kind: 'link', name: 'eno1', scope: 'networks/bonded.yaml' };
    const found = referencesTo(analyse(), link);
    expect(found.map(shown)).toEqual(['networks/bonded.yaml:6 eno1', 'networks/bonded.yaml:7 eno1']);
  });

  test('links of NMState and network_data are found too', () => {
    const nmstate = `interfaces:
  - {name: eno1, type: ethernet}
  - {name: bond0, type: bond, link-aggregation: {mode: active-backup, port: [eno1]}}
  - {name: bond0.5, type: vlan, vlan: {base-iface: bond0, id: 5}}
  - {name: br0, type: linux-bridge, bridge: {port: [{name: bond0.5}]}}
routes: {config: [{destination: 0.0.0.0/0, next-hop-interface: br0}]}
`;
    const data = `{"links": [{"id": "a", "type": "phy"}, {"id": "b", "type": "bond", "bond_links": ["a"]}],
 "networks": [{"id": "n", "link": "b"}]}
`;
    const analysis = analyse({ 'networks/nm.yaml': nmstate, 'networks/data.yaml': data });
    const count = (scope: string, name: string) =>
      referencesTo(analysis, { kind: 'link', name, scope }).length;
    expect(['eno1', 'bond0', 'bond0.5', 'br0'].map((name) => count('networks/nm.yaml', name))).toEqual([
      1, 1, 1, 1,
    ]);
    expect(['a', 'b'].map((name) => count('networks/data.yaml', name))).toEqual([1, 1]);
  });
});

describe('a rename', () => {
  test.each([
    [{ kind: 'host', name: 'wk-1' }, 'wk-9'],
    [{ kind: 'host-profile', name: 'edge-node' }, 'rack-node'],
    [{ kind: 'network-config', name: 'bonded' }, 'two-cards'],
    [{ kind: 'cloud-config', name: 'node' }, 'kube'],
    [{ kind: 'image', name: 'edge' }, 'rack'],
    [{ kind: 'link', name: 'bond0', scope: 'networks/bonded.yaml' }, 'uplink'],
    [{ kind: 'link', name: 'bond0.100', scope: 'networks/bonded.yaml' }, 'oam'],
    [{ kind: 'link', name: 'bond0.7', scope: 'hosts/alone.yaml' }, 'seven'],
    [{ kind: 'variable', name: 'oam-address' }, 'management-ip'],
    [{ kind: 'mac', name: 'eno1' }, 'port1'],
  ] as const)('of %o leaves no finding behind, and nothing else changes', (symbol, to) => {
    const before = analyse();
    const texts = applied(site, planRename(before, symbol, to));
    const analyser = createSiteAnalyser();
    for (const [path, text] of Object.entries(texts)) analyser.update(path, text);
    const after = analyser.analyse();
    const codes = ({ diagnostics }: SiteAnalysis) => diagnostics.map(({ code }) => code).sort();
    expect(codes(after)).toEqual(codes(before));
    expect(renameSubject(after, symbol)?.documents ?? []).toEqual([]);
    const back = planRename(after, { ...symbol, name: to }, symbol.name);
    expect(applied(texts, back)).toEqual(site);
  });

  test('moves the file of a document and keeps its ending', () => {
    const analysis = analyse({ 'networks/other.yml': 'version: 2\n' });
    expect(planRename(analysis, { kind: 'network-config', name: 'other' }, 'more')).toEqual({
      documents: [],
      move: { from: 'networks/other.yml', to: 'networks/more.yml' },
    });
  });

  test('puts a name in quotes where YAML would take it for something else', () => {
    const plan = planRename(analyse(), { kind: 'network-config', name: 'bonded' }, '100');
    expect(plan.documents.flatMap(({ edits }) => edits.map(({ newText }) => newText))).toEqual([
      '"100"',
      '"100"',
    ]);
    const quoted = planRename(analyse(), { kind: 'host-profile', name: 'edge-node' }, 'null');
    expect(quoted.documents.find(({ path }) => path === 'hosts/wk-1.yaml')?.edits[0]?.newText).toBe('null');
  });

  test('tells the documents with their counts, and those that cannot be read', () => {
    const analysis = analyse({ 'hosts/broken.yaml': 'metadata: {name: broken\nspec: [' });
    const subject = renameSubject(analysis, { kind: 'variable', name: 'oam-address' });
    expect(subject?.documents).toEqual([
      { path: 'hosts/wk-1.yaml', count: 1 },
      { path: 'hosts/wk-2.yaml', count: 1 },
      { path: 'networks/bonded.yaml', count: 1 },
      { path: 'user-data/base.yaml', count: 2 },
      { path: 'user-data/node.yaml', count: 1 },
    ]);
    expect(subject?.unreadable).toEqual(['hosts/broken.yaml']);
  });

  test('is not offered for what documents do not name', () => {
    const analysis = analyse();
    for (const symbol of [
      { kind: 'fact', name: 'host.name' },
      { kind: 'element', name: 'dkms' },
      { kind: 'network-config', name: 'nowhere' },
    ] as const)
      expect(renameSubject(analysis, symbol)).toBeUndefined();
  });

  test('refuses names that are taken or invalid', () => {
    const analysis = analyse();
    const problem = (symbol: SiteSymbol, name: string) => {
      const subject = renameSubject(analysis, symbol);
      return subject === undefined ? 'no subject' : newNameProblem(subject, name);
    };
    expect(problem({ kind: 'host', name: 'wk-1' }, 'wk-2')).toMatch(/already/);
    expect(problem({ kind: 'host', name: 'wk-1' }, 'WK-9')).toMatch(/lower case/);
    expect(problem({ kind: 'host', name: 'wk-1' }, 'wk-1')).toBeUndefined();
    const variable: SiteSymbol = { kind: 'variable', name: 'oam-address' };
    expect(problem(variable, 'a b')).toMatch(/letters, digits/);
    expect(problem(variable, '')).toMatch(/Type a name/);
    const link: SiteSymbol = { kind: 'link', name: 'eno1', scope: 'networks/bonded.yaml' };
    expect(problem(link, 'bond0')).toMatch(/already in this network/);
    expect(problem(link, 'a-name-that-is-long')).toMatch(/15 characters/);
    expect(problem(link, 'bond0.7')).toBeUndefined();
    expect(problem({ kind: 'mac', name: 'eno1' }, 'a(b')).toMatch(/letters/);
  });

  test('never cuts a text outside its names, whatever the documents hold', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'abc:-[]{}"\'| \n((var.x))#&*!\r\t'.split('')),
      maxLength: 120,
    });
    fc.assert(
      fc.property(text, (body) => {
        const texts = { 'networks/any.yaml': `version: 2\nethernets:\n  x:\n    a: ((var.x))\n${body}` };
        const analyser = createSiteAnalyser();
        for (const [path, each] of Object.entries(texts)) analyser.update(path, each);
        const analysis = analyser.analyse();
        for (const kind of ['variable', 'link'] as const) {
          const scope = kind === 'link' ? { scope: 'networks/any.yaml' } : {};
          applied(texts, planRename(analysis, { kind, name: 'x', ...scope }, 'y'));
        }
      }),
      { numRuns: 300 },
    );
  });
});

test('a name in 500 hosts is renamed in all of them', () => {
  const many = Object.fromEntries(
    Array.from({ length: 500 }, (_, number) => [`hosts/h-${number}.yaml`, host(`h-${number}`, number % 250)]),
  );
  const analysis = analyse(many);
  const plan = planRename(analysis, { kind: 'variable', name: 'oam-address' }, 'management-ip');
  expect(plan.documents).toHaveLength(505);
});
