/**
 * Names that profiles often hold. None of these lists is complete, so that a name outside them is no mistake; one that
 * is a single letter away from one of them most likely is.
 */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

export const kernelPackages = words('linux-image-amd64 linux-image-rt-amd64 linux-image-cloud-amd64');

export const kernelArguments = words(`
  acpi amd_iommu amd_pstate apparmor audit audit_backlog_limit clocksource cgroup_disable console
  crashkernel default_hugepagesz earlycon earlyprintk efi fsck.mode fsck.repair hugepages hugepagesz idle init
  initrd initcall_debug intel_idle.max_cstate intel_iommu intel_pstate iommu ip ipv6.disable irqaffinity isolcpus
  kvm-intel.nested libata.force lockdown loglevel lsm maxcpus mce mem memmap mitigations modprobe.blacklist
  module_blacklist net.ifnames nmi_watchdog noapic nohz nohz_full nolapic nomodeset nopti nosmp nosmt nosoftlockup
  nowatchdog nr_cpus numa numa_balancing oops panic panic_on_warn pci pcie_aspm plymouth.enable preempt printk.devkmsg
  processor.max_cstate quiet rcu_nocb_poll rcu_nocbs rcupdate.rcu_expedited rd.break root rootdelay rootwait security
  selinux single skew_tick softlockup_panic splash swiotlb systemd.log_level systemd.unified_cgroup_hierarchy systemd.unit
  transparent_hugepage tsc usbcore.autosuspend vfio-pci.ids vga video
`);

export const kernelModules = words(`
  8021q bonding br_netfilter bridge dm_crypt dm_mod dm_multipath dm_thin_pool dummy i40e iavf ice igb_uio igbvf ip6_tables
  ip6table_filter ip6table_mangle ip6table_nat ip6table_raw ip_set ip_tables ip_vs ip_vs_lc ip_vs_rr ip_vs_sh ip_vs_wlc
  ip_vs_wrr ipip ipmi_devintf ipmi_msghandler ipmi_si ipt_REJECT iptable_filter iptable_mangle iptable_nat iptable_raw ipvlan
  iscsi_tcp ixgbe ixgbevf kvm_amd kvm_intel macvlan macvtap megaraid_sas mlx4_core mlx4_en mlx4_ib mlx5_core mlx5_ib mpt3sas
  nbd nf_conntrack nf_nat nf_tables nfnetlink nfsd nvme_core nvme_fabrics nvme_rdma nvme_tcp openvswitch overlay pcspkr rbd
  rdma_cm sctp softdog squashfs tcp_bbr tls tun uio uio_pci_generic usb_storage veth vfio vfio-pci vfio_iommu_type1 vhost
  vhost_net vhost_vsock virtio_blk virtio_net virtio_scsi vrf vxlan wireguard xfrm_user xt_REDIRECT xt_conntrack xt_set zram
`);

