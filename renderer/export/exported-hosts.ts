import { exportAirship, noSecrets } from '#shared/airship/export-airship.ts';
import type { ExportFormat } from '#shared/contract.ts';
import { exportHosts } from '#shared/fleet/host-cells.ts';
import { exportNetworks } from '#shared/import/export-networks.ts';
import type { NetworkSource } from '#shared/import/import-networks.ts';
import type { SiteAnalysis } from '#shared/site/analysis.ts';

export interface ExportedHosts {
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** The same for the clipboard, where one text is all of it: a table with tabs, which a spreadsheet takes as cells. */
  readonly copy?: string | undefined;
  /** Hosts that are in them. */
  readonly count: number;
  /** Hosts with errors, which are left out: half of what they say would be missing. */
  readonly leftOut: readonly string[];
  /** What the other format cannot say, a sentence each. */
  readonly losses: readonly string[];
}

/** In the worker. A table holds every host as it is written; secrets are masked. */
export function exportedHosts(analysis: SiteAnalysis, as: ExportFormat): ExportedHosts {
  const hosts = analysis.hosts.flatMap(({ name }) => analysis.analysedHosts.get(name) ?? []);
  if (as === 'table') {
    const files = [{ name: 'hosts.csv', text: exportHosts(analysis) }];
    return { files, copy: exportHosts(analysis, '\t'), count: hosts.length, leftOut: [], losses: [] };
  }
  const sound = hosts.filter(({ summary }) => summary.problems.errors === 0);
  const leftOut = hosts.filter((host) => !sound.includes(host)).map(({ summary }) => summary.name);
  if (as !== 'airship') return { ...networks(analysis, namesOf(sound), as), leftOut };
  const { text, diagnostics } = exportAirship(analysis, sound, noSecrets);
  const losses = sentences(diagnostics);
  if (sound.length === 0) return { files: [], count: 0, leftOut, losses };
  return { files: [{ name: 'hosts.yaml', text }], copy: text, count: sound.length, leftOut, losses };
}

function namesOf(hosts: readonly { readonly summary: { readonly name: string } }[]): string[] {
  return hosts.map(({ summary }) => summary.name);
}

function networks(
  analysis: SiteAnalysis,
  hosts: readonly string[],
  format: NetworkSource,
): Omit<ExportedHosts, 'leftOut'> {
  const { files, diagnostics } = exportNetworks(analysis, hosts, format);
  return { files, count: files.length, losses: sentences(diagnostics) };
}

/** Hosts that share a network lose the same. */
function sentences(diagnostics: readonly { readonly message: string }[]): string[] {
  return [...new Set(diagnostics.map(({ message }) => message))];
}
