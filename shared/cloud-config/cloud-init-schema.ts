import { cloudConfigSchema } from '../schema/cloud-config.ts';
import { jsonSchemaOf } from '../schema/json-schema.ts';

/**
 * The part of JSON Schema that cloud-init's schema uses: draft 4 with `$ref` beside other keywords, and `deprecated`
 * with what newer versions add to it. What zod makes of our own schema fits too.
 */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minProperties?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly items?: Schema | readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly deprecated?: boolean;
  readonly deprecated_version?: string;
  readonly deprecated_description?: string;
  readonly changed?: boolean;
  readonly changed_version?: string;
  readonly changed_description?: string;
}

/** A schema of whole documents with what each key of the document may hold. */
export interface RootSchema {
  readonly root: Schema;
  /** Several modules may describe one key; a value has to fit all of them. */
  readonly keys: ReadonlyMap<string, readonly Schema[]>;
  /** Whether it is cloud-init's own, not our description. */
  readonly isOfCloudInit: boolean;
}

export function rootSchemaOf(root: Schema, isOfCloudInit: boolean): RootSchema {
  const keys = new Map<string, Schema[]>();
  const gather = (schema: Schema, depth: number): void => {
    if (depth > 8) return;
    for (const [key, value] of Object.entries(schema.properties ?? {}))
      keys.set(key, [...(keys.get(key) ?? []), value]);
    const target = targetOf(schema, root);
    if (target !== undefined) gather(target, depth + 1);
    for (const part of schema.allOf ?? []) gather(part, depth + 1);
  };
  gather(root, 0);
  return { root, keys, isOfCloudInit };
}

/** The schema that a `$ref` names, inside the same file; undefined without one. */
export function targetOf({ $ref }: Schema, root: Schema): Schema | undefined {
  const match = $ref === undefined ? null : /^#\/(\$defs|definitions)\/(.+)$/.exec($ref);
  if (match === null) return undefined;
  const definitions = match[1] === '$defs' ? root.$defs : root.definitions;
  const name = (match[2] ?? '').replaceAll('~1', '/').replaceAll('~0', '~');
  return definitions !== undefined && Object.hasOwn(definitions, name) ? definitions[name] : undefined;
}

let own: RootSchema | undefined;
let chosen: RootSchema | undefined;

/** Our description of the common modules: it gives help, and the verdict where cloud-init's schema is not at hand. */
export function ownRootSchema(): RootSchema {
  own ??= rootSchemaOf(jsonSchemaOf(cloudConfigSchema) as Schema, false);
  return own;
}

/** cloud-init's own schema where the build had it, else our description. */
export function cloudInitRootSchema(): RootSchema {
  chosen ??= bundledSchema() ?? ownRootSchema();
  return chosen;
}

function bundledSchema(): RootSchema | undefined {
  // `typeof`, because nothing declares it where no bundler has put it in.
  if (typeof CLOUD_INIT_SCHEMA !== 'string') return undefined;
  try {
    const parsed: unknown = JSON.parse(CLOUD_INIT_SCHEMA);
    const root = rootSchemaOf(parsed as Schema, true);
    return root.keys.size > 0 ? root : undefined;
  } catch {
    return undefined;
  }
}
