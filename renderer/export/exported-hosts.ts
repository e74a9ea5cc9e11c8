import { exportAirship, noSecrets } from '#shared/airship/export-airship.ts';
import { exportHosts } from '#shared/fleet/host-cells.ts';
import type { SiteAnalysis } from '#shared/site/analysis.ts';

export interface ExportedHosts {
  readonly text: string;
  readonly count: number;
  /** Hosts with errors, which are left out: half of what they say would be missing. */
  readonly leftOut: readonly string[];
  /** What the other format cannot say, a sentence each. */
  readonly losses: readonly string[];
}

/** In the worker. A table holds every host as it is written; secrets are masked. */
export function exportedHosts(analysis: SiteAnalysis, as: 'table' | 'airship'): ExportedHosts {
  const hosts = analysis.hosts.flatMap(({ name }) => analysis.analysedHosts.get(name) ?? []);
  if (as === 'table')
    return { text: exportHosts(analysis, '\t'), count: hosts.length, leftOut: [], losses: [] };
  const sound = hosts.filter(({ summary }) => summary.problems.errors === 0);
  const { text, diagnostics } = exportAirship(analysis, sound, noSecrets);
  const leftOut = hosts.filter((host) => !sound.includes(host)).map(({ summary }) => summary.name);
  return { text, count: sound.length, leftOut, losses: diagnostics.map(({ message }) => message) };
}
