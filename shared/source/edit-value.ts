import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { TextEdit } from '../refactor/rename.ts';
import { insertInBrackets, moveInBrackets, removeFromBrackets } from './edit/edit-brackets.ts';
import { insertLines, moveLines, removeLines } from './edit/edit-lines.ts';
import { lineEndOf } from './edit/lines.ts';
import { childIndex, type Place, placeAt, styleOfNew } from './edit/place.ts';
import {
  afterStep,
  childOfPlain,
  indexOf,
  isEqual,
  isList,
  isMap,
  type Path,
  type PlainMap,
  type PlainValue,
  type Step,
} from './edit/plain-value.ts';
import { Refusal, type RefusalReason } from './edit/refusal.ts';
import { replaceScalar } from './edit/replace-scalar.ts';
import { replaceRoot, replaceValue } from './edit/replace-value.ts';
import { applyReplacements, composed, type TextReplacement } from './edit/replacement.ts';
import { keyText } from './edit/value-text.ts';
import { isFlow, writtenRoot } from './edit/written-tree.ts';
import { parseYaml } from './parse-yaml.ts';
import { toPlain } from './source-node.ts';
import { createSourceText, rangeOf } from './source-text.ts';

export type { Path, PlainScalar, PlainValue } from './edit/plain-value.ts';
export type { RefusalReason } from './edit/refusal.ts';
export type { TextReplacement } from './edit/replacement.ts';

/** A change of one value. Keys are segments of text, items of lists are numbers counted from 0. */
export type ValueChange =
  /**
   * Sets a value, or adds it with the mappings that lead to it; a list is longer by one where the index is its length.
   * Of a mapping or list only what differs is written. `order` names keys in their usual order: a new one stands among
   * them, and otherwise behind the others.
   */
  | {
      readonly type: 'set';
      readonly path: Path;
      readonly value: PlainValue;
      readonly order?: readonly string[];
    }
  /** Adds an item that has the last segment as its index afterwards. */
  | { readonly type: 'insert'; readonly path: Path; readonly value: PlainValue }
  /** Takes an entry or item out; the last one leaves `{}` or `[]`. */
  | { readonly type: 'remove'; readonly path: Path }
  /** Gives an item of a list another index, which it has afterwards. */
  | { readonly type: 'move'; readonly path: Path; readonly to: number }
  /** Gives a key another name. */
  | { readonly type: 'rename'; readonly path: Path; readonly key: string };

export type EditResult =
  | {
      readonly ok: true;
      readonly text: string;
      /** What changes in the text that was given, in its order. */
      readonly replacements: readonly TextReplacement[];
    }
  | { readonly ok: false; readonly reason: RefusalReason };

/**
 * Changes a value in the text of a YAML or JSON document. Comments, order, quotes, indentation and line ends of
 * everything else stay. The new text is read again: it says what the change means, or the edit is refused.
 */
export function editValue(text: string, change: ValueChange): EditResult {
  return editValues(text, [change]);
}

/** Several changes, each on what the ones before made: all of them or none. */
export function editValues(text: string, changes: readonly ValueChange[]): EditResult {
  try {
    let current = text;
    let replacements: readonly TextReplacement[] = [];
    let value = plainOf(text);
    for (const change of changes) {
      for (const step of stepsOf(value, change)) {
        const done = doneStep(current, value, step);
        replacements = composed(replacements, done.edits);
        current = done.text;
        value = done.value;
      }
    }
    const changed = replacements.filter(({ start, end, newText }) => text.slice(start, end) !== newText);
    return { ok: true, text: current, replacements: changed };
  } catch (thrown) {
    if (thrown instanceof Refusal) return { ok: false, reason: thrown.reason };
    throw thrown;
  }
}

interface Done {
  readonly text: string;
  readonly value: PlainValue;
  readonly edits: readonly TextReplacement[];
}

/** Comments below a literal block could become a part of it: then its text stands in quotes. */
function doneStep(text: string, value: PlainValue | undefined, step: Step, hasBlocks = true): Done {
  const expected = afterStep(value ?? null, step);
  const quick = hasBlocks && step.type === 'put' ? quickly(text, step, expected) : undefined;
  if (quick !== undefined) return quick;
  const edits = editsOf(text, value, step, hasBlocks);
  const after = applyReplacements(text, edits);
  try {
    return { text: after, value: plainAfter(after, expected), edits };
  } catch (thrown) {
    if (hasBlocks && thrown instanceof Refusal) return doneStep(text, value, step, false);
    throw thrown;
  }
}

