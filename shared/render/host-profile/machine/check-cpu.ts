import type { ProfileCheck } from '../profile-check.ts';
import { type Remedy, removed, replaced } from '../remedy.ts';
import { cpuListOf, cpuListProblem, expandCpuList, lastCpu } from './cpu-list.ts';

export function checkCpu({ spec: { cpu, machine }, at, isRead, contradiction, value }: ProfileCheck): void {
  if (cpu === undefined) return;
  for (const key of ['isolated', 'housekeeping'] as const) {
    const list = cpu[key];
    const problem = list === undefined ? undefined : cpuListProblem(list, lastCpu(machine));
    if (list === undefined || problem === undefined) continue;
    const turned = list.replaceAll(/(\d+)-(\d+)/g, (range, first, second) =>
      Number(first) > Number(second) ? `${second}-${first}` : range,
    );
    value(
      at('cpu', key),
      `The kernel refuses ${list} as a whole: ${problem}.`,
      ...(turned === list ? [] : [replaced(turned, 'cpu', key)]),
    );
  }
  if (cpu.isolated === undefined) {
    if (cpu.nohz && isRead('cpu', 'isolated'))
      value(at('cpu', 'nohz'), 'nohz has no effect without isolated CPUs.', removed('cpu', 'nohz'));
    return;
  }
  const last = lastCpu(machine);
  const isolated = expandCpuList(cpu.isolated, last);
  const node = at('cpu', 'isolated');
  // That all of them are is told against the machine.
  const areAll = machine?.cpus !== undefined && isolated.size >= machine.cpus;
  if (isolated.has(0) && !areAll)
    value(
      node,
      'CPU 0 is isolated. It boots the machine and serves interrupts; leave it to the system.',
      ...isolatedWithout(isolated, (number) => number === 0),
    );
  const shared = [...expandCpuList(cpu.housekeeping ?? '', last)].filter((number) => isolated.has(number));
  if (shared.length > 0)
    contradiction(
      at('cpu', 'housekeeping'),
      `CPU ${shared.slice(0, 8).join(', ')} cannot be both isolated and for housekeeping.`,
      ...housekeepingWithout(expandCpuList(cpu.housekeeping ?? '', last), isolated),
    );
}

function housekeepingWithout(housekeeping: ReadonlySet<number>, isolated: ReadonlySet<number>): Remedy[] {
  const left = [...housekeeping].filter((number) => !isolated.has(number));
  return left.length === 0 ? [] : [replaced(cpuListOf(left), 'cpu', 'housekeeping')];
}

function isolatedWithout(isolated: ReadonlySet<number>, isLeftOut: (cpu: number) => boolean): Remedy[] {
  const left = [...isolated].filter((number) => !isLeftOut(number));
  return left.length === 0 ? [] : [replaced(cpuListOf(left), 'cpu', 'isolated')];
}
