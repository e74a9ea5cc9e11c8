import type { NetworkFormat } from './model.ts';
import { networkDataKeys } from './network-data-keys.ts';
import { nmstateKeys } from './nmstate-keys.ts';
import { textFormats } from './text-formats.ts';
import type { KeyDefinition, KeyTable, ValueShape, VariantsShape } from './value-shape.ts';
import { version1Keys } from './version-1-keys.ts';
import { version2Keys } from './version-2-keys.ts';

/** The part of JSON Schema (2020-12) that the editor's completion and hover walk. */
export interface HelpSchema {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'boolean';
  readonly description?: string;
  readonly properties?: Readonly<Record<string, HelpSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | HelpSchema;
  readonly items?: HelpSchema;
  readonly anyOf?: readonly HelpSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly deprecated?: boolean;
  /** Keys may be written with `_` for `-`. */
  readonly underscores?: boolean;
}

/**
 * What the parser of each format accepts, as a schema for help: made from the same tables, and narrower where the
 * parser is lenient (quoted numbers, `yes` for `true`), so that completion proposes the usual spelling.
 */
export const networkHelp: Readonly<Record<NetworkFormat, HelpSchema>> = {
  'network-config-v1': document(version1Keys),
  'network-config-v2': document(version2Keys),
  nmstate: objectOf(nmstateKeys),
  'network-data': objectOf(networkDataKeys),
};

/** Both formats may stand inside `network:`. */
function document(keys: KeyTable): HelpSchema {
  const bare = objectOf(keys);
  const network: HelpSchema = {
    ...bare,
    description: 'The network configuration; cloud-init accepts it with or without this key around it.',
  };
  return { ...bare, properties: { ...bare.properties, network }, required: [] };
}

function objectOf(keys: KeyTable): HelpSchema {
  const required = Object.keys(keys).filter((key) => keys[key]?.required !== undefined);
  const properties = Object.fromEntries(
    Object.entries(keys).map(([key, definition]) => [key, schemaOfKey(definition)]),
  );
  return {
    type: 'object',
    properties,
    additionalProperties: false,
    ...(required.length === 0 ? {} : { required }),
  };
}

function schemaOfKey({ shape, description, default: usual, examples, aliasOf }: KeyDefinition): HelpSchema {
  return {
    ...schemaOfShape(shape),
    description,
    ...(usual === undefined ? {} : { default: usual }),
    ...(examples === undefined ? {} : { examples }),
    ...(aliasOf === undefined ? {} : { deprecated: true }),
  };
}

function schemaOfShape(shape: ValueShape): HelpSchema {
  switch (shape.type) {
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
      return { type: 'integer', minimum: shape.minimum, maximum: shape.maximum };
    case 'choice':
      return { enum: shape.choices };
    case 'text':
      return shape.format === 'duration'
        ? { anyOf: [{ type: 'integer', minimum: 0 }, { type: 'string' }] }
        : {
            type: 'string',
            ...(shape.format === undefined
              ? {}
              : { description: `Expects ${textFormats[shape.format].expects}.` }),
          };
    case 'list':
      return { type: 'array', items: schemaOfShape(shape.items) };
    case 'table':
      return { ...objectOf(shape.keys), ...(shape.underscores ? { underscores: true } : {}) };
    case 'named':
      return {
        type: 'object',
        ...(shape.reserved === undefined ? {} : { properties: objectOf(shape.reserved).properties ?? {} }),
        additionalProperties: schemaOfShape(shape.values),
      };
    case 'variants':
      return { anyOf: Object.keys(shape.variants).map((variant) => variantSchema(shape, variant)) };
    case 'either':
      return { anyOf: [schemaOfShape(shape.scalar), schemaOfShape(shape.map)] };
    case 'anything':
      return {};
  }
}

function variantSchema(shape: VariantsShape, variant: string): HelpSchema {
  const schema = objectOf(shape.variants[variant] ?? {});
  const discriminator: HelpSchema = {
    const: variant,
    enum: [variant],
    description: `An entry of the type ${variant}.`,
  };
  return {
    ...schema,
    properties: { ...schema.properties, [shape.discriminator]: discriminator },
    required: [shape.discriminator, ...(schema.required ?? [])],
  };
}
