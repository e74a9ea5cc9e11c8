import type { Diagnostic } from '#shared/diagnostics/diagnostic.ts';
import type { Range } from '#shared/source/source-text.ts';
import { monaco } from './monaco.ts';

const owner = 'siteforge';
const severities = {
  error: monaco.MarkerSeverity.Error,
  warning: monaco.MarkerSeverity.Warning,
  info: monaco.MarkerSeverity.Info,
} as const;

export function editorRange({ start, end }: Range): monaco.IRange {
  return {
    startLineNumber: start.line,
    startColumn: start.column,
    endLineNumber: end.line,
    endColumn: end.column,
  };
}

export function setMarkers(model: monaco.editor.ITextModel, found: readonly Diagnostic[]): void {
  monaco.editor.setModelMarkers(
    model,
    owner,
    found.map(({ range, severity, code, message }) => ({
      ...editorRange(range),
      severity: severities[severity],
      code,
      message,
    })),
  );
}
