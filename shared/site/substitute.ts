import { maskOf } from '../secrets/mask.ts';
import type { ScalarNode, SourceNode } from '../source/source-node.ts';
import { holdsReference, isSecretName, replaceReferences, wholeReference } from './references.ts';

/** The values that references stand for, by their key (`var.oam-address`), with the places where they were written. */
export type ReferenceValues = ReadonlyMap<string, ScalarNode>;

/**
 * The tree with its references replaced. A text that is exactly one reference becomes the value itself, with its type
 * and its place, so that a wrong value is reported where it was written. References without a value stay as they are.
 * A secret becomes its mask: the value is put in by the core, when a seed is written.
 * Subtrees without references are shared with the tree given.
 */
export function substitute(node: SourceNode, values: ReferenceValues): SourceNode {
  if (!holdsReferences(node)) return node;
  if (node.type === 'scalar') return substituteScalar(node, values);
  if (node.type === 'sequence') {
    let changed = false;
    const items = node.items.map((item) => {
      const replaced = substitute(item, values);
      changed ||= replaced !== item;
      return replaced;
    });
    return changed ? { ...node, items } : node;
  }
  let changed = false;
  const entries = node.entries.map((entry) => {
    const key = holdsReference(entry.key) ? substituteKey(entry.key, values) : entry.key;
    const value = substitute(entry.value, values);
    if (key === entry.key && value === entry.value) return entry;
    changed = true;
    return { key, value };
  });
  return changed ? { ...node, entries } : node;
}

/** A key keeps its place even where it is one value alone: what it stands before is found by it. */
function substituteKey(key: ScalarNode, values: ReferenceValues): ScalarNode {
  const replaced = substituteScalar(key, values);
  const placed = { ...replaced, span: key.span, source: key.source };
  const used = replaced.source === key.source ? valuesWithin(replaced) : [replaced];
  if (used.length > 0) valuesOfText.set(placed, used);
  return placed;
}

/** Whether lists and mappings hold references. Hundreds of hosts share the fragments of a profile, and a network. */
const searched = new WeakMap<SourceNode, boolean>();

function holdsReferences(node: SourceNode): boolean {
  if (node.type === 'scalar') return holdsReference(node);
  const known = searched.get(node);
  if (known !== undefined) return known;
  const holds =
    node.type === 'sequence'
      ? node.items.some(holdsReferences)
      : node.entries.some(({ key, value }) => holdsReference(key) || holdsReferences(value));
  searched.set(node, holds);
  return holds;
}

function substituteScalar(node: ScalarNode, values: ReferenceValues): ScalarNode {
  const text = String(node.value);
  const key = wholeReference(text);
  if (key !== undefined) {
    const secret = secretOf(key);
    return secret === undefined ? (values.get(key) ?? node) : { ...node, value: maskOf(secret) };
  }
  const used: ScalarNode[] = [];
  const value = replaceReferences(text, (each, written) => {
    const secret = secretOf(each);
    if (secret !== undefined) return maskOf(secret);
    const found = values.get(each);
    if (found === undefined) return written;
    used.push(found);
    return String(found.value);
  });
  const filled = { ...node, value };
  if (used.length > 0) valuesOfText.set(filled, used);
  return filled;
}

function secretOf(key: string): string | undefined {
  return key.startsWith('secret.') && isSecretName(key.slice(7)) ? key.slice(7) : undefined;
}

/** A text such as `((var.address))/24` keeps its own place; these are the values that it was made with. */
const valuesOfText = new WeakMap<SourceNode, readonly ScalarNode[]>();

/** Values of references that are only a part of a text that was filled in; none for any other node. */
export function valuesWithin(node: SourceNode): readonly ScalarNode[] {
  return valuesOfText.get(node) ?? [];
}
