import type { HostColumn } from '#shared/hosts-form/host-columns.ts';
import { hostRoles } from '#shared/schema/host.ts';
import type { Overview } from '../authoring/protocol.ts';

/** The values that a column takes when it refers to something; undefined for columns of free text. */
export function choicesOf(column: HostColumn, overview: Overview | undefined): readonly string[] | undefined {
  if (column.kind === 'role') return hostRoles;
  if (column.kind === 'profile') return overview?.profiles.map(({ name }) => name);
  if (column.kind === 'network') return overview?.networks.map(({ name }) => name);
  return undefined;
}
