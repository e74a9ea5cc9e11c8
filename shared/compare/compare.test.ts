import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { renderHost } from '../render/render-host.ts';
import { writtenNowhere } from '../render/written-nowhere.ts';
import { createSiteAnalyser } from '../site/analyser.ts';
import { planImage } from '../site/plan-image.ts';
import { withoutSecrets } from '../site/without-secrets.ts';
import { comparedHost, comparedSeed, compareHosts } from './compare-hosts.ts';
import { compareTrees } from './compare-trees.ts';
import { type Difference, shortChange, topicsOf } from './difference.ts';
import { type Delivered, freshnessOf, type LastBuild } from './freshness.ts';
import { sha256 } from './sha-256.ts';

const example = new URL('../../assets/examples/edge-berlin/', import.meta.url);
const paths = readdirSync(example, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.yaml'),
);
const texts = new Map(paths.map((path) => [path, readFileSync(new URL(path, example), 'utf8')]));

type Changes = Readonly<Record<string, (text: string) => string>>;

function analyse(changes: Changes = {}) {
  const analyser = createSiteAnalyser();
  for (const [path, text] of texts) analyser.update(path, changes[path]?.(text) ?? text);
  return analyser.analyse();
}

const original = analyse();

function compared(name: string, other: string, changes: Changes = {}): Difference[] {
  const analysis = analyse(changes);
  const [here, there] = [comparedHost(analysis, name), comparedHost(analysis, other)];
  if (here === undefined || there === undefined) throw new Error('no such host');
  return compareHosts(here, there);
}

const inWords = ({ what, here, there, hereAt, thereAt }: Difference) =>
  `${what}: ${here ?? '-'} | ${there ?? '-'}${[hereAt, thereAt].map((at) => (at === undefined ? '' : ` @${at.file}:${at.range.start.line}`)).join('')}`;

describe('two hosts', () => {
  it('differ in nothing from themselves', () => {
    expect(compared('wk-1', 'wk-1')).toEqual([]);
  });

  it('are told apart in words, with the places where the values are written', async () => {
    const found = compared('wk-2', 'wk-1');
    expect(topicsOf(found)).toEqual([
      'names',
      'addresses',
      'MAC addresses',
      'kernel arguments',
      'files',
      'other settings',
    ]);
    await expect(`${found.map(inWords).join('\n')}\n`).toMatchFileSnapshot('golden/wk-2-and-wk-1');
  });

  it('name links, routes and the role that only one has', async () => {
    await expect(`${compared('eph-1', 'wk-1').map(inWords).join('\n')}\n`).toMatchFileSnapshot(
      'golden/eph-1-and-wk-1',
    );
  });

  it('keep what is secret hidden', () => {
    const password = (text: string) =>
      `${text}\nchpasswd: {users: [{name: ops, password: "((host.name))-5ecret"}]}\n`;
    const found = compared('wk-1', 'wk-2', { 'user-data/base.yaml': password });
    expect(found.map(inWords).join('\n')).toContain('(hidden) | (hidden)');
    expect(JSON.stringify(found)).not.toContain('5ecret');
  });
});

describe('trees', () => {
  const value = fc.letrec((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('a', 'b', '1', 'x\ny'),
      fc.constantFrom(1, true, null),
      fc.array(tie('node'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom('name', 'path', 'k', '__proto__x'), tie('node'), { maxKeys: 3 }),
    ),
  })).node;

  it('differ exactly when their values do', () => {
    const isSame = (a: unknown, b: unknown): boolean => {
      try {
        expect(a).toEqual(b);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(value, value, (a, b) => {
        const found = compareTrees(writtenNowhere(a), writtenNowhere(b));
        expect(found.length === 0, JSON.stringify([a, b, found])).toBe(isSame(a, b));
      }),
      { numRuns: 2000 },
    );
  });

  it('differ in the order of a list', () => {
    const found = compareTrees(writtenNowhere({ k: ['a', 'b'] }), writtenNowhere({ k: ['b', 'a'] }));
    expect(found).toMatchObject([{ path: ['k'], isOrder: true }]);
  });

  it('pair items of lists by what identifies them', () => {
    const files = (content: string) => [
      { path: '/b', content: 'same' },
      { path: '/a', content },
    ];
    const found = compareTrees(writtenNowhere(files('1').reverse()), writtenNowhere(files('2')));
    expect(found.map(({ path }) => path)).toEqual([['/a', 'content']]);
  });
});

