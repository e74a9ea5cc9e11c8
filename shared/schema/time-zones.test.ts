import { expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { createSourceText } from '../source/source-text.ts';
import { checkAgainstSchema } from './check-against-schema.ts';
import { schemaOfKind } from './schema-of-kind.ts';
import { isTimeZone } from './time-zones.ts';

test.each([
  'UTC',
  'Etc/UTC',
  'Etc/GMT+5',
  'Europe/Berlin',
  'America/Argentina/Buenos_Aires',
  'Africa/Dar_es_Salaam',
  'America/Port-au-Prince',
  'Asia/Kolkata',
  'Asia/Calcutta',
  'US/Eastern',
  'CET',
])('accepts %s', (name) => {
  expect(isTimeZone(name)).toBe(true);
});

test.each([
  'Europe/Berlim',
  'europe/berlin',
  'Europe/berlin',
  'EUROPE/BERLIN',
  'us/eastern',
  'Berlin',
  '+01:00',
  'UTC+1',
  'Europe',
  '',
  'Europe/Berlin ',
  '../etc/passwd',
])('refuses %j', (name) => {
  expect(isTimeZone(name)).toBe(false);
});

test.each([
  ['Europe/Berlim', 'Europe/Berlin'],
  ['europe/berlin', 'Europe/Berlin'],
  ['Europ/Berlin', 'Europe/Berlin'],
  ['Amerika/New_York', 'America/New_York'],
  ['Pacific/Aukland', 'Pacific/Auckland'],
])('proposes for %s what was meant', (written, meant) => {
  const sink = new DiagnosticSink();
  const text = `apiVersion: siteforge/v1\nkind: Site\nmetadata: {name: s}\nspec: {timezone: ${written}}\n`;
  const node = parseYaml(createSourceText('site.yaml', text), sink);
  if (node !== undefined) checkAgainstSchema(node, schemaOfKind('Site'), sink);
  expect(sink.list()).toMatchObject([{ code: 'value-invalid', fixes: [{ newText: meant }] }]);
  expect(sink.list()[0]?.message).toContain(`Did you mean “${meant}”?`);
});
