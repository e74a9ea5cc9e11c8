import type { HostProfile } from '../../../schema/host-profile.ts';
import type { Contribution } from '../contribution.ts';
import { behindFlags } from './cpu-list.ts';

/**
 * Documentation/admin-guide/kernel-parameters.rst. `managed_irq` keeps the interrupts of multi-queue devices away too.
 * The IOMMU of AMD is on by default and knows no "on"; Intel's must be asked for.
 */
export function renderCpu({ cpu }: HostProfile['spec']): Contribution {
  if (cpu === undefined) return {};
  const { isolated, housekeeping, nohz, mitigations, iommu } = cpu;
  const kernelArguments: string[] = [];
  if (isolated !== undefined) {
    const list = behindFlags(isolated);
    kernelArguments.push(`isolcpus=managed_irq,domain,${list}`);
    if (nohz) kernelArguments.push(`nohz_full=${list}`);
    kernelArguments.push(`rcu_nocbs=${list}`);
  }
  if (housekeeping !== undefined) kernelArguments.push(`irqaffinity=${housekeeping}`);
  if (mitigations !== undefined) kernelArguments.push(`mitigations=${mitigations}`);
  if (iommu) kernelArguments.push('intel_iommu=on', 'iommu=pt');
  return { kernelArguments };
}
