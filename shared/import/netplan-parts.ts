import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { mergeNetplan } from '../network/merge-netplan.ts';
import { asWritten } from '../network/plain-document.ts';
import { cloudInitYamlOf } from '../render/cloud-init-yaml.ts';
import { readDocument, type SiteDocument } from '../site/document.ts';
import type { Kind } from '../site/document-kinds.ts';
import { judge } from '../site/validate-text.ts';
import { editValue } from '../source/edit-value.ts';
import { entryOf, type SourceNode } from '../source/source-node.ts';
import type { NetworkFile } from './import-networks.ts';

/** The network that files describe together, and what is wrong in each of them, at its place there. */
export function readParts(
  files: readonly NetworkFile[],
  kind: Kind,
): { readonly root: SourceNode | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const documents = files.map(({ path, text }) => readDocument(path, text, kind));
  const [first] = documents;
  if (first === undefined) return { root: undefined, diagnostics: [] };
  if (documents.length === 1) return { root: first.root, diagnostics: judge(first, kind) };
  const isNetwork = (each: SiteDocument) => each.root === undefined || each.root.type === 'map';
  const root = mergeNetplan(documents.flatMap((each) => (isNetwork(each) ? (each.root ?? []) : [])));
  // What the others lack may stand in a file that cannot be read to its end: nothing is said of all together.
  if (documents.some((each) => each.break !== undefined || !isNetwork(each)))
    return {
      root,
      diagnostics: documents.flatMap((each) => (isNetwork(each) ? each.diagnostics : judge(each, kind))),
    };
  // netplan passes over an empty file.
  const read = documents
    .flatMap((each) => each.diagnostics)
    .filter(({ code }) => root === undefined || code !== 'document-empty');
  return { root, diagnostics: judge({ ...first, root, diagnostics: read }, kind) };
}

/** The file whose comments stay: the longest, which most likely is the one that people write in. */
export function baseOf(files: readonly [NetworkFile, ...NetworkFile[]]): NetworkFile {
  return files.reduce((longest, each) => (each.text.length > longest.text.length ? each : longest));
}

/** The text of one file with what the others add, so that its comments stay. */
export function mergedText({ path, text }: NetworkFile, root: SourceNode): string {
  const network = entryOf(root, 'network')?.value ?? root;
  const document = readDocument(path, text, 'network-config').root;
  const isWrapped = entryOf(document, 'network') !== undefined;
  const edited = editValue(text, {
    type: 'set',
    path: isWrapped ? ['network'] : [],
    value: isWrapped ? asWritten(network) : asWritten(root),
  });
  return edited.ok ? edited.text : cloudInitYamlOf(root);
}
