import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { ScalarNode } from '../source/source-node.ts';
import type { SourceText, Span } from '../source/source-text.ts';
import { checkArchive } from './check-archive.ts';
import { checkCloudConfig, parseForCloudInit } from './check-cloud-config.ts';
import { checkInclude } from './check-include.ts';
import { checkJsonPatch } from './check-json-patch.ts';
import { checkMultipart } from './check-multipart.ts';
import { checkPartHandler, checkScript } from './check-script.ts';
import { checkTemplate } from './check-template.ts';
import { type PartType, partTypeOf } from './part-type.ts';

/** A part may hold parts: an archive in a message, a template of a cloud-config. Deeper than this nobody writes. */
const deepestPart = 4;

/** Checks a part of user-data of the given type as far as its type allows. */
export function checkPart(source: SourceText, type: PartType, sink: DiagnosticSink, depth = 0): void {
  if (depth > deepestPart) return;
  const inner: InnerCheck = (part, declared, found = sink) => checkInner(part, declared, found, depth + 1);
  switch (type) {
    case 'cloud-config':
      checkConfigPart(source, sink);
      return;
    case 'archive':
      checkArchive(source, sink, inner);
      return;
    case 'multipart':
      checkMultipart(source, sink, inner);
      return;
    case 'template':
      checkTemplate(source, sink);
      return;
    case 'jsonp':
      checkJsonPatch(source, sink);
      return;
    case 'include':
      checkInclude(source, sink);
      return;
    case 'script':
    case 'boothook':
      checkScript(source, sink);
      return;
    case 'part-handler':
      checkPartHandler(source, sink);
  }
}

/**
 * Checks a part inside another; without a declared type by how it starts, and tells when that says nothing. What is found
 * goes to a sink of its own where the places of the part are not those of the document.
 */
export type InnerCheck = (part: SourceText, declared: PartType | undefined, found?: DiagnosticSink) => void;

function checkInner(
  part: SourceText,
  declared: PartType | undefined,
  sink: DiagnosticSink,
  depth: number,
): void {
  const type = declared ?? partTypeOf(part.text);
  if (type === 'none') {
    const message =
      'cloud-init ignores this part: it has no type, and does not start with a header such as “#cloud-config”.';
    sink.at({ source: part, span: firstWords(part) }, 'warning', 'cloud-config-part', message);
    return;
  }
  checkPart(part, type, sink, depth);
}

function firstWords(source: SourceText): Span {
  const start = Math.max(0, source.text.search(/\S/));
  const end = source.text.slice(start).search(/[\r\n]|$/);
  return { start, end: start + Math.max(0, end) };
}

function checkConfigPart(source: SourceText, sink: DiagnosticSink): void {
  if (/^\s*(#[^\r\n]*\s*)*$/.test(source.text.slice(0, 10_000)) && source.text.length < 10_000) return;
  const root = parseForCloudInit(source, sink);
  if (root !== undefined) checkCloudConfig(root, sink, holdsReference);
}

/** What a host fills in. Here it stays as it is, but nothing should be said of its type. */
function holdsReference(node: ScalarNode): boolean {
  return typeof node.value === 'string' && node.value.includes('((');
}
