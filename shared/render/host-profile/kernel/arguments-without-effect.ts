/** Why an argument does nothing, and what is meant where that is another one. */
export interface WithoutEffect {
  /** Behind “NAME=VALUE does nothing: ”, without its full stop. */
  readonly why: string;
  /** The whole argument that is meant. */
  readonly instead?: string;
}

type Judge = (value: string | undefined) => WithoutEffect | undefined;

const always =
  (why: string, instead?: string): Judge =>
  () => ({ why, ...(instead === undefined ? {} : { instead }) });

/** The same value behind another name. */
const renamed =
  (why: string, name: string): Judge =>
  (value) => ({ why, instead: value === undefined ? name : `${name}=${value}` });

const whereOn =
  (judge: Judge): Judge =>
  (value) =>
    value === undefined || /^([1-9]|[yt]|on)/i.test(value) ? judge(value) : undefined;

const nowhere = 'Linux 6.1 has no such argument';
const allControlGroups = `${nowhere}. Every control group is on, unless cgroup_disable= names it`;
const ofPci = 'it is a word of pci=';
const ofDracut =
  'it is dracut’s, and the initramfs of these images is made by initramfs-tools, which does not look at it';

/**
 * Arguments that are handed on from one howto to the next. Read in the sources of Linux 6.1 and in the configuration of
 * Debian 12's kernels: nothing there reads them, or what reads them only writes a line to the log.
 */
const judges: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  // block/elevator.c: “does not have any effect anymore”.
  [
    'elevator',
    always(
      'schedulers are chosen for each disk, in /sys/block/NAME/queue/scheduler or by a rule of udev that writes there',
    ),
  ],
  ['cgroup_enable', always(allControlGroups)],
  ['cgroup_memory', always(allControlGroups)],
  // mm/memcontrol.c, setup_swap_account: a message and nothing else.
  ['swapaccount', always('swap is always counted, and each control group sets its own memory.swap.max')],
  [
    'panic_on_oops',
    (value) => ({
      why: 'it is the name of a sysctl. The argument is oops=panic',
      ...(value === '0' ? {} : { instead: 'oops=panic' }),
    }),
  ],
  ['noibrs', always(`${nowhere}; it is Red Hat’s. Mitigations of this kind are chosen with spectre_v2=`)],
  ['noibpb', always(`${nowhere}; it is Red Hat’s. Mitigations of this kind are chosen with spectre_v2=`)],
  ['kpti', renamed('it is for arm64. On amd64 the argument is pti=', 'pti')],
  ['ssbd', always('it is for arm64. On amd64 the argument is spec_store_bypass_disable=')],
  ['noexec', always('amd64 keeps data from being executed whatever is said here')],
  ['nosmep', always('it is for PowerPC. On amd64 nothing turns SMEP off but clearcpuid=smep')],
  ['nosmap', always('it is for PowerPC. On amd64 nothing turns SMAP off but clearcpuid=smap')],
  ['nordrand', always(`${nowhere} since 6.0; random.trust_cpu=off leaves RDRAND out of account`)],
  ['noht', always(`${nowhere}. Second threads are switched off with nosmt`, 'nosmt')],
  ['no-hlt', always(`${nowhere}. CPUs are kept awake with idle=poll`, 'idle=poll')],
  ['numa_zonelist_order', always('there is one order of zones alone since 4.14')],
  ['scsi_mod.use_blk_mq', always('every SCSI disk has several queues since 5.0')],
  // drivers/md/dm-rq.c: “Unused, but preserved for userspace compatibility”.
  ['dm_mod.use_blk_mq', always('every disk has several queues since 5.0')],
  ['cma', always('Debian’s kernels are built without CMA')],
  ['hugetlb_cma', always('Debian’s kernels are built without CMA')],
  [
    'biosdevname',
    whereOn(always('Debian has no biosdevname. Names of cards come from systemd (net.ifnames=)')),
  ],
  ['rhgb', always('it is the start screen of Red Hat')],
  ['rdblacklist', renamed(ofDracut, 'modprobe.blacklist')],
  ['rd.driver.blacklist', renamed(ofDracut, 'modprobe.blacklist')],
  ...['pcie_bus_safe', 'pcie_bus_perf', 'pcie_bus_peer2peer', 'nommconf', 'noaer'].map(
    (word): [string, Judge] => [word, always(ofPci, `pci=${word}`)],
  ),
  ['blacklist', renamed('the argument is modprobe.blacklist=', 'modprobe.blacklist')],
  ['kvm.nested', always('the parameter is that of kvm_intel or of kvm_amd, such as kvm_intel.nested=1')],
  ['hugepagesize', renamed('the argument is hugepagesz=', 'hugepagesz')],
  ['default_hugepagesize', renamed('the argument is default_hugepagesz=', 'default_hugepagesz')],
  ['nr_hugepages', renamed('it is the name of a sysctl. The argument is hugepages=', 'hugepages')],
  [
    'disable_ipv6',
    whereOn(always('it is the name of a sysctl. The argument is ipv6.disable=1', 'ipv6.disable=1')),
  ],
  ['cpufreq.governor', renamed('the argument is cpufreq.default_governor=', 'cpufreq.default_governor')],
  ['cpufreq_governor', renamed('the argument is cpufreq.default_governor=', 'cpufreq.default_governor')],
]);

