import { expect } from 'vitest';
import { type Fix, fixesAt } from '../assist/fixes/fixes.ts';
import { noSiteNames } from '../assist/site-names.ts';
import type { DiagnosticCode } from '../diagnostics/diagnostic-codes.ts';
import { createSiteAnalyser } from '../site/analyser.ts';
import type { SiteAnalysis } from '../site/analysis.ts';
import { createSourceText, offsetAt } from '../source/source-text.ts';
import type { Texts } from './testing/edge-site.ts';

export function analyse(texts: Texts): SiteAnalysis {
  const analyser = createSiteAnalyser();
  for (const [path, text] of Object.entries(texts)) analyser.update(path, text);
  return analyser.analyse();
}

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

function applied(texts: Texts, fix: Fix | undefined): Texts {
  const changed: Record<string, string> = { ...texts };
  for (const { path, edits } of fix?.documents ?? []) {
    const source = createSourceText(path, texts[path] ?? '');
    const [edit] = edits;
    if (edit === undefined) continue;
    const [start, end] = [offsetAt(source, edit.range.start), offsetAt(source, edit.range.end)];
    expect(source.text.slice(start, end)).toBe(edit.oldText);
    changed[path] = source.text.slice(0, start) + edit.newText + source.text.slice(end);
  }
  return changed;
}
