import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { DiagnosticCode } from '../diagnostics/diagnostic-codes.ts';
import {
  didYouMean,
  didYouMeanKey,
  presentHint,
  proposal,
  replacementFix,
  wordFix,
} from '../diagnostics/suggest.ts';
import { lookUp } from '../source/look-up.ts';
import type { MapNode, SourceNode } from '../source/source-node.ts';
import { booleanOf, choiceOf, integerOf, itemsOf, textOf } from './read-value.ts';
import { textFormats } from './text-formats.ts';
import {
  type ChoiceShape,
  canonicalKey,
  type IntegerShape,
  type KeyTable,
  type ListShape,
  type NamedShape,
  type TableOptions,
  type ValueShape,
  type VariantsShape,
} from './value-shape.ts';

/** Reports everything in a tree that does not fit the shape: unknown and missing keys, wrong types, malformed values. */
export function checkShape(node: SourceNode, shape: ValueShape, name: string, sink: DiagnosticSink): void {
  switch (shape.type) {
    case 'boolean':
      if (booleanOf(node, shape.digits) === undefined) wrongType(node, name, 'true or false', sink);
      return;
    case 'integer':
      checkInteger(node, shape, name, sink);
      return;
    case 'choice':
      checkChoice(node, shape, name, sink);
      return;
    case 'text':
      checkText(node, shape.format ?? 'string', name, sink);
      return;
    case 'list':
      checkList(node, shape, name, sink);
      return;
    case 'table':
      checkTable(node, shape.keys, name, sink, shape);
      return;
    case 'named':
      checkNamed(node, shape, name, sink);
      return;
    case 'variants':
      checkVariants(node, shape, name, sink);
      return;
    case 'either':
      checkShape(node, node.type === 'map' ? shape.map : shape.scalar, name, sink);
      return;
    case 'anything':
      return;
  }
}

export function wrongType(node: SourceNode, name: string, expected: string, sink: DiagnosticSink): void {
  const found = { scalar: 'a single value', map: 'a mapping', sequence: 'a list' }[node.type];
  const isNothing = node.type === 'scalar' && node.value === null;
  const isWord = node.type === 'scalar' && !isNothing;
  const written = isWord ? `“${shortened(String(node.value))}”` : isNothing ? 'nothing' : found;
  sink.at(node, 'error', 'value-type', `${name} must be ${expected}, but ${written} is written here.`);
}

function checkInteger(node: SourceNode, shape: IntegerShape, name: string, sink: DiagnosticSink): void {
  const value = integerOf(node);
  if (value === undefined) {
    wrongType(node, name, 'a whole number', sink);
    return;
  }
  if (value >= shape.minimum && value <= shape.maximum) return;
  const message = `${name} must be from ${shape.minimum} to ${shape.maximum}, not ${value}.`;
  sink.at(node, 'error', shape.code ?? 'value-range', message);
}

function checkChoice(node: SourceNode, shape: ChoiceShape, name: string, sink: DiagnosticSink): void {
  const written = textOf(node);
  if (written === undefined) {
    wrongType(node, name, `one of ${shape.choices.join(', ')}`, sink);
    return;
  }
  if (choiceOf(node, shape) !== undefined) return;
  const called = lookUp(shape.calledElsewhere ?? {}, written.toLowerCase());
  const { hint, fixes } =
    called === undefined
      ? didYouMean(node, written, shape.choices)
      : { hint: ` “${called}” is what it is called here.`, fixes: [wordFix(node, called)] };
  const message = `${name} must be one of ${shape.choices.join(', ')}, not “${shortened(written)}”.${hint}`;
  sink.at(node, 'error', shape.code ?? 'value-invalid', message, fixes);
}

function checkText(
  node: SourceNode,
  format: keyof typeof textFormats,
  name: string,
  sink: DiagnosticSink,
): void {
  const { code, expects, fault, mended, preferred } = textFormats[format];
  const written = textOf(node);
  if (written === undefined) {
    wrongType(node, name, expects, sink);
    return;
  }
  const message = fault(written);
  const meant = message === undefined ? undefined : mended?.(written);
  const fixes = meant === undefined ? undefined : [wordFix(node, meant)];
  if (message !== undefined) sink.at(node, 'error', code, message, fixes);
  const other = preferred?.(written);
  if (other !== undefined) sink.at(node, 'warning', code, other.message, [wordFix(node, other.text)]);
}

