import type { ScalarNode, SourceNode } from '../source/source-node.ts';
import { createSourceText } from '../source/source-text.ts';

const source = createSourceText('', '');
const span = { start: 0, end: 0 };

/** A tree of plain data that stands in no file: what the renderer adds to what was written. */
export function writtenNowhere(value: unknown): SourceNode {
  if (Array.isArray(value)) return { source, span, type: 'sequence', items: value.map(writtenNowhere) };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, each]) => ({
      key: scalar(key),
      value: writtenNowhere(each),
    }));
    return { source, span, type: 'map', entries };
  }
  return scalar(
    typeof value === 'number' || typeof value === 'boolean' || value === null ? value : String(value),
  );
}

function scalar(value: ScalarNode['value']): ScalarNode {
  return { source, span, type: 'scalar', value };
}
