/**
 * Well-known units with the packages that bring them, in Debian and in the repositories of Kubernetes and cri-o. Units
 * of the base system and of the elements that every image has are left out, and so is what many packages depend on.
 */
const table = `
  apt-cacher-ng.service apt-cacher-ng
  auditd.service auditd
  bluetooth.service bluez
  chrony.service chrony
  chronyd.service chrony
  clamav-daemon.service clamav-daemon
  collectd.service collectd-core
  conntrackd.service conntrackd
  containerd.service containerd containerd.io docker.io docker-ce
  corosync.service corosync
  crio.service cri-o
  dnsmasq.service dnsmasq
  docker.service docker.io docker-ce
  docker.socket docker.io docker-ce
  fail2ban.service fail2ban
  firewalld.service firewalld
  frr.service frr
  glusterd.service glusterfs-server
  haproxy.service haproxy
  haveged.service haveged
  irqbalance.service irqbalance
  iscsid.service open-iscsi
  kdump-tools.service kdump-tools
  keepalived.service keepalived
  kubelet.service kubelet kubeadm
  libvirtd.service libvirt-daemon-system libvirt-daemon
  lldpad.service lldpad
  lldpd.service lldpd
  mdmonitor.service mdadm
  multipathd.service multipath-tools
  netfilter-persistent.service iptables-persistent netfilter-persistent
  NetworkManager.service network-manager
  nfs-server.service nfs-kernel-server
  nfs-kernel-server.service nfs-kernel-server
  nftables.service nftables
  nginx.service nginx nginx-light nginx-full nginx-core nginx-extras
  ntp.service ntpsec ntp
  ntpsec.service ntpsec
  open-iscsi.service open-iscsi
  open-vm-tools.service open-vm-tools
  openvswitch-switch.service openvswitch-switch
  phc2sys@.service linuxptp
  prometheus-node-exporter.service prometheus-node-exporter
  ptp4l@.service linuxptp
  qemu-guest-agent.service qemu-guest-agent
  rasdaemon.service rasdaemon
  rngd.service rng-tools5
  rpcbind.service rpcbind nfs-common nfs-kernel-server
  rsyslog.service rsyslog
  smartd.service smartmontools
  smartmontools.service smartmontools
  snmpd.service snmpd
  squid.service squid
  strongswan-starter.service strongswan-starter strongswan
  sysstat.service sysstat
  tgt.service tgt
  tuned.service tuned
  ufw.service ufw
  unattended-upgrades.service unattended-upgrades
  unbound.service unbound
  watchdog.service watchdog
  zfs-import-cache.service zfsutils-linux
  zfs-mount.service zfsutils-linux
`;

const packagesByUnit: ReadonlyMap<string, readonly string[]> = new Map(
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [unit = '', ...packages] = line.trim().split(' ');
      return [unit, packages];
    }),
);

/** Packages that bring a unit, or its template; one of them is enough, and the first is what is proposed. */
export function packagesOfUnit(unit: string): readonly string[] | undefined {
  return packagesByUnit.get(unit) ?? packagesByUnit.get(unit.replace(/@[^.]*(?=\.)/, '@'));
}

/** `nginx` of `nginx:amd64=1.22.1-9` and of `nginx/bookworm-backports`. */
export function bareName(packageName: string): string {
  return packageName.split(/[:=/]/, 1)[0] ?? packageName;
}
