const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/**
 * Users and groups of every image: Debian's base-passwd (passwd.master and group.master of bookworm), and those of the
 * base system, of udev and of what cloud-init and an SSH server need.
 */
export const baseAccounts = words(`
  root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc gnats _apt nobody
  adm tty disk kmem dialout fax voice cdrom floppy tape sudo audio dip operator src shadow utmp video sasl plugdev staff
  users nogroup
  systemd-journal systemd-network systemd-resolve systemd-timesync systemd-coredump messagebus input kvm render sgx
  netdev crontab sshd _ssh ssl-cert polkitd uuidd tss
`);

/** Accounts of well-known packages whose names do not show it. */
export const accountsOfPackage: ReadonlyMap<string, readonly string[]> = new Map([
  ['docker.io', ['docker']],
  ['docker-ce', ['docker']],
  ['libvirt-daemon-system', ['libvirt', 'libvirt-qemu', 'libvirt-dnsmasq']],
  ['qemu-system-x86', ['libvirt-qemu']],
  ['chrony', ['_chrony']],
  ['ntpsec', ['ntpsec']],
  ['lldpd', ['_lldpd']],
  ['snmpd', ['Debian-snmp']],
  ['nginx', ['www-data']],
  ['haproxy', ['haproxy']],
  ['keepalived', ['keepalived_script']],
  ['rpcbind', ['_rpc']],
  ['nfs-common', ['statd', '_rpc']],
  ['dnsmasq', ['dnsmasq']],
  ['frr', ['frr', 'frrvty']],
  ['bind9', ['bind']],
  ['unbound', ['unbound']],
  ['postgresql', ['postgres']],
  ['mariadb-server', ['mysql']],
  ['redis-server', ['redis']],
  ['ceph-common', ['ceph']],
  ['glusterfs-server', ['gluster']],
  ['etcd-server', ['etcd']],
  ['openvswitch-switch', ['openvswitch']],
  ['prometheus', ['prometheus']],
  ['prometheus-node-exporter', ['prometheus']],
  ['tcpdump', ['tcpdump']],
  ['wireshark-common', ['wireshark']],
  ['fwupd', ['fwupd-refresh']],
  ['tftpd-hpa', ['tftp']],
  ['isc-dhcp-server', ['dhcpd']],
  ['kea-common', ['_kea']],
  ['squid', ['proxy']],
  ['zabbix-agent', ['zabbix']],
  ['telegraf', ['telegraf']],
  ['influxdb', ['influxdb']],
  ['grafana', ['grafana']],
  ['rdma-core', ['rdma']],
  ['stunnel4', ['stunnel4']],
  ['postfix', ['postfix', 'postdrop']],
  ['exim4-base', ['Debian-exim']],
  ['pcscd', ['pcscd']],
  ['usbmuxd', ['usbmux']],
  ['avahi-daemon', ['avahi']],
  ['bluez', ['bluetooth']],
]);
