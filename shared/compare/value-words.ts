import type { SourceNode } from '../source/source-node.ts';
import type { TreeDifference } from './compare-trees.ts';

const secretKey = /passw|secret|token|private|credential|^psk$/i;
const longest = 200;
const hidden = '(hidden)';

/** Both values of a difference as people read them: what is secret stays hidden, of long texts only what differs. */
export function valueWords({ path, here, there, isOrder }: TreeDifference): {
  readonly here: string | undefined;
  readonly there: string | undefined;
} {
  if (path.some((segment) => secretKey.test(segment))) {
    return { here: here && hidden, there: there && hidden };
  }
  if (isOrder) return { here: shortText(here?.value), there: shortText(there?.value) };
  const [a, b] = [textOf(here?.value), textOf(there?.value)];
  if (a !== undefined && b !== undefined && (a.includes('\n') || b.includes('\n')))
    return linesThatDiffer(a, b);
  return { here: shortText(here?.value), there: shortText(there?.value) };
}

function textOf(node: SourceNode | undefined): string | undefined {
  return node?.type === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

function linesThatDiffer(here: string, there: string): { here: string; there: string } {
  const [a, b] = [here.split('\n'), there.split('\n')];
  const [ofA, ofB] = [new Set(a), new Set(b)];
  const only = (lines: readonly string[], others: ReadonlySet<string>) => {
    const found = lines.filter((line) => !others.has(line));
    if (found.length === 1) return short(found[0]?.trim() ?? '');
    return found.length === 0 ? `${lines.length} lines` : `${found.length} of ${lines.length} lines`;
  };
  return { here: only(a, ofB), there: only(b, ofA) };
}

/** A value on one line. */
export function shortText(node: SourceNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (node.type === 'scalar') {
    const text = String(node.value);
    const lines = text.trimEnd().split('\n');
    return lines.length > 1
      ? `${short(lines[0] ?? '')} and ${lines.length - 1} more lines`
      : short(text.trimEnd());
  }
  if (node.type === 'sequence') return short(node.items.map((item) => shortText(item) ?? '').join(' '));
  const parts = node.entries
    .filter(({ key }) => !secretKey.test(String(key.value)))
    .map(({ key, value }) =>
      value.type === 'scalar' && !isTwoLines(value)
        ? `${String(key.value)}: ${String(value.value).trimEnd()}`
        : String(key.value),
    );
  return short(parts.join(', '));
}

function isTwoLines(node: SourceNode): boolean {
  return node.type === 'scalar' && String(node.value).trimEnd().includes('\n');
}

function short(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