function checkList(node: SourceNode, shape: ListShape, name: string, sink: DiagnosticSink): void {
  const isSingle = shape.single !== undefined && textOf(node) !== undefined;
  if (node.type !== 'sequence' && !isSingle) {
    const written = node.type === 'scalar' && node.value !== null ? textInSource(node) : undefined;
    const fixes =
      written === undefined ? undefined : [replacementFix(node, `[${written}]`, 'Make it a list')];
    sink.at(node, 'error', 'value-type', `${name} must be a list.`, fixes);
    return;
  }
  for (const item of itemsOf(node, shape.single)) checkShape(item, shape.items, name, sink);
}

/**
 * The formats call one thing `mode`, `bond-mode` and `bond_mode`, or `id` and `vlan_id`: where no key is near, the only one
 * that has or lacks such a word in front is meant.
 */
function keyMeant(
  key: SourceNode,
  written: string,
  keys: KeyTable,
  present: ReadonlySet<string | undefined>,
): ReturnType<typeof didYouMean> {
  const known = Object.keys(keys);
  const plain = written.replaceAll('_', '-');
  const called = known.find((each) =>
    keys[each]?.calledElsewhere?.some((word) => word.replaceAll('_', '-') === plain),
  );
  if (called === undefined) {
    const absent = known.filter((each) => !present.has(each));
    const near = didYouMeanKey(key, written, absent, known);
    if (near.hint !== '') return near;
  }
  const alike = known.filter((each) => {
    const candidate = each.replaceAll('_', '-');
    return candidate.endsWith(`-${plain}`) || plain.endsWith(`-${candidate}`);
  });
  const meant = called ?? (alike.length === 1 ? alike[0] : undefined);
  if (meant === undefined) return { hint: '' };
  return present.has(meant) ? { hint: presentHint(meant) } : proposal(key, meant);
}

