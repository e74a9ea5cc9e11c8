import { suggest } from '../diagnostics/suggest.ts';
import type { MapNode, PathSegment, ScalarNode, SequenceNode, SourceNode } from '../source/source-node.ts';
import { type Schema, targetOf } from './cloud-init-schema.ts';
import { asPython, type PythonType } from './yaml-1-1.ts';

export type ProblemKind =
  | 'type'
  | 'value'
  | 'form'
  | 'range'
  | 'count'
  | 'repeated'
  | 'missing'
  | 'unknown'
  | 'several'
  | 'deprecated';

/**
 * A value in a document with the way that leads to it: one step after the other, because most values are right and
 * nobody asks for their way.
 */
export interface Place {
  readonly node: SourceNode;
  /** The key under which it stands; none for items of lists. */
  readonly key?: ScalarNode | undefined;
  /** The place above, and the key or index that leads here from it. */
  readonly up?: Place | undefined;
  readonly segment?: PathSegment | undefined;
  /** Whether the schema names this key; else it stands for any item or freely chosen name. */
  readonly isNamed?: boolean;
  /** The mapping that it stands in, and what may stand beside it. */
  readonly mapping?: MapNode | undefined;
  readonly siblings?: readonly string[] | undefined;
  /** Whether it is judged by one of several alternatives. */
  readonly isAlternative?: boolean;
}

export interface Problem {
  readonly kind: ProblemKind;
  readonly place: Place;
  readonly node: SourceNode;
  readonly key: ScalarNode | undefined;
  readonly path: readonly PathSegment[];
  /** The way in the schema: `users.*.name`, where a star stands for any item or freely chosen name. */
  readonly pattern: string;
  /** The part of the schema that it does not fit. */
  readonly schema: Schema;
  /** What may stand here, in words or quoted values. */
  readonly expected: readonly string[];
  /** Keys that are missing (one of them is enough), or those known beside an unknown one. */
  readonly names: readonly string[];
  /** The key that an unknown one was most likely meant to be. */
  readonly meant?: string | undefined;
}

/** A schema that refers to itself must not hang the editor; cloud-init's is a handful deep. */
const deepest = 40;

const wordsOfType: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  null: 'nothing',
};

/**
 * Judges values by cloud-init's schema as Python's jsonschema does for cloud-init: draft 4, values as YAML 1.1 has
 * them, the first alternative that fits counts and its deprecations are told. Own and not a library, because the window
 * forbids code made of strings, and because a finding here has a place in the text.
 */
export class SchemaCheck {
  readonly #root: Schema;
  readonly #isOpen: (node: ScalarNode) => boolean;
  #depth = 0;

  constructor(root: Schema, isOpen: (node: ScalarNode) => boolean) {
    this.#root = root;
    this.#isOpen = isOpen;
  }

  check(schema: Schema, place: Place, found: Problem[]): void {
    const { node } = place;
    if ((node.type === 'scalar' && this.#isOpen(node)) || this.#depth >= deepest) return;
    this.#depth++;
    try {
      const target = targetOf(schema, this.#root);
      if (target !== undefined) this.check(target, place, found);
      if (schema.deprecated === true) found.push(problem('deprecated', place, schema));
      // Of a value of another type nothing else is worth saying.
      if (!this.#checkType(schema, place, found) || !this.#checkValue(schema, place, found)) return;
      if (node.type === 'scalar') this.#checkScalar(schema, node, place, found);
      else if (node.type === 'sequence') this.#checkList(schema, node, place, found);
      else this.#checkMapping(schema, node, place, found);
      for (const part of schema.allOf ?? []) this.check(part, place, found);
      if (schema.oneOf !== undefined) this.#checkAlternatives(schema, schema.oneOf, true, place, found);
      if (schema.anyOf !== undefined) this.#checkAlternatives(schema, schema.anyOf, false, place, found);
    } finally {
      this.#depth--;
    }
  }

  #checkType(schema: Schema, place: Place, found: Problem[]): boolean {
    if (schema.type === undefined) return true;
    const types = typeof schema.type === 'string' ? [schema.type] : schema.type;
    if (types.some((type) => isOfType(place.node, type))) return true;
    found.push(problem('type', place, schema, { expected: types.map((type) => wordsOfType[type] ?? type) }));
    return false;
  }

  #checkValue(schema: Schema, place: Place, found: Problem[]): boolean {
    const values = schema.const === undefined ? schema.enum : [schema.const];
    // A list of values is a list: draft 4 knows no reference in its place, which cloud-init's schema has once.
    if (!Array.isArray(values)) return true;
    if (values.some((value) => isSame(place.node, value))) return true;
    found.push(problem('value', place, schema, { expected: values.map(quotedValue) }));
    return false;
  }

  #checkScalar(schema: Schema, node: ScalarNode, place: Place, found: Problem[]): void {
    const { type, value, text } = asPython(node);
    if (type === 'string') {
      if (schema.pattern !== undefined && !matches(schema.pattern, text))
        found.push(problem('form', place, schema));
      else if (schema.format !== undefined && !hasFormat(schema.format, text))
        found.push(problem('form', place, schema));
    } else if (typeof value === 'number') {
      const isOutside = value < (schema.minimum ?? value) || value > (schema.maximum ?? value);
      if (isOutside) found.push(problem('range', place, schema));
    }
  }

  #checkList(schema: Schema, node: SequenceNode, place: Place, found: Problem[]): void {
    const { length } = node.items;
    if (length < (schema.minItems ?? 0) || length > (schema.maxItems ?? length))
      found.push(problem('count', place, schema));
    if (schema.uniqueItems === true) reportRepeated(schema, node, place, found);
    const { items } = schema;
    if (items === undefined || Array.isArray(items)) return;
    let index = 0;
    for (const item of node.items)
      this.check(items as Schema, { node: item, up: place, segment: index++ }, found);
  }

