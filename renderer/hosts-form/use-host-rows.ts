import { useEffect, useMemo, useState } from 'react';
import type { HostRow } from '#shared/hosts-form/host-row.ts';
import { kindOfPath } from '#shared/site/document-kinds.ts';
import { loadEditor } from '../editor/load.ts';
import { textModels } from '../editor/text-models.ts';
import { useDocuments } from '../state/documents.ts';
import { useProblems } from '../state/problems.ts';
import { useHostEdits } from './host-edits.ts';
import { rowOf } from './host-rows.ts';

/** Every host's document as a row, by path; undefined until the editor is there, so that no edit escapes undo. */
export function useHostRows(): ReadonlyMap<string, HostRow> | undefined {
  const [isReady, setReady] = useState(textModels() !== undefined);
  const documents = useDocuments(({ byPath }) => byPath);
  // Each of these tells that a text may be another one; what a row says is taken from the text alone.
  const edits = useHostEdits(({ count }) => count);
  const verdict = useProblems(({ byFile }) => byFile);
  useEffect(() => {
    if (!isReady) void loadEditor().then(() => setReady(true));
  }, [isReady]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  return useMemo(() => {
    if (!isReady) return undefined;
    const paths = Object.keys(documents).filter((path) => kindOfPath(path) === 'host');
    return new Map(paths.sort().map((path) => [path, rowOf(path)]));
  }, [isReady, documents, edits, verdict]);
}
