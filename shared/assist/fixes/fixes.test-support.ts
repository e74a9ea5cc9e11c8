import { edited, type Texts } from '../../refactor/edited.test-support.ts';
import { createSiteAnalyser } from '../../site/analyser.ts';
import type { SiteAnalysis } from '../../site/analysis.ts';
import type { Fix } from './fixes.ts';

export type { Texts };

export function analyse(texts: Texts): SiteAnalysis {
  const analyser = createSiteAnalyser();
  for (const [path, text] of Object.entries(texts)) analyser.update(path, text);
  return analyser.analyse();
}

export function applied(texts: Texts, fix: Fix | undefined): Texts {
  const { path, text = '' } = fix?.creates ?? {};
  const after = edited(texts, fix?.documents ?? []);
  return path === undefined ? after : { ...after, [path]: text };
}
