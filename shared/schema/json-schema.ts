import { z } from 'zod';
import type { DocumentKind } from './metadata.ts';
import { schemaOfKind } from './schema-of-kind.ts';

/** The part of JSON Schema (2020-12) that our schemas use, with the help that `.meta()` adds. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly propertyNames?: JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly deprecated?: boolean;
  readonly realm?: string;
  readonly unit?: string;
  /** Keys may be written with `_` for `-`. */
  readonly underscores?: boolean;
}

const cache = new WeakMap<z.ZodType, JsonSchema>();

/** The JSON Schema of what may be written (before defaults are filled in). Made once per schema. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  let json = cache.get(schema);
  if (json === undefined) {
    json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
    cache.set(schema, json);
  }
  return json;
}

export function jsonSchemaOfKind(kind: DocumentKind): JsonSchema {
  return jsonSchemaOf(schemaOfKind(kind));
}

/** A schema and all its alternatives, references resolved; `root` holds the definitions. */
export function alternativesOf(schema: JsonSchema, root: JsonSchema, depth = 0): JsonSchema[] {
  // A chain of references and alternatives is a handful deep; a circle must not hang the editor.
  if (depth > 16) return [];
  const name = schema.$ref?.startsWith('#/$defs/') ? schema.$ref.slice('#/$defs/'.length) : undefined;
  const target = schema.$ref === '#' ? root : name === undefined ? undefined : root.$defs?.[name];
  const nested = [
    ...(target === undefined ? [] : [target]),
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.allOf ?? []),
  ];
  return [schema, ...nested.flatMap((next) => alternativesOf(next, root, depth + 1))];
}

/** The schemas of the value under a key or index, in all alternatives. */
export function childSchemas(
  schemas: readonly JsonSchema[],
  segment: string | number,
  root: JsonSchema,
): JsonSchema[] {
  const children = schemas.flatMap((schema) => {
    if (typeof segment === 'number') return schema.items === undefined ? [] : [schema.items];
    const property =
      ownProperty(schema.properties, segment) ??
      (schema.underscores ? ownProperty(schema.properties, segment.replaceAll('_', '-')) : undefined);
    if (property !== undefined) return [property];
    return typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : [];
  });
  return children.flatMap((child) => alternativesOf(child, root));
}

/** The schemas that describe the value at a path of a document; none where the document is free. */
export function schemasAt(root: JsonSchema, path: readonly (string | number)[]): JsonSchema[] {
  let schemas = alternativesOf(root, root);
  for (const segment of path) schemas = childSchemas(schemas, segment, root);
  return schemas;
}

export function ownProperty<Value>(
  record: Readonly<Record<string, Value>> | undefined,
  key: string,
): Value | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
