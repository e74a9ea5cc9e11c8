import { childSchemas, type JsonSchema } from '../schema/json-schema.ts';
import { guessKind, holdsReferences } from '../site/document-kinds.ts';
import { lineEndOf } from '../source/edit/lines.ts';
import { createSourceText, type Range, rangeOf, type SourceText } from '../source/source-text.ts';
import { type CursorContext, type Outline, outlineAt } from './cursor-context.ts';
import { allowedValues, describeSchemas } from './describe-schema.ts';
import { keyText, scalarText, shapeOf } from './insert-text.ts';
import { noReferenceFacts, type ReferenceFacts } from './reference-facts.ts';
import { type Place, placeIn, schemasOfPlace } from './schema-of-document.ts';
import { namesAt, referencesOf, type SiteNames } from './site-names.ts';
import { type SkeletonFacts, skeletonOf } from './skeletons.ts';

export interface AssistRequest {
  /** Path of the document inside the site: it tells the kind. */
  readonly path: string;
  readonly text: string;
  /** Of the cursor, in UTF-16 units from 0. */
  readonly offset: number;
  readonly site: SiteNames;
  /** What references stand for, shown beside them. */
  readonly references?: ReferenceFacts;
  /** What an empty document takes over from its site. */
  readonly facts?: SkeletonFacts;
  /** Links that the newest reading of the document defines. */
  readonly links?: readonly string[];
}

export interface Completion {
  readonly label: string;
  /** Replaces `range`. Plain text with its whole indentation: no snippet, not to be indented again. */
  readonly insertText: string;
  readonly kind: 'key' | 'value' | 'reference' | 'document';
  readonly range: Range;
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
}

interface Cursor {
  readonly source: SourceText;
  readonly outline: Outline;
  readonly place: Place;
  readonly schemas: readonly JsonSchema[];
  readonly site: SiteNames;
  readonly references: ReferenceFacts;
  readonly links: readonly string[];
}

/** What may be written at a place, in the order in which it should be offered. Never throws on broken text. */
export function completionsAt(request: AssistRequest): Completion[] {
  const { path, text, offset, site, references: referenceFacts = noReferenceFacts } = request;
  const source = createSourceText(path, text);
  if (text.trim() === '') return skeletonCompletions(source, request.facts);
  const outline = outlineAt(source, offset);
  const place = placeIn(path, text, outline.cursor.path);
  const links = [...new Set([...linksOf(outline), ...(request.links ?? [])])];
  const schemas = schemasOfPlace(place, text);
  const cursor: Cursor = { source, outline, place, schemas, site, references: referenceFacts, links };
  const references = referenceCompletions(cursor, offset);
  if (references !== undefined) return references;
  switch (outline.cursor.role) {
    case 'text':
      return [];
    case 'value':
      return [...valueCompletions(cursor), ...itemCompletions(cursor)];
    case 'key':
      return [...scalarsWhereKeysMayStand(cursor), ...keyCompletions(cursor), ...itemCompletions(cursor)];
  }
}

function skeletonCompletions(source: SourceText, facts: SkeletonFacts | undefined): Completion[] {
  const skeleton = skeletonOf(guessKind(source.file, source.text), source.file, facts);
  if (skeleton === undefined) return [];
  const range = rangeOf(source, { start: 0, end: source.text.length });
  const insertText = skeleton.text.replaceAll('\n', lineEndOf(source.text));
  return [{ label: skeleton.label, insertText, kind: 'document', range, detail: 'a document to start from' }];
}

