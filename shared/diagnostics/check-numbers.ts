import type { ScalarNode, SourceNode } from '../source/source-node.ts';
import { positionAt } from '../source/source-text.ts';
import type { DiagnosticSink } from './diagnostic.ts';
import { replacementFix } from './suggest.ts';

/**
 * Warns of numbers that do not read as they are written: 1.30 is 1.3, 007 is 7, 1e3 is 1000. Where a text is wanted,
 * such as a version or an inventory number, something else than what stands there would reach a host. Hexadecimal and
 * octal numbers are meant as such. Lines that have an error or a warning already are left alone.
 */
export function checkNumbers(root: SourceNode, sink: DiagnosticSink): void {
  const told = new Set(
    sink.list().flatMap(({ severity, range }) => (severity === 'info' ? [] : [range.start.line])),
  );
  const open: SourceNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'sequence') {
      for (const item of node.items) open.push(item);
    } else if (node.type === 'map') {
      for (const { value } of node.entries) open.push(value);
    } else if (isChanged(node) && !told.has(positionAt(node.source, node.span.start).line)) {
      const written = writtenOf(node);
      const message = `Without quotes this is the number ${node.value}, and ${written} is lost. Put it in quotes where the text is meant.`;
      sink.at(node, 'warning', 'value-slip', message, [
        replacementFix(node, `"${written}"`, 'Put it in quotes'),
      ]);
    }
  }
}

function isChanged(node: ScalarNode): boolean {
  if (typeof node.value !== 'number') return false;
  const written = writtenOf(node);
  return /^[-+.]?\d/.test(written) && !/^[-+]?0[xo]/.test(written) && written !== String(node.value);
}

function writtenOf({ source, span }: ScalarNode): string {
  return source.text.slice(span.start, span.end);
}
