import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { type DocumentTarget, networkData, networkText } from '../network/convert-network.ts';
import type { NetworkFormat } from '../network/model.ts';
import { formatOfText } from '../network/network-format.ts';
import { parseNetwork } from '../network/parse-network.ts';
import type { AnalysedHost, SiteAnalysis } from '../site/analysis.ts';
import type { SiteDocument } from '../site/document.ts';
import { type ReferenceValues, substitute } from '../site/substitute.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import type { SourceNode } from '../source/source-node.ts';
import { createSourceText } from '../source/source-text.ts';
import { standInsFor, withReferences } from './stand-ins.ts';

/** A network document in another format, to be looked at before it takes the place of its text. */
export type Conversion =
  | {
      readonly from: NetworkFormat;
      readonly text: string;
      /** What the other format cannot say, at its place in the text now. */
      readonly losses: readonly Diagnostic[];
      /** Whether there are comments, which stay behind. */
      readonly hasComments: boolean;
    }
  | { readonly from: NetworkFormat | undefined; readonly refused: string };

/**
 * Converts a network document of a site and keeps its references. They are filled in with values like those of a host
 * and put back afterwards; what comes out is held against the network of every host that uses the document, and
 * refused when one of them would get another than from a conversion of its own. Undefined for what is no network.
 */
export function convertDocument(
  analysis: SiteAnalysis,
  path: string,
  to: DocumentTarget,
): Conversion | undefined {
  const document = analysis.documents.find((each) => each.path === path);
  if (document?.kind !== 'network-config') return undefined;
  const from = formatOfText(document.source.text);
  const { root } = document;
  const found = analysis.diagnosticsByFile.get(path) ?? [];
  if (from === undefined || root === undefined || found.some(({ severity }) => severity === 'error'))
    return { from, refused: 'This document has errors. Mend them first: half a network is worse than none.' };
  const users = usersOf(analysis, path);
  const standIns = standInsFor(
    document.references,
    users.map(({ values }) => values),
    document.source.text,
  );
  const unknown = document.references.find(
    ({ key, namespace }) => namespace !== 'secret' && !standIns.has(key),
  );
  if (unknown !== undefined) {
    const refused = `No host gives “${unknown.key}” a value, so it cannot be told what it stands for. Let a host use this network first.`;
    return { from, refused };
  }
  const sink = new DiagnosticSink();
  const model = parseNetwork(substitute(root, standIns), new DiagnosticSink());
  if (model === undefined) return { from, refused: 'This document is no network that can be read.' };
  // What its name says of a file stays true.
  const as = to === 'network-data' || path.endsWith('.json') ? 'json' : 'yaml';
  const text = networkText(withReferences(networkData(model, to, sink), standIns), as);
  const other = differsFor(users, { root, text, to });
  if (other !== undefined) {
    const refused = `Its references cannot be kept: ${other.summary.name} would get another network than now. Write the values of one host in their place, or convert by hand.`;
    return { from, refused };
  }
  return { from, text, losses: lossesIn(document, sink), hasComments: hasComments(document) };
}

function usersOf({ networks, analysedHosts }: SiteAnalysis, path: string): AnalysedHost[] {
  const names = networks.find((network) => network.path === path)?.hosts ?? [];
  return names.flatMap((name) => analysedHosts.get(name) ?? []);
}

interface Result {
  readonly root: SourceNode;
  readonly text: string;
  readonly to: DocumentTarget;
}

/** A host for which the result, filled in, is not what its own network would be converted to. */
function differsFor(users: readonly AnalysedHost[], { root, text, to }: Result): AnalysedHost | undefined {
  const converted = parseYaml(createSourceText('converted.yaml', text), new DiagnosticSink());
  return users.find(({ values }) => {
    const expected = networkOf(root, values, to);
    return converted === undefined || networkOf(converted, values, to) !== expected;
  });
}

function networkOf(root: SourceNode, values: ReferenceValues, to: DocumentTarget): string | undefined {
  const model = parseNetwork(substitute(root, values), new DiagnosticSink());
  return model === undefined ? undefined : JSON.stringify(networkData(model, to, new DiagnosticSink()));
}

function lossesIn({ path }: SiteDocument, sink: DiagnosticSink): readonly Diagnostic[] {
  return sink.list().filter(({ file }) => file === path);
}

/** A `#` in a text makes it be said once too often, which costs nothing. */
function hasComments({ source: { text } }: SiteDocument): boolean {
  return /(?:^|[ \t])#/m.test(text);
}