/** Inside `((`, in documents and block scalars that are filled in per host. */
function referenceCompletions(
  { source, place, site, references }: Cursor,
  offset: number,
): Completion[] | undefined {
  if (!holdsReferences(place.kind)) return undefined;
  const lineStart = source.text.lastIndexOf('\n', offset - 1) + 1;
  const typed = /\(\(([A-Za-z0-9._-]*)$/.exec(source.text.slice(lineStart, offset))?.[1];
  if (typed === undefined) return undefined;
  const after = /^[A-Za-z0-9._-]*/.exec(source.text.slice(offset))?.[0] ?? '';
  const end = offset + after.length;
  const closing = source.text.startsWith('))', end) ? '' : '))';
  const range = rangeOf(source, { start: offset - typed.length, end });
  return referencesOf(site).map(({ name, detail }) => ({
    label: name,
    insertText: `${name}${closing}`,
    kind: 'reference',
    range,
    detail: valueBeside(references, name) ?? detail,
  }));
}

/** The value for the chosen host, which tells a variable better than its name. */
function valueBeside({ chosenHost, byKey }: ReferenceFacts, key: string): string | undefined {
  const value = byKey.get(key)?.ofChosen;
  return value === undefined ? undefined : `${value} for ${chosenHost}`;
}

function keyCompletions({ source, outline, place, schemas, site, links }: Cursor): Completion[] {
  const { cursor } = outline;
  const range = rangeOf(source, cursor.word);
  const present = new Set(cursor.presentKeys);
  const required = new Set(schemas.flatMap((schema) => schema.required ?? []));
  const properties = new Map(schemas.flatMap((schema) => Object.entries(schema.properties ?? {})));
  const layout = { indent: cursor.indent, isFlow: cursor.isFlow, lineEnd: lineEndOf(source.text) };
  const write = (key: string, children: readonly JsonSchema[]) =>
    cursor.hasColon ? scalarText(key) : keyText(key, children, layout);
  const known = [...properties.keys()]
    .filter((key) => !present.has(key))
    .map((key) => {
      const children = schemasOfPlace({ kind: place.kind, path: [...place.path, key] }, source.text);
      const documentation = describeSchemas(children);
      return {
        label: key,
        insertText: write(key, children),
        kind: 'key' as const,
        range,
        detail: required.has(key)
          ? 'required'
          : children.some(({ deprecated }) => deprecated)
            ? 'deprecated'
            : 'optional',
        ...(documentation === '' ? {} : { documentation }),
      };
    });
  const order = ['required', 'optional', 'deprecated'];
  known.sort((one, other) => order.indexOf(one.detail) - order.indexOf(other.detail));
  const named = namesAt(place, 'key', site, links).filter(({ name }) => !present.has(name));
  const children = childSchemas(schemas, '', {});
  const free = named.map(({ name, detail }) => ({
    label: name,
    insertText: write(name, children),
    kind: 'key' as const,
    range,
    detail,
  }));
  return [...known, ...free];
}

/** A word in a list, or alone on the line below its key, may be a scalar as well as a key. */
function scalarsWhereKeysMayStand(cursor: Cursor): Completion[] {
  const { outline, place } = cursor;
  const isAlone = outline.cursor.presentKeys.length === 0 && !outline.cursor.hasColon;
  return isAlone && place.path.length > 0 ? valueCompletions(cursor) : [];
}

function valueCompletions(cursor: Cursor): Completion[] {
  const { source, outline, place, site, schemas, links } = cursor;
  const names = namesAt(place, 'value', site, links);
  const allowed = allowedValues(schemas);
  const proposals = [...allowed, ...suggestedValues(cursor)];
  const documentation = describeSchemas(schemas);
  const word = outline.cursor.word;
  const isQuoted = /["']/.test(source.text[word.start - 1] ?? '');
  const write = (value: unknown) => (isQuoted && typeof value === 'string' ? value : scalarText(value));
  const known = names.map(({ name, detail }) => ({ label: name, insertText: write(name), detail }));
  const named = new Set(names.map(({ name }) => name));
  const others = proposals.filter((value) => !named.has(String(value)));
  const typed = [...new Map(others.map((value) => [scalarText(value), value])).values()].map((value) => ({
    label: typeof value === 'string' ? value : scalarText(value),
    insertText: write(value),
    detail: allowed.includes(value) ? 'allowed value' : 'example',
  }));
  const range = rangeOf(source, word);
  const more = documentation === '' ? {} : { documentation };
  return [...known, ...typed].map((item) => ({ ...item, kind: 'value', range, ...more }));
}

/** Below a key that holds a list, or right behind it: a first or further entry with its dash. */
function itemCompletions(cursor: Cursor): Completion[] {
  const { source, outline, place } = cursor;
  const { word, isFlow, indent } = outline.cursor;
  if (isFlow || shapeOf(cursor.schemas) !== 'list' || word.start !== word.end) return [];
  const isBelow = outline.cursor.role === 'key';
  if (!isBelow) return [];
  const itemPlace: Place = { kind: place.kind, path: [...place.path, 0] };
  const item: Cursor = {
    ...cursor,
    place: itemPlace,
    schemas: schemasOfPlace(itemPlace, source.text),
    outline: {
      ...outline,
      cursor: { ...outline.cursor, indent: indent + 2, presentKeys: [] } satisfies CursorContext,
    },
  };
  return [
    ...valueCompletions(item),
    ...keyCompletions(item).filter(({ detail }) => detail === 'required'),
  ].map((completion) => ({ ...completion, insertText: `- ${completion.insertText}` }));
}

/** Defaults and examples that have the shape of the value; an entry of a list takes those of its list apart. */
function suggestedValues({ source, place, schemas }: Cursor): unknown[] {
  const isEntry = typeof place.path.at(-1) === 'number';
  const list = isEntry
    ? schemasOfPlace({ kind: place.kind, path: place.path.slice(0, -1) }, source.text)
    : [];
  const ofList = list
    .filter(({ type }) => type === 'array')
    .flatMap(proposedBy)
    .flat();
  const isList = shapeOf(schemas) === 'list';
  return [...schemas.flatMap(proposedBy), ...ofList].filter((value) =>
    isList ? Array.isArray(value) : typeof value !== 'object',
  );
}

function proposedBy({ default: usual, examples = [] }: JsonSchema): unknown[] {
  return usual === undefined ? [...examples] : [usual, ...examples];
}

const linkSections = new Set(['ethernets', 'bonds', 'bridges', 'vlans', 'vrfs', 'tunnels', 'dummy-devices']);

/** Links that the network document defines itself: the keys of its sections. */
function linksOf({ keys }: Outline): string[] {
  return keys
    .filter(({ path }) => path.length >= 2 && linkSections.has(String(path.at(-2))))
    .map(({ path }) => String(path.at(-1)));
}
