import { expect, test } from 'vitest';
import { validateText } from './validate-text.ts';

const head = (kind: string) => `apiVersion: siteforge/v1\nkind: ${kind}\nmetadata: {name: a}\nspec:\n`;
const host = (domain: string) =>
  `${head('Host')}  role: worker\n  profile: p\n  macs: {eno1: "52:54:00:12:34:56"}\n  network: {ref: n}\n  domain: ${domain}\n`;

test('takes capitals in the domain of a host, and proposes small letters', () => {
  expect(validateText('hosts/a.yaml', host('"Edge.Example"'))).toMatchObject([
    { severity: 'warning', code: 'value-invalid', fixes: [{ newText: '"edge.example"' }] },
  ]);
  expect(validateText('hosts/a.yaml', host('edge.example'))).toEqual([]);
});

test('takes capitals in the search domains of a site', () => {
  const text = `${head('Site')}  dns: {search: [edge.example, Rack.Edge.example]}\n`;
  expect(validateText('site.yaml', text)).toMatchObject([
    { severity: 'warning', range: { start: { line: 5, column: 32 } } },
  ]);
});

test('refuses what is no domain in either case', () => {
  expect(validateText('hosts/a.yaml', host('Edge_1.example'))).toMatchObject([{ severity: 'error' }]);
});
