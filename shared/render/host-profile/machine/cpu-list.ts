/**
 * Lists of CPUs as the kernel reads them (Documentation/admin-guide/kernel-parameters.rst, “cpu lists”; lib/bitmap.c,
 * `bitmap_parselist`): numbers, ranges, the first 2 of every 4 (`0-31:2/4`), `N` for the last CPU, and `all`.
 */

/** The last CPU of a machine that is not stated: more than any kernel of Debian supports (CONFIG_NR_CPUS). */
export const lastOfAny = 8191;

/** The last CPU of the machine that a profile states. */
export function lastCpu(machine: { readonly cpus?: number | undefined } | undefined): number {
  return machine?.cpus === undefined ? lastOfAny : machine.cpus - 1;
}

interface Region {
  readonly first: number;
  readonly last: number;
  readonly used: number;
  readonly group: number;
}

function readRegion(part: string, lastOnMachine: number): Region | undefined {
  const number = '\\d+|N';
  const match = new RegExp(`^(?:(all)|(${number})(?:-(${number}))?)(?::(\\d+)/(\\d+))?$`).exec(
    part.replace(/^all/i, 'all'),
  );
  if (match === null) return undefined;
  const [, all, start = '0', end, used, group] = match;
  // A pattern stands behind a range only.
  if (used !== undefined && all === undefined && end === undefined) return undefined;
  const numberOf = (text: string) => (text === 'N' ? lastOnMachine : Number(text));
  const last = all === undefined ? numberOf(end ?? start) : lastOnMachine;
  return { first: numberOf(start), last, used: Number(used ?? 1), group: Number(group ?? 1) };
}

/** The CPUs of a list; descending ranges are empty. */
export function expandCpuList(list: string, lastOnMachine = lastOfAny): Set<number> {
  const cpus = new Set<number>();
  for (const part of list.split(',')) {
    const region = readRegion(part, lastOnMachine);
    if (region === undefined) continue;
    const { first, last, used, group } = region;
    for (let cpu = first; cpu <= Math.min(last, lastOfAny); cpu++)
      if ((cpu - first) % Math.max(1, group) < used) cpus.add(cpu);
  }
  return cpus;
}

/** Why the kernel refuses a list, which it does as a whole (`bitmap_check_region`); undefined where it takes it. */
export function cpuListProblem(list: string, lastOnMachine = lastOfAny): string | undefined {
  for (const part of list.split(',')) {
    // `bitmap_find_region` goes past commas that have nothing between them.
    if (part === '' && list !== '') continue;
    const region = readRegion(part, lastOnMachine);
    if (region === undefined) return `${part} is no number and no range`;
    if (region.first > region.last) {
      const meant = part.includes('N') && lastOnMachine !== lastOfAny ? ` (N is ${lastOnMachine})` : '';
      return `in ${part} the end of a range lies before its start${meant}`;
    }
    if (region.group === 0 || region.used > region.group)
      return `${part} takes ${region.used} of every ${region.group} CPUs`;
  }
  return undefined;
}

/** The shortest list of single CPUs and ranges: `2-7,10`. What reaches the last of any machine ends with `N`. */
export function cpuListOf(cpus: Iterable<number>): string {
  const ranges: [first: number, last: number][] = [];
  for (const cpu of [...cpus].sort((a, b) => a - b)) {
    const range = ranges.at(-1);
    if (range !== undefined && cpu <= range[1] + 1) range[1] = cpu;
    else ranges.push([cpu, cpu]);
  }
  const numbered = (cpu: number) => (cpu === lastOfAny ? 'N' : String(cpu));
  return ranges
    .map(([first, last]) => (first === last ? numbered(first) : `${first}-${numbered(last)}`))
    .join(',');
}

/**
 * kernel/sched/isolation.c, `housekeeping_isolcpus_setup`: what starts with a letter is read as a flag in front of the
 * list, so that `isolcpus=all` isolates nothing. A part that starts with a digit ends the flags.
 */
export function behindFlags(list: string): string {
  const parts = list.split(',').map((part) => part.replace(/^all/i, '0-N'));
  return [...parts.filter((part) => /^\d/.test(part)), ...parts.filter((part) => !/^\d/.test(part))].join(
    ',',
  );
}
