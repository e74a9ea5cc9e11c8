import { bytesOfAmount } from '../../schema/host-profile-partitions.ts';
import type { SourceNode } from '../../source/source-node.ts';
import { expandCpuList } from './cpu.ts';
import { reservedPages } from './hugepages.ts';
import { argumentName, argumentText } from './kernel-arguments.ts';
import type { ProfileCheck } from './profile-check.ts';

/** Below this a live system with a few services runs out of memory: the figure of the smallest machine that was tried. */
const leastMemoryLeft = 2 ** 30;

/** Settings against the machine that the profile says it is for. */
export function checkMachine(check: ProfileCheck): void {
  if (check.spec.machine === undefined) return;
  checkCounts(check);
  checkCpuLists(check);
  checkHyperThreading(check);
  checkMemory(check);
  checkPageSizes(check);
}

function checkCounts({ spec: { machine }, at, value }: ProfileCheck): void {
  const { cpus, threadsPerCore = 1, numaNodes = 1 } = machine ?? {};
  if (cpus === undefined) return;
  if (cpus % threadsPerCore !== 0)
    value(
      at('machine', 'threadsPerCore'),
      `${cpus} CPUs are no whole number of cores with ${threadsPerCore} threads.`,
    );
  if (numaNodes > cpus)
    value(at('machine', 'numaNodes'), `${numaNodes} NUMA nodes are more than there are CPUs.`);
}

/** A list of CPUs in the profile, whichever of its two ways it is written in. */
interface CpuPlace {
  readonly cpus: ReadonlySet<number>;
  readonly node: SourceNode;
}

function isolatedIn({ spec, at }: ProfileCheck): CpuPlace | undefined {
  if (spec.cpu?.isolated !== undefined)
    return { cpus: expandCpuList(spec.cpu.isolated), node: at('cpu', 'isolated') };
  for (const [index, argument] of spec.kernel.arguments.entries()) {
    const text = argumentText(argument);
    if (argumentName(text) !== 'isolcpus') continue;
    // Flags such as managed_irq and domain stand in front of the list.
    const list = text
      .slice('isolcpus='.length)
      .split(',')
      .filter((part) => /^\d/.test(part));
    return { cpus: expandCpuList(list.join(',')), node: at('kernel', 'arguments', index) };
  }
  return undefined;
}

function checkCpuLists(check: ProfileCheck): void {
  const { spec, at, contradiction } = check;
  const cpus = spec.machine?.cpus;
  if (cpus === undefined) return;
  const outside = ({ cpus: listed, node }: CpuPlace, what: string) => {
    const beyond = [...listed].filter((cpu) => cpu >= cpus);
    if (beyond.length === 0) return;
    const shown =
      beyond.length > 4
        ? `${beyond.slice(0, 4).join(', ')} and ${beyond.length - 4} more`
        : beyond.join(', ');
    contradiction(
      node,
      `The machine has the CPUs 0 to ${cpus - 1}, but ${shown} ${beyond.length === 1 ? 'is' : 'are'} ${what}.`,
    );
  };
  const isolated = isolatedIn(check);
  if (isolated !== undefined) {
    outside(isolated, 'isolated');
    let left = 0;
    for (let cpu = 0; cpu < cpus; cpu++) if (!isolated.cpus.has(cpu)) left++;
    if (left === 0)
      contradiction(
        isolated.node,
        `All ${cpus} CPUs of the machine are isolated; none is left for the system.`,
      );
  }
  const { housekeeping } = spec.cpu ?? {};
  if (housekeeping !== undefined)
    outside({ cpus: expandCpuList(housekeeping), node: at('cpu', 'housekeeping') }, 'for housekeeping');
}

/** Linux numbers the second threads of all cores behind the first ones on nearly every server. */
function checkHyperThreading(check: ProfileCheck): void {
  const { spec, rendered, value } = check;
  const { cpus, threadsPerCore = 1 } = spec.machine ?? {};
  const off = rendered.kernelArguments.find((text) => /^nosmt\b|^mitigations=auto,nosmt$/.test(text));
  const isolated = isolatedIn(check);
  if (cpus === undefined || threadsPerCore < 2 || off === undefined || isolated === undefined) return;
  const cores = cpus / threadsPerCore;
  const second = [...isolated.cpus].filter((cpu) => cpu >= cores && cpu < cpus);
  if (second.length === 0) return;
  value(
    isolated.node,
    `${off} switches second threads off: of ${cpus} CPUs ${cores} are left, and the isolated ones from ${second[0]} on are most likely among those that are gone.`,
  );
}

function checkMemory({ spec, rendered, at, contradiction, value }: ProfileCheck): void {
  const { machine, hugepages } = spec;
  const reserved = reservedPages(rendered.kernelArguments);
  const bytes = reserved.reduce((sum, { pageBytes, count }) => sum + pageBytes * count, 0);
  const node = hugepages === undefined ? at('kernel', 'arguments') : at('hugepages', 'pages');
  for (const { argument, nodes } of reserved) {
    const unknown = nodes.find((number) => number >= (machine?.numaNodes ?? 1));
    if (unknown !== undefined)
      contradiction(
        node,
        `${argument} is for NUMA node ${unknown}, but the machine has ${machine?.numaNodes ?? 1}.`,
      );
  }
  const memory = bytesOfAmount(machine?.memory ?? '');
  if (memory === undefined || bytes === 0) return;
  const words = `${inGibibytes(bytes)} GiB of huge pages, and the machine has ${inGibibytes(memory)} GiB of memory`;
  if (bytes >= memory) contradiction(node, `The profile reserves ${words}.`);
  else if (memory - bytes < leastMemoryLeft)
    value(node, `The profile reserves ${words}: less than 1 GiB is left for everything else.`);
}

function inGibibytes(bytes: number): string {
  return String(Math.round((bytes / 2 ** 30) * 100) / 100);
}

/** arch/x86/mm/hugetlbpage.c: without the flag the kernel refuses the size and reserves nothing. */
function checkPageSizes({ spec, rendered, at, contradiction }: ProfileCheck): void {
  const flags = spec.machine?.cpuFlags;
  if (flags === undefined || flags.includes('pdpe1gb')) return;
  const gigantic = reservedPages(rendered.kernelArguments).some(({ pageBytes }) => pageBytes === 2 ** 30);
  if (!gigantic) return;
  const index = (spec.hugepages?.pages ?? []).findIndex(({ size }) => size === '1G');
  contradiction(
    index < 0 ? at('kernel', 'arguments') : at('hugepages', 'pages', index),
    'Pages of 1 GiB need a CPU with the flag pdpe1gb, and machine.cpuFlags does not name it.',
  );
}
