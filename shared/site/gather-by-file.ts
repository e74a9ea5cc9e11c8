import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';

/**
 * Diagnostics by file, each finding once, files and findings in order. A file whose findings are the same as before
 * keeps its list, so that nobody has to look at it again.
 */
export function gatherByFile(
  found: readonly (readonly Diagnostic[])[],
  before: ReadonlyMap<string, readonly Diagnostic[]>,
): ReadonlyMap<string, readonly Diagnostic[]> {
  const sinks = new Map<string, DiagnosticSink>();
  for (const list of found) {
    for (const diagnostic of list) {
      let sink = sinks.get(diagnostic.file);
      if (sink === undefined) {
        sink = new DiagnosticSink();
        sinks.set(diagnostic.file, sink);
      }
      sink.report(diagnostic);
    }
  }
  const byFile = new Map<string, readonly Diagnostic[]>();
  for (const file of [...sinks.keys()].sort()) {
    const list = sinks.get(file)?.list() ?? [];
    const earlier = before.get(file);
    byFile.set(file, earlier !== undefined && sameFindings(earlier, list) ? earlier : list);
  }
  return byFile;
}

function sameFindings(a: readonly Diagnostic[], b: readonly Diagnostic[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, at) => one === b[at] || JSON.stringify(one) === JSON.stringify(b[at]))
  );
}
