import { expect } from 'vitest';
import { noSiteNames } from '../site-names.ts';
import { analyse, applied, type Texts } from './fixes.test-support.ts';
import { type Fix, fixesAt } from './fixes.ts';

export const host = (name: string, number: number) => `apiVersion: siteforge/v1
kind: Host
metadata:
  name: ${name}
spec:
  role: worker
  profile: edge-node # what is baked
  macs:
    eno1: "02:00:00:00:01:${String(number).padStart(2, '0')}"
  network: {ref: oam}
  userData: [base]
  variables:
    address: 10.20.0.${number}
`;

export const site: Readonly<Record<string, string>> = {
  'site.yaml':
    'apiVersion: siteforge/v1\nkind: Site\nmetadata: {name: edge}\nspec: {dns: {servers: [10.20.0.14]}}\n',
  'hosts/wk-1.yaml': host('wk-1', 11),
  'hosts/wk-2.yaml': host('wk-2', 12),
  'profiles/edge-node.yaml':
    'apiVersion: siteforge/v1\nkind: HostProfile\nmetadata: {name: edge-node}\nspec: {}\n',
  'images/edge.yaml':
    'apiVersion: siteforge/v1\nkind: Image\nmetadata: {name: edge}\nspec:\n  profile: edge-node\n  outputs:\n    - format: iso\n',
  'networks/oam.yaml': `version: 2
ethernets:
  eno1:
    match: {macaddress: ((mac.eno1))}
    set-name: eno1
    addresses:
      - ((var.address))/24
    routes: [{to: default, via: 10.20.0.1}]
`,
  'user-data/base.yaml': '#cloud-config\nssh_pwauth: false\n',
};

/** Fixes for every finding of a document whose message fits. */
export function fixesIn(texts: Texts, path: string, message: RegExp, chosenHost?: string): readonly Fix[] {
  const analysis = analyse(texts);
  const found = (analysis.diagnosticsByFile.get(path) ?? []).find((each) => message.test(each.message));
  if (found === undefined) {
    const all = analysis.diagnostics.map((each) => `${each.file} ${each.code} ${each.message}`);
    throw new Error(`No finding ${message} in ${path}:\n${all.join('\n')}`);
  }
  return fixesAt({ analysis, site: noSiteNames, chosenHost }, path, found.range);
}

/** The text of a document after the fix with this title; and that nothing is wrong with the site any more. */
export function mended(
  texts: Texts,
  path: string,
  message: RegExp,
  title: string,
  chosenHost?: string,
): string {
  const fixes = fixesIn(texts, path, message, chosenHost);
  const fix = fixes.find((each) => each.title === title);
  expect(fixes.map((each) => each.title)).toContain(title);
  const after = applied(texts, fix);
  const errors = analyse(after).diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.map((each) => `${each.file} ${each.message}`)).toEqual([]);
  return after[path] ?? '';
}

export const changed = (path: string, from: string, to: string): Texts => {
  expect(site[path]).toContain(from);
  return { ...site, [path]: (site[path] ?? '').replace(from, to) };
};