export const sysctlKeys = words(`
  fs.aio-max-nr fs.file-max fs.inotify.max_queued_events fs.inotify.max_user_instances fs.inotify.max_user_watches fs.nr_open
  fs.protected_fifos fs.protected_hardlinks fs.protected_regular fs.protected_symlinks fs.suid_dumpable kernel.core_pattern
  kernel.core_uses_pid kernel.dmesg_restrict kernel.hung_task_timeout_secs kernel.kptr_restrict kernel.msgmax kernel.msgmnb
  kernel.numa_balancing kernel.panic kernel.panic_on_oops kernel.perf_event_paranoid kernel.pid_max kernel.printk
  kernel.randomize_va_space kernel.sched_rt_runtime_us kernel.sem kernel.shmall kernel.shmmax kernel.shmmni kernel.softlockup_panic
  kernel.sysrq kernel.threads-max kernel.timer_migration kernel.unprivileged_bpf_disabled kernel.watchdog
  kernel.watchdog_thresh kernel.yama.ptrace_scope net.bridge.bridge-nf-call-arptables net.bridge.bridge-nf-call-ip6tables
  net.bridge.bridge-nf-call-iptables net.core.bpf_jit_enable net.core.default_qdisc net.core.netdev_budget
  net.core.netdev_max_backlog net.core.optmem_max net.core.rmem_default net.core.rmem_max net.core.somaxconn
  net.core.wmem_default net.core.wmem_max net.ipv4.conf.all.accept_redirects net.ipv4.conf.all.accept_source_route
  net.ipv4.conf.all.arp_announce net.ipv4.conf.all.arp_ignore net.ipv4.conf.all.forwarding net.ipv4.conf.all.log_martians
  net.ipv4.conf.all.rp_filter net.ipv4.conf.all.secure_redirects net.ipv4.conf.all.send_redirects net.ipv4.icmp_echo_ignore_all
  net.ipv4.icmp_echo_ignore_broadcasts net.ipv4.ip_forward net.ipv4.ip_local_port_range net.ipv4.ip_local_reserved_ports
  net.ipv4.ip_nonlocal_bind net.ipv4.neigh.default.gc_interval net.ipv4.neigh.default.gc_stale_time
  net.ipv4.neigh.default.gc_thresh1 net.ipv4.neigh.default.gc_thresh2 net.ipv4.neigh.default.gc_thresh3 net.ipv4.ping_group_range
  net.ipv4.tcp_congestion_control net.ipv4.tcp_ecn net.ipv4.tcp_fastopen net.ipv4.tcp_fin_timeout net.ipv4.tcp_keepalive_intvl
  net.ipv4.tcp_keepalive_probes net.ipv4.tcp_keepalive_time net.ipv4.tcp_max_orphans net.ipv4.tcp_max_syn_backlog
  net.ipv4.tcp_max_tw_buckets net.ipv4.tcp_mem net.ipv4.tcp_mtu_probing net.ipv4.tcp_retries1 net.ipv4.tcp_retries2
  net.ipv4.tcp_rmem net.ipv4.tcp_sack net.ipv4.tcp_slow_start_after_idle net.ipv4.tcp_syn_retries net.ipv4.tcp_synack_retries
  net.ipv4.tcp_syncookies net.ipv4.tcp_timestamps net.ipv4.tcp_tw_reuse net.ipv4.tcp_window_scaling net.ipv4.tcp_wmem
  net.ipv4.udp_mem net.ipv6.conf.all.accept_ra net.ipv6.conf.all.accept_redirects net.ipv6.conf.all.autoconf
  net.ipv6.conf.all.disable_ipv6 net.ipv6.conf.all.forwarding net.ipv6.neigh.default.gc_thresh1 net.ipv6.neigh.default.gc_thresh2
  net.ipv6.neigh.default.gc_thresh3 net.netfilter.nf_conntrack_buckets net.netfilter.nf_conntrack_max
  net.netfilter.nf_conntrack_tcp_timeout_close_wait net.netfilter.nf_conntrack_tcp_timeout_established
  net.nf_conntrack_max user.max_user_namespaces vm.dirty_background_bytes vm.dirty_background_ratio vm.dirty_bytes
  vm.dirty_expire_centisecs vm.dirty_ratio vm.dirty_writeback_centisecs vm.max_map_count vm.min_free_kbytes vm.mmap_min_addr
  vm.nr_hugepages vm.nr_overcommit_hugepages vm.overcommit_memory vm.overcommit_ratio vm.panic_on_oom vm.stat_interval
  vm.swappiness vm.vfs_cache_pressure vm.zone_reclaim_mode
`);

/** The folders of /proc/sys. */
export const sysctlAreas = words('abi crypto debug dev fs kernel net sunrpc user vm');

export const units = words(`
  apparmor.service apt-daily-upgrade.timer apt-daily.timer auditd.service bluetooth.service chrony.service containerd.service
  cron.service dbus.service docker.service docker.socket e2scrub_all.timer fstrim.timer getty@tty1.service haveged.service
  irqbalance.service iscsid.service keepalived.service kubelet.service libvirtd.service lldpad.service
  lldpd.service logrotate.timer man-db.timer mdmonitor.service multipathd.service netfilter-persistent.service
  networking.service NetworkManager.service nfs-server.service nftables.service nscd.service ntpsec.service
  open-iscsi.service openvswitch-switch.service qemu-guest-agent.service rasdaemon.service rpcbind.service
  rsyslog.service serial-getty@ttyS0.service serial-getty@ttyS1.service smartmontools.service snmpd.service
  ssh.service ssh.socket sysstat.service systemd-journald.service systemd-networkd-wait-online.service
  systemd-networkd.service systemd-resolved.service systemd-timesyncd.service tuned.service udisks2.service
  ufw.service unattended-upgrades.service watchdog.service wpa_supplicant.service
`);

export const packages = words(`
  apparmor apparmor-utils auditd bash-completion bind9-dnsutils bind9-host bridge-utils build-essential busybox
  ca-certificates chrony cloud-init conntrack conntrackd containerd cpufrequtils cron cryptsetup curl dbus
  debootstrap dmidecode dnsmasq dnsutils docker.io dosfstools e2fsprogs ebtables ethtool fio firewalld gdisk git gnupg grub-pc
  haproxy hdparm hping3 htop hwloc ifenslave iftop inetutils-ping infiniband-diags initramfs-tools iotop iperf iperf3 ipmitool
  iproute2 ipset iptables iputils-arping iputils-ping iputils-tracepath ipvsadm irqbalance jq kdump-tools keepalived
  kexec-tools less libvirt-daemon-system linuxptp lldpad lldpd lm-sensors locales logrotate lshw lsof lsscsi lvm2 lvm2-lockd
  makedumpfile man-db mdadm mtr-tiny multipath-tools nano ncdu net-tools netcat-openbsd netplan.io
  network-manager nfs-common nfs-kernel-server nftables nginx nmap ntpsec numactl numad nvme-cli open-iscsi open-vm-tools
  openssh-client openssh-server openssl openvswitch-switch parted pciutils podman procps psmisc python3 python3-yaml
  qemu-guest-agent rasdaemon rdma-core rsync rsyslog runc screen sdparm sg3-utils skopeo smartmontools snmpd socat squashfs-tools
  strace stress-ng sudo sysstat systemd-resolved systemd-timesyncd tcpdump telnet tmux traceroute tuned udev unzip usbutils
  util-linux vim vim-tiny vlan watchdog wget wireguard wireguard-tools xfsprogs zstd
`);