/** dracut.cmdline(7). */
const namesOfDracut = /^rd\.(auto|dm|driver|iscsi|luks|lvm|md|multipath|neednet|nvmf|shell|znet)(\.|$)/;

/** Bare, the functions behind these refuse them or read nothing (kernel/params.c: a number needs its digits). */
const needsValue: ReadonlySet<string> = new Set(
  `cgroup_disable cpuidle.off crashkernel default_hugepagesz hugepages hugepagesz intel_idle.max_cstate intel_iommu
  intel_pstate ipv6.disable irqaffinity isolcpus loglevel maxcpus mem mitigations modprobe.blacklist module_blacklist
  net.ifnames nohz_full nr_cpus panic processor.max_cstate transparent_hugepage vfio-pci.ids`
    .trim()
    .split(/\s+/),
);

/** Kernels of Debian; another may have what this one lacks. */
const debianKernel = /^linux-image-((rt|cloud)-)?amd64$|^linux-image-\d/;

/** What is said of an argument that this profile's kernel and initramfs pass over; undefined for all others. */
export function argumentWithoutEffect(
  text: string,
  { kernelPackage, others }: { readonly kernelPackage: string; readonly others: readonly string[] },
): WithoutEffect | undefined {
  if (!debianKernel.test(kernelPackage)) return undefined;
  const name = text.split('=', 1)[0] ?? text;
  const value = text === name ? undefined : text.slice(name.length + 1);
  if (name === 'selinux') return selinux(others);
  const [, refused] = /^([\w-]+)\.blacklist=(?:1|y|yes|on|true)$/i.exec(text) ?? [];
  if (refused !== undefined && refused !== 'modprobe')
    return { why: 'no module has such a parameter', instead: `modprobe.blacklist=${refused}` };
  if (value === undefined && (needsValue.has(name) || name.startsWith('sysctl.')))
    return { why: `there is no value behind it, such as ${name}=…` };
  return judges.get(name)?.(value) ?? (namesOfDracut.test(name) ? { why: ofDracut } : undefined);
}

/** SECURITY_SELINUX_BOOTPARAM is not set in Debian's configuration; its selinux-activate writes both of them. */
function selinux(others: readonly string[]): WithoutEffect | undefined {
  if (others.some((text) => /^(security=|lsm=(.*,)?)selinux\b/.test(text))) return undefined;
  return {
    why: 'Debian’s kernels do not look at it. SELinux is off unless security=selinux chooses it in AppArmor’s place',
  };
}
