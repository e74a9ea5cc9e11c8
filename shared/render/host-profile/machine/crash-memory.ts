import { kernelSize } from '../kernel/kernel-size.ts';

/** Memory that crashkernel= sets aside, by the kernel's own reading (kernel/crash_core.c, `parse_crashkernel`). */
export type CrashMemory =
  | { readonly type: 'fixed'; readonly bytes: number }
  | { readonly type: 'by-machine'; readonly ranges: readonly CrashMemoryRange[] };

interface CrashMemoryRange {
  /** Memory of the machine in bytes; the end is left out, and infinite when it is open. */
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
}

const amount = '(?:0x[\\da-fA-F]+|\\d+)[kmgtpeKMGTPE]?';
const fixedPattern = new RegExp(`^(${amount})(?:@${amount}|,high|,low|,cma)?$`);
const rangesPattern = new RegExp(
  `^(${amount}-(?:${amount})?:${amount}(?:,${amount}-(?:${amount})?:${amount})*)(?:@${amount})?$`,
);

/** Undefined for what the kernel takes for a mistake, so that it reserves nothing. */
export function parseCrashMemory(text: string): CrashMemory | undefined {
  const size = fixedPattern.exec(text)?.[1];
  if (size !== undefined) return { type: 'fixed', bytes: kernelSize(size) };
  const list = rangesPattern.exec(text)?.[1];
  if (list === undefined) return undefined;
  const ranges = list.split(',').map((part): CrashMemoryRange => {
    const [from = '', rest = ''] = part.split('-');
    const [to = '', bytes = ''] = rest.split(':');
    return {
      from: kernelSize(from),
      to: to === '' ? Number.POSITIVE_INFINITY : kernelSize(to),
      bytes: kernelSize(bytes),
    };
  });
  return ranges.every(({ from, to }) => to > from) ? { type: 'by-machine', ranges } : undefined;
}

/** Bytes that are set aside on a machine with this memory: the first range that it lies in decides. */
export function crashMemoryOn(crash: CrashMemory, memory: number): number {
  if (crash.type === 'fixed') return crash.bytes;
  return crash.ranges.find(({ from, to }) => memory >= from && memory < to)?.bytes ?? 0;
}
