import { receiversOf } from '../../refactor/definitions.ts';
import { occurrenceIn } from '../../refactor/occurrences.ts';
import type { DocumentEdits } from '../../refactor/rename.ts';
import type { SiteSymbol } from '../../refactor/symbols.ts';
import type { AnalysedHost } from '../../site/analysis.ts';
import { childOf, entryOf } from '../../source/source-node.ts';
import { scalarText } from '../insert-text.ts';
import { freeValues } from '../new-document.ts';
import type { Finding, Fix, FixContext } from './fix.ts';
import { insertEntry, insertFirstEntry, onLine } from './insert-entry.ts';
import { freeMac } from './unique-value.ts';

/** Gives a value to the hosts that lack it: to the chosen one, and to all. */
export function missingValueFixes({ document, span }: Finding, context: FixContext): Fix[] {
  const symbol = occurrenceIn(document, span.start)?.symbol;
  if (symbol === undefined || (symbol.kind !== 'variable' && symbol.kind !== 'mac')) return [];
  const { analysis, chosenHost } = context;
  const key = `${symbol.kind === 'mac' ? 'mac' : 'var'}.${symbol.name}`;
  const receivers = receiversOf(analysis, document.path);
  const lacking = [...analysis.analysedHosts.values()].filter(
    ({ summary, values }) => receivers.has(summary.path) && !values.has(key),
  );
  const documents = editsFor(lacking, symbol, context);
  if (documents === undefined || lacking.length === 0) return [];
  const one = lacking.find(({ summary }) => summary.name === chosenHost) ?? lacking[0];
  const ofOne = documents.filter(({ path }) => path === one?.summary.path);
  const fix: Fix = {
    title: `Add “${symbol.name}” to ${one?.summary.name}`,
    isPreferred: false,
    documents: ofOne,
  };
  if (lacking.length === 1) return [fix];
  const title = `Add “${symbol.name}” to all ${lacking.length} hosts that lack it`;
  return [fix, { title, isPreferred: false, documents }];
}

function editsFor(
  hosts: readonly AnalysedHost[],
  symbol: SiteSymbol,
  context: FixContext,
): DocumentEdits[] | undefined {
  const isMac = symbol.kind === 'mac';
  const values = isMac
    ? hosts.map(() => `"${freeMac(context)}"`)
    : freeValues(context.analysis, symbol.name, hosts.length);
  const found: DocumentEdits[] = [];
  for (const [index, { reading }] of hosts.entries()) {
    const edit = additionTo(reading.document.root, isMac ? 'macs' : 'variables', symbol.name, values[index]);
    if (edit === undefined) return undefined;
    found.push({ path: reading.document.path, edits: [edit] });
  }
  return found;
}

function additionTo(
  root: AnalysedHost['reading']['document']['root'],
  mapping: string,
  name: string,
  value = '""',
) {
  const spec = childOf(root, 'spec');
  const entry = entryOf(spec, mapping);
  const key = scalarText(name);
  if (entry?.value.type === 'map') return insertEntry(entry.value, key, onLine(value));
  if (entry?.value.type === 'scalar' && entry.value.value === null)
    return insertFirstEntry(entry, key, onLine(value));
  if (entry !== undefined || spec?.type !== 'map') return undefined;
  const line = `${key}: ${value}`;
  return insertEntry(spec, mapping, { type: 'lines', lines: [line], flow: `{${line}}` });
}