/** Undefined where a scalar is not simply written over another, or where that would not read as meant. */
function quickly(
  text: string,
  { path, value }: Extract<Step, { type: 'put' }>,
  expected: PlainValue,
): Done | undefined {
  const root = parseYaml(createSourceText('', text), new DiagnosticSink());
  const edits = replaceScalar(text, root, path, value);
  if (edits === undefined) return undefined;
  const after = applyReplacements(text, edits);
  try {
    return { text: after, value: plainAfter(after, expected), edits };
  } catch (thrown) {
    if (thrown instanceof Refusal) return undefined;
    throw thrown;
  }
}

/** Replacements as the editor carries them out. */
export function replacementsAsEdits(text: string, replacements: readonly TextReplacement[]): TextEdit[] {
  const source = createSourceText('', text);
  return replacements.map(({ start, end, newText }) => ({
    range: rangeOf(source, { start, end }),
    oldText: text.slice(start, end),
    newText,
  }));
}

/** Undefined for a document without a value. */
function plainOf(text: string): PlainValue | undefined {
  const sink = new DiagnosticSink();
  const root = parseYaml(createSourceText('', text), sink);
  const isBroken = sink
    .list()
    .some(({ severity, code }) => severity === 'error' && code !== 'document-empty');
  if (isBroken) throw new Refusal('broken-text');
  return root === undefined ? undefined : (toPlain(root) as PlainValue);
}

