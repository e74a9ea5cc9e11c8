import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { renderSeed } from '../render/render-host.ts';
import { createSiteAnalyser } from '../site/analyser.ts';
import type { SiteAnalysis } from '../site/analysis.ts';
import { convertDocument } from './convert-document.ts';

const folder = new URL('../../assets/examples/edge-berlin/', import.meta.url);
const example = new Map(
  ['site.yaml', ...['hosts', 'networks', 'profiles', 'user-data', 'images'].flatMap(documentsIn)].map(
    (path) => [path, readFileSync(new URL(path, folder), 'utf8')],
  ),
);

function documentsIn(name: string): string[] {
  return readdirSync(new URL(`${name}/`, folder)).map((file) => `${name}/${file}`);
}

function analyse(changes: Readonly<Record<string, string>> = {}): SiteAnalysis {
  const analyser = createSiteAnalyser();
  for (const [path, text] of [...example, ...Object.entries(changes)]) analyser.update(path, text);
  return analyser.analyse();
}

const targets = ['network-config-v2', 'network-config-v1', 'nmstate', 'network-data'] as const;

function converted(analysis: SiteAnalysis, path: string, to: (typeof targets)[number]) {
  const conversion = convertDocument(analysis, path, to);
  if (conversion === undefined || 'refused' in conversion) throw new Error(JSON.stringify(conversion));
  return conversion;
}

function refusal(analysis: SiteAnalysis, to: (typeof targets)[number] = 'nmstate'): string | undefined {
  const conversion = convertDocument(analysis, 'networks/bonded.yaml', to);
  return conversion !== undefined && 'refused' in conversion ? conversion.refused : undefined;
}

const networksOf = (analysis: SiteAnalysis) =>
  analysis.hosts.map(({ name }) => renderSeed(analysis, name)?.networkConfig);

describe.each(['networks/bonded.yaml', 'networks/single-link.yaml'])('%s', (path) => {
  test.each(targets)('is the same network as %s, with its references', async (to) => {
    const before = analyse();
    const { text, losses, hasComments } = converted(before, path, to);
    expect(text.match(/\(\([a-z.0-9-]+\)\)/g)?.sort()).toEqual(
      example
        .get(path)
        ?.match(/\(\([a-z.0-9-]+\)\)/g)
        ?.sort(),
    );
    expect(hasComments).toBe(true);
    const after = analyse({ [path]: text });
    expect(after.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    // NMState has no names for cards, and says so; all else arrives as it was.
    const cards = losses.map(({ file, range, message }) => `${file}:${range.start.line} ${message}`);
    expect(cards).toEqual(to === 'nmstate' ? cards.filter((each) => /cannot name a card/.test(each)) : []);
    expect(cards).toHaveLength(to !== 'nmstate' ? 0 : path.includes('bonded') ? 2 : 1);
    // Name servers are a link's here and the host's in NMState.
    if (to === 'nmstate') expect(after.hosts).toEqual(before.hosts);
    else expect(networksOf(after)).toEqual(networksOf(before));
    await expect(text).toMatchFileSnapshot(`golden/${path.replace(/^.*\/(.*)\.yaml$/, '$1')}-as-${to}.txt`);
  });
});

const bonded = example.get('networks/bonded.yaml') ?? '';
const withHosts = (network: string, ...variables: string[]) => {
  const lines = variables.map((each) => `    ${each}\n`).join('');
  const hosts = [...example].filter(([path]) => path.startsWith('hosts/'));
  return analyse({
    ...Object.fromEntries(
      hosts.map(([path, text]) => [path, text.replace(/^ {2}variables:\n/m, `$&${lines}`)]),
    ),
    'networks/bonded.yaml': network,
  });
};

test('a reference whose value stands elsewhere as a text of its own is put back where it was, and only there', () => {
  const network = bonded.replace('mtu: 9000', 'mtu: ((var.jumbo))').replace('- 10.20.0.2', '- ((var.dns))');
  const site = withHosts(network, 'jumbo: 9000', 'dns: 10.20.0.1');
  const { text } = converted(site, 'networks/bonded.yaml', 'network-config-v1');
  expect(text.match(/mtu: .*/g)?.slice(0, 3)).toEqual(['mtu: ((var.jumbo))', 'mtu: 9000', 'mtu: 9000']);
  expect(text).toContain('gateway: 10.20.0.1\n');
});

test('names and parts of names stay references', () => {
  const network = bonded.replaceAll(/\bbond0\b/g, '((var.bond))');
  const { text } = converted(withHosts(network, 'bond: team7'), 'networks/bonded.yaml', 'nmstate');
  expect(text).toContain('- name: ((var.bond)).100\n');
  expect(text).toContain('base-iface: ((var.bond))\n');
  expect(text).not.toContain('team7');
});

test('secrets stay where they are', () => {
  const wifi = `version: 2\nwifis:\n  wlan0:\n    dhcp4: true\n    access-points:\n      edge: {password: ((secret.wifi))}\n`;
  const { text } = converted(
    analyse({ 'networks/bonded.yaml': wifi }),
    'networks/bonded.yaml',
    'network-config-v2',
  );
  expect(text).toContain('((secret.wifi))');
});

test('a file that is JSON stays JSON, and a network', () => {
  const { text } = converted(analyse(), 'networks/single-link.yaml', 'network-data');
  const site = analyse({
    'networks/openstack.json': text,
    'hosts/eph-1.yaml': (example.get('hosts/eph-1.yaml') ?? '').replace('ref: single-link', 'ref: openstack'),
  });
  expect(site.hosts.find(({ name }) => name === 'eph-1')?.network).toBe('openstack');
  for (const to of ['network-config-v2', 'network-config-v1', 'nmstate'] as const) {
    const json = converted(site, 'networks/openstack.json', to).text;
    expect(JSON.parse(json)).toBeInstanceOf(Object);
    const errors = analyse({ 'networks/openstack.json': json }).diagnosticsByFile.get(
      'networks/openstack.json',
    );
    expect(errors?.filter(({ severity }) => severity === 'error') ?? []).toEqual([]);
  }
});

test('what another format has to take apart is refused', () => {
  const network = bonded.replace('((var.oam-address))/24', '((var.oam))');
  const site = withHosts(network, 'oam: 10.20.0.77/24');
  expect(refusal(site, 'network-data')).toMatch(
    /^Its references cannot be kept: cp-1 would get another network/,
  );
  expect(converted(site, 'networks/bonded.yaml', 'network-config-v1').text).toContain(
    'address: ((var.oam))\n',
  );
});

test('a document with errors, or with a value that no host gives, is refused', () => {
  expect(refusal(analyse({ 'networks/bonded.yaml': bonded.replace('id: 100', 'id: 5000') }))).toMatch(
    /has errors/,
  );
  expect(refusal(analyse({ 'networks/bonded.yaml': 'version: [' }))).toMatch(/has errors/);
  const unused = analyse({ 'networks/spare.yaml': bonded });
  expect(convertDocument(unused, 'networks/spare.yaml', 'nmstate')).toEqual({
    from: 'network-config-v2',
    refused: expect.stringMatching(/^No host gives “mac.eno1” a value/),
  });
});

test('only networks are converted', () => {
  expect(convertDocument(analyse(), 'hosts/cp-1.yaml', 'nmstate')).toBeUndefined();
  expect(convertDocument(analyse(), 'networks/none.yaml', 'nmstate')).toBeUndefined();
});