test('shortens a change within a subnet', () => {
  const change = (here: string | undefined, there: string | undefined) =>
    shortChange({ topic: 'addresses', what: '', here, there });
  expect(change('10.20.0.12/24', '10.20.0.11/24')).toBe('.11 → .12');
  expect(change('10.20.1.12/24', '10.20.0.11/24')).toBe('10.20.0.11/24 → 10.20.1.12/24');
  expect(change('10.20.0.11/25', '10.20.0.11/24')).toBe('10.20.0.11/24 → 10.20.0.11/25');
  expect(change('htop', undefined)).toBe('+ htop');
  expect(change(undefined, 'htop')).toBe('− htop');
});

test('computes SHA-256 as Node does', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(sha256(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
    }),
  );
});

function builtNow(): LastBuild {
  const find = (kind: string) => original.documents.find((document) => document.kind === kind);
  const [image, profile, site] = [find('image'), find('host-profile'), find('site')];
  if (!image?.image || !image.root || !profile?.profile || !profile.root || !site?.site || !site.root)
    throw new Error('the example is broken');
  const { builderConfig } = planImage({
    image: { value: image.image, node: image.root },
    profile: { value: profile.profile, node: profile.root },
    site: { value: site.site, node: site.root },
  });
  const config: unknown = JSON.parse(JSON.stringify(withoutSecrets(builderConfig, sha256)));
  return { image: 'edge-node', at: 1, sha256: 'b'.repeat(64), config };
}

function stampedNow(name: string): Delivered {
  const rendered = renderHost(original, name);
  if (rendered === undefined) throw new Error(`no host ${name}`);
  const { userData, metaData, networkConfig, vendorData, kernelArguments } = rendered;
  const seed = { userData, metaData, networkConfig, vendorData };
  const digests = {
    userData: sha256(userData),
    metaData: sha256(metaData),
    networkConfig: sha256(networkConfig),
    vendorData: sha256(vendorData),
    kernelArguments: sha256(kernelArguments.join(' ')),
  };
  const image = { image: 'edge-node', imageSha256: 'b'.repeat(64) };
  return {
    stamp: { file: `edge-node-${name}.iso`, at: 2, ...image, seed, kernelArguments, digests },
    builds: [builtNow()],
  };
}

