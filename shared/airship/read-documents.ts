import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { childOf, type SourceNode, stringOf } from '../source/source-node.ts';
import { positionAt } from '../source/source-text.ts';
import type { DocumentSink } from './document-sink.ts';
import { maximumParts, splitDocuments } from './split-documents.ts';

/** A Kubernetes document with the place where it stands. */
export interface KubernetesDocument {
  readonly apiVersion: string;
  readonly kind: string;
  /** Valid as a name of Kubernetes; undefined when it is missing or is none. */
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly root: SourceNode;
  /** File and line, for people. */
  readonly origin: string;
  readonly file: string;
}

/** A file of a document set. `path` is what people see: inside the folder that was given, or of the file itself. */
export interface SetFile {
  readonly path: string;
  readonly text: string;
}

/** RFC 1123 subdomain, as Kubernetes wants the names of hosts and Secrets. No path can be made of it. */
const namePattern = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/** Reads every document of a file. Never throws; what cannot be read is reported. */
export function readDocuments(file: SetFile, sink: DocumentSink): readonly KubernetesDocument[] {
  const parts = splitDocuments(file.text);
  const documents = parts.flatMap(({ text, firstLine }) => {
    const source = sink.partOf(file.path, text, firstLine);
    const found = new DiagnosticSink();
    const root = parseYaml(source, found);
    sink.adopt(source, found);
    const isBroken = found.list().some(({ severity }) => severity === 'error');
    return root === undefined ? [] : documentsOf(root, { file: file.path, isBroken }, sink);
  });
  if (parts.length >= maximumParts) {
    const source = sink.partOf(file.path, '', parts.at(-1)?.firstLine ?? 1);
    const message = `The file has more than ${maximumParts} documents; the rest is not read.`;
    sink.at({ source, span: { start: 0, end: 0 } }, 'error', 'document-too-large', message);
  }
  return documents;
}

/** `kubectl get -o yaml` gives a List of documents. */
function documentsOf(
  root: SourceNode,
  part: { readonly file: string; readonly isBroken: boolean },
  sink: DocumentSink,
): KubernetesDocument[] {
  const { file, isBroken } = part;
  const kind = stringOf(root, 'kind');
  const items = childOf(root, 'items');
  if (kind !== undefined && /List$/.test(kind) && items?.type === 'sequence') {
    return items.items.flatMap((item) => documentsOf(item, part, sink));
  }
  const apiVersion = stringOf(root, 'apiVersion');
  if (root.type !== 'map' || kind === undefined || apiVersion === undefined) {
    const message =
      'This is no document of Kubernetes: it needs “apiVersion”, “kind” and “metadata”. It is not read.';
    // What is missing may stand in the part that could not be read.
    if (!isBroken) sink.at(startOf(root), 'error', 'document-kind', message);
    return [];
  }
  const metadata = childOf(root, 'metadata');
  const line = positionAt(root.source, root.span.start).line + sink.linesAbove(root.source);
  const namespace = stringOf(metadata, 'namespace');
  return [
    {
      apiVersion,
      kind,
      name: nameOf(metadata, kind),
      namespace: namespace === '' ? undefined : namespace,
      root,
      file,
      origin: `${file}, line ${line}`,
    },
  ];
}

function nameOf(metadata: SourceNode | undefined, kind: string): string | undefined {
  const name = stringOf(metadata, 'name');
  return name !== undefined && (namePattern.test(name) || kind === 'Kustomization') ? name : undefined;
}

/** Reports a name that is missing, no text, or none that Kubernetes takes. Only for what is read. */
export function checkName({ root, kind, name }: KubernetesDocument, sink: DocumentSink): void {
  if (name !== undefined) return;
  const written = childOf(childOf(root, 'metadata'), 'name');
  if (written === undefined) {
    sink.at(
      startOf(root),
      'error',
      'key-missing',
      `This ${kind} has no name under “metadata”. It is not read.`,
    );
    return;
  }
  const isText = written.type === 'scalar' && typeof written.value === 'string';
  const message = isText
    ? `The name of a ${kind} has lower-case letters, digits, hyphens and dots, at most 253. It is not read.`
    : `The name of a ${kind} must be text. Put it in quotes. It is not read.`;
  sink.at(written, 'error', isText ? 'value-invalid' : 'value-type', message);
}

/** The first key of a mapping: to point at a whole document is to point at nothing. */
export function startOf(root: SourceNode): SourceNode {
  return (root.type === 'map' ? root.entries[0]?.key : undefined) ?? root;
}

/** Names of Kubernetes are unique in their namespace; documents that name none go wherever they are applied. */
export function isSameNamespace(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}
