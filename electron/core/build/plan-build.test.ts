import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { withoutSecrets } from '#shared/site/without-secrets.ts';
import { findPlaces } from '../places.ts';
import { readSite } from '../site/read-site.ts';
import { keysOf } from './build-keys.ts';
import { createManifest } from './manifest.ts';
import { planBuild, requirePlan } from './plan-build.ts';

const example = `${findPlaces().examples}/edge-berlin`;

async function filesWith(
  changes: Record<string, (text: string) => string> = {},
): Promise<Map<string, string>> {
  const files = new Map((await readSite(example)).files);
  for (const [path, change] of Object.entries(changes)) files.set(path, change(files.get(path) ?? ''));
  return files;
}

const keys = async (changes: Record<string, (text: string) => string> = {}) =>
  keysOf('builder', 'elements', requirePlan(planBuild(await filesWith(changes), 'edge-node')).config);

test('plans the image of the example from its three documents', async () => {
  const { planned, diagnostics } = planBuild(await filesWith(), 'edge-node');
  expect(diagnostics).toEqual([]);
  expect(planned?.documents.map(({ path }) => path)).toEqual([
    'images/edge-node.yaml',
    'profiles/edge-node.yaml',
    'site.yaml',
  ]);
  expect(planned?.config.builder.outputFileName).toBe('edge-node.iso');
});

test('a broken host does not keep an image from being built', async () => {
  const files = await filesWith({ 'hosts/cp-1.yaml': () => 'broken: [' });
  expect(planBuild(files, 'edge-node').planned).toBeDefined();
});

test('an error in the profile does, at its place', async () => {
  const files = await filesWith({ 'profiles/edge-node.yaml': (text) => text.replace('spec:', 'spce:') });
  const plan = planBuild(files, 'edge-node');
  expect(plan.diagnostics[0]).toMatchObject({ file: 'profiles/edge-node.yaml', severity: 'error' });
  expect(() => requirePlan(plan)).toThrow(expect.objectContaining({ code: 'documents-invalid' }));
});

test('what speaks against the profile is told once', async () => {
  const files = await filesWith({
    'profiles/edge-node.yaml': (text) => text.replace('isolated: 4-7', 'isolated: 0-7'),
  });
  const { diagnostics } = planBuild(files, 'edge-node');
  expect(diagnostics.map(({ message }) => message)).toEqual([...new Set(diagnostics.map((d) => d.message))]);
  expect(diagnostics.length).toBeGreaterThan(0);
});

test('a package that the image brings is not missed in its profile', async () => {
  const enabled = {
    'profiles/edge-node.yaml': (text: string) =>
      text.replace('lldpd.service]', 'lldpd.service, tuned.service]'),
  };
  const missed = (files: Map<string, string>) =>
    planBuild(files, 'edge-node').diagnostics.filter(({ message }) =>
      message.startsWith('tuned.service comes'),
    );
  expect(missed(await filesWith(enabled))).toHaveLength(1);
  const brings = (text: string) =>
    text.replace('  profile: edge-node', '  profile: edge-node\n  packages: [tuned]');
  expect(missed(await filesWith({ ...enabled, 'images/edge-node.yaml': brings }))).toEqual([]);
});

test('a profile that does not exist is reported where it is named', async () => {
  const files = await filesWith({
    'images/edge-node.yaml': (text) => text.replace('profile: edge-node', 'profile: edge-nod'),
  });
  expect(planBuild(files, 'edge-node').diagnostics).toContainEqual(
    expect.objectContaining({ code: 'reference-unknown', message: expect.stringContaining('Did you mean') }),
  );
});

test('an image that does not exist is named with what was meant', async () => {
  const files = await filesWith();
  expect(() => planBuild(files, 'edge-nod')).toThrow(/Did you mean edge-node/);
});

test('comments and order change no key, the boot menu changes the image only, a package the tree', async () => {
  const base = await keys();
  const image = 'images/edge-node.yaml';
  expect(await keys({ [image]: (text) => `# another comment\n${text}` })).toEqual(base);
  const menu = await keys({ [image]: (text) => text.replace('timeout: 3', 'timeout: 4') });
  expect([menu.tree === base.tree, menu.image === base.image]).toEqual([true, false]);
  const packages = await keys({ [image]: (text) => `${text}\n  packages: [zsh]\n` });
  expect([packages.tree === base.tree, packages.image === base.image]).toEqual([false, false]);
});

test('the configuration that is kept has no contents and no accounts', async () => {
  const { config } = requirePlan(planBuild(await filesWith(), 'edge-node'));
  const secret = {
    ...config,
    compose: {
      ...config.compose,
      mirror: 'http://user:hunter2@mirror.example/debian',
      securityMirror: 'http://user:hunter2@mirror.example/debian-security',
      environment: { DIB_TOKEN: 'hunter2', DIB_X: 'kept' },
      files: [{ path: '/x', owner: 'root', group: 'root', mode: '0600', content: 'hunter2' }],
      scripts: [{ name: '10-x', content: 'echo hunter2' }],
    },
  };
  const text = JSON.stringify(withoutSecrets(secret, () => 'digest'));
  expect(text).not.toContain('hunter2');
  expect(text).toContain('kept');
});

test('the manifest names the documents without their texts', async () => {
  const { config, documents } = requirePlan(planBuild(await filesWith(), 'edge-node'));
  const size = { path: 'x', offset: 0, length: 0 };
  const metadata = {
    bootImagePath: 'x',
    size: 0,
    sha256: '',
    format: 'iso',
    stampAreas: [],
    index: size,
    versions: {},
  };
  const manifest = await createManifest({
    ...{
      image: 'edge-node',
      artifactName: 'edge-node.iso',
      metadata,
      created: 0,
      fetched: undefined,
      config,
    },
    ...{ keys: { tree: '', image: '' }, builder: { image: '', digest: '' }, elementsDigest: '' },
    documents: documents.map((document) => ({
      ...document,
      text: 'http://user:hunter2@mirror.example/debian',
    })),
    treeFolder: undefined,
  });
  expect(manifest).toMatchObject({ inputs: { documents: [{ path: 'images/edge-node.yaml' }, {}, {}] } });
  expect(JSON.stringify(manifest)).not.toContain('hunter2');
});

test('every document that is planned is the one on disk', async () => {
  const { documents } = requirePlan(planBuild(await filesWith(), 'edge-node'));
  const { createHash } = await import('node:crypto');
  for (const { path, sha256 } of documents) {
    expect(
      createHash('sha256')
        .update(await readFile(`${example}/${path}`))
        .digest('hex'),
    ).toBe(sha256);
  }
});
