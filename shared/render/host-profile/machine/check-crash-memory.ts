import { bytesOfAmount } from '../../../schema/host-profile-partitions.ts';
import type { SourceNode } from '../../../source/source-node.ts';
import { argumentName, argumentText } from '../kernel/kernel-arguments.ts';
import type { ProfileCheck } from '../profile-check.ts';
import { type Remedy, removed, replaced } from '../remedy.ts';
import { crashMemoryOn, parseCrashMemory } from './crash-memory.ts';
import { reservedPages } from './hugepages.ts';

/** The kernel of Debian with an unpacked initramfs of the generic modules does not start with less. */
const leastCrashMemory = 96 * 2 ** 20;

/** Memory for the crash kernel: what the kernel cannot read, and what the stated machine does not have. */
export function checkCrashMemory(check: ProfileCheck): void {
  const { spec, at } = check;
  if (spec.kdump !== undefined)
    checkAmount(check, spec.kdump.memory, at('kdump', 'memory'), replaced('512M', 'kdump', 'memory'));
  const { folder, nfs } = spec.kdump ?? {};
  // The dump is written by a start of its own, and read after another one.
  if (folder !== undefined && nfs === undefined && /^\/(tmp|run|dev|proc|sys)(\/|$)/.test(folder))
    check.value(
      at('kdump', 'folder'),
      `${folder} is empty after the next start, so that the dump is lost.`,
      replaced('/var/crash', 'kdump', 'folder'),
    );
  for (const [index, argument] of spec.kernel.arguments.entries()) {
    const text = argumentText(argument);
    const amount = text.slice('crashkernel='.length);
    // That of the section is judged there, and one that differs from it as a contradiction.
    if (argumentName(text) !== 'crashkernel' || amount === spec.kdump?.memory) continue;
    checkAmount(check, amount, at('kernel', 'arguments', index), removed('kernel', 'arguments', index));
  }
}

function checkAmount(check: ProfileCheck, text: string, node: SourceNode, remedy: Remedy): void {
  const { spec, rendered, contradiction, value } = check;
  const crash = parseCrashMemory(text);
  if (crash === undefined) {
    value(
      node,
      `The kernel cannot read crashkernel=${text} and keeps nothing for the crash kernel, so that there is never a dump. Write 512M, or by the size of the machine 2G-64G:256M,64G-:512M.`,
      remedy,
    );
    return;
  }
  const sizes = crash.type === 'fixed' ? [crash.bytes] : crash.ranges.map(({ bytes }) => bytes);
  if (sizes.every((bytes) => bytes === 0)) {
    value(node, `crashkernel=${text} keeps no memory, so that there is never a dump.`, remedy);
    return;
  }
  const most = Math.max(...sizes);
  // What lies low stands beside a larger part above 4 GiB.
  if (most < leastCrashMemory && !text.endsWith(',low')) {
    value(
      node,
      `crashkernel=${text} is too little for a kernel with its initramfs, so that there is never a dump. 256M is the least that is of use, 512M the default.`,
      remedy,
    );
    return;
  }
  const memory = bytesOfAmount(spec.machine?.memory ?? '');
  if (memory === undefined) return;
  const bytes = crashMemoryOn(crash, memory);
  const stated = `the machine has ${inGibibytes(memory)} of memory`;
  const pages = reservedPages(rendered.kernelArguments).reduce(
    (sum, { pageBytes, count }) => sum + pageBytes * count,
    0,
  );
  if (bytes === 0)
    value(node, `crashkernel=${text} keeps nothing on this machine: ${stated}, which no range covers.`);
  else if (bytes >= memory)
    contradiction(node, `${inGibibytes(bytes)} are kept for the crash kernel, but ${stated}.`, remedy);
  else if (pages < memory && bytes + pages >= memory)
    contradiction(
      node,
      `${inGibibytes(bytes)} are kept for the crash kernel and ${inGibibytes(pages)} for huge pages, but ${stated}.`,
    );
}

function inGibibytes(bytes: number): string {
  return `${Math.round((bytes / 2 ** 30) * 100) / 100} GiB`;
}
