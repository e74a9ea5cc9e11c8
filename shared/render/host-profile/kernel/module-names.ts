/** Names under which modules are looked for, with those that they have in Debian 12 (Linux 6.1). */
const otherNames: Readonly<Record<string, string>> = {
  bond: 'bonding',
  bridge_netfilter: 'br_netfilter',
  conntrack: 'nf_conntrack',
  iptables: 'ip_tables',
  ipvs: 'ip_vs',
  // Linux 4.17 to 5.1 put them into others.
  nf_conntrack_ipv4: 'nf_conntrack',
  nf_conntrack_ipv6: 'nf_conntrack',
  nf_nat_ipv4: 'nf_nat',
  nf_nat_ipv6: 'nf_nat',
  nf_tables_inet: 'nf_tables',
  nf_tables_ipv4: 'nf_tables',
  nf_tables_ipv6: 'nf_tables',
  nftables: 'nf_tables',
  overlay2: 'overlay',
  overlayfs: 'overlay',
  vlan: '8021q',
};

export function comparableModule(name: string): string {
  return name.replaceAll('-', '_');
}

/** The module that is meant by a name that none has. */
export function otherModuleName(name: string): string | undefined {
  const key = comparableModule(name);
  return Object.hasOwn(otherNames, key) ? otherNames[key] : undefined;
}

/** Parameters of Linux 6.1 in Debian 12 (modinfo -p), of modules that nobody builds otherwise; those behind the bar may stand without a value. */
const table = `
  bonding all_slaves_active max_bonds tx_queues num_grat_arp num_unsol_na miimon updelay downdelay use_carrier mode primary primary_reselect lacp_rate ad_select min_links xmit_hash_policy arp_interval arp_ip_target arp_validate arp_all_targets fail_over_mac resend_igmp packets_per_slave lp_interval |
  dummy numdummies |
  loop max_loop max_part hw_queue_depth |
  nbd nbds_max max_part |
  nf_conntrack hashsize expect_hashsize | acct tstamp enable_hooks
  vfio_iommu_type1 dma_entry_limit | allow_unsafe_interrupts disable_hugepages
  vfio_pci ids | nointxmask disable_vga disable_idle_d3 enable_sriov disable_denylist
  zram num_devices |
`;

export interface ModuleParameters {
  readonly all: readonly string[];
  readonly withoutValue: readonly string[];
}

/** Parameters by module, of a few that profiles often set. */
export const parametersOfModule: ReadonlyMap<string, ModuleParameters> = new Map(
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [valued = '', bare = ''] = line.trim().split('|');
      const [name = '', ...names] = valued.trim().split(' ');
      const withoutValue = bare.trim().split(' ').filter(Boolean);
      return [name, { all: [...names, ...withoutValue], withoutValue }];
    }),
);
