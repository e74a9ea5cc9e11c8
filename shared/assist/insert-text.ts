import type { JsonSchema } from '../schema/json-schema.ts';

/** Words and shapes that YAML, or the YAML 1.1 of cloud-init, reads as something else than text. */
const notText = /^$|^[\s\-?:,[\]{}#&*!|>'"%@`]|: |:$| #|\s$|^[+-]?[\d.]|^(true|false|yes|no|on|off|null|~)$/i;

/** A value as YAML on one line: text in quotes only where it would be read as something else. */
export function scalarText(value: unknown): string {
  if (typeof value !== 'string') return flowText(value);
  return notText.test(value) ? JSON.stringify(value) : value;
}

function flowText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowItem).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${flowItem(key)}: ${flowItem(item)}`);
    return `{${entries.join(', ')}}`;
  }
  return String(value);
}

/** A value as YAML inside braces or brackets. */
export function flowItem(value: unknown): string {
  if (typeof value !== 'string') return flowText(value);
  return /[,[\]{}]/.test(value) ? JSON.stringify(value) : scalarText(value);
}

type Shape = 'mapping' | 'list' | 'scalar';

export function shapeOf(schemas: readonly JsonSchema[]): Shape {
  const types = schemas.flatMap(({ type }) => type ?? []);
  if (types.some((type) => type !== 'object' && type !== 'array') || types.length === 0) return 'scalar';
  return types.includes('array') ? 'list' : 'mapping';
}

/**
 * A key with what follows it: the only value where there is one, the next line with its indentation for a mapping or a
 * list. Whitespace is absolute, so that editors must not indent it again.
 */
export function keyText(
  key: string,
  schemas: readonly JsonSchema[],
  layout: { indent: number; isFlow: boolean; lineEnd: string },
): string {
  const name = scalarText(key);
  const only = schemas.find((schema) => schema.const !== undefined)?.const;
  if (only !== undefined && schemas.every((schema) => schema.const !== undefined))
    return `${name}: ${scalarText(only)}`;
  const shape = shapeOf(schemas);
  if (shape === 'scalar') return `${name}: `;
  if (layout.isFlow) return `${name}: ${shape === 'list' ? '[' : '{'}`;
  const below = `${layout.lineEnd}${' '.repeat(layout.indent + 2)}`;
  return `${name}:${below}${shape === 'list' ? '- ' : ''}`;
}
