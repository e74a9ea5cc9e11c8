import { type Column, headerOf, type PlainKind } from '../fleet/columns.ts';
import type { Path } from '../source/edit-value.ts';
import type { HostRow } from './host-row.ts';

/** A column of the table in which hosts are edited: what it is called, and where its value stands in a document. */
export interface HostColumn {
  readonly id: string;
  readonly kind: Column['kind'];
  readonly title: string;
  readonly path: Path;
}

const plainColumns: Readonly<Record<PlainKind, Omit<HostColumn, 'id' | 'kind'>>> = {
  name: { title: 'Name', path: ['metadata', 'name'] },
  domain: { title: 'Domain', path: ['spec', 'domain'] },
  role: { title: 'Role', path: ['spec', 'role'] },
  profile: { title: 'Profile', path: ['spec', 'profile'] },
  network: { title: 'Network', path: ['spec', 'network', 'ref'] },
  userData: { title: 'User data', path: ['spec', 'userData'] },
  'bmc.address': { title: 'BMC address', path: ['spec', 'bmc', 'address'] },
  'bmc.mac': { title: 'BMC MAC', path: ['spec', 'bmc', 'mac'] },
  'bmc.credentials': { title: 'BMC credentials', path: ['spec', 'bmc', 'credentials'] },
};

/** Columns that stand there whether a host uses them or not. */
const beforeCards: readonly PlainKind[] = ['name', 'domain', 'role', 'profile', 'network', 'userData'];
const always: readonly PlainKind[] = [...beforeCards, 'bmc.address'];
const behindCards: readonly PlainKind[] = ['bmc.address', 'bmc.mac', 'bmc.credentials'];

export function plainColumn(kind: PlainKind): HostColumn {
  return { id: kind, kind, ...plainColumns[kind] };
}

function keyedColumn(kind: 'mac' | 'var', key: string): HostColumn {
  const path = ['spec', kind === 'mac' ? 'macs' : 'variables', key];
  return { id: headerOf({ kind, key }), kind, title: kind === 'mac' ? `MAC ${key}` : key, path };
}

const byName = new Intl.Collator('en', { numeric: true }).compare;

/** The columns that some hosts fill: what all have, their cards, the management controller, and their variables. */
export function columnsOf(rows: Iterable<HostRow>): HostColumn[] {
  const used = new Set<string>();
  const macs = new Set<string>();
  const variables = new Set<string>();
  for (const row of rows) {
    for (const key of row.macs) macs.add(key);
    for (const key of row.variables) variables.add(key);
    for (const kind of [...beforeCards, ...behindCards])
      if (row.cell(plainColumn(kind)).text !== '') used.add(kind);
  }
  const plain = (kinds: readonly PlainKind[]) =>
    kinds.filter((kind) => always.includes(kind) || used.has(kind)).map(plainColumn);
  return [
    ...plain(beforeCards),
    ...[...macs].sort(byName).map((key) => keyedColumn('mac', key)),
    ...plain(behindCards),
    ...[...variables].sort(byName).map((key) => keyedColumn('var', key)),
  ];
}
