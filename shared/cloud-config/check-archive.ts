import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { childOf, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import type { SourceText } from '../source/source-text.ts';
import { parseForCloudInit } from './check-cloud-config.ts';
import type { InnerCheck } from './check-part.ts';
import { partSource } from './part-text.ts';
import { contentTypes, multipartType, type PartType, partTypeOf, vagueTypes } from './part-type.ts';

/** Archives of hundreds of parts are made by programs: what a person reads is looked at. */
const mostParts = 64;

/** `_explode_archive` of cloudinit/user_data.py: a list of texts, or of mappings with content, type and headers. */
export function checkArchive(source: SourceText, sink: DiagnosticSink, inner: InnerCheck): void {
  const found = new DiagnosticSink();
  const root = parseForCloudInit(source, found);
  for (const each of found.list()) if (each.code !== 'document-empty') sink.report(each);
  if (root === undefined) return;
  if (root.type !== 'sequence') {
    const message = 'An archive is a list of parts, each with “content” and “type”; cloud-init ignores this.';
    sink.at(root, 'error', 'cloud-config-part', message);
    return;
  }
  for (const item of root.items.slice(0, mostParts)) checkEntry(item, sink, inner);
}

function checkEntry(item: SourceNode, sink: DiagnosticSink, inner: InnerCheck): void {
  if (item.type === 'scalar' && typeof item.value === 'string') {
    checkContent(item, undefined, inner);
    return;
  }
  if (item.type !== 'map') {
    const message =
      'A part is a text, or a mapping with “content” and “type”; cloud-init passes over this one.';
    sink.at(item, 'error', 'cloud-config-part', message);
    return;
  }
  const content = childOf(item, 'content');
  if (content === undefined) {
    const message = '“content” is missing: the part is empty.';
    sink.at(item.entries[0]?.key ?? item, 'warning', 'cloud-config-part', message);
  }
  const type = childOf(item, 'type');
  const name = type?.type === 'scalar' && typeof type.value === 'string' ? type : undefined;
  const declared = name === undefined ? undefined : declaredType(name, sink);
  const isText = content?.type === 'scalar' && typeof content.value === 'string';
  if (isText && declared !== 'ignored') checkContent(content, declared, inner);
}

/** The type that is written; undefined where cloud-init looks at the content; `ignored` for what it does not know. */
function declaredType(type: ScalarNode, sink: DiagnosticSink): PartType | undefined {
  const name = String(type.value).toLowerCase();
  if (Object.hasOwn(contentTypes, name)) return contentTypes[name];
  if (vagueTypes.has(name)) return undefined;
  if (multipartType.test(name)) return 'ignored';
  if (!name.includes('/')) {
    // `mtype.split("/", 1)` gives one piece where two are taken: all parts are lost.
    const message = `A type is written as text/cloud-config. At “${name}” cloud-init fails, and no part is read.`;
    sink.at(type, 'error', 'cloud-config-part', message);
    return 'ignored';
  }
  const { hint, fixes } = didYouMean(type, name, Object.keys(contentTypes));
  const message = `cloud-init knows no parts of the type “${name}” unless a part handler takes them.${hint}`;
  sink.at(type, 'warning', 'cloud-config-part', message, fixes);
  return 'ignored';
}

/** A literal block keeps its lines, so that findings have their own places; of other texts only the start is known. */
function checkContent(node: ScalarNode, declared: PartType | undefined, inner: InnerCheck): void {
  const { source, span } = node;
  const written = source.text.slice(span.start, span.end);
  const head = /^\|[-+0-9]*[ \t]*(#[^\r\n]*)?(\r\n|\n|\r)/.exec(written)?.[0];
  const type = declared ?? partTypeOf(String(node.value));
  if (head !== undefined) inner(partSource(source, span.start + head.length, span.end), declared);
  else if (type === 'none') inner(partSource(source, span.start, span.end), 'none');
}
