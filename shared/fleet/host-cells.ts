import { parseMacAddress } from '../network/mac-address.ts';
import type { AnalysedHost, SiteAnalysis } from '../site/analysis.ts';
import type { HostReading } from '../site/host-document.ts';
import type { ScalarNode } from '../source/source-node.ts';
import { cellOfValue } from './cell-text.ts';
import { type Column, headerOf, type PlainKind, plainKinds } from './columns.ts';
import { writeTable } from './read-table.ts';

/** What a host's document says in a column; empty when it says nothing. */
export function valueIn(reading: HostReading, column: Column): string {
  if ('key' in column) {
    const value =
      column.kind === 'mac'
        ? reading.macs.find(({ key }) => key === column.key)?.value
        : reading.values.get(`var.${column.key}`);
    return textOf(value);
  }
  const plain: Readonly<Record<PlainKind, () => string>> = {
    name: () => textOf(reading.name),
    domain: () => textOf(reading.domain),
    role: () => textOf(reading.role),
    profile: () => textOf(reading.profile),
    network: () => textOf(reading.networkReference),
    userData: () => reading.userData.map(textOf).join(' '),
    'bmc.address': () => textOf(reading.bmcAddress),
    'bmc.mac': () => textOf(reading.bmcMac),
    'bmc.credentials': () => textOf(reading.bmcCredentials),
  };
  return plain[column.kind]();
}

function textOf(node: ScalarNode | undefined): string {
  return node === undefined ? '' : String(node.value);
}

/** Whether two values of a column mean the same: MAC addresses in any case, lists with any separator. */
export function isSameValue(column: Column, one: string, other: string): boolean {
  if (one === other) return true;
  if (column.kind === 'mac' || column.kind === 'bmc.mac') {
    const mac = parseMacAddress(one);
    return mac !== undefined && mac === parseMacAddress(other);
  }
  return column.kind === 'userData' && wordsOf(one).join(' ') === wordsOf(other).join(' ');
}

export function wordsOf(list: string): string[] {
  return list.split(/[\s,;]+/).filter((word) => word !== '');
}

/** The columns that hosts say something in: plain ones in their order, then cards and variables by name. */
export function columnsOf(hosts: Iterable<AnalysedHost>): Column[] {
  const readings = [...hosts].map(({ reading }) => reading);
  const macs = new Set(readings.flatMap((reading) => reading.macs.map(({ key }) => key)));
  const variables = new Set(
    readings.flatMap(({ values }) => [...values.keys()].flatMap((key) => /^var\.(.+)$/.exec(key)?.[1] ?? [])),
  );
  const used = plainKinds
    .map((kind) => ({ kind }))
    .filter(
      (column) => column.kind === 'name' || readings.some((reading) => valueIn(reading, column) !== ''),
    );
  const keyed = (kind: 'mac' | 'var', keys: ReadonlySet<string>) =>
    [...keys].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).map((key) => ({ kind, key }));
  return [...used, ...keyed('mac', macs), ...keyed('var', variables)];
}

/** The hosts of a site as a table that can be taken in again; networks of a host's own stay in its document. */
export function exportHosts(analysis: SiteAnalysis, separator: ',' | '\t' = ','): string {
  const hosts = analysis.hosts.flatMap(({ name }) => analysis.analysedHosts.get(name) ?? []);
  const columns = columnsOf(hosts);
  const rows = hosts.map(({ reading }) => columns.map((column) => cellOfValue(valueIn(reading, column))));
  return writeTable([columns.map(headerOf), ...rows], separator);
}
