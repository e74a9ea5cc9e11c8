import { expect } from 'vitest';
import { createSiteAnalyser } from '../../site/analyser.ts';
import type { SiteAnalysis } from '../../site/analysis.ts';
import { createSourceText, offsetAt } from '../../source/source-text.ts';
import type { Fix } from './fixes.ts';

/** Documents of a site by path. */
export type Texts = Readonly<Record<string, string>>;

export function analyse(texts: Texts): SiteAnalysis {
  const analyser = createSiteAnalyser();
  for (const [path, text] of Object.entries(texts)) analyser.update(path, text);
  return analyser.analyse();
}

/** The documents after a fix, whose edits must fit what stands there. */
export function applied(texts: Texts, fix: Fix | undefined): Texts {
  const changed: Record<string, string> = { ...texts };
  for (const { path, edits } of fix?.documents ?? []) {
    let text = texts[path] ?? '';
    for (const { range, oldText, newText } of edits.toReversed()) {
      const source = createSourceText(path, text);
      const [start, end] = [offsetAt(source, range.start), offsetAt(source, range.end)];
      expect(text.slice(start, end)).toBe(oldText);
      text = text.slice(0, start) + newText + text.slice(end);
    }
    changed[path] = text;
  }
  return changed;
}
