import { isMap, isScalar, isSeq } from 'yaml';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { Fragment } from './block-reader.ts';
import { LibraryTree, reportSyntax } from './library-tree.ts';
import { maximumSyntaxErrors, readWithLibrary } from './read-with-library.ts';
import type { MapNode, SequenceNode } from './source-node.ts';
import type { SourceText } from './source-text.ts';

/**
 * Reads one entry or item with the library, as if it stood alone in a document at its own depth. Undefined when what it
 * means depends on the rest of the document, or when it is neither an entry nor an item.
 */
export function parseFragment(
  source: SourceText,
  fragment: Fragment,
  sink: DiagnosticSink,
): MapNode | SequenceNode | undefined {
  const { type, start, end, indent, depth } = fragment;
  const text = ' '.repeat(indent) + source.text.slice(start, end);
  const [document, second] = readWithLibrary(text);
  const contents = document?.contents;
  if (document === undefined || second !== undefined || !contents) return undefined;
  // What is missing is missing where the fragment ends, not at the start of the next.
  const lastEnd = start - indent + text.trimEnd().length;
  const origin = { source, offset: start - indent, end: lastEnd, depth };
  const found = new DiagnosticSink();
  for (const error of document.errors.slice(0, maximumSyntaxErrors))
    reportSyntax(origin, found, error, 'error');
  for (const warning of document.warnings.slice(0, maximumSyntaxErrors))
    reportSyntax(origin, found, warning, 'warning');
  const tree = new LibraryTree(origin, found);
  const read = tree.build(contents);
  if (tree.hasAnchors) return undefined;
  const isWhole = document.errors.length > 0 || ('items' in contents && contents.items.length === 1);
  const isBlock = !('flow' in contents && contents.flow === true);
  for (const diagnostic of found.list()) sink.report(diagnostic);
  if (type === 'entry' && isMap(contents) && isBlock && isWhole) return read as MapNode;
  if (type === 'item' && isSeq(contents) && isBlock && isWhole) return read as SequenceNode;
  if (type === 'entry' && isScalar(contents) && read.type === 'scalar') {
    const message = 'Implicit map keys need to be followed by map values.';
    sink.at(read, 'error', 'yaml-syntax', message);
    const value = { ...read, value: null };
    return { type: 'map', source, span: read.span, entries: [{ key: read, value }] };
  }
  return undefined;
}
