import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { childOf, entryOf, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { createSourceText, type SourceText, type Span } from '../source/source-text.ts';
import type { HostColumn } from './host-columns.ts';

/** What a cell shows, and where that stands. */
export interface HostCell {
  /** Empty where the document says nothing. */
  readonly text: string;
  /** Of the key and its value; undefined where nothing stands. */
  readonly span: Span | undefined;
  /** Why the cell is not edited here; undefined when it is. */
  readonly locked?: 'broken' | 'own-network' | 'other-shape';
  /** The value is a text, whatever it looks like. */
  readonly isText: boolean;
}

const empty: HostCell = { text: '', span: undefined, isText: false };

/** The document of a host as a row of a table, read leniently: a mistake in one place leaves the other cells alone. */
export class HostRow {
  readonly path: string;
  readonly source: SourceText;
  /** Undefined for text that cannot be read to its end: no edit of it could be right. */
  readonly root: SourceNode | undefined;
  readonly macs: readonly string[];
  readonly variables: readonly string[];
  readonly #cells = new Map<string, HostCell>();

  constructor(path: string, text: string) {
    this.path = path;
    this.source = createSourceText(path, text);
    const sink = new DiagnosticSink();
    const root = parseYaml(this.source, sink);
    const isWhole = sink.list().every(({ severity }) => severity !== 'error');
    this.root = isWhole ? root : undefined;
    const spec = childOf(this.root, 'spec');
    this.macs = keysOf(childOf(spec, 'macs'));
    this.variables = keysOf(childOf(spec, 'variables'));
  }

  cell(column: HostColumn): HostCell {
    let cell = this.#cells.get(column.id);
    if (cell === undefined) {
      cell = this.#read(column);
      this.#cells.set(column.id, cell);
    }
    return cell;
  }

  #read({ kind, path }: HostColumn): HostCell {
    if (this.root === undefined) return { ...empty, locked: 'broken' };
    if (kind === 'network' && childOf(childOf(childOf(this.root, 'spec'), 'network'), 'inline') !== undefined)
      return { ...empty, span: this.#spanAt(path.slice(0, -1)), locked: 'own-network' };
    let node: SourceNode = this.root;
    for (const key of path.slice(0, -1)) {
      const next = childOf(node, String(key));
      if (next === undefined || isNull(next)) return empty;
      if (next.type !== 'map') return { ...empty, locked: 'other-shape' };
      node = next;
    }
    const span = this.#spanAt(path);
    const value = childOf(node, String(path.at(-1)));
    if (value === undefined) return empty;
    if (kind === 'userData') return listCell(value, span);
    if (value.type !== 'scalar') return { ...empty, span, locked: 'other-shape' };
    return { text: textOf(value), span, isText: typeof value.value === 'string' };
  }

  #spanAt(path: HostColumn['path']): Span | undefined {
    const parent = path
      .slice(0, -1)
      .reduce<SourceNode | undefined>((node, key) => childOf(node, String(key)), this.root);
    const entry = entryOf(parent, String(path.at(-1)));
    return entry && { start: entry.key.span.start, end: Math.max(entry.key.span.end, entry.value.span.end) };
  }
}

function listCell(value: SourceNode, span: Span | undefined): HostCell {
  if (isNull(value)) return { ...empty, span };
  const isPlain = value.type === 'sequence' && value.items.every((item) => item.type === 'scalar');
  if (!isPlain) return { ...empty, span, locked: 'other-shape' };
  const items = value.items as readonly ScalarNode[];
  return { text: items.map(textOf).join(' '), span, isText: true };
}

/** Numbers and switches as the document writes them: 0x10 is no 16 to who wrote it. */
function textOf({ value, source, span }: ScalarNode): string {
  if (typeof value === 'string') return value;
  return value === null ? '' : source.text.slice(span.start, span.end);
}

function isNull(node: SourceNode): boolean {
  return node.type === 'scalar' && node.value === null;
}

function keysOf(node: SourceNode | undefined): string[] {
  return node?.type === 'map' ? node.entries.map(({ key }) => String(key.value)) : [];
}
