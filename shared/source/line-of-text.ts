import type { SourceNode } from './source-node.ts';

/**
 * The places of the lines of a text that is written as it is, below a `|`; the whole text for one that is written
 * otherwise. Lines count from 0.
 */
export function linesOfText(node: SourceNode): (index: number) => SourceNode {
  const { source, span } = node;
  if (node.type !== 'scalar' || source.text[span.start] !== '|') return () => node;
  const starts: number[] = [];
  let end = source.text.indexOf('\n', span.start);
  while (end >= 0 && end + 1 < span.end) {
    starts.push(end + 1);
    end = source.text.indexOf('\n', end + 1);
  }
  return (index) => {
    const start = starts[index];
    if (start === undefined) return node;
    const next = source.text.indexOf('\n', start);
    const line = source.text.slice(start, next < 0 ? source.text.length : next);
    const value = line.trim();
    const first = start + line.indexOf(value);
    return { type: 'scalar', value, source, span: { start: first, end: first + value.length } };
  };
}
