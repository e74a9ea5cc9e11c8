import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { DiagnosticCode } from '../diagnostics/diagnostic-codes.ts';
import { replacementFix } from '../diagnostics/suggest.ts';
import { parseIpAddress, parseIpInterface } from '../network/addresses.ts';
import { checkNetwork } from '../network/check-network.ts';
import type { NetworkModel } from '../network/model.ts';
import { type NetworkDialect, parseNetwork } from '../network/parse-network.ts';
import { reportVersion2Losses } from '../network/render-version-2.ts';
import type { ScalarNode, SourceNode } from '../source/source-node.ts';
import { placeKey, placeOf } from '../source/source-place.ts';
import { rangeOf } from '../source/source-text.ts';
import type { SiteDocument } from './document.ts';
import type { HostReading } from './host-document.ts';
import { withoutConsequences } from './network-consequences.ts';
import { holdsReference } from './references.ts';
import { type ReferenceValues, substitute, valuesWithin } from './substitute.ts';

export interface CheckedNetwork {
  readonly model: NetworkModel | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Values of the host that are a part of texts, by `file:line:column` of the text; none without a finding. */
  readonly valuePlaces: ReadonlyMap<string, ScalarNode>;
}

/**
 * One host's network, with its own values in the place of references. `isBroken`: a part of its document cannot be
 * read, so that what links are missing or contradict each other cannot be told.
 */
export function checkHostNetwork(
  root: SourceNode,
  values: ReferenceValues,
  host: HostReading,
  isBroken: boolean,
): CheckedNetwork {
  const read = new DiagnosticSink();
  const filled = substitute(root, values);
  const model = parseNetwork(filled, read);
  const [checked, alone] = [new DiagnosticSink(), new DiagnosticSink()];
  if (model !== undefined && !isBroken) {
    const macs = host.macs.map(({ value }) => String(value.value));
    const macPlaces = host.macs.map(({ value }) => value);
    checkNetwork(model, checked, { macs, macPlaces, cards: host.macs.map(({ key }) => key) }, alone);
    reportVersion2Losses(model, checked);
  }
  const macs = new Set(host.macs.map(({ value }) => placeKey(placeOf(value))));
  // The schema of the host reports a malformed MAC address at the same place.
  const isReported = (each: Diagnostic) => each.code === 'network-mac' && macs.has(placeKey(each));
  const found = withoutConsequences(read.list(), checked.list(), filled, alone.list()).filter(
    (each) => !isReported(each),
  );
  if (found.length === 0) return { model, diagnostics: found, valuePlaces: noPlaces };
  const known = withoutFixesOfFilledTexts(
    withoutUnknownValues(found, filled, [...read.list(), ...alone.list()]),
    filled,
  );
  const valuePlaces = valuePlacesIn(filled, host);
  const diagnostics = atBrokenValues(known, filled, host).map((each) => withValues(each, valuePlaces, host));
  return { model, diagnostics, valuePlaces };
}

/**
 * A finding with the host's own values that it comes from, the most likely first: a gateway of the network, even with a
 * part from the host, is right more often than the addresses that shall reach it.
 */
function withValues(
  { comparedWith = [], ...diagnostic }: Diagnostic,
  valuePlaces: ReadonlyMap<string, ScalarNode>,
  { document }: HostReading,
): Diagnostic {
  if (diagnostic.file === document.path) return diagnostic;
  const places = comparisons.has(diagnostic.code)
    ? [...comparedWith, diagnostic]
    : [diagnostic, ...comparedWith];
  const values = places.flatMap((place) => {
    if (place.file === document.path) return [{ file: place.file, range: place.range }];
    const value = valuePlaces.get(placeKey(place));
    return value === undefined ? [] : [placeOf(value)];
  });
  return values.length === 0 ? diagnostic : { ...diagnostic, values };
}

const noPlaces: ReadonlyMap<string, ScalarNode> = new Map();

function valuePlacesIn(filled: SourceNode, { document }: HostReading): ReadonlyMap<string, ScalarNode> {
  const places = new Map<string, ScalarNode>();
  visitScalars(filled, (node) => {
    const value = valuesWithin(node).findLast(({ source }) => source.file === document.path);
    if (value !== undefined) places.set(placeKey(placeOf(node)), value);
  });
  return places;
}

