import { expect, test } from 'vitest';
import type { SiteAnalysis } from '../../site/analysis.ts';
import { noSiteNames } from '../site-names.ts';
import { analyse as analyseAll, applied } from './fixes.test-support.ts';
import { type Fix, fixesAt } from './fixes.ts';

export const path = 'profiles/a.yaml';
export const head =
  'apiVersion: siteforge/v1\nkind: HostProfile\nmetadata: {name: a}\nspec: # what is baked\n';

export const analyse = (text: string) => analyseAll({ [path]: text });

const messagesOf = (analysis: SiteAnalysis) =>
  (analysis.diagnosticsByFile.get(path) ?? []).map(({ message }) => message);

export function fixesOf(text: string, message: RegExp): readonly Fix[] {
  const analysis = analyse(text);
  const found = (analysis.diagnosticsByFile.get(path) ?? []).find((each) => message.test(each.message));
  if (found === undefined) throw new Error(`No finding ${message} among\n${messagesOf(analysis).join('\n')}`);
  const context = { analysis, site: noSiteNames, chosenHost: undefined };
  return fixesAt(context, path, found.range).filter(({ title }) => !title.startsWith('Mend all'));
}

/** The spec after the fix; its finding is gone and the schema has nothing against it. */
function mended(spec: string, message: RegExp, title: string): string {
  const text = head + spec.replace(/^(?=.)/gm, '  ');
  const fixes = fixesOf(text, message);
  expect(fixes.map((fix) => fix.title)).toContain(title);
  const fix = fixes.find((each) => each.title === title);
  const after = applied({ [path]: text }, fix)[path] ?? '';
  const left = messagesOf(analyse(after));
  expect(left.filter((each) => message.test(each))).toEqual([]);
  const broken = analyse(after).diagnostics.filter(({ code }) => /^(yaml|key|value)-/.test(code));
  expect(broken.map((each) => each.message)).toEqual([]);
  expect(after.startsWith(head)).toBe(true);
  return after.slice(head.length).replace(/^ {2}/gm, '');
}

export type Row = readonly [what: string, spec: string, message: RegExp, title: string, after: string];

export const partitions = (entries: string, more = 'disk: 20g') =>
  `partitions:\n  ${more}\n  entries:\n${entries.replace(/^(?=.)/gm, '    ')}`;

/** Tests of a topic, a row each. */
export function mendEach(rows: readonly Row[]): void {
  test.each(rows)('%s', (_what, spec, message, title, after) => {
    expect(mended(spec, message, title)).toBe(after);
  });
}