  #checkMapping(schema: Schema, node: MapNode, place: Place, found: Problem[]): void {
    const { properties, patternProperties, additionalProperties, required } = schema;
    if (node.entries.length < (schema.minProperties ?? 0)) found.push(problem('count', place, schema));
    const known = keysOf(properties);
    const free = patternProperties === undefined ? [] : Object.entries(patternProperties);
    const meant = new Set<string>();
    let absent: readonly string[] | undefined;
    for (const { key, value } of node.entries) {
      const segment = String(key.value);
      const own =
        properties !== undefined && Object.hasOwn(properties, segment) ? properties[segment] : undefined;
      const isNamed = own !== undefined;
      const at: Place = { node: value, key, up: place, segment, isNamed, mapping: node, siblings: known };
      if (own !== undefined) this.check(own, at, found);
      let isKnown = own !== undefined;
      for (const [pattern, fitting] of free) {
        if (!matches(pattern, segment)) continue;
        isKnown = true;
        this.check(fitting, at, found);
      }
      if (isKnown || additionalProperties === undefined || additionalProperties === true) continue;
      if (additionalProperties !== false) this.check(additionalProperties, at, found);
      else if (!this.#isOpen(key)) {
        absent ??= known.filter((each) => !node.entries.some((entry) => entry.key.value === each));
        const unknown = problem('unknown', at, schema, { names: known, meant: suggest(segment, absent) });
        if (unknown.meant !== undefined) meant.add(unknown.meant);
        found.push(unknown);
      }
    }
    for (const name of required ?? []) {
      if (meant.has(name) || node.entries.some(({ key }) => String(key.value) === name)) continue;
      found.push(problem('missing', place, schema, { names: [name] }));
    }
  }

  #checkAlternatives(
    owner: Schema,
    alternatives: readonly Schema[],
    isExclusive: boolean,
    at: Place,
    found: Problem[],
  ): void {
    const place: Place = { ...at, isAlternative: true };
    for (const [index, alternative] of alternatives.entries()) {
      // Most alternatives differ by type: those of another are not worth a finding until none fits.
      if (!mayFit(alternative, at.node)) continue;
      const all: Problem[] = [];
      this.check(alternative, place, all);
      if (all.some(({ kind }) => kind !== 'deprecated')) continue;
      const others = isExclusive ? alternatives.slice(index + 1) : [];
      const second = others.find((other) => mayFit(other, at.node) && this.#fits(other, place));
      if (second === undefined) {
        for (const each of all) found.push(each);
      } else {
        const names = [...(alternative.required ?? []), ...(second.required ?? [])];
        found.push(problem('several', place, owner, { names }));
      }
      return;
    }
    const failed = alternatives.map((alternative) => {
      const all: Problem[] = [];
      this.check(alternative, place, all);
      return all.filter(({ kind }) => kind !== 'deprecated');
    });
    for (const each of closestOf(owner, alternatives, failed, place)) found.push(each);
  }

  #fits(schema: Schema, place: Place): boolean {
    const found: Problem[] = [];
    this.check(schema, place, found);
    return found.every(({ kind }) => kind === 'deprecated');
  }
}

