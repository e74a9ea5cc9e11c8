/**
 * What a kernel argument sets, where it may stand several times. Read in the sources of Linux 6.1 (the functions behind
 * __setup, early_param and core_param), kmod(8) and kernel-command-line(7): each of these adds to those before it, or
 * sets something else with each of its values.
 */
const addsToOthers = new Set([
  'acpi',
  'acpi_osi',
  'amd_iommu',
  'cgroup_disable',
  'cgroup_no_v1',
  'console',
  'dyndbg',
  'efi',
  'hugepages',
  'hugepagesz',
  'initcall_blacklist',
  'intel_iommu',
  'intel_pstate',
  'iommu',
  'ivrs_acpihid',
  'ivrs_hpet',
  'ivrs_ioapic',
  'mce',
  'memmap',
  'modprobe.blacklist',
  'nmi_watchdog',
  'numa',
  'pci',
  'rdt',
  'reboot',
  'systemd.mask',
  'systemd.setenv',
  'systemd.wants',
  'tsc',
  'video',
]);

/** Values of which the kernel keeps the later one, of arguments that otherwise add to each other. */
const opposites: Readonly<Record<string, readonly (readonly string[])[]>> = {
  acpi: [['off', 'force']],
  amd_iommu: [
    ['pgtbl_v1', 'pgtbl_v2'],
    ['off', 'force_enable'],
  ],
  efi: [['runtime', 'noruntime']],
  intel_iommu: [
    ['on', 'off'],
    ['sm_on', 'sm_off'],
  ],
  intel_pstate: [['active', 'passive', 'disable']],
  iommu: [
    ['pt', 'nopt'],
    ['merge', 'nomerge'],
    ['force', 'noforce', 'off'],
  ],
  nmi_watchdog: [
    ['0', '1'],
    ['panic', 'nopanic'],
  ],
};

/** Whether the second of two arguments of one name leaves nothing of the first. */
export function excludeEachOther(name: string, first: string, second: string): boolean {
  if (first === second) return false;
  // drivers/tty/serial/earlycon.c: without a value it only asks the firmware which port that is.
  if (name === 'earlycon') return first !== name && second !== name;
  // kernel/crash_core.c, get_last_crashkernel: the last one of each kind.
  if (name === 'crashkernel') return kindOfMemory(first) === kindOfMemory(second);
  if (name.endsWith('.dyndbg')) return false;
  if (!addsToOthers.has(name)) return true;
  const valuesOf = (text: string) => text.slice(name.length + 1).split(',');
  const [before, after] = [valuesOf(first), valuesOf(second)];
  return (opposites[name] ?? []).some((group) =>
    group.some(
      (one) => before.includes(one) && group.some((other) => other !== one && after.includes(other)),
    ),
  );
}

function kindOfMemory(text: string): string {
  return /,(high|low)$/.exec(text)?.[0] ?? '';
}