function plainAfter(text: string, expected: PlainValue): PlainValue {
  const isShared = () =>
    new Refusal(/(?:^|[\s[{,])[&*][^\s,[\]{}]/m.test(text) ? 'shared-value' : 'not-writable');
  try {
    const value = plainOf(text) ?? null;
    if (!isEqual(value, expected)) throw isShared();
    return value;
  } catch (thrown) {
    throw thrown instanceof Refusal && thrown.reason === 'broken-text' ? isShared() : thrown;
  }
}

function stepsOf(value: PlainValue | undefined, change: ValueChange): Step[] {
  if (change.type === 'insert') {
    const parent = valueAt(value, change.path.slice(0, -1));
    if (isList(parent) && parent.length > 0 && indexOf(change.path.at(-1)) < parent.length) return [change];
    return stepsOf(value, { ...change, type: 'set' });
  }
  if (change.type === 'move' && change.to === change.path.at(-1)) return [];
  if (change.type === 'rename' && change.key === String(change.path.at(-1))) return [];
  if (change.type !== 'set') return [change];
  const { path, order } = change;
  let depth = 0;
  let at: PlainValue | undefined = value;
  while (depth < path.length && at !== undefined && at !== null) {
    const segment = path[depth] ?? '';
    const next = childOfPlain(at, segment);
    if (next === undefined) {
      if (isList(at) ? indexOf(segment) !== at.length : !isMap(at)) throw new Refusal('no-such-place');
      break;
    }
    at = next;
    depth++;
  }
  if (depth === path.length && at !== undefined) return differences(at, change.value, path);
  const isMissing = at !== undefined && at !== null;
  const existing = path.slice(0, isMissing ? depth + 1 : depth);
  return [
    {
      type: 'put',
      path: existing,
      value: wrapped(path.slice(existing.length), change.value),
      ...(order === undefined ? {} : { order }),
    },
  ];
}

function valueAt(value: PlainValue | undefined, path: Path): PlainValue | undefined {
  return path.reduce<PlainValue | undefined>(childOfPlain, value);
}

function wrapped(path: Path, value: PlainValue): PlainValue {
  return path.reduceRight<PlainValue>((inner, segment) => {
    if (typeof segment === 'string') return Object.fromEntries([[segment, inner]]);
    if (segment !== 0) throw new Refusal('no-such-place');
    return [inner];
  }, value);
}

/** The steps that make one value of another and leave alone what is the same. */
function differences(before: PlainValue, after: PlainValue, path: Path): Step[] {
  if (isEqual(before, after)) return [];
  if (isMap(before) && isMap(after) && Object.keys(after).length > 0)
    return mapDifferences(before, after, path);
  if (isList(before) && isList(after) && after.length > 0) return listDifferences(before, after, path);
  return [{ type: 'put', path, value: after }];
}

function mapDifferences(before: PlainMap, after: PlainMap, path: Path): Step[] {
  const steps = Object.entries(after).flatMap(([key, value]): Step[] => {
    const old = childOfPlain(before, key);
    if (old === undefined) return [{ type: 'put', path: [...path, key], value }];
    return differences(old, value, [...path, key]);
  });
  for (const key of Object.keys(before))
    if (!Object.hasOwn(after, key)) steps.push({ type: 'remove', path: [...path, key] });
  return steps;
}

function listDifferences(before: readonly PlainValue[], after: readonly PlainValue[], path: Path): Step[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isEqual(before[start], after[start])) start++;
  let tail = 0;
  while (tail < shorter - start && isEqual(before.at(-1 - tail), after.at(-1 - tail))) tail++;
  const common = shorter - tail;
  const steps: Step[] = [];
  for (let index = start; index < common; index++)
    for (const each of differences(before[index] ?? null, after[index] ?? null, [...path, index]))
      steps.push(each);
  for (let index = common; index < after.length - tail; index++) {
    const type = index < before.length - tail || tail > 0 ? 'insert' : 'put';
    steps.push({ type, path: [...path, index], value: after[index] ?? null });
  }
  for (let index = before.length - tail - 1; index >= Math.max(common, after.length - tail); index--)
    steps.push({ type: 'remove', path: [...path, index] });
  return steps;
}

function editsOf(
  text: string,
  value: PlainValue | undefined,
  step: Step,
  hasBlocks: boolean,
): TextReplacement[] {
  const lineEnd = lineEndOf(text);
  const segment = step.path.at(-1);
  if (segment === undefined) {
    if (step.type === 'put') return replaceRoot(text, writtenRoot(text), step.value, { lineEnd, hasBlocks });
    throw new Refusal('no-such-place');
  }
  const parentPath = step.path.slice(0, -1);
  const parent = valueAt(value, parentPath);
  const isNew =
    step.type === 'insert' || (step.type === 'put' && childOfPlain(parent, segment) === undefined);
  const place = placeAt(text, parentPath, lineEnd, hasBlocks);
  if (isNew) return insertEdits(place, step.value, segment, step.type === 'put' ? (step.order ?? []) : []);
  const index = childIndex(place, segment);
  if (step.type === 'put') return replaceValue(place, index, step.value);
  if (step.type === 'rename') return renameEdits(place, index, step.key);
  if (step.type === 'remove') return removeEdits(place, index);
  if (step.type !== 'move' || isMap(parent)) throw new Refusal('no-such-place');
  if (!(step.to >= 0 && step.to < place.children.length)) throw new Refusal('no-such-place');
  return place.isFlow ? moveInBrackets(place, index, step.to) : moveLines(place, index, step.to);
}

function insertEdits(
  place: Place,
  value: PlainValue,
  segment: string | number,
  order: readonly string[],
): TextReplacement[] {
  const key = typeof segment === 'string' ? segment : undefined;
  const { children, holder, isJson, text, node } = place;
  const isInLines = holder === undefined ? true : !holder.place.isFlow;
  if (children.length === 0 && isInLines && !isJson) {
    const whole = key === undefined ? [value] : Object.fromEntries([[key, value]]);
    return holder === undefined
      ? replaceRoot(text, node, whole, place)
      : replaceValue(holder.place, holder.index, whole);
  }
  const index = key === undefined ? Number(segment) : orderedIndex(place, key, order);
  const insert = isFlow(node) ? insertInBrackets : insertLines;
  return insert(place, index, key, value, styleOfNew(place));
}

/** In front of the first key that usually follows, or behind all. */
function orderedIndex({ children }: Place, key: string, order: readonly string[]): number {
  const rank = order.indexOf(key);
  const index =
    rank < 0 ? -1 : children.findIndex((child) => order.indexOf(child.key ?? '', rank + 1) > rank);
  return index < 0 ? children.length : index;
}

function renameEdits(
  { children, isJson, isFlow: inBraces }: Place,
  index: number,
  key: string,
): TextReplacement[] {
  const span = children[index]?.keySpan;
  if (span === undefined) throw new Refusal('no-such-place');
  return [{ ...span, newText: keyText(key, { isJson }, inBraces) }];
}

function removeEdits(place: Place, index: number): TextReplacement[] {
  const { children, holder, text, node, isFlow: inBrackets } = place;
  if (inBrackets) return removeFromBrackets(place, index);
  if (children.length > 1) return removeLines(place, index);
  const empty = 'items' in node && children[0]?.keySpan === undefined ? [] : {};
  return holder === undefined
    ? replaceRoot(text, node, empty, place)
    : replaceValue(holder.place, holder.index, empty);
}