/** What is wrong with a value that fits no alternative, in terms of those that it nearly fits. */
function closestOf(
  owner: Schema,
  alternatives: readonly Schema[],
  failed: readonly (readonly Problem[])[],
  place: Place,
): readonly Problem[] {
  const isHere = ({ node }: Problem) => node === place.node;
  if (failed.every((branch) => branch.every((each) => isHere(each) && each.kind === 'missing'))) {
    const names = [...new Set(failed.flatMap((branch) => branch.flatMap((each) => each.names)))];
    return [problem('missing', place, owner, { names })];
  }
  const isOtherKind = (each: Problem) => isHere(each) && ['type', 'value', 'form'].includes(each.kind);
  const near = failed.filter((branch) => !branch.some(isOtherKind));
  const closest = near.reduce<readonly Problem[] | undefined>(
    (best, branch) => (best === undefined || branch.length < best.length ? branch : best),
    undefined,
  );
  if (closest !== undefined) return closest;
  const current = failed.filter((_branch, index) => alternatives[index]?.deprecated !== true);
  const expected = (current.length > 0 ? current : failed)
    .flat()
    .filter(isHere)
    .flatMap((each) => (each.kind === 'form' ? ['text of the right form'] : each.expected));
  return [problem('type', place, owner, { expected: [...new Set(expected)] })];
}

function problem(
  kind: ProblemKind,
  place: Place,
  schema: Schema,
  more: Partial<Pick<Problem, 'expected' | 'names' | 'meant'>> = {},
): Problem {
  const path: PathSegment[] = [];
  const steps: PathSegment[] = [];
  for (let at: Place | undefined = place; at?.segment !== undefined; at = at.up) {
    path.unshift(at.segment);
    steps.unshift(at.isNamed === true ? at.segment : '*');
  }
  const { node, key } = place;
  return {
    ...{ kind, place, node, key, path, pattern: steps.join('.'), schema },
    ...{ expected: [], names: [], ...more },
  };
}

function reportRepeated(schema: Schema, node: SequenceNode, place: Place, found: Problem[]): void {
  const seen = new Set<string>();
  for (const [index, item] of node.items.entries()) {
    if (item.type !== 'scalar') continue;
    const { type, text } = asPython(item);
    const identity = `${type} ${text}`;
    const at = { node: item, up: place, segment: index };
    if (seen.has(identity)) found.push(problem('repeated', at, schema));
    seen.add(identity);
  }
}

/** Whether the type of a schema, where it names one, is that of the value. */
function mayFit({ type }: Schema, node: SourceNode): boolean {
  if (type === undefined) return true;
  return typeof type === 'string' ? isOfType(node, type) : type.some((each) => isOfType(node, each));
}

/** Whole numbers are numbers, booleans are not (jsonschema's type checker for draft 4). */
function isOfType(node: SourceNode, type: string): boolean {
  if (node.type === 'map') return type === 'object';
  if (node.type === 'sequence') return type === 'array';
  const actual: PythonType = asPython(node).type;
  return actual === type || (type === 'number' && actual === 'integer');
}

function isSame(node: SourceNode, value: unknown): boolean {
  if (node.type !== 'scalar') return false;
  const read = asPython(node);
  return read.type !== 'date' && read.value === value;
}

function quotedValue(value: unknown): string {
  return typeof value === 'string' ? `“${value}”` : value === null ? 'nothing' : String(value);
}

const keys = new WeakMap<object, readonly string[]>();

/** The names of a schema's properties, listed once. */
function keysOf(properties: Schema['properties']): readonly string[] {
  if (properties === undefined) return [];
  let known = keys.get(properties);
  if (known === undefined) {
    known = Object.keys(properties);
    keys.set(properties, known);
  }
  return known;
}

const patterns = new Map<string, RegExp | undefined>();

/** Python's `re.search`. A pattern that JavaScript cannot read judges nothing. */
function matches(pattern: string, text: string): boolean {
  if (!patterns.has(pattern)) {
    let read: RegExp | undefined;
    try {
      read = new RegExp(pattern);
    } catch {
      read = undefined;
    }
    patterns.set(pattern, read);
  }
  return patterns.get(pattern)?.test(text) ?? true;
}

/** Only these formats say something certain; for the others jsonschema needs packages that cloud-init does not bring. */
function hasFormat(format: string, text: string): boolean {
  if (format === 'date') return /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text);
  return format !== 'uri' || /^[A-Za-z][A-Za-z0-9+.-]*:\S/.test(text);
}
