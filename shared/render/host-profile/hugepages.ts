import type { HostProfile } from '../../schema/host-profile.ts';
import type { Contribution } from './contribution.ts';

/**
 * Documentation/admin-guide/mm/hugetlbpage.rst: pages are reserved at boot, while memory is not fragmented yet; every
 * hugepages= belongs to the hugepagesz= in front of it.
 */
export function renderHugepages({ hugepages, transparentHugepages }: HostProfile['spec']): Contribution {
  const kernelArguments: string[] = [];
  if (hugepages?.default !== undefined) kernelArguments.push(`default_hugepagesz=${hugepages.default}`);
  for (const { size, count } of hugepages?.pages ?? [])
    kernelArguments.push(`hugepagesz=${size}`, `hugepages=${count}`);
  if (transparentHugepages !== undefined)
    kernelArguments.push(`transparent_hugepage=${transparentHugepages}`);
  return { kernelArguments };
}
