import type { HostSummary } from '#shared/site/analysis.ts';

/** Hosts in which every typed word occurs, in whatever column: "worker 10.20" narrows as people expect. */
export function filterHosts(hosts: readonly HostSummary[], filter: string): readonly HostSummary[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return hosts;
  return hosts.filter(({ name, role, profile, addresses, macs }) => {
    const text = [name, role, profile, ...addresses, ...macs].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
