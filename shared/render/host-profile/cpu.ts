import type { HostProfile } from '../../schema/host-profile.ts';
import type { Contribution } from './contribution.ts';

/**
 * Documentation/admin-guide/kernel-parameters.rst. `managed_irq` keeps the interrupts of multi-queue devices away too.
 * The IOMMU of AMD is on by default and knows no "on"; Intel's must be asked for.
 */
export function renderCpu({ cpu }: HostProfile['spec']): Contribution {
  if (cpu === undefined) return {};
  const { isolated, housekeeping, nohz, mitigations, iommu } = cpu;
  const kernelArguments: string[] = [];
  if (isolated !== undefined) {
    kernelArguments.push(`isolcpus=managed_irq,domain,${isolated}`);
    if (nohz) kernelArguments.push(`nohz_full=${isolated}`);
    kernelArguments.push(`rcu_nocbs=${isolated}`);
  }
  if (housekeeping !== undefined) kernelArguments.push(`irqaffinity=${housekeeping}`);
  if (mitigations !== undefined) kernelArguments.push(`mitigations=${mitigations}`);
  if (iommu) kernelArguments.push('intel_iommu=on', 'iommu=pt');
  return { kernelArguments };
}

/** More CPUs than any kernel of Debian supports (CONFIG_NR_CPUS). */
const mostCpus = 8192;

/** The CPUs of a list such as `2-7,10` or `0-31:2/4` (the first 2 of every 4); descending ranges are empty. */
export function expandCpuList(list: string): Set<number> {
  const cpus = new Set<number>();
  for (const part of list.split(',')) {
    const [, first = '', last = first, used = '1', group = '1'] =
      /^(\d+)(?:-(\d+))?(?::(\d+)\/(\d+))?$/.exec(part) ?? [];
    const start = Number(first);
    const end = Math.min(Number(last), mostCpus);
    if (first === '') continue;
    for (let cpu = start; cpu <= end; cpu++) {
      if ((cpu - start) % Math.max(1, Number(group)) < Number(used)) cpus.add(cpu);
    }
  }
  return cpus;
}

/** The shortest list of single CPUs and ranges: `2-7,10`. */
export function cpuListOf(cpus: Iterable<number>): string {
  const ranges: [first: number, last: number][] = [];
  for (const cpu of [...cpus].sort((a, b) => a - b)) {
    const range = ranges.at(-1);
    if (range !== undefined && cpu <= range[1] + 1) range[1] = cpu;
    else ranges.push([cpu, cpu]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}
