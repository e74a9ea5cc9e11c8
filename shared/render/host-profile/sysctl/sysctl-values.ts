import { sysctlKeys } from '../likely-names.ts';
import { canonicalSysctlKey } from './sysctl.ts';

/**
 * Least and largest value that the kernel takes: extra1 and extra2 of the tables in Linux 6.1 on amd64. The least
 * `pid_max` is higher on machines of many CPUs (kernel/pid.c).
 */
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  'fs/protected_fifos': [0, 2],
  'fs/protected_hardlinks': [0, 1],
  'fs/protected_regular': [0, 2],
  'fs/protected_symlinks': [0, 1],
  'fs/suid_dumpable': [0, 2],
  'kernel/dmesg_restrict': [0, 1],
  'kernel/kptr_restrict': [0, 2],
  'kernel/numa_balancing': [0, 4],
  'kernel/pid_max': [301, 4_194_304],
  'kernel/softlockup_panic': [0, 1],
  'kernel/timer_migration': [0, 1],
  'kernel/unprivileged_bpf_disabled': [0, 2],
  'kernel/watchdog': [0, 1],
  'kernel/watchdog_thresh': [0, 60],
  'kernel/yama/ptrace_scope': [0, 3],
  'net/core/bpf_jit_enable': [0, 2],
  'net/core/bpf_jit_harden': [0, 2],
  'net/ipv4/icmp_echo_ignore_all': [0, 1],
  'net/ipv4/icmp_echo_ignore_broadcasts': [0, 1],
  'net/ipv4/ip_default_ttl': [1, 255],
  // proc_dou8vec_minmax of kernel/sysctl.c: one byte.
  'net/ipv4/tcp_keepalive_probes': [0, 255],
  'net/ipv4/tcp_retries1': [0, 255],
  'net/ipv4/tcp_retries2': [0, 255],
  'net/ipv4/tcp_synack_retries': [0, 255],
  'net/ipv4/tcp_syn_retries': [1, 127],
  'net/ipv4/tcp_tw_reuse': [0, 2],
  'vm/dirty_background_ratio': [0, 100],
  'vm/dirty_ratio': [0, 100],
  'vm/overcommit_memory': [0, 2],
  'vm/panic_on_oom': [0, 2],
  'vm/swappiness': [0, 200],
};

/** Parameters of several numbers: how many, and what they are. Each is as large as the one before it, or larger. */
const rows: Readonly<Record<string, readonly string[]>> = {
  'net/ipv4/ip_local_port_range': ['the first port', 'the last port'],
  'net/ipv4/tcp_rmem': ['min', 'default', 'max'],
  'net/ipv4/tcp_wmem': ['min', 'default', 'max'],
};

/** Of the known parameters those that take words, or lists with commas. */
const ofWords: ReadonlySet<string> = new Set([
  'kernel/core_pattern',
  'net/core/default_qdisc',
  'net/ipv4/ip_local_reserved_ports',
  'net/ipv4/tcp_congestion_control',
]);

const ofNumbers: ReadonlySet<string> = new Set(
  sysctlKeys.map(canonicalSysctlKey).filter((name) => !ofWords.has(name)),
);

/** Least and largest value of a parameter in its canonical spelling, where the kernel has such. */
export function sysctlRange(name: string): readonly [number, number] | undefined {
  return Object.hasOwn(ranges, name) ? ranges[name] : undefined;
}

/** What the numbers of a parameter are, where it takes several. */
export function sysctlRow(name: string): readonly string[] | undefined {
  return Object.hasOwn(rows, name) ? rows[name] : undefined;
}

/** Whether a parameter takes numbers alone; those of one interface take what those of all do. */
export function takesNumbers(name: string): boolean {
  const ofAll = name.replace(/^(net\/ipv[46]\/conf)\/[^/]+\//, '$1/all/');
  return ofNumbers.has(ofAll.replace(/^(net\/ipv[46]\/neigh)\/[^/]+\//, '$1/default/'));
}

/** As `proc_get_long` of kernel/sysctl.c reads them: with - but not +, in hexadecimal too, with blanks between. */
export function areNumbers(text: string): boolean {
  return text
    .trim()
    .split(/\s+/)
    .every((each) => /^-?(0x[\da-f]+|\d+)$/i.test(each));
}
