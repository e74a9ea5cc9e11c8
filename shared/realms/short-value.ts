import type { MapEntry, SourceNode } from '../source/source-node.ts';

/** Longer texts are told by their number of lines. */
const longest = 80;

/** What may be a secret is not repeated outside its document. */
const masked = /passw|passphrase|secret|token|private|hash/i;

/** A value in one line, for a list that shows where it stands: texts of several lines by their number. */
export function shortValue(node: SourceNode, depth = 0): string {
  if (node.type === 'scalar') return shortText(node.value === null ? '' : String(node.value));
  if (depth > 3) return '…';
  const [first, second] = node.type === 'map' ? node.entries : [];
  // A kernel argument.
  if (
    first?.key.value === 'name' &&
    second?.key.value === 'value' &&
    node.type === 'map' &&
    node.entries.length === 2
  )
    return `${shortValue(first.value, depth + 1)}=${shortValue(second.value, depth + 1)}`;
  const parts =
    node.type === 'sequence'
      ? node.items.map((item) => shortValue(item, depth + 1))
      : node.entries.map((entry) => {
          const value = valueOfKey(entry, depth + 1);
          return value === '' ? '' : `${String(entry.key.value)} ${value}`;
        });
  const text = parts.filter((part) => part !== '').join(', ');
  return text.length > longest * 2 ? `${text.slice(0, longest * 2)}…` : text;
}

/** The content of a file by its length, however short; a password not at all. */
export function valueOfKey({ key, value }: MapEntry, depth = 0): string {
  const name = String(key.value);
  if (value.type !== 'scalar') return shortValue(value, depth);
  if (masked.test(name) && typeof value.value !== 'boolean') return '•••';
  const isContent = name === 'content' && typeof value.value === 'string';
  return isContent ? counted(String(value.value)) : shortValue(value, depth);
}

function counted(text: string): string {
  const lines = text.trimEnd().split('\n').length;
  return `${lines} ${lines === 1 ? 'line' : 'lines'}`;
}

function shortText(text: string): string {
  const lines = text.trimEnd().split('\n');
  if (lines.length > 1) return counted(text);
  const [line = ''] = lines;
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

/** How an item of a list is called: its name, path or first text; and what else it says. */
export function itemWords(node: SourceNode): { readonly label: string; readonly value: string } {
  if (node.type !== 'map') return { label: shortValue(node), value: '' };
  const named =
    node.entries.find(({ key }) => ['name', 'path'].includes(String(key.value))) ?? node.entries[0];
  if (named === undefined) return { label: '', value: '' };
  const rest = node.entries.filter((entry) => entry !== named);
  const onlyScalars = rest.every(
    ({ value }) => value.type === 'scalar' && !String(value.value).includes('\n'),
  );
  // Fields that follow each other read as they do in the file that they become: `* soft nofile 65536`.
  const value = onlyScalars
    ? rest.map((entry) => valueOfKey(entry)).join(' ')
    : rest.map((entry) => `${String(entry.key.value)} ${valueOfKey(entry, 1)}`).join(', ');
  return { label: shortValue(named.value), value };
}