function checkTable(
  node: SourceNode,
  keys: KeyTable,
  name: string,
  sink: DiagnosticSink,
  { underscores, unknownKeys, emptyValues, isConsequence }: TableOptions,
): void {
  if (node.type !== 'map') {
    wrongType(node, name, 'a mapping of keys and values', sink);
    return;
  }
  const entries = node.entries.map(({ key, value }) => {
    const written = String(key.value);
    return { key, value, written, canonical: canonicalKey(keys, written, underscores) };
  });
  const present = new Set(entries.map(({ canonical }) => canonical));
  for (const { key, value, written, canonical } of entries) {
    const definition = canonical === undefined ? undefined : keys[canonical];
    if (canonical === undefined || definition === undefined) {
      const { hint, fixes } = keyMeant(key, written, keys, present);
      const effect = unknownKeys === 'ignored' ? '; it has no effect' : '';
      // What is needed and stands there misspelt is missing: told once, and as much as if it were.
      const meant = fixes?.[0]?.newText.replace(/^["']|["']$/g, '') ?? '';
      const isNeeded = Object.hasOwn(keys, meant) && keys[meant]?.required !== undefined;
      if (isNeeded) present.add(meant);
      sink.at(
        key,
        unknownKeys === undefined || isNeeded ? 'error' : 'warning',
        'key-unknown',
        `The key “${shortened(written)}” does not exist in ${name}${effect}.${hint}`,
        fixes,
      );
      continue;
    }
    if (emptyValues === true && definition.required === undefined && isEmpty(value)) continue;
    if (isConsequence?.(canonical, node) === true) continue;
    checkShape(value, definition.shape, written, sink);
  }
  for (const { key, code, message } of requiredKeys(keys)) {
    if (!present.has(key) && isConsequence?.(key, node) !== true) sink.at(node, 'error', code, message);
  }
}

function isEmpty(node: SourceNode): boolean {
  return node.type === 'scalar' && (node.value === null || node.value === '');
}

interface RequiredKey {
  readonly key: string;
  readonly code: DiagnosticCode;
  readonly message: string;
}

const requiredKeysOfTables = new WeakMap<KeyTable, readonly RequiredKey[]>();

/** Gathered once for each table: few keys are required, and a table is read for every link of every host. */
function requiredKeys(keys: KeyTable): readonly RequiredKey[] {
  let found = requiredKeysOfTables.get(keys);
  if (found === undefined) {
    found = Object.entries(keys).flatMap(([key, { required }]) =>
      required === undefined ? [] : [{ key, ...required }],
    );
    requiredKeysOfTables.set(keys, found);
  }
  return found;
}

function checkNamed(node: SourceNode, shape: NamedShape, name: string, sink: DiagnosticSink): void {
  if (shape.mayBeEmptyList === true && node.type === 'sequence' && node.items.length === 0) {
    sink.at(node, 'warning', 'value-type', `${name} is a mapping of names; write {} where there are none.`);
    return;
  }
  if (node.type !== 'map') {
    wrongType(node, name, 'a mapping of names', sink);
    return;
  }
  if (node.entries.length === 0 && shape.keyFormat !== undefined) {
    // netplan 0.106 ends at it without a word.
    const message = `${name} has an empty entry here; write ${textFormats[shape.keyFormat].expects}, or remove it.`;
    sink.at(node, 'error', 'value-type', message);
  }
  for (const { key, value } of node.entries) {
    const written = String(key.value);
    const reserved =
      shape.reserved !== undefined && Object.hasOwn(shape.reserved, written)
        ? shape.reserved[written]
        : undefined;
    if (shape.keyFormat !== undefined && reserved === undefined) checkText(key, shape.keyFormat, name, sink);
    checkNamedValue(value, reserved?.shape ?? shape.values, written, sink);
  }
}

/** Values that were found to be without fault. Hosts of one network share those that hold no reference. */
const faultless = new WeakMap<SourceNode, ValueShape>();

function checkNamedValue(value: SourceNode, shape: ValueShape, name: string, sink: DiagnosticSink): void {
  if (faultless.get(value) === shape) return;
  const before = sink.count;
  checkShape(value, shape, name, sink);
  if (sink.count === before) faultless.set(value, shape);
}

function checkVariants(node: SourceNode, shape: VariantsShape, name: string, sink: DiagnosticSink): void {
  if (node.type !== 'map') {
    wrongType(node, name, 'a mapping of keys and values', sink);
    return;
  }
  const kind = variantOf(node, shape);
  if (kind !== undefined) {
    checkTable(node, shape.variants[kind] ?? {}, `${name} of the type ${kind}`, sink, shape);
    return;
  }
  const choices = Object.keys(shape.variants);
  const written = node.entries.find((entry) => entry.key.value === shape.discriminator)?.value;
  if (written !== undefined && shape.otherwise !== undefined) {
    checkOtherVariant(node, written, shape, name, sink);
    return;
  }
  if (written !== undefined) {
    checkChoice(written, { type: 'choice', choices }, shape.discriminator, sink);
    return;
  }
  sink.at(
    node,
    'error',
    'key-missing',
    `${name} needs “${shape.discriminator}”: one of ${choices.join(', ')}.`,
  );
}

function checkOtherVariant(
  node: MapNode,
  written: SourceNode,
  shape: VariantsShape,
  name: string,
  sink: DiagnosticSink,
): void {
  const { otherwise = '', discriminator, variants } = shape;
  const word = textOf(written);
  if (word !== undefined) {
    const { hint, fixes } = didYouMean(written, word, Object.keys(variants));
    const message = `The ${discriminator} “${shortened(word)}” is not known; cloud-init takes it for ${otherwise}.${hint}`;
    sink.at(written, 'warning', 'value-invalid', message, fixes);
  } else if (written.type !== 'scalar') {
    wrongType(written, discriminator, 'a word', sink);
  }
  checkTable(node, variants[otherwise] ?? {}, name, sink, shape);
}

/** The name of the variant that a mapping says to be. */
export function variantOf(node: MapNode, shape: VariantsShape): string | undefined {
  const written = textOf(node.entries.find((entry) => entry.key.value === shape.discriminator)?.value);
  return written !== undefined && Object.hasOwn(shape.variants, written) ? written : undefined;
}

function textInSource({ source, span }: SourceNode): string | undefined {
  const written = source.text.slice(span.start, span.end);
  return written === '' || /[\n\r]/.test(written) ? undefined : written;
}

function shortened(written: string): string {
  return written.length > 80 ? `${written.slice(0, 80)}…` : written;
}
