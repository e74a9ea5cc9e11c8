import type { Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { mergeNetplan } from '../network/merge-netplan.ts';
import { asWritten } from '../network/plain-document.ts';
import { cloudInitYamlOf } from '../render/cloud-init-yaml.ts';
import { readDocument, type SiteDocument } from '../site/document.ts';
import type { Kind } from '../site/document-kinds.ts';
import { judge } from '../site/validate-text.ts';
import { commentsOf } from '../source/comments.ts';
import { editValue } from '../source/edit-value.ts';
import { entryOf, type SourceNode } from '../source/source-node.ts';
import { createSourceText } from '../source/source-text.ts';
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
  return files.reduce(longer);
}

function longer(one: NetworkFile, other: NetworkFile): NetworkFile {
  return other.text.length > one.text.length ? other : one;
}

/** Tells of comments that the merged text does not have: nobody can say beside which of its values they would belong. */
export function reportLostComments(
  files: readonly NetworkFile[],
  merged: string,
  sink: DiagnosticSink,
): void {
  const kept = new Map<string, number>();
  for (const { text } of commentsOf(createSourceText('', merged))) kept.set(text, (kept.get(text) ?? 0) + 1);
  const base = files.reduce(longer);
  // Those of the file that stays are found first.
  for (const { path, text } of [base, ...files.filter((each) => each !== base)]) {
    const source = createSourceText(path, text);
    const lost = commentsOf(source).filter((comment) => {
      const count = kept.get(comment.text) ?? 0;
      if (count > 0) kept.set(comment.text, count - 1);
      return count === 0 && /[\p{L}\d]/u.test(comment.text);
    });
    const [first] = lost;
    if (first === undefined) continue;
    const others = lost.length === 1 ? '' : ` Nor are ${lost.length - 1} more of this file.`;
    const message = `This comment is not taken over: of files that are merged, those of ${base.path} stay.${others}`;
    sink.at({ source, span: first.span }, 'info', 'import-left-out', message);
  }
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
