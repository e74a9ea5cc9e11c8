import type { MapEntry, MapNode, ScalarNode, SequenceNode, SourceNode } from '../source/source-node.ts';
import { blockText, keyText, scalarText } from './cloud-init-scalar.ts';
import { writtenNowhere } from './written-nowhere.ts';

/** Plain data in the order of its keys. */
export function cloudInitYaml(value: unknown): string {
  return cloudInitYamlOf(writtenNowhere(value));
}

/**
 * A tree as YAML for cloud-init, in the order of its entries. Written here and not by a library because it runs at
 * every keystroke: 2,000 lines take 1 ms where the library's document takes 20.
 */
export function cloudInitYamlOf(node: SourceNode): string {
  const lines: Lines = { texts: [] };
  if (node.type === 'scalar' || isInline(node)) return `${inlineText(node, false)}\n`;
  if (node.type === 'map') for (const entry of node.entries) lines.texts.push(outermostEntry(entry));
  else writeBlock(lines, node, '', '');
  return `${lines.texts.join('\n')}\n`;
}

/** What stands on some lines of a text: a value, and the key before it on the same line. */
export interface WrittenValue {
  readonly key: ScalarNode | undefined;
  readonly value: SourceNode;
  /** More than one for a block. */
  readonly lineCount: number;
}

/** What `cloudInitYamlOf` writes on each line, in order and without gaps: where the lines of a text come from. */
export function cloudInitYamlLines(node: SourceNode): readonly WrittenValue[] {
  if (node.type === 'scalar' || isInline(node)) return [{ key: undefined, value: node, lineCount: 1 }];
  const written: WrittenValue[] = [];
  writeBlock({ texts: [], written }, node, '', '');
  return written;
}

/** The lines so far; what stands on them is only noted when somebody wants to know. */
interface Lines {
  readonly texts: string[];
  readonly written?: WrittenValue[];
}

function push({ texts, written }: Lines, text: string, key: ScalarNode | undefined, value: SourceNode): void {
  texts.push(text);
  written?.push({ key, value, lineCount: text.split('\n').length });
}

/** The text of an entry by its value. Hosts share the values of fragments that hold no reference. */
const outermostEntries = new WeakMap<SourceNode, { readonly key: ScalarNode; readonly text: string }>();

function outermostEntry(entry: MapEntry): string {
  const known = outermostEntries.get(entry.value);
  if (known?.key === entry.key) return known.text;
  const lines: Lines = { texts: [] };
  writeEntry(lines, entry, '', '');
  const text = lines.texts.join('\n');
  outermostEntries.set(entry.value, { key: entry.key, text });
  return text;
}

/** `lead` stands before the first line (`- ` of a list item), `indent` before all others. */
function writeBlock(lines: Lines, node: SourceNode, lead: string, indent: string): void {
  let before = lead;
  if (node.type === 'map') {
    for (const entry of node.entries) {
      writeEntry(lines, entry, before, indent);
      before = indent;
    }
  } else if (node.type === 'sequence') {
    for (const item of node.items) {
      writeItem(lines, item, before, indent);
      before = indent;
    }
  }
}

function writeEntry(lines: Lines, { key, value }: MapEntry, before: string, indent: string): void {
  const name = keyText(key);
  // PyYAML reads a key only up to 1,024 characters ahead, unless it is marked.
  if (name.length > 1000) {
    push(lines, `${before}? ${name}`, key, value);
    writeValue(lines, key, value, `${indent}:`, indent);
  } else writeValue(lines, key, value, `${before}${name}:`, indent);
}

function writeValue(lines: Lines, key: ScalarNode, value: SourceNode, start: string, indent: string): void {
  const inner = `${indent}  `;
  if (value.type === 'scalar') push(lines, `${start} ${valueText(value, inner)}`, key, value);
  else if (isInline(value)) push(lines, `${start} ${inlineText(value, false)}`, key, value);
  else {
    push(lines, start, key, value);
    writeBlock(lines, value, inner, inner);
  }
}

function writeItem(lines: Lines, item: SourceNode, before: string, indent: string): void {
  const inner = `${indent}  `;
  if (item.type === 'scalar') push(lines, `${before}- ${valueText(item, inner)}`, undefined, item);
  else if (isInline(item) || (item.type === 'sequence' && isCommand(item))) {
    push(lines, `${before}- ${inlineText(item, false)}`, undefined, item);
  } else writeBlock(lines, item, `${before}- `, inner);
}

function valueText(value: ScalarNode, indent: string): string {
  return blockText(value, indent) ?? scalarText(value, false);
}

function isInline(node: SourceNode): boolean {
  if (node.type === 'map') return node.entries.length === 0;
  if (node.type === 'sequence') return node.items.length === 0;
  return blockText(node, '') === undefined;
}

/** A short list of words inside a list, such as a command of `runcmd`, reads best on one line. */
function isCommand({ items }: SequenceNode): boolean {
  const length = items.reduce(
    (sum, item) => sum + (item.type === 'scalar' ? String(item.value).length + 2 : Number.POSITIVE_INFINITY),
    0,
  );
  return length <= 72 && items.every(isInline);
}

function inlineText(node: ScalarNode | MapNode | SequenceNode, isFlow: boolean): string {
  if (node.type === 'map') return '{}';
  if (node.type === 'scalar') return scalarText(node, isFlow);
  return `[${node.items.map((item) => inlineText(item, true)).join(', ')}]`;
}