/** Those of Debian 12, in main and non-free-firmware. */
export const firmwarePackages = words(`
  amd64-microcode atmel-firmware bluez-firmware firmware-amd-graphics firmware-ast firmware-ath9k-htc firmware-atheros
  firmware-bnx2 firmware-bnx2x firmware-brcm80211 firmware-cavium firmware-intel-sound firmware-ipw2x00 firmware-ivtv
  firmware-iwlwifi firmware-libertas firmware-linux firmware-linux-free firmware-linux-nonfree firmware-misc-nonfree
  firmware-myricom firmware-netronome firmware-netxen firmware-nvidia-gsp firmware-nvidia-tesla-gsp firmware-qcom-media
  firmware-qcom-soc firmware-qlogic firmware-realtek firmware-realtek-rtl8723cs-bt firmware-samsung firmware-siano
  firmware-sof-signed firmware-ti-connectivity firmware-zd1211 intel-microcode
`);

/** Beside them those that later releases took out of firmware-misc-nonfree: no mistakes, but not offered either. */
export const knownFirmwarePackages = [
  ...firmwarePackages,
  ...words(`
    firmware-cirrus firmware-intel-graphics firmware-intel-misc firmware-marvell-prestera firmware-mediatek
    firmware-nvidia-graphics
  `),
];

/** Arguments of the kubelet in the versions 1.20 to 1.31, those that were taken away in between included. */
export const kubeletArguments = words(`
  address allowed-unsafe-sysctls anonymous-auth application-metrics-count-limit authentication-token-webhook
  authentication-token-webhook-cache-ttl authorization-mode authorization-webhook-cache-authorized-ttl
  authorization-webhook-cache-unauthorized-ttl azure-container-registry-config boot-id-file bootstrap-kubeconfig cert-dir
  cgroup-driver cgroup-root cgroups-per-qos client-ca-file cloud-config cloud-provider cluster-dns cluster-domain
  cni-bin-dir cni-cache-dir cni-conf-dir config config-dir container-hints container-log-max-files container-log-max-size
  container-runtime container-runtime-endpoint containerd containerd-namespace contention-profiling cpu-cfs-quota
  cpu-cfs-quota-period cpu-manager-policy cpu-manager-policy-options cpu-manager-reconcile-period docker docker-endpoint
  dynamic-config-dir enable-controller-attach-detach enable-debugging-handlers enable-load-reader enable-server
  enforce-node-allocatable event-burst event-qps event-storage-age-limit event-storage-event-limit eviction-hard
  eviction-max-pod-grace-period eviction-minimum-reclaim eviction-pressure-transition-period eviction-soft
  eviction-soft-grace-period exit-on-lock-contention experimental-allocatable-ignore-eviction experimental-bootstrap-kubeconfig
  experimental-check-node-capabilities-before-mount experimental-kernel-memcg-notification experimental-mounter-path
  fail-cgroupv1 fail-swap-on feature-gates file-check-frequency global-housekeeping-interval hairpin-mode healthz-bind-address
  healthz-port hostname-override housekeeping-interval http-check-frequency image-credential-provider-bin-dir
  image-credential-provider-config image-gc-high-threshold image-gc-low-threshold image-pull-progress-deadline
  image-service-endpoint iptables-drop-bit iptables-masquerade-bit keep-terminated-pod-volumes kernel-memcg-notification
  kube-api-burst kube-api-content-type kube-api-qps kube-reserved kube-reserved-cgroup kubeconfig kubelet-cgroups
  local-storage-capacity-isolation lock-file log-backtrace-at log-cadvisor-usage log-dir log-file log-file-max-size
  log-flush-frequency log-json-info-buffer-size log-json-split-stream log-text-info-buffer-size log-text-split-stream
  logging-format logtostderr machine-id-file make-iptables-util-chains manifest-url manifest-url-header
  master-service-namespace max-open-files max-pods maximum-dead-containers maximum-dead-containers-per-container
  memory-manager-policy minimum-container-ttl-duration minimum-image-ttl-duration network-plugin network-plugin-mtu node-ip
  node-labels node-status-max-images node-status-update-frequency non-masquerade-cidr oom-score-adj pod-cidr
  pod-infra-container-image pod-manifest-path pod-max-pids pods-per-core port protect-kernel-defaults provider-id qos-reserved
  read-only-port really-crash-for-testing redirect-container-streaming register-node register-schedulable
  register-with-taints registry-burst registry-qps reserved-cpus reserved-memory resolv-conf rkt-api-endpoint root-dir
  rotate-certificates rotate-server-certificates runonce runtime-cgroups runtime-request-timeout seccomp-default
  seccomp-profile-root serialize-image-pulls skip-headers skip-log-headers stderrthreshold storage-driver-buffer-duration
  storage-driver-db storage-driver-host storage-driver-password storage-driver-secure storage-driver-table
  storage-driver-user streaming-connection-idle-timeout sync-frequency system-cgroups system-reserved system-reserved-cgroup
  tls-cert-file tls-cipher-suites tls-min-version tls-private-key-file topology-manager-policy
  topology-manager-policy-options topology-manager-scope volume-plugin-dir volume-stats-agg-period vmodule
`);

