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

/** Pages that a kernel command line reserves. */
export interface ReservedPages {
  readonly argument: string;
  /** Bytes of one page. */
  readonly pageBytes: number;
  readonly count: number;
  /** Numbers of the NUMA nodes that are named (`hugepages=0:4,1:4`). */
  readonly nodes: readonly number[];
}

const bytesOfPage: Readonly<Record<string, number>> = {
  '2M': 2 ** 21,
  '2097152': 2 ** 21,
  '1073741824': 2 ** 30,
  '1048576K': 2 ** 30,
  '2048K': 2 ** 21,
  '1G': 2 ** 30,
  '1024M': 2 ** 30,
};

/** lib/cmdline.c, `memparse`: small letters are units as well, and what follows the unit is passed over. */
function bytesOfSize(text: string): number {
  return bytesOfPage[text.toUpperCase().replace(/B$/, '')] ?? 0;
}

/** What `hugepagesz=` and `hugepages=` of a command line reserve; the size of x86 without one in front is 2 MiB. */
export function reservedPages(kernelArguments: readonly string[]): ReservedPages[] {
  const reserved: ReservedPages[] = [];
  const standing = kernelArguments.find((text) => text.startsWith('default_hugepagesz='));
  let pageBytes = bytesOfSize(standing?.slice('default_hugepagesz='.length) ?? '2M');
  for (const argument of kernelArguments) {
    const [name, value = ''] = argument.split('=', 2);
    if (name === 'hugepagesz') pageBytes = bytesOfSize(value);
    if (name !== 'hugepages' || !/^\d+(:\d+(,\d+:\d+)*)?$/.test(value)) continue;
    const byNode = value.includes(':') ? value.split(',').map((part) => part.split(':').map(Number)) : [];
    const count = byNode.length === 0 ? Number(value) : byNode.reduce((sum, [, pages = 0]) => sum + pages, 0);
    reserved.push({ argument, pageBytes, count, nodes: byNode.map(([node = 0]) => node) });
  }
  return reserved;
}
