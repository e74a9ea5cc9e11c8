import type { ScalarNode, SourceNode } from '../source/source-node.ts';

/** A line of a text that is written as it is, below a `|`; the whole text where it is written otherwise. */
export function lineOf(node: ScalarNode, index: number): SourceNode {
  const { source, span } = node;
  if (source.text[span.start] !== '|') return node;
  let start = span.start;
  for (let line = 0; line <= index; line++) {
    const end = source.text.indexOf('\n', start);
    if (end < 0 || end >= span.end) return node;
    start = end + 1;
  }
  const [line = ''] = source.text.slice(start).split(/\r?\n/, 1);
  const text = line.trim();
  const first = start + line.indexOf(text);
  return { type: 'scalar', value: text, source, span: { start: first, end: first + text.length } };
}
