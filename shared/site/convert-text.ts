import { compareDiagnostics, type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { type ConvertedNetwork, convertNetwork, type NetworkTarget } from '../network/convert-network.ts';
import { parseNetwork } from '../network/parse-network.ts';
import { createSourceText } from '../source/source-text.ts';
import { readDocument } from './document.ts';
import { guessKind, isNetworkKind, type Kind } from './document-kinds.ts';
import { judge } from './validate-text.ts';

export interface ConvertedText {
  /** Findings in the document, and what the target cannot say, in the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
  /** Undefined when the document has errors: half a network is worse than none. */
  readonly result: ConvertedNetwork | undefined;
}

/** A network document outside a site in another format. The kind is guessed when it is not given. Never throws. */
export function convertText(
  path: string,
  text: string,
  { to, from }: { readonly to: NetworkTarget; readonly from?: Kind | undefined },
): ConvertedText {
  const kind = from ?? guessKind(path, text);
  if (!isNetworkKind(kind)) return { diagnostics: [noNetwork(path, text, kind)], result: undefined };
  const document = readDocument(path, text, kind);
  const sink = new DiagnosticSink();
  for (const each of judge(document, kind)) sink.report(each);
  for (const { place, key } of document.references) {
    const message = `The value of “${key}” is a host’s, so it is known in a site only: “render SITE --host NAME” fills it in.`;
    sink.at(place, 'error', 'variable-unknown', message);
  }
  const isSound = !sink.list().some(({ severity }) => severity === 'error');
  const dialect = kind === 'network-config' ? undefined : kind;
  const model =
    isSound && document.root !== undefined
      ? parseNetwork(document.root, new DiagnosticSink(), dialect)
      : undefined;
  const result = model === undefined ? undefined : convertNetwork(model, to, sink);
  return { diagnostics: sink.list().sort(compareDiagnostics), result };
}

function noNetwork(path: string, text: string, kind: Kind | undefined): Diagnostic {
  const sink = new DiagnosticSink();
  const place = { source: createSourceText(path, text), span: { start: 0, end: Math.min(1, text.length) } };
  const message =
    kind === undefined
      ? 'It cannot be told which format of networks this is. Say it with --from, for example --from nmstate.'
      : `This is a document of the kind ${kind}, and only networks can be converted.`;
  sink.at(place, 'error', 'document-kind', message);
  return sink.list()[0] as Diagnostic;
}