/** Those of them that profiles set and that versions of today still have; addresses and names are the host's own. */
export const usualKubeletArguments = words(`
  allowed-unsafe-sysctls cluster-dns cluster-domain container-log-max-files container-log-max-size cpu-manager-policy
  cpu-manager-policy-options eviction-hard eviction-soft eviction-soft-grace-period fail-swap-on feature-gates
  image-gc-high-threshold image-gc-low-threshold kube-reserved max-pods memory-manager-policy node-labels pod-max-pids
  protect-kernel-defaults register-with-taints reserved-cpus reserved-memory resolv-conf root-dir rotate-server-certificates
  serialize-image-pulls system-reserved topology-manager-policy topology-manager-scope v
`);

/** What is there, one letter away from a name above: Debian 12, Linux 6.1. */
const namesBeside: ReadonlySet<string> = new Set(
  words(`
    cython3 fdisk gnubg gperf hatop isync ltrace nanoc openssn python3-yaql python3-yarl qperf runsc sdpam snapd telnetd tmuxp
    wmget xtrace zsync
    ip_vs_dh ip_vs_mh nft_nat nvmet_rdma nvmet_tcp rdma_ucm
    nosmap nosmep
    kernel.msgmni net.ipv4.conf.all.arp_filter net.ipv4.tcp_dsack net.ipv4.tcp_fack
  `).map(comparable),
);

const shortest = 5;

/**
 * The known name that a name is one letter away from (or one swap of neighbours), or undefined. A digit more or less
 * is another thing and no slip (`eth0`, `eth1`), and of short words too many lie near to each other.
 */
export function meantName(name: string, known: readonly string[]): string | undefined {
  const plain = comparable(name);
  if (plain.length < shortest) return undefined;
  const candidates = preparedNames(known);
  if (candidates.has(plain) || namesBeside.has(plain)) return undefined;
  for (const [other, candidate] of candidates) {
    // Nearly every slip leaves one of the first two letters, and this spares most of the comparing.
    if (Math.abs(other.length - plain.length) > 1 || (other[0] !== plain[0] && other[1] !== plain[1]))
      continue;
    if (isOneSlipApart(plain, other) && !differsInDigits(plain, other)) return candidate;
  }
  return undefined;
}

/**
 * Whether one letter is replaced, left out or added, or two neighbours are swapped: an edit distance of 1. In one pass,
 * because a profile has thousands of names, which are compared with hundreds after every keystroke.
 */
function isOneSlipApart(a: string, b: string): boolean {
  let start = 0;
  const shorter = Math.min(a.length, b.length);
  while (start < shorter && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA--;
    endB--;
  }
  const [left, right] = [endA - start, endB - start];
  if (left + right === 1 || (left === 1 && right === 1)) return true;
  return left === 2 && right === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}

const prepared = new WeakMap<readonly string[], ReadonlyMap<string, string>>();

function preparedNames(known: readonly string[]): ReadonlyMap<string, string> {
  let names = prepared.get(known);
  if (names === undefined) {
    names = new Map(known.map((name) => [comparable(name), name]));
    prepared.set(known, names);
  }
  return names;
}

/** Not when two digits only changed places, as in amd46. */
function differsInDigits(a: string, b: string): boolean {
  const digits = (text: string) => [...text.replace(/\D/g, '')].sort().join('');
  return a.replace(/\d/g, '') === b.replace(/\d/g, '') && digits(a) !== digits(b);
}

/** The kernel takes `-` for `_` in names of modules and arguments. */
function comparable(name: string): string {
  return name.replaceAll('-', '_');
}
