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

/** Why the kernel passes over one of these arguments. */
export interface PassedOverPages {
  /** Its place on the command line. */
  readonly index: number;
  readonly why: string;
}

/** What the arguments of a command line reserve, and those that the kernel passes over. */
interface HugepageReading {
  readonly reserved: readonly ReservedPages[];
  readonly passedOver: readonly PassedOverPages[];
}

export function reservedPages(kernelArguments: readonly string[]): readonly ReservedPages[] {
  return readHugepages(kernelArguments).reserved;
}

/** Pages in front of any size: they are of the one that turns out to be the default. */
const ofDefault = 'default';

/**
 * mm/hugetlb.c of Linux 6.1, `hugepagesz_setup`, `default_hugepagesz_setup` and `hugepages_setup`: every size counts
 * once, and so does every number of pages. The default of x86 is 2 MiB.
 */
export function readHugepages(kernelArguments: readonly string[]): HugepageReading {
  const bySize = new Map<number | typeof ofDefault, ReservedPages>();
  const passedOver: PassedOverPages[] = [];
  const sizes = new Set<number>();
  let size: number | typeof ofDefault = ofDefault;
  let standing: number | undefined;
  let isSizeTaken = true;
  let last: { readonly size: number | typeof ofDefault; readonly argument: string } | undefined;
  for (const [index, argument] of kernelArguments.entries()) {
    const [name, value = ''] = argument.split('=', 2);
    const bytes = kernelSize(value);
    if (name === 'hugepagesz' || name === 'default_hugepagesz') {
      const isDefault = name === 'default_hugepagesz';
      // The default may be named again, for its number of pages.
      const isAgain = isDefault
        ? standing !== undefined
        : sizes.has(bytes) && (bytes !== standing || bySize.has(bytes));
      isSizeTaken = isPageSize(value) && !isAgain;
      if (isPageSize(value) && isAgain)
        passedOver.push({
          index,
          why: isDefault
            ? 'the default size is set once'
            : 'this size stands before it already, and the number of pages behind it is passed over as well',
        });
      if (!isSizeTaken) continue;
      if (!isDefault || !sizes.has(bytes)) size = bytes;
      sizes.add(bytes);
      if (isDefault) standing = bytes;
      const before = bySize.get(ofDefault);
      if (isDefault && before !== undefined) {
        bySize.delete(ofDefault);
        bySize.set(bytes, { ...before, pageBytes: bytes });
      }
      continue;
    }
    // What stands behind the digits is passed over.
    const [read] = name === 'hugepages' ? (/^\d+(:\d+(,\d+:\d+)*)?/.exec(value) ?? []) : [];
    if (read === undefined) continue;
    // The size in front of it is told already; the next number is of the size before that.
    const isRefused = !isSizeTaken;
    isSizeTaken = true;
    if (isRefused) continue;
    if (last?.size === size) {
      passedOver.push({ index, why: `${last.argument} stands before it for pages of the same size` });
      continue;
    }
    const byNode = read.includes(':') ? read.split(',').map((part) => part.split(':').map(Number)) : [];
    const count = byNode.length === 0 ? Number(read) : byNode.reduce((sum, [, pages = 0]) => sum + pages, 0);
    const pageBytes = size === ofDefault ? (pageSizes[0] ?? 0) : size;
    bySize.set(size, { argument, pageBytes, count, nodes: byNode.map(([node = 0]) => node) });
    last = { size, argument };
  }
  return { reserved: [...bySize.values()], passedOver: [...passedOver, ...turnedRound(kernelArguments)] };
}

/** `hugepages=16 hugepagesz=1G` and no more: the number is of 2 MiB, and 1 GiB has none. */
function turnedRound(kernelArguments: readonly string[]): PassedOverPages[] {
  const own = kernelArguments.filter((text) => /^(default_)?hugepagesz?=/.test(text));
  const [count = '', size = ''] = own;
  const bytes = size.startsWith('hugepagesz=') ? kernelSize(size.slice('hugepagesz='.length)) : 0;
  if (own.length !== 2 || !count.startsWith('hugepages=') || bytes !== pageSizes[1]) return [];
  const why = `no hugepages= stands behind it, and ${count} in front of it is of pages of 2 MiB. Write the size first`;
  return [{ index: kernelArguments.indexOf(size), why }];
}
