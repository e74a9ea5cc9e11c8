import { useMemo } from 'react';
import { type Diagnostic, DiagnosticSink } from '#shared/diagnostics/diagnostic.ts';
import { parseYaml } from '#shared/source/parse-yaml.ts';
import type { SourceNode } from '#shared/source/source-node.ts';
import { createSourceText, type SourceText } from '#shared/source/source-text.ts';
import { useProblems } from '../state/problems.ts';
import { useSite } from '../state/site.ts';
import { useDocumentText } from './use-document-text.ts';

export interface FormDocument {
  readonly source: SourceText;
  /** Undefined for text that cannot be read to its end: what would be edited cannot be told. */
  readonly root: SourceNode | undefined;
  readonly problems: readonly Diagnostic[];
  readonly isReadOnly: boolean;
}

const none: readonly Diagnostic[] = [];

/** A document as its form needs it, parsed with each change; undefined until the editor holds it. */
export function useFormDocument(path: string): FormDocument | undefined {
  const text = useDocumentText(path);
  const problems = useProblems(({ byFile }) => byFile[path] ?? none);
  const isReadOnly = useSite(({ site }) => site?.readOnly === true);
  const parsed = useMemo(() => {
    if (text === undefined) return undefined;
    const source = createSourceText(path, text);
    const sink = new DiagnosticSink();
    const root = parseYaml(source, sink);
    const isBroken = sink.list().some(({ severity }) => severity === 'error');
    return { source, root: isBroken ? undefined : root };
  }, [path, text]);
  return useMemo(() => parsed && { ...parsed, problems, isReadOnly }, [parsed, problems, isReadOnly]);
}