describe('what was stamped and built last', () => {
  it('is as the text is when nothing changed, comments aside', () => {
    const analysis = analyse({
      'profiles/edge-node.yaml': (text) => `${text}# x\n`,
      'site.yaml': (text) => `# x\n${text}`,
    });
    expect(freshnessOf(analysis, 'wk-1', stampedNow('wk-1'))).toMatchObject({
      stamp: { differences: [], changedDocuments: [], imageIsNewer: false },
      build: { differences: [], known: true },
    });
  });

  it('asks for a stamp when an address changed, and for no build', () => {
    const moved = (text: string) => text.replace('10.20.0.21', '10.20.0.29');
    const found = freshnessOf(analyse({ 'hosts/wk-1.yaml': moved }), 'wk-1', stampedNow('wk-1'));
    expect(found?.stamp?.differences.map((each) => `${each.what} ${shortChange(each)}`)).toEqual([
      'address of bond0.100 .21 → .29',
    ]);
    expect(found?.stamp?.differences[0]?.hereAt?.file).toBe('hosts/wk-1.yaml');
    expect(found?.build?.differences).toEqual([]);
  });

  it('asks for a build when a package of the profile changed, and for no stamp', () => {
    const more = (text: string) => text.replace(/^( +)- ethtool\n/m, '$1- htop\n$&');
    const found = freshnessOf(analyse({ 'profiles/edge-node.yaml': more }), 'wk-1', stampedNow('wk-1'));
    expect(found?.build?.differences.map(inWords)).toEqual([
      expect.stringMatching(/^package: htop \| - @profiles\/edge-node\.yaml:\d+$/),
    ]);
    expect(found?.stamp?.differences).toEqual([]);
  });

  it('says that the content of a baked file changed without showing digests', () => {
    const changed = (text: string) => text.replace(/(files:\n[\s\S]*?content: \|\n(\s+))/, '$1more\n$2');
    const found = freshnessOf(analyse({ 'profiles/edge-node.yaml': changed }), 'wk-1', stampedNow('wk-1'));
    expect(found?.build?.differences).toMatchObject([{ topic: 'files', here: 'changed', there: 'as built' }]);
  });

  it('shows the documents that differ from those of the build, comments included', () => {
    const texts = original.documents.map(({ path, source }) => ({ path, text: source.text }));
    const documents = texts.filter(({ path }) => /^(site|profiles)/.test(path));
    const delivered = { ...stampedNow('wk-1'), builds: [{ ...builtNow(), documents }] };
    const found = (changes: Changes) =>
      freshnessOf(analyse(changes), 'wk-1', delivered)?.build?.documents?.map(({ path, built, now }) => [
        path,
        now.slice(built.length),
      ]);
    expect(found({})).toEqual([]);
    expect(
      found({ 'site.yaml': (text) => `${text}# x\n`, 'hosts/wk-1.yaml': (text) => `${text}# y\n` }),
    ).toEqual([['site.yaml', '# x\n']]);
    expect(freshnessOf(original, 'wk-1', stampedNow('wk-1'))?.build?.documents).toBeUndefined();
  });

  it('tells documents apart when the stamped image is gone', () => {
    const delivered = stampedNow('wk-1');
    if (delivered.stamp === null) throw new Error('it was stamped');
    const { seed: _gone, ...record } = delivered.stamp;
    const moved = (text: string) => text.replace('10.20.0.21', '10.20.0.29');
    const found = (changes: Changes) =>
      freshnessOf(analyse(changes), 'wk-1', { ...delivered, stamp: record })?.stamp?.changedDocuments;
    expect(found({})).toEqual([]);
    expect(found({ 'hosts/wk-1.yaml': moved })).toEqual(['network-config', 'meta-data']);
  });

  it('sees that the image was built again since the stamp', () => {
    const delivered = stampedNow('wk-1');
    const builds = delivered.builds.map((build) => ({ ...build, sha256: 'c'.repeat(64) }));
    expect(freshnessOf(original, 'wk-1', { ...delivered, builds })?.stamp?.imageIsNewer).toBe(true);
  });

  it('asks for a stamp when the value of a secret of this host was set since, and knows only when', () => {
    const chpasswd = (text: string) =>
      `${text}\nchpasswd: {users: [{name: ops, password: ((secret.ops-hash))}]}\n`;
    const analysis = analyse({ 'user-data/base.yaml': chpasswd });
    const delivered = stampedNow('wk-1');
    const at = delivered.stamp?.at ?? 0;
    const setAnew = (...secrets: NonNullable<Delivered['secrets']>) =>
      freshnessOf(analysis, 'wk-1', { ...delivered, secrets })?.stamp?.changedSecrets;
    expect(setAnew({ name: 'ops-hash', changed: at - 1 })).toEqual([]);
    expect(setAnew({ name: 'ops-hash', changed: at + 1 })).toEqual(['ops-hash']);
    expect(setAnew({ name: 'ops-hash.txt', changed: at + 1 })).toEqual(['ops-hash']);
    // The BMC's password is on no seed.
    expect(setAnew({ name: 'bmc-rack-1', changed: at + 1 })).toEqual([]);
    expect(freshnessOf(analysis, 'wk-1', delivered)?.stamp?.changedSecrets).toEqual([]);
  });

  it('asks for a build when the host wants another profile than its image has', () => {
    const other = (text: string) => text.replace('profile: edge-node', 'profile: storage-node');
    const found = freshnessOf(analyse({ 'hosts/wk-1.yaml': other }), 'wk-1', stampedNow('wk-1'));
    expect(found?.build?.differences).toMatchObject([
      { topic: 'profile', here: 'storage-node', there: 'edge-node' },
    ]);
  });

  it("asks for a build when the site's own elements changed", () => {
    const delivered = stampedNow('wk-1');
    const builds = delivered.builds.map((build) => ({ ...build, elementsChanged: true }));
    expect(freshnessOf(original, 'wk-1', { ...delivered, builds })?.build?.differences).toMatchObject([
      { topic: 'elements', here: 'changed' },
    ]);
  });

  it('does not mind that an older build did not tell what it was made of', () => {
    const { config, ...build } = builtNow();
    const { compose, assemble } = config as { compose: object; assemble: { origin?: object } };
    const { origin: _untold, ...older } = assemble;
    const builds = [{ ...build, config: { compose, assemble: older } }];
    expect(freshnessOf(original, 'wk-1', { ...stampedNow('wk-1'), builds })?.build?.differences).toEqual([]);
  });

  it('knows neither where there is none', () => {
    expect(freshnessOf(original, 'wk-1', { stamp: null, builds: [] })).toEqual({});
  });

  it('reads a seed back as the documents say it', () => {
    for (const { name } of original.hosts) {
      const rendered = renderHost(original, name);
      const host = comparedHost(original, name);
      if (rendered === undefined || host === undefined) throw new Error(`no host ${name}`);
      expect(compareHosts(host, comparedSeed(rendered))).toEqual([]);
    }
  });
});
