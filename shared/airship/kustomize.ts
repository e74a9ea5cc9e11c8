import { textItems } from '../site/host-document.ts';
import { childOf, entryOf, type SourceNode, stringOf } from '../source/source-node.ts';
import type { DocumentSink } from './document-sink.ts';
import { type KubernetesDocument, type SetFile, startOf } from './read-documents.ts';
import type { Secret, SecretValue } from './secrets.ts';

/** Keys of a kustomization that are read, or change nothing that is. */
const read = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'resources',
  'namespace',
  'secretGenerator',
  'generatorOptions',
]);

/** A folder of a set: its other files by path. */
export type FileIndex = ReadonlyMap<string, SetFile>;

export interface Generated {
  readonly secrets: readonly Secret[];
  /** Paths of the files that the Secrets were made of. */
  readonly used: readonly string[];
}

/**
 * The Secrets that kustomize would make from the files beside a kustomization. What else it says is not carried out
 * here, and is reported: such a folder is rendered with kustomize first.
 */
export function generateSecrets(
  document: KubernetesDocument,
  files: FileIndex,
  sink: DocumentSink,
): Generated {
  const { root } = document;
  if (root.type === 'map') {
    for (const { key } of root.entries) {
      if (read.has(String(key.value))) continue;
      const message = `“${String(key.value)}” of a kustomization is not carried out. Render the folder with “kustomize build” and import what it prints.`;
      sink.at(key, 'warning', 'airship-not-imported', message);
    }
  }
  const namespace = stringOf(root, 'namespace');
  const generators = childOf(root, 'secretGenerator');
  const made = generators?.type === 'sequence' ? generators.items : [];
  const used: string[] = [];
  const secrets = made.flatMap((generator) => {
    const name = stringOf(generator, 'name');
    if (name === undefined) {
      sink.at(startOf(generator), 'error', 'key-missing', 'A generator of Secrets needs a “name”.');
      return [];
    }
    const values = new Map<string, SecretValue>();
    const unreadable = new Set<string>();
    for (const item of textItems(childOf(generator, 'files'))) {
      const [key, path] = fileEntry(String(item.value));
      const file = fileBeside(document.file, path, files);
      if (file === undefined) {
        unreadable.add(key);
        sink.at(item, 'error', 'reference-unknown', `There is no file ${path} beside this kustomization.`);
      } else {
        used.push(file.path);
        const source = sink.partOf(file.path, file.text, 1);
        const place: SourceNode = {
          type: 'scalar',
          source,
          span: { start: 0, end: file.text.length },
          value: file.text,
        };
        values.set(key, { text: file.text, place });
      }
    }
    for (const item of textItems(childOf(generator, 'literals'))) {
      const literal = String(item.value);
      const at = literal.indexOf('=');
      if (at > 0) values.set(literal.slice(0, at), { text: unquoted(literal.slice(at + 1)), place: item });
      else sink.at(item, 'error', 'value-invalid', 'A literal is written as name=value.');
    }
    const labels = childOf(childOf(generator, 'options'), 'labels');
    const place = entryOf(generator, 'name')?.value ?? generator;
    const own = stringOf(generator, 'namespace') ?? namespace;
    return [
      {
        name,
        namespace: own,
        labels,
        origin: document.origin,
        file: document.file,
        place,
        values,
        unreadable,
      },
    ];
  });
  return { secrets, used };
}

/** `networkData` or `key=path`. */
function fileEntry(written: string): readonly [key: string, path: string] {
  const at = written.indexOf('=');
  if (at > 0) return [written.slice(0, at), written.slice(at + 1)];
  return [written.slice(written.lastIndexOf('/') + 1), written];
}

/** kustomize takes quotes around the whole value away. */
function unquoted(value: string): string {
  return /^(["']).*\1$/s.exec(value) === null ? value : value.slice(1, -1);
}

/**
 * A file by a path relative to the kustomization. Only files of the set can be found, so no path leads out of it.
 * Of a set that was put into one folder, `node01__kustomization.yaml` finds `node01__networkData`.
 */
export function fileBeside(beside: string, path: string, files: FileIndex): SetFile | undefined {
  const folder = beside.slice(0, beside.lastIndexOf('/') + 1);
  const name = beside.slice(folder.length);
  const prefix = /^(.*?)[^_]*$/.exec(name)?.[1] ?? '';
  return files.get(normal(folder + path)) ?? files.get(normal(folder + prefix + path));
}

function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && (part !== '' || parts.length === 0)) parts.push(part);
  }
  return parts.join('/');
}
