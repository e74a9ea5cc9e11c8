/**
 * Parameters of lists for older kernels, with what became of them. Looked for in the sources of Linux 6.1, which has
 * none of these names; systemd-sysctl passes over them.
 */
const gone: ReadonlyMap<string, string> = new Map([
  ['net/ipv4/tcp_tw_recycle', 'Linux has it no more since 4.12: it broke connections through NAT'],
  ['net/ipv4/tcp_prequeue', 'Linux has it no more'],
  ['net/ipv4/tcp_frto_response', 'Linux has it no more'],
  ['net/ipv4/tcp_max_ssthresh', 'Linux has it no more'],
  ['net/ipv4/tcp_abc', 'Linux has it no more'],
  ['net/ipv4/ip_conntrack_max', 'it is called net.netfilter.nf_conntrack_max'],
  ['net/ipv4/netfilter/ip_conntrack_max', 'it is called net.netfilter.nf_conntrack_max'],
  ...[
    'migration_cost_ns',
    'min_granularity_ns',
    'wakeup_granularity_ns',
    'latency_ns',
    'nr_migrate',
    'tunable_scaling',
  ].map(
    (name) =>
      [`kernel/sched_${name}`, 'since 5.13 it is no sysctl, but a file of /sys/kernel/debug/sched'] as const,
  ),
  ['kernel/exec-shield', 'it was of Red Hat’s kernels'],
  ['kernel/random/read_wakeup_threshold', 'Linux has it no more'],
  ['vm/block_dump', 'Linux has it no more'],
  ['vm/scan_unevictable_pages', 'Linux has it no more'],
  ['vm/nr_pdflush_threads', 'Linux has it no more'],
  ['vm/hugepages_treat_as_movable', 'Linux has it no more'],
]);

/** Why there is no such parameter, by its name in the canonical spelling; undefined for all others. */
export function whyGone(name: string): string | undefined {
  return gone.get(name);
}
