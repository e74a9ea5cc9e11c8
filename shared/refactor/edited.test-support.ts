import { expect } from 'vitest';
import { createSourceText, offsetAt } from '../source/source-text.ts';
import type { DocumentEdits } from './rename.ts';

/** Documents of a site by path. */
export type Texts = Readonly<Record<string, string>>;

/** The documents after edits, which must fit what stands there. */
export function edited(
  texts: Texts,
  documents: readonly Pick<DocumentEdits, 'path' | 'edits'>[],
): Record<string, string> {
  const changed: Record<string, string> = { ...texts };
  for (const { path, edits } of documents) {
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
