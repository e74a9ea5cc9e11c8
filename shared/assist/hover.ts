import { canonicalSysctlKey } from '../render/host-profile/sysctl/sysctl.ts';
import { sysctlRange, sysctlRow } from '../render/host-profile/sysctl/sysctl-values.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import { holdsReferences } from '../site/document-kinds.ts';
import { createSourceText, type Range, rangeOf, type SourceText, type Span } from '../source/source-text.ts';
import type { AssistRequest } from './completions.ts';
import { outlineAt } from './cursor-context.ts';
import { describeKind, describeSchemas } from './describe-schema.ts';
import { describeReference } from './reference-facts.ts';
import { isVersion1, type Place, placeIn, schemasOfPlace } from './schema-of-document.ts';
import { referencesOf } from './site-names.ts';

export interface Hover {
  readonly markdown: string;
  readonly range: Range;
  /** The secret that it is about: whoever knows where values lie can say more, but never the value. */
  readonly secret?: string;
}

export const secretInSeed =
  'A secret: previews show a mask, never the value, which is put in when a host is stamped.';

/** Help for the word at an offset: a key, a value, or a reference such as `((host.name))`. */
export function hoverAt({ path, text, offset, site, references }: AssistRequest): Hover | undefined {
  const source = createSourceText(path, text);
  const start = wordStart(source, offset);
  const { cursor } = outlineAt(source, start);
  const place = placeIn(path, text, cursor.path);
  if (holdsReferences(place.kind)) {
    const reference = referenceAt(source, offset);
    const detail = reference && referencesOf(site).find(({ name }) => name === reference.name)?.detail;
    if (reference !== undefined) {
      const [namespace, ...secret] = reference.name.split('.');
      const isSecret = namespace === 'secret';
      const known = isSecret
        ? secretInSeed
        : references !== undefined
          ? describeReference(references, reference.name)
          : detail === undefined
            ? 'No host defines it.'
            : `Filled in per host: ${detail}.`;
      return {
        markdown: `**((${reference.name}))**\n\n${known}`,
        range: rangeOf(source, reference.span),
        ...(isSecret ? { secret: secret.join('.') } : {}),
      };
    }
  }
  if (cursor.role === 'text') return undefined;
  const key = text.slice(cursor.word.start, cursor.word.end);
  const isKey = cursor.role === 'key' && cursor.hasColon;
  const described = isKey ? { kind: place.kind, path: [...place.path, key] } : place;
  const own = schemasOfPlace(described, text);
  // A name that the engineer chose, such as that of a link: what it is a name of says the mapping around it.
  const isName = isKey && describeSchemas(own) === '';
  const schemas = isName ? schemasOfPlace(place, text).filter(takesNames) : own;
  const help = [describeSchemas(schemas), ...factsOfName(described)].join('  \n');
  if (help === '' || cursor.word.start === cursor.word.end) return undefined;
  const name = described.path.findLast((segment) => typeof segment === 'string') ?? key;
  const title = schemas.find((schema) => schema.title !== undefined)?.title ?? name;
  const ofKind = describeKind(place.kind, schemas, isVersion1(text) ? 1 : 2);
  const markdown = `**${title}**\n\n${help}${ofKind === '' ? '' : `  \n${ofKind}`}`;
  return { markdown, range: rangeOf(source, cursor.word) };
}

/** What is known of a name itself: of kernel parameters the values that they take. */
function factsOfName({ kind, path }: Place): string[] {
  const [spec, section, key] = path;
  if (kind !== 'host-profile' || spec !== 'spec' || section !== 'sysctl' || typeof key !== 'string')
    return [];
  const name = canonicalSysctlKey(key);
  const [range, row] = [sysctlRange(name), sysctlRow(name)];
  if (range !== undefined) return [`Range: ${range[0]} to ${range[1]}`];
  return row === undefined ? [] : [`Numbers: ${row.join(', ')}`];
}

function takesNames({ additionalProperties }: JsonSchema): boolean {
  return typeof additionalProperties === 'object';
}

function wordStart({ text }: SourceText, offset: number): number {
  let start = Math.min(offset, text.length);
  while (start > 0 && /[^\s,:[\]{}"'#]/.test(text[start - 1] ?? '')) start--;
  return start;
}

function referenceAt({ text }: SourceText, offset: number): { name: string; span: Span } | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset);
  const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd);
  for (const match of line.matchAll(/\(\(((?:host|mac|var|site|secret)\.[A-Za-z0-9._-]+)\)\)/g)) {
    const span = { start: lineStart + match.index, end: lineStart + match.index + match[0].length };
    if (offset >= span.start && offset <= span.end) return { name: match[1] ?? '', span };
  }
  return undefined;
}
