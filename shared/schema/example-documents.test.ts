import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { planImage } from '../site/plan-image.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { createSourceText } from '../source/source-text.ts';
import { checkAgainstSchema } from './check-against-schema.ts';
import { cloudConfigSchema } from './cloud-config.ts';
import { hostSchema } from './host.ts';
import { hostProfileSchema } from './host-profile.ts';
import { imageSchema } from './image.ts';
import { siteSchema } from './site.ts';

const folder = new URL('../../assets/examples/edge-berlin/', import.meta.url).pathname;

function load<Schema extends Parameters<typeof checkAgainstSchema>[1]>(path: string, schema: Schema) {
  const sink = new DiagnosticSink();
  const node = parseYaml(createSourceText(path, readFileSync(join(folder, path), 'utf8')), sink);
  if (node === undefined) throw new Error(`${path} is empty`);
  const value = checkAgainstSchema<Schema>(node, schema, sink);
  expect(sink.list()).toEqual([]);
  if (value === undefined) throw new Error(`${path} has no value`);
  return { value, node };
}

const documentsIn = (name: string) => readdirSync(join(folder, name)).map((file) => `${name}/${file}`);

test.each(documentsIn('hosts'))('%s fits its schema', (path) => {
  expect(load(path, hostSchema).value.spec.profile).toBe('edge-node');
});

test.each(documentsIn('user-data'))('%s fits the schema of cloud-config', (path) => {
  load(path, cloudConfigSchema);
});

test('the image of the example is planned without a finding', () => {
  const { builderConfig, diagnostics } = planImage({
    image: load('images/edge-node.yaml', imageSchema),
    profile: load('profiles/edge-node.yaml', hostProfileSchema),
    site: load('site.yaml', siteSchema),
  });
  expect(diagnostics).toEqual([]);
  expect(builderConfig.assemble.volumeId).toBe('EDGE_NODE');
  expect(builderConfig.assemble.kernelArguments.at(-1)).toBe('console=ttyS0,115200n8');
});
