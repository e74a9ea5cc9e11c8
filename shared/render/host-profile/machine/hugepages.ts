import type { HostProfile } from '../../../schema/host-profile.ts';
import type { Contribution } from '../contribution.ts';
import { kernelSize } from '../kernel/kernel-size.ts';

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

/** Pages that a kernel command line reserves. */
export interface ReservedPages {
  readonly argument: string;
  /** Bytes of one page. */
  readonly pageBytes: number;
  readonly count: number;
  /** Numbers of the NUMA nodes that are named (`hugepages=0:4,1:4`). */
  readonly nodes: readonly number[];
}

/** arch/x86/mm/hugetlbpage.c, `arch_hugetlb_valid_size`: the sizes of amd64, of which the second is not in every CPU. */
const pageSizes: readonly number[] = [2 ** 21, 2 ** 30];

export function isPageSize(text: string): boolean {
  return pageSizes.includes(kernelSize(text));
}

/** Of another size nothing is reserved. */
function bytesOfPage(text: string): number {
  return isPageSize(text) ? kernelSize(text) : 0;
}

/**
 * What `hugepagesz=` and `hugepages=` of a command line reserve, as mm/hugetlb.c reads them; the size of x86 without one
 * in front is 2 MiB.
 */
export function reservedPages(kernelArguments: readonly string[]): ReservedPages[] {
  const reserved: ReservedPages[] = [];
  const standing = kernelArguments.find((text) => text.startsWith('default_hugepagesz='));
  let pageBytes = bytesOfPage(standing?.slice('default_hugepagesz='.length) ?? '2M');
  for (const argument of kernelArguments) {
    const [name, value = ''] = argument.split('=', 2);
    if (name === 'hugepagesz' || argument === standing) pageBytes = bytesOfPage(value);
    // What stands behind the digits is passed over.
    const [read] = /^\d+(:\d+(,\d+:\d+)*)?/.exec(value) ?? [];
    if (name !== 'hugepages' || read === undefined) continue;
    const byNode = read.includes(':') ? read.split(',').map((part) => part.split(':').map(Number)) : [];
    const count = byNode.length === 0 ? Number(read) : byNode.reduce((sum, [, pages = 0]) => sum + pages, 0);
    reserved.push({ argument, pageBytes, count, nodes: byNode.map(([node = 0]) => node) });
  }
  return reserved;
}
