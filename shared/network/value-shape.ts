import type { DiagnosticCode } from '../diagnostics/diagnostic-codes.ts';
import type { MapNode } from '../source/source-node.ts';
import type { TextFormat } from './text-formats.ts';

/**
 * What may stand as a value. The parsers, their diagnostics and the editor's help all read these shapes, so that a
 * key is defined in one place.
 */
export type ValueShape =
  | { readonly type: 'boolean'; readonly digits?: true }
  | IntegerShape
  | ChoiceShape
  | { readonly type: 'text'; readonly format?: TextFormat }
  | ListShape
  | TableShape
  | NamedShape
  /** A mapping whose keys depend on one of them. */
  | VariantsShape
  /** One shape for scalars, another for mappings. */
  | { readonly type: 'either'; readonly scalar: ValueShape; readonly map: ValueShape }
  | { readonly type: 'anything' };

export interface IntegerShape {
  readonly type: 'integer';
  readonly minimum: number;
  readonly maximum: number;
  readonly code?: DiagnosticCode;
}

export interface ChoiceShape {
  readonly type: 'choice';
  readonly choices: readonly string[];
  /** How many of the first choices have a number of the kernel, their index, which is accepted too. */
  readonly numbered?: number;
  /** Other spellings of a choice. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** What other tools and people call a choice, in small letters: never accepted, but understood. */
  readonly calledElsewhere?: Readonly<Record<string, string>>;
  readonly code?: DiagnosticCode;
}

export interface ListShape {
  readonly type: 'list';
  readonly items: ValueShape;
  /** `scalar`: one value may stand without a list. `words`: also several, separated by spaces. */
  readonly single?: 'scalar' | 'words';
}

/** How strictly a mapping of keys is taken: as strictly as its reader takes it. */
export interface TableOptions {
  /** `_` and `-` mean the same in keys. */
  readonly underscores?: true;
  /**
   * The reader of the format passes over keys that it does not know, so they are no error. `ignored`: no version of the
   * reader will ever take them for anything.
   */
  readonly unknownKeys?: 'warning' | 'ignored';
  /** null and the empty text say as much as a key that is not there. */
  readonly emptyValues?: true;
  /** Whether a value is wrong, or a key missing, only because of another one of the mapping, which alone is reported then. */
  readonly isConsequence?: (key: string, node: MapNode) => boolean;
}

export interface TableShape extends TableOptions {
  readonly type: 'table';
  readonly keys: KeyTable;
}

/** A mapping whose keys are names that the document chooses, but for the reserved ones. */
export interface NamedShape {
  readonly type: 'named';
  readonly values: ValueShape;
  readonly keyFormat?: TextFormat;
  readonly reserved?: KeyTable;
  /** Whether an empty list stands for nothing, as it does to cloud-init. */
  readonly mayBeEmptyList?: boolean;
}

export interface VariantsShape extends TableOptions {
  readonly type: 'variants';
  readonly discriminator: string;
  readonly variants: Readonly<Record<string, KeyTable>>;
  /** The variant that the reader of the format takes for one that it does not know; without it, that is an error. */
  readonly otherwise?: string;
}

export interface KeyDefinition {
  readonly shape: ValueShape;
  /** For the engineer: what it does, its unit, its range. */
  readonly description: string;
  readonly default?: string | number | boolean;
  readonly examples?: readonly unknown[];
  /** Reported at the mapping when the key is missing. */
  readonly required?: { readonly code: DiagnosticCode; readonly message: string };
  /** The key that means the same and is preferred. */
  readonly aliasOf?: string;
  /** What other formats and people call the key: never accepted, but understood. */
  readonly calledElsewhere?: readonly string[];
}

export type KeyTable = Readonly<Record<string, KeyDefinition>>;

export const boolean: ValueShape = { type: 'boolean' };
export const text: ValueShape = { type: 'text' };
export const anything: ValueShape = { type: 'anything' };
/** A duration: a number in the unit that the key states, or with a suffix such as `ms` or `s`. */
export const duration: ValueShape = { type: 'text', format: 'duration' };

export function integer(minimum: number, maximum: number, code?: DiagnosticCode): IntegerShape {
  return { type: 'integer', minimum, maximum, ...(code === undefined ? {} : { code }) };
}

export function choice(choices: readonly string[], code?: DiagnosticCode): ChoiceShape {
  return { type: 'choice', choices, ...(code === undefined ? {} : { code }) };
}

export function numberedChoice(choices: readonly string[], code: DiagnosticCode): ChoiceShape {
  return { type: 'choice', choices, numbered: choices.length, code };
}

export function listOf(items: ValueShape, single?: 'scalar' | 'words'): ListShape {
  return { type: 'list', items, ...(single === undefined ? {} : { single }) };
}

export function formatted(format: TextFormat): ValueShape {
  return { type: 'text', format };
}

export function table(keys: KeyTable, options: TableOptions = {}): TableShape {
  return { type: 'table', keys, ...options };
}

/** The table's name of a written key: resolves aliases and, where the table allows them, underscores. */
export function canonicalKey(keys: KeyTable, written: string, underscores = false): string | undefined {
  const name = keyIn(keys, written) ?? (underscores ? keyWithAnySeparator(keys, written) : undefined);
  return name === undefined ? undefined : (keys[name]?.aliasOf ?? name);
}

function keyIn(keys: KeyTable, name: string): string | undefined {
  return Object.hasOwn(keys, name) ? name : undefined;
}

function keyWithAnySeparator(keys: KeyTable, written: string): string | undefined {
  const wanted = written.replaceAll('_', '-');
  return Object.keys(keys).find((key) => key.replaceAll('_', '-') === wanted);
}
