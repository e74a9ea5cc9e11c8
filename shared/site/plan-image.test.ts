import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { checkAgainstSchema } from '../schema/check-against-schema.ts';
import type { DocumentKind } from '../schema/metadata.ts';
import { schemaOfKind } from '../schema/schema-of-kind.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { createSourceText } from '../source/source-text.ts';
import { type Located, planImage, volumeIdOf } from './plan-image.ts';

function load<Kind extends DocumentKind>(kind: Kind, name: string, spec: string) {
  const schema: z.ZodType = schemaOfKind(kind);
  const text = `apiVersion: siteforge/v1\nkind: ${kind}\nmetadata: {name: ${name}}\nspec:\n${spec.replace(/^/gm, '  ')}\n`;
  const sink = new DiagnosticSink();
  const node = parseYaml(createSourceText(`${kind}.yaml`, text), sink);
  const value = node && checkAgainstSchema(node, schema, sink);
  if (node === undefined || value === undefined) throw new Error(JSON.stringify(sink.list()));
  return { value, node } as Located<z.infer<ReturnType<typeof schemaOfKind<Kind>>>>;
}

function plan({ image = '', profile = '{}', site = '{}' } = {}) {
  return planImage({
    image: load('Image', 'edge-node', `profile: p\noutputs: [{format: iso}]\n${image}`),
    profile: load('HostProfile', 'p', profile),
    site: load('Site', 'edge-berlin', site),
  });
}

const said = (parts: Parameters<typeof plan>[0]) =>
  plan(parts).diagnostics.map(({ code, message }) => `${code} ${message}`);

test('gives the builder the whole configuration of the contract', async () => {
  const { builderConfig, diagnostics } = plan({
    image:
      'elements: [site-tools, siteforge-live]\npackages: [zsh, ethtool]\nenvironment: {DIB_X: 1}\nbootMenu: {timeout: 0, title: Edge node}',
    profile: 'packages: {install: [tcpdump, ethtool]}\nconsole: {serial: {}}\nsysctl: {kernel.panic: 10}',
    site: 'release: trixie\nmirror: http://mirror.edge.example/debian\nsecurityMirror: http://mirror.edge.example/debian-security',
  });
  expect(diagnostics).toEqual([]);
  await expect(`${JSON.stringify(builderConfig, null, 2)}\n`).toMatchFileSnapshot(
    'golden/builder-config.json',
  );
});

test('makes the same plan of the same documents', () => {
  expect(plan()).toEqual(plan());
});

test('names no mirror when the site names none', () => {
  expect(plan().builderConfig.compose).not.toHaveProperty('mirror');
  expect(plan().builderConfig.compose).not.toHaveProperty('securityMirror');
});

test('the release of the image goes before that of the site', () => {
  expect(plan({ image: 'release: sid', site: 'release: trixie' }).builderConfig.compose.release).toBe('sid');
});

test('converts sizes to bytes', () => {
  const { builderConfig, sizeLimit } = plan({ image: 'stampArea: 4MiB\nsizeLimit: 1GiB' });
  expect([builderConfig.assemble.seedAreaBytes, sizeLimit]).toEqual([4 * 2 ** 20, 2 ** 30]);
});

describe('reports', () => {
  test.each([
    [
      'firmware without its component',
      { profile: 'firmware: [firmware-bnx2x]', site: 'components: [main]' },
      /^host-profile-value firmware-bnx2x/,
    ],
    [
      'more arguments than the kernel reads',
      { profile: `kernel: {arguments: [a=${'x'.repeat(2100)}]}` },
      /^host-profile-value The kernel arguments are 21\d\d/,
    ],
  ])('%s', (_name, parts, expected) => {
    expect(said(parts)).toEqual([expect.stringMatching(expected)]);
  });
});

test.each([
  ['edge-node', 'EDGE_NODE'],
  ['a'.repeat(40), 'A'.repeat(32)],
])('the volume id of %s is %s', (name, id) => expect(volumeIdOf(name)).toBe(id));
