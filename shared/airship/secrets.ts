import { decodeBase64 } from '../schema/base64.ts';
import { childOf, entryOf, type SourceNode } from '../source/source-node.ts';
import type { DocumentSink } from './document-sink.ts';
import { checkName, isSameNamespace, type KubernetesDocument, startOf } from './read-documents.ts';

/** A text in a Secret, and where it was written. */
export interface SecretValue {
  readonly text: string;
  readonly place: SourceNode;
}

export interface Secret {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly labels: SourceNode | undefined;
  /** Where it stands, for people. */
  readonly origin: string;
  readonly file: string;
  /** What to point at when something is missing in it. */
  readonly place: SourceNode;
  /** Keys with their texts; a key whose text cannot be read is not there, and was reported. */
  readonly values: ReadonlyMap<string, SecretValue>;
  /** Keys whose text could not be read: that they are missing is not said as well. */
  readonly unreadable: ReadonlySet<string>;
}

/** Reads a Secret: `data` in base64 and `stringData` as it is, which wins (core/v1 Secret, "write-only convenience"). */
export function readSecret(document: KubernetesDocument, sink: DocumentSink): Secret | undefined {
  const { name, namespace, root, origin, file } = document;
  checkName(document, sink);
  if (name === undefined) return undefined;
  const misplaced = entryOf(root, 'namespace');
  if (misplaced !== undefined) {
    const message = 'Kubernetes does not read “namespace” here; it belongs under “metadata”.';
    sink.at(misplaced.key, 'warning', 'airship-placement', message);
  }
  const values = new Map<string, SecretValue>();
  const unreadable = new Set<string>();
  const plain = entriesOf(root, 'stringData', sink).filter(([, place]) => !isNull(place));
  for (const [key, place] of entriesOf(root, 'data', sink)) {
    const text = isNull(place) ? undefined : decoded(key, place, sink);
    if (text !== undefined) values.set(key, { text, place });
    else if (!isNull(place)) unreadable.add(key);
  }
  for (const [key, place] of plain) {
    const text = written(key, place, sink);
    if (text === undefined) unreadable.add(key);
    else values.set(key, { text, place });
  }
  const place =
    entryOf(root, 'stringData')?.key ??
    entryOf(root, 'data')?.key ??
    childOf(childOf(root, 'metadata'), 'name') ??
    startOf(root);
  const labels = childOf(childOf(root, 'metadata'), 'labels');
  return { name, namespace, labels, origin, file, place, values, unreadable };
}

function isNull(node: SourceNode): boolean {
  return node.type === 'scalar' && node.value === null;
}

function entriesOf(root: SourceNode, key: string, sink: DocumentSink): (readonly [string, SourceNode])[] {
  const node = childOf(root, key);
  if (node === undefined || isNull(node)) return [];
  if (node.type === 'map')
    return node.entries.map((entry) => [String(entry.key.value), entry.value] as const);
  sink.at(node, 'error', 'value-type', `“${key}” of a Secret is a mapping of names and texts.`);
  return [];
}

function written(key: string, place: SourceNode, sink: DocumentSink): string | undefined {
  if (place.type === 'scalar' && typeof place.value === 'string') return place.value;
  const advice =
    place.type === 'scalar' ? ' Put it in quotes.' : ' Write it as a block: “|” and the lines below.';
  sink.at(place, 'error', 'value-type', `“${key}” of a Secret must be text.${advice}`);
  return undefined;
}

function decoded(key: string, place: SourceNode, sink: DocumentSink): string | undefined {
  const encoded = written(key, place, sink);
  if (encoded === undefined) return undefined;
  // Go's decoder, which Kubernetes uses, passes over line ends (encoding/base64).
  const compact = encoded.replace(/[\r\n]/g, '');
  const bytes = compact === '' ? new Uint8Array() : decodeBase64(compact);
  if (bytes === undefined) {
    const message = `“${key}” under “data” is not base64. Text as it is belongs under “stringData”.`;
    sink.at(place, 'error', 'airship-secret', message);
    return undefined;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    sink.at(place, 'error', 'airship-secret', `“${key}” is base64 of something that is no UTF-8 text.`);
    return undefined;
  }
}

/** The Secret that a reference means: of the namespace that it names, or of one that nobody names. */
export function findSecret(
  secrets: readonly Secret[],
  name: string,
  namespace: string | undefined,
): Secret | undefined {
  const named = secrets.filter((secret) => secret.name === name);
  return (
    named.find((secret) => secret.namespace === namespace) ??
    named.find((secret) => isSameNamespace(secret.namespace, namespace))
  );
}
