import type { JsonSchema } from '../schema/json-schema.ts';
import type { Kind } from '../site/document-kinds.ts';

const realms: Readonly<Record<string, string>> = {
  baked: 'baked: part of the image, a change costs a build',
  stamped: 'stamped: part of the seed of a host, a change costs no build',
  'day-2': 'day 2: done on the running host, by its own tools',
};

/** The values that a schema names one by one, in all alternatives. */
export function allowedValues(schemas: readonly JsonSchema[]): unknown[] {
  const values = schemas.flatMap((schema) => {
    if (schema.const !== undefined) return [schema.const];
    if (schema.enum !== undefined) return schema.enum;
    return schema.type === 'boolean' ? [true, false] : [];
  });
  return [...new Set(values)];
}

/** Which tool gives a key its meaning, by the kind of its document. */
const sources: Readonly<Partial<Record<Kind, string>>> = {
  site: 'Siteforge, kind Site',
  host: 'Siteforge, kind Host',
  'host-profile': 'Siteforge, kind HostProfile',
  image: 'Siteforge, kind Image',
  'cloud-config': 'cloud-init, which reads it on the first boot',
  nmstate: 'NMState',
  'network-data': 'OpenStack, network_data.json',
  isogen: 'airshipctl, its isogen configuration',
};

/** Realm and source of a key where its schema does not say them: what a whole kind has in common. */
export function describeKind(
  kind: Kind | undefined,
  schemas: readonly JsonSchema[],
  networkVersion: 1 | 2,
): string {
  if (kind === undefined) return '';
  const isStamped = kind === 'network-config' || kind === 'cloud-config';
  const realm =
    isStamped && !schemas.some((schema) => schema.realm !== undefined) ? [`Realm: ${realms.stamped}`] : [];
  const source =
    kind === 'network-config'
      ? networkVersion === 1
        ? 'cloud-init, network-config version 1'
        : 'netplan, as cloud-init hands it over (network-config version 2)'
      : sources[kind];
  return [...realm, ...(source === undefined ? [] : [`Source: ${source}`])].join('  \n');
}

/** Help as Markdown: description, unit, range, default, allowed values, realm. Empty when there is none. */
export function describeSchemas(schemas: readonly JsonSchema[]): string {
  const lines: string[] = [];
  const description = firstOf(schemas, ({ description }) => description);
  if (description !== undefined) lines.push(description);
  const facts = factsOf(schemas);
  if (facts.length > 0) lines.push(facts.join('  \n'));
  return lines.join('\n\n');
}

function factsOf(schemas: readonly JsonSchema[]): string[] {
  const facts: string[] = [];
  const unit = firstOf(schemas, (schema) => schema.unit);
  if (unit !== undefined) facts.push(`Unit: ${unit}`);
  const range = firstOf(schemas, rangeText);
  if (range !== undefined) facts.push(`Range: ${range}`);
  const usual = firstOf(schemas, (schema) => schema.default);
  if (usual !== undefined && !isEmpty(usual)) facts.push(`Default: ${code(usual)}`);
  const allowed = allowedValues(schemas);
  if (allowed.length > 0) facts.push(`Allowed: ${allowed.map(code).join(', ')}`);
  const examples = firstOf(schemas, (schema) => schema.examples);
  if (examples !== undefined && allowed.length === 0)
    facts.push(`Examples: ${examples.map(code).join(', ')}`);
  if (schemas.some(({ deprecated }) => deprecated)) facts.push('Deprecated.');
  const realm = firstOf(schemas, (schema) => schema.realm);
  if (realm !== undefined) facts.push(`Realm: ${realms[realm] ?? realm}`);
  return facts;
}

/** zod bounds every whole number by what a double can hold: that is no bound that anybody chose. */
const unbounded = 2 ** 53 - 1;

function rangeText({ minimum, maximum }: JsonSchema): string | undefined {
  const least = minimum === undefined || minimum <= -unbounded ? undefined : minimum;
  const most = maximum === undefined || maximum >= unbounded ? undefined : maximum;
  if (least !== undefined && most !== undefined) return `${least} to ${most}`;
  if (least !== undefined) return `from ${least}`;
  return most === undefined ? undefined : `up to ${most}`;
}

function firstOf<Found>(
  schemas: readonly JsonSchema[],
  read: (schema: JsonSchema) => Found | undefined,
): Found | undefined {
  for (const schema of schemas) {
    const found = read(schema);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && (value === null || Object.keys(value).length === 0);
}

function code(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
