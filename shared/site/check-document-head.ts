import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { replacementFix } from '../diagnostics/suggest.ts';
import { type DocumentKind, documentKinds } from '../schema/metadata.ts';
import { childOf, type SourceNode } from '../source/source-node.ts';
import { folderOfKind, kindOfPath, nameOfPath } from './document-kinds.ts';

const folders: Readonly<Record<DocumentKind, string>> = {
  Site: 'the file site.yaml',
  Host: `${folderOfKind('host')}/`,
  HostProfile: `${folderOfKind('host-profile')}/`,
  Image: `${folderOfKind('image')}/`,
};

/** Checks what a document says of itself against where it lies. What is missing is left to the schema. */
export function checkDocumentHead(root: SourceNode, expected: DocumentKind, sink: DiagnosticSink): void {
  const kind = childOf(root, 'kind');
  if (kind !== undefined) checkKind(kind, expected, sink);
  const { file } = root.source;
  const name = childOf(childOf(root, 'metadata'), 'name');
  // A single file outside a site may have any name.
  if (expected === 'Site' || name?.type !== 'scalar' || kindOfPath(file) === undefined) return;
  const wanted = nameOfPath(file);
  if (name.value === null || String(name.value) === wanted) return;
  const message = `The name must be that of the file, “${wanted}”, because others refer to the document by it.`;
  sink.at(name, 'error', 'document-name', message, [replacementFix(name, wanted)]);
}

function checkKind(kind: SourceNode, expected: DocumentKind, sink: DiagnosticSink): void {
  const written = kind.type === 'scalar' ? String(kind.value) : undefined;
  if (written === expected) return;
  const other = documentKinds.find((each) => each === written);
  const elsewhere =
    other === undefined ? '' : ` A document of the kind ${other} belongs into ${folders[other]}.`;
  const message = `The kind must be “${expected}” here.${elsewhere}`;
  sink.at(kind, 'error', 'document-kind', message, [replacementFix(kind, expected)]);
}
