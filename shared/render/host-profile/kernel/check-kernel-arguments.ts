import type { HostProfile } from '../../../schema/host-profile.ts';
import { reservedPages } from '../machine/hugepages.ts';
import type { ProfileCheck } from '../profile-check.ts';
import { type Remedy, removed, replaced, titled } from '../remedy.ts';
import { renderHostProfile } from '../render-host-profile.ts';
import { argumentName, argumentText } from './kernel-arguments.ts';
import { excludeEachOther } from './repeated-arguments.ts';

/** Kernel arguments that a section of the profile writes, with the section. */
const writtenBySection: Readonly<Record<string, string>> = {
  isolcpus: 'cpu.isolated',
  nohz_full: 'cpu.nohz',
  rcu_nocbs: 'cpu.isolated',
  irqaffinity: 'cpu.housekeeping',
  mitigations: 'cpu.mitigations',
  intel_iommu: 'cpu.iommu',
  iommu: 'cpu.iommu',
  default_hugepagesz: 'hugepages.default',
  hugepagesz: 'hugepages.pages',
  hugepages: 'hugepages.pages',
  transparent_hugepage: 'transparentHugepages',
  apparmor: 'apparmor.enabled',
  crashkernel: 'kdump.memory',
};

export function checkKernelArguments(check: ProfileCheck): void {
  const { spec, at, isRead, contradiction } = check;
  const fromSections = argumentsOfSections(spec);
  const reserves = reservedPages(check.rendered.kernelArguments).some(({ count }) => count > 0);
  const earlier: string[] = [];
  for (const [index, argument] of spec.kernel.arguments.entries()) {
    const text = argumentText(argument);
    const name = argumentName(text);
    const node = at('kernel', 'arguments', index);
    const section = Object.hasOwn(writtenBySection, name) ? writtenBySection[name] : undefined;
    const generated = fromSections.get(name);
    const without = removed('kernel', 'arguments', index);
    const isOfSection = section !== undefined && isRead(...section.split('.'));
    if (generated !== undefined && isOfSection && clashes(name, generated, text))
      contradiction(
        node,
        `${text} is set here, but ${section} sets ${generated}. Keep one of both.`,
        without,
      );
    const before = earlier.findLast(
      (each) => argumentName(each) === name && excludeEachOther(name, each, text),
    );
    if (before !== undefined)
      contradiction(
        node,
        `${text} is set here, but ${before} stands before it. The kernel takes only one of both.`,
        without,
      );
    earlier.push(text);
    if (reserves && takesHugePages(text))
      contradiction(node, hugePagesTaken(text), withHugetlb(argument, index));
    const turnedOn = turnsIommuOff(spec, text, earlier);
    if (turnedOn !== undefined) contradiction(node, turnedOn, without);
  }
  checkConsoles(check, fromSections);
}

export function takesHugePages(text: string): boolean {
  return /^cgroup_disable=(.*,)?hugetlb\b/.test(text);
}

export function hugePagesTaken(text: string): string {
  return `${text} takes huge pages away from containers, but the profile reserves some.`;
}

/** A sentence on an argument that turns the IOMMU off, where the profile or an argument before it turns it on. */
export function turnsIommuOff(
  { cpu }: HostProfile['spec'],
  text: string,
  earlier: readonly string[],
): string | undefined {
  if (text !== 'iommu=off' && text !== 'amd_iommu=off') return undefined;
  if (cpu?.iommu) return `${text} turns the IOMMU off, but cpu.iommu turns it on.`;
  const turnsOn = earlier.some((each) => /^intel_iommu=on|^amd_iommu=(?!off)/.test(each));
  return text === 'iommu=off' && turnsOn
    ? `${text} turns the IOMMU off, but an argument before it turns it on.`
    : undefined;
}

/** Pages of a section and those of arguments would be mixed up: which size a count is for is told by their order. */
function clashes(name: string, generated: string, text: string): boolean {
  if (name === 'hugepages' || name === 'hugepagesz') return generated !== text;
  return excludeEachOther(name, generated, text);
}

/** The argument with the other control groups that it names, or none. */
function withHugetlb(argument: HostProfile['spec']['kernel']['arguments'][number], index: number): Remedy {
  const path = ['kernel', 'arguments', index] as const;
  const groups = argumentText(argument).slice('cgroup_disable='.length).split(',');
  const left = groups.filter((group) => group !== 'hugetlb').join(',');
  if (left === '') return titled('Remove this argument', removed(...path));
  const change =
    typeof argument === 'string'
      ? replaced(`cgroup_disable=${left}`, ...path)
      : replaced(left, ...path, 'value');
  return titled(`Change to cgroup_disable=${left}`, change);
}

function argumentsOfSections(spec: HostProfile['spec']): Map<string, string> {
  const { kernelArguments } = renderHostProfile({ ...spec, kernel: { ...spec.kernel, arguments: [] } });
  return new Map(kernelArguments.map((text) => [portOf(text) ?? argumentName(text), text]));
}

/** A port has one speed: the kernel sets up the first console= of a port and leaves out the others (register_console). */
function checkConsoles(
  { spec, at, isRead, contradiction }: ProfileCheck,
  fromSections: Map<string, string>,
): void {
  const seen = new Map<string, string>();
  for (const [index, argument] of spec.kernel.arguments.entries()) {
    const text = argumentText(argument);
    const port = portOf(text);
    if (port === undefined) continue;
    const node = at('kernel', 'arguments', index);
    const section = fromSections.get(port);
    const before = seen.get(port);
    if (section !== undefined && section !== text && isRead('console'))
      contradiction(
        node,
        `${text} is set here, but the section console sets ${section}. Keep one of both.`,
        removed('kernel', 'arguments', index),
      );
    else if (before !== undefined && before !== text)
      contradiction(
        node,
        `${text} is set here, but ${before} stands before it.`,
        removed('kernel', 'arguments', index),
      );
    seen.set(port, before ?? text);
  }
}

/** `console=ttyS0` of `console=ttyS0,115200`. */
export function portOf(text: string): string | undefined {
  return /^console=[^,]+/.exec(text)?.[0];
}
