import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { createSourceText } from '../source/source-text.ts';
import { readDocument, type SiteDocument } from './document.ts';
import { guessKind, isNetworkKind, type Kind, kinds } from './document-kinds.ts';
import { checkUnusedNetwork } from './host-network.ts';
import { isSound } from './syntax-errors.ts';

/** Kinds that can be asked for. */
export const checkedKinds = kinds;

/**
 * The verdict on one file outside a site: what its text alone tells. References to other documents and to values of
 * hosts are not followed. The kind is guessed when it is not given. Never throws.
 */
export function validateText(path: string, text: string, options: { as?: Kind } = {}): readonly Diagnostic[] {
  const kind = options.as ?? guessKind(path, text);
  if (kind === undefined) return [unknownKind(path, text)];
  return judge(readDocument(path, text, kind), kind);
}

/** Everything that the text of one document tells, with what follows from its broken syntax left out. */
export function judge(document: SiteDocument, kind: Kind): readonly Diagnostic[] {
  if (!isNetworkKind(kind)) return document.diagnostics;
  const sink = new DiagnosticSink();
  // A document that is said to be a network configuration may be one of any format, like those in networks/.
  const dialect = kind === 'network-config' ? undefined : kind;
  const found = [...document.diagnostics, ...checkUnusedNetwork(document, dialect)];
  for (const each of found)
    if (document.break === undefined || isSound(each, document.break)) sink.report(each);
  return sink.list();
}

const messageOfUnknown =
  'It cannot be told what kind of document this is. Say it with --as, for example --as network-config.';

/** Documents of others that are no part of a site, but become one. */
function importedKind(text: string): string | undefined {
  const [, kind] = /^kind:[ \t]*["']?(BareMetalHost|Secret|Kustomization)\b/m.exec(text) ?? [];
  return kind === undefined
    ? undefined
    : `This is a ${kind} of Airship or Metal3 and no document of a site. “siteforge import airship” makes a site of a rendered set of them.`;
}

function unknownKind(path: string, text: string): Diagnostic {
  const sink = new DiagnosticSink();
  const place = { source: createSourceText(path, text), span: { start: 0, end: Math.min(1, text.length) } };
  sink.at(place, 'error', 'document-kind', importedKind(text) ?? messageOfUnknown);
  return sink.list()[0] as Diagnostic;
}
