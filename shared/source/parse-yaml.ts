import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { readBlocks } from './block-reader.ts';
import { refuseDoubleKeys, takeLastOfDoubleKeys } from './double-keys.ts';
import { maximumDepth } from './library-tree.ts';
import { parseFragment } from './parse-fragment.ts';
import { parseWhole } from './parse-whole.ts';
import type { SourceNode } from './source-node.ts';
import type { SourceText, Span } from './source-text.ts';

/**
 * Largest document that is read, in UTF-16 units. A site's documents are a few kilobytes; 2 MiB is a paste gone wrong.
 * Twice as much on one line is where V8 throws for a pattern as plain as `[^\n]+`: it keeps 64 MiB to go back in, 16
 * bytes for each repetition, once it has stopped optimising patterns (`TooMuchRegExpCode` in src/regexp/regexp.cc).
 */
export const maximumDocumentLength = 2 * 1024 * 1024;

export interface ParseOptions {
  /** Whether, in this document, the last of equal keys counts, as for Python's readers. Asked only if there are such. */
  readonly lastKeyCounts?: (root: SourceNode) => boolean;
}

/**
 * Parses one YAML 1.2 document into a tree of values with their places. Everything that is wrong is reported to the
 * sink; undefined is returned when the text holds no value that could be checked further. Never throws.
 */
export function parseYaml(
  source: SourceText,
  sink: DiagnosticSink,
  { lastKeyCounts = () => false }: ParseOptions = {},
): SourceNode | undefined {
  const found = new DiagnosticSink();
  const root = readTree(source, found);
  const diagnostics = found.list();
  const hasDoubleKeys = diagnostics.some(isDoubleKey);
  for (const each of diagnostics) if (root === undefined || !isDoubleKey(each)) sink.report(each);
  if (root === undefined || !hasDoubleKeys) return root;
  if (lastKeyCounts(root)) return takeLastOfDoubleKeys(root, sink);
  refuseDoubleKeys(root, sink);
  return root;
}

function isDoubleKey({ code }: Diagnostic): boolean {
  return code === 'yaml-duplicate-key';
}

function readTree(source: SourceText, sink: DiagnosticSink): SourceNode | undefined {
  const first: Span = { start: 0, end: Math.min(source.text.length, 1) };
  if (source.text.length > maximumDocumentLength) {
    sink.at({ source, span: first }, 'error', 'document-too-large', 'The document is larger than 2 MiB.');
    return undefined;
  }
  const tooDeep = tooDeepNesting(source.text);
  if (tooDeep !== undefined) {
    const message = `The nesting is deeper than ${maximumDepth} levels.`;
    sink.at({ source, span: { start: tooDeep, end: tooDeep + 1 } }, 'error', 'yaml-depth', message);
    return undefined;
  }
  const found = new DiagnosticSink();
  const root = readBlocks(source, found, (fragment) => parseFragment(source, fragment, found));
  if (root === undefined) return parseWhole(source, sink);
  for (const diagnostic of found.list()) sink.report(diagnostic);
  return root;
}

/**
 * Flow nesting is bounded before parsing, because the library itself recurses on it. Brackets in texts and comments are
 * counted as well, so the bound is far above that of levels. Answers the first bracket that is a level too deep.
 */
function tooDeepNesting(text: string): number | undefined {
  if (!/[[{]/.test(text)) return undefined;
  const open: number[] = [];
  for (let offset = 0; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code === 0x5b || code === 0x7b) {
      if (open.push(offset) > maximumDepth * 4) return open[maximumDepth];
    } else if (code === 0x5d || code === 0x7d) open.pop();
  }
  return undefined;
}
