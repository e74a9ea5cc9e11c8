import type { JsonSchema } from '../../schema/json-schema.ts';
import { nameOfPath } from '../../site/document-kinds.ts';
import { scalarText, shapeOf } from '../insert-text.ts';
import { factsOf } from '../new-document.ts';
import { type Place, schemasOfPlace } from '../schema-of-document.ts';
import { namesAt } from '../site-names.ts';
import type { FixContext } from './fix.ts';
import { onLine, type ValueText } from './insert-entry.ts';

/** No required part of a document nests deeper. */
const deepest = 4;

/** A first value for a key that is missing: what the site has, or else a default, an example or an empty value. */
export function skeletonValue(
  place: Place,
  document: { readonly path: string; readonly text: string },
  context: FixContext,
  depth = 0,
): ValueText {
  const ofHost = place.kind === 'host' ? hostValue(place, context) : undefined;
  if (ofHost !== undefined) return ofHost;
  if (place.path.join('.') === 'metadata.name') return onLine(scalarText(nameOfPath(document.path)));
  const schemas = schemasOfPlace(place, document.text);
  const known = namesAt(place, 'value', context.site, [])[0]?.name;
  if (known !== undefined) return onLine(scalarText(known));
  const value = firstValue(schemas);
  if (value !== undefined) return onLine(scalarText(value));
  const shape = shapeOf(schemas);
  if (shape === 'mapping') return mappingValue(place, schemas, document, context, depth);
  if (shape === 'list') return onLine('[]');
  return onLine(emptyScalar(schemas));
}

function mappingValue(
  place: Place,
  schemas: readonly JsonSchema[],
  document: { readonly path: string; readonly text: string },
  context: FixContext,
  depth: number,
): ValueText {
  const required = depth < deepest ? requiredKeys(schemas, {}) : [];
  const entries = required.map((key) => {
    const child = { kind: place.kind, path: [...place.path, key] };
    return [key, skeletonValue(child, document, context, depth + 1)] as const;
  });
  if (entries.length === 0) return onLine('{}');
  const lines = entries.flatMap(([key, value]) =>
    value.type === 'line'
      ? [`${key}: ${value.text}`]
      : [`${key}:`, ...value.lines.map((line) => `  ${line}`)],
  );
  const flow = entries.map(([key, value]) => `${key}: ${value.type === 'line' ? value.text : value.flow}`);
  return { type: 'lines', lines, flow: `{${flow.join(', ')}}` };
}

/** What most hosts of the site have is what this one will most likely need. */
function hostValue({ path }: Place, { analysis }: FixContext): ValueText | undefined {
  const [top, key, ...rest] = path;
  if (top !== 'spec' || rest.length > 0) return undefined;
  const facts = factsOf(analysis);
  if (key === 'role') return onLine(facts.role);
  if (key === 'profile' && facts.profile !== undefined) return onLine(scalarText(facts.profile));
  if (key === 'network' && facts.network !== undefined) {
    const ref = `ref: ${scalarText(facts.network)}`;
    return { type: 'lines', lines: [ref], flow: `{${ref}}` };
  }
  if (key !== 'macs') return undefined;
  const lines = facts.macs.map(([name, mac]) => `${scalarText(name)}: "${mac}"`);
  return { type: 'lines', lines, flow: `{${lines.join(', ')}}` };
}

function firstValue(schemas: readonly JsonSchema[]): unknown {
  for (const schema of schemas) {
    const proposed = [schema.const, schema.default, ...(schema.enum ?? []), ...(schema.examples ?? [])];
    const value = proposed.find((each) => each !== undefined && !isEmptyObject(each));
    if (value !== undefined) return value;
  }
  return undefined;
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function emptyScalar(schemas: readonly JsonSchema[]): string {
  const types = schemas.flatMap(({ type }) => type ?? []);
  if (types.includes('boolean')) return 'false';
  if (!types.includes('integer') && !types.includes('number')) return '""';
  return String(schemas.find(({ minimum }) => minimum !== undefined && minimum > -1e9)?.minimum ?? 0);
}

/** The required keys of the alternatives that the values present allow. */
export function requiredKeys(
  schemas: readonly JsonSchema[],
  present: Readonly<Record<string, unknown>>,
): string[] {
  const fitting = schemas.filter(({ properties = {} }) =>
    Object.entries(present).every(([key, value]) => {
      const only = Object.hasOwn(properties, key) ? properties[key]?.const : undefined;
      return only === undefined || only === value;
    }),
  );
  const keys = fitting.flatMap(({ required }) => required ?? []);
  return [...new Set(keys)].filter((key) => !Object.hasOwn(present, key));
}
