import { expect } from 'vitest';
import { analyse, applied, type Texts } from '../assist/fixes/fixes.test-support.ts';
import { type Fix, fixesAt } from '../assist/fixes/fixes.ts';
import { noSiteNames } from '../assist/site-names.ts';
import type { DiagnosticCode } from '../diagnostics/diagnostic-codes.ts';

/** What is offered for the first finding of a code. */
export function offered(texts: Texts, code: DiagnosticCode): readonly Fix[] {
  const analysis = analyse(texts);
  const found = analysis.diagnostics.find((each) => each.code === code);
  if (found === undefined) throw new Error('Nothing was found.');
  return fixesAt({ analysis, site: noSiteNames, chosenHost: undefined }, found.file, found.range);
}

/** Texts after the move that is offered for the first finding of a code, whose title must be as given. */
export function moved(texts: Texts, title: string, code: DiagnosticCode = 'realm-other'): Texts {
  const fixes = offered(texts, code);
  const fix = fixes.find((each) => each.title === title);
  expect(fixes.map((each) => each.title)).toContain(title);
  const after = applied(texts, fix);
  expect(analyse(after).diagnostics.map(({ message }) => message)).toEqual([]);
  return after;
}

export function findings(texts: Texts) {
  return analyse(texts).diagnostics.filter(({ code }) => code === 'realm-other');
}

/** Either a fix moves it, or the note says in one sentence why none does. */
export function hasFixOrReason(texts: Texts): boolean {
  const [note] = findings(texts);
  const isReasoned = / No fix moves it: .*[^.]\.$/.test(note?.message ?? '');
  return isReasoned !== offered(texts, 'realm-other').length > 0;
}