/** A fix would write the value of one host in the place of the reference that all of them share. */
function withoutFixesOfFilledTexts(
  diagnostics: readonly Diagnostic[],
  filled: SourceNode,
): readonly Diagnostic[] {
  if (!diagnostics.some(({ fixes }) => fixes !== undefined)) return diagnostics;
  const places = new Set<string>();
  visitScalars(filled, (node) => {
    if (valuesWithin(node).length > 0) places.add(placeKey(placeOf(node)));
  });
  return diagnostics.map((diagnostic) => {
    const { fixes, ...rest } = diagnostic;
    return fixes !== undefined && places.has(placeKey(diagnostic)) ? rest : diagnostic;
  });
}

/** `((var.address))/24` as it stands in networks: the value, then at most a prefix. */
const addressWithPrefix = /^\(\([a-z]+\.[^()]+\)\)(\/\d{1,3})?$/;

/**
 * Moves findings about an address that the host itself wrote wrong from the shared network to the host. A value that is
 * an address by itself leaves the mistake to the text around it.
 */
function atBrokenValues(
  diagnostics: readonly Diagnostic[],
  filled: SourceNode,
  { document }: HostReading,
): readonly Diagnostic[] {
  if (!diagnostics.some(({ code }) => code === 'network-address')) return diagnostics;
  const broken = new Map<string, ScalarNode>();
  visitScalars(filled, (node) => {
    const value = valuesWithin(node).find(({ source }) => source.file === document.path);
    const written = node.source.text.slice(node.span.start, node.span.end).replace(/^["']|["']$/g, '');
    if (value === undefined || !addressWithPrefix.test(written)) return;
    if (parseIpAddress(String(value.value)) === undefined) broken.set(placeKey(placeOf(node)), value);
  });
  return diagnostics.map((diagnostic) => {
    const value = diagnostic.code === 'network-address' ? broken.get(placeKey(diagnostic)) : undefined;
    if (value === undefined) return diagnostic;
    const { fixes: _ofTheNetwork, ...rest } = diagnostic;
    const [address = '', prefix] = String(value.value).split('/');
    const hasPrefixOfNetwork = prefix !== undefined && parseIpInterface(String(value.value)) !== undefined;
    return {
      ...rest,
      file: value.source.file,
      range: rangeOf(value.source, value.span),
      ...(hasPrefixOfNetwork ? { fixes: [replacementFix(value, address)] } : {}),
    };
  });
}

function visitScalars(node: SourceNode, visit: (scalar: ScalarNode) => void): void {
  if (node.type === 'scalar') visit(node);
  else if (node.type === 'sequence') for (const item of node.items) visitScalars(item, visit);
  else {
    for (const { key, value } of node.entries) {
      visit(key);
      visitScalars(value, visit);
    }
  }
}

/** A network that no host uses: checked as it is, without what concerns values that only a host would give. */
export function checkUnusedNetwork(document: SiteDocument, dialect?: NetworkDialect): readonly Diagnostic[] {
  if (document.root === undefined) return [];
  const read = new DiagnosticSink();
  const model = parseNetwork(document.root, read, dialect);
  const [checked, alone] = [new DiagnosticSink(), new DiagnosticSink()];
  if (model !== undefined && document.break === undefined) checkNetwork(model, checked, {}, alone);
  const found = withoutConsequences(read.list(), checked.list(), document.root, alone.list());
  return withoutUnknownValues(found, document.root, [...read.list(), ...alone.list()]);
}

/** Findings that compare an address with the others of its link, and so are wrong as soon as one is not known. */
const comparisons: ReadonlySet<DiagnosticCode> = new Set(['network-gateway', 'network-route']);

/**
 * Drops what is reported at a text that still holds a reference, and what follows from it: its value is not known, so
 * no check can judge it. `alone`: what a text or a route tells by itself, whatever the others are.
 */
function withoutUnknownValues(
  diagnostics: readonly Diagnostic[],
  root: SourceNode,
  alone: readonly Diagnostic[],
): readonly Diagnostic[] {
  if (diagnostics.length === 0) return diagnostics;
  const unknown = new Set<string>();
  visitScalars(root, (node) => {
    if (holdsReference(node)) unknown.add(placeKey(placeOf(node)));
  });
  if (unknown.size === 0) return diagnostics;
  const compareNothing = new Set(alone);
  return diagnostics.filter(
    (each) => (!comparisons.has(each.code) || compareNothing.has(each)) && !unknown.has(placeKey(each)),
  );
}
