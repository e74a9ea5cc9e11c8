import { bytesOfAmount } from '../../../schema/host-profile-partitions.ts';
import type { SourceNode } from '../../../source/source-node.ts';
import { argumentName, argumentText } from '../kernel/kernel-arguments.ts';
import type { ProfileCheck } from '../profile-check.ts';
import { type Remedy, replaced, titled } from '../remedy.ts';
import { cpuListOf, expandCpuList, lastCpu } from './cpu-list.ts';
import { reservedPages } from './hugepages.ts';

/** Below this a live system with a few services runs out of memory: the figure of the smallest machine that was tried. */
const leastMemoryLeft = 2 ** 30;

/** Settings against the machine that the profile says it is for. */
export function checkMachine(check: ProfileCheck): void {
  if (check.spec.machine === undefined || !check.isRead('machine')) return;
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
  /** The setting of “cpu” that holds it; undefined for an argument of the kernel. */
  readonly key?: 'isolated' | 'housekeeping';
}

/** The list without some of its CPUs, as long as any are left. */
function without({ cpus, key }: CpuPlace, isLeftOut: (cpu: number) => boolean): Remedy[] {
  const left = [...cpus].filter((cpu) => !isLeftOut(cpu));
  return key === undefined || left.length === 0 ? [] : [replaced(cpuListOf(left), 'cpu', key)];
}

function isolatedIn({ spec, at }: ProfileCheck): CpuPlace | undefined {
  const last = lastCpu(spec.machine);
  if (spec.cpu?.isolated !== undefined)
    return { cpus: expandCpuList(spec.cpu.isolated, last), node: at('cpu', 'isolated'), key: 'isolated' };
  for (const [index, argument] of spec.kernel.arguments.entries()) {
    const text = argumentText(argument);
    if (argumentName(text) !== 'isolcpus') continue;
    // Flags such as managed_irq and domain stand in front of the list.
    const list = text
      .slice('isolcpus='.length)
      .split(',')
      .filter((part) => /^\d/.test(part));
    return { cpus: expandCpuList(list.join(','), last), node: at('kernel', 'arguments', index) };
  }
  return undefined;
}

function checkCpuLists(check: ProfileCheck): void {
  const { spec, at, contradiction } = check;
  const cpus = spec.machine?.cpus;
  if (cpus === undefined) return;
  const outside = (place: CpuPlace, what: string) => {
    const { cpus: listed, node } = place;
    const beyond = [...listed].filter((cpu) => cpu >= cpus);
    if (beyond.length === 0) return;
    const shown =
      beyond.length > 4
        ? `${beyond.slice(0, 4).join(', ')} and ${beyond.length - 4} more`
        : beyond.join(', ');
    contradiction(
      node,
      `The machine has the CPUs 0 to ${cpus - 1}, but ${shown} ${beyond.length === 1 ? 'is' : 'are'} ${what}.`,
      ...without(place, (cpu) => cpu >= cpus),
    );
  };
  const isolated = isolatedIn(check);
  if (isolated !== undefined) {
    outside(isolated, 'isolated');
    const threads = spec.machine?.threadsPerCore ?? 1;
    const firstCore = new Set(Array.from({ length: threads }, (_, thread) => thread * (cpus / threads)));
    let left = 0;
    for (let cpu = 0; cpu < cpus; cpu++) if (!isolated.cpus.has(cpu)) left++;
    if (left === 0)
      contradiction(
        isolated.node,
        `All ${cpus} CPUs of the machine are isolated; none is left for the system.`,
        ...without(isolated, (cpu) => cpu >= cpus || firstCore.has(cpu)),
      );
  }
  const { housekeeping } = spec.cpu ?? {};
  if (housekeeping !== undefined)
    outside(
      {
        cpus: expandCpuList(housekeeping, lastCpu(spec.machine)),
        node: at('cpu', 'housekeeping'),
        key: 'housekeeping',
      },
      'for housekeeping',
    );
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
    ...without(isolated, (cpu) => cpu >= cores),
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
  const fewer = fewerPages(hugepages?.pages, reserved.length, memory);
  if (bytes >= memory) contradiction(node, `The profile reserves ${words}.`, ...fewer);
  else if (memory - bytes < leastMemoryLeft)
    value(node, `The profile reserves ${words}: less than 1 GiB is left for everything else.`, ...fewer);
}

/** Where pages of one size alone are reserved, as many of them as leave enough memory. */
function fewerPages(
  pages: NonNullable<ProfileCheck['spec']['hugepages']>['pages'] = [],
  places: number,
  memory: number,
): Remedy[] {
  const [only] = pages;
  if (only === undefined || places > 1) return [];
  const count = Math.floor((memory - leastMemoryLeft) / (only.size === '1G' ? 2 ** 30 : 2 ** 21));
  if (count < 1) return [];
  return [
    titled(`Reserve ${count} pages, which leaves 1 GiB`, replaced(count, 'hugepages', 'pages', 0, 'count')),
  ];
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
    ...smallerPages(spec.hugepages?.pages, index),
  );
}

/** The same memory in pages of 2 MiB, where none of these are reserved yet. */
function smallerPages(
  pages: NonNullable<ProfileCheck['spec']['hugepages']>['pages'] = [],
  index: number,
): Remedy[] {
  const page = pages[index];
  if (page === undefined || pages.length > 1) return [];
  const count = page.count * 512;
  const place = ['hugepages', 'pages', index] as const;
  return [
    titled(
      `Reserve ${count} pages of 2M instead`,
      replaced('2M', ...place, 'size'),
      replaced(count, ...place, 'count'),
    ),
  ];
}
