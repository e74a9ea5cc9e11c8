import { cloudInitRootSchema, type RootSchema } from '../cloud-config/cloud-init-schema.ts';
import { alternativesOf, childSchemas, type JsonSchema } from '../schema/json-schema.ts';
import type { PathSegment } from '../source/source-node.ts';

/**
 * Adds to what our schema says of a place in a cloud-config what only cloud-init's own schema says: the modules that
 * ours knows by name alone. Where both describe a key, ours counts: it knows the realm, and speaks of one machine.
 */
export function withCloudInitHelp(own: readonly JsonSchema[], path: readonly PathSegment[]): JsonSchema[] {
  const described = own.filter((schema) => Object.keys(schema).length > 0);
  const theirs = helpAt(cloudInitRootSchema(), path);
  if (theirs.length === 0) return [...own];
  if (!described.some(saysShape)) return [...described, ...theirs];
  const known = new Set(described.flatMap(({ properties }) => Object.keys(properties ?? {})));
  const entries = theirs.flatMap(({ properties }) => Object.entries(properties ?? {}));
  const more = entries.filter(([key]) => !known.has(key));
  return more.length === 0 ? described : [...described, { properties: Object.fromEntries(more) }];
}

function saysShape(schema: JsonSchema): boolean {
  return (
    schema.type !== undefined ||
    schema.enum !== undefined ||
    schema.const !== undefined ||
    schema.properties !== undefined ||
    schema.items !== undefined
  );
}

const tops = new WeakMap<RootSchema, JsonSchema>();

function helpAt(schema: RootSchema, path: readonly PathSegment[]): JsonSchema[] {
  if (!schema.isOfCloudInit) return [];
  const [top, ...below] = path;
  if (top === undefined) return [topOf(schema)];
  const root = schema.root as JsonSchema;
  let schemas = (schema.keys.get(String(top)) ?? []).flatMap((each) =>
    alternativesOf(each as JsonSchema, root),
  );
  for (const segment of below) schemas = childrenOf(schemas, segment, root);
  return schemas.map(inMarkdown);
}

function topOf(schema: RootSchema): JsonSchema {
  let top = tops.get(schema);
  if (top === undefined) {
    const entries = [...schema.keys].map(([key, allOf]) => [key, { allOf }] as const);
    top = { properties: Object.fromEntries(entries) as Record<string, JsonSchema> };
    tops.set(schema, top);
  }
  return top;
}

/** `patternProperties` name what is free, such as the devices of disk_setup. */
function childrenOf(schemas: readonly JsonSchema[], segment: PathSegment, root: JsonSchema): JsonSchema[] {
  const named = childSchemas(schemas, segment, root);
  if (named.length > 0 || typeof segment === 'number') return named;
  return schemas
    .flatMap(({ patternProperties }) => Object.values(patternProperties ?? {}))
    .flatMap((each) => alternativesOf(each, root));
}

/** cloud-init describes its keys in reStructuredText: ``literal`` is `literal` in Markdown, roles have their text. */
function inMarkdown(schema: JsonSchema): JsonSchema {
  if (schema.description === undefined) return schema;
  const description = schema.description
    .replaceAll(/``([^`]+)``/g, '`$1`')
    .replaceAll(/:[a-z]+:`([^`<]+?)\s*(?:<[^>]*>)?`/g, '$1')
    .trim();
  return { ...schema, description };
}
