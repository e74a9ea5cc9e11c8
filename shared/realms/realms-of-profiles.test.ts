import { describe, expect, test } from 'vitest';
import { findings, hasFixOrReason } from './moved.test-support.ts';
import { certificate, profile } from './testing/edge-site.ts';

describe('a host profile', () => {
  const file = (path: string, content: string) =>
    profile(`files:\n  - {path: ${path}, content: ${JSON.stringify(content)}}`);

  test.each([
    ['/srv/tls.key', '-----BEGIN EC PRIVATE KEY-----\nAAAA\n', /^A private key is not baked/],
    [
      '/etc/ssh/ssh_host_ed25519_key.pub',
      'ssh-ed25519 AAAA',
      /^An image is for many hosts. A key of the SSH server/,
    ],
    [
      '/etc/netplan/60-x.yaml',
      'network:\n  ethernets:\n    eno1:\n      addresses: [10.0.0.1/24]\n',
      /Addresses are stamped/,
    ],
    ['/etc/systemd/network/10-x.network', '[Network]\nAddress=10.0.0.1/24\n', /Addresses are stamped/],
    [
      '/etc/network/interfaces.d/eno1',
      'iface eno1 inet static\n  address 10.0.0.1/24\n',
      /Addresses are stamped/,
    ],
    ['/etc/dhcpcd.conf', 'interface eno1\nstatic ip_address=10.0.0.9/24\n', /Addresses are stamped/],
    [
      '/etc/NetworkManager/system-connections/eno1.nmconnection',
      '[ipv4]\nmethod=manual\naddress1=10.0.0.9/24\n',
      /Addresses are stamped/,
    ],
    ['/etc/hosts', '127.0.0.1 localhost\n127.0.1.1 edge-1\n', /The line of 127.0.1.1 names one of them/],
    ['/etc/hosts', '# all\n10.20.0.11 wk-1\n10.20.0.12 registry\n', /^10.20.0.11 is the address of wk-1/],
    ['/etc/iscsi/initiatorname.iscsi', 'InitiatorName=iqn.2004-10.com.example:a\n', /^An image .* shuts one/],
    ['/etc/nvme/hostnqn', 'nqn.2014-08.org.nvmexpress:uuid:1\n', /^An image .* shuts one/],
    ['/usr/local/share/ca-certificates/edge.crt', certificate, /^A certificate of the site is stamped/],
    ['/root/.ssh/authorized_keys', 'ssh-ed25519 AAAA\n', /^SSH keys of people are stamped/],
    ['/etc/systemd/timesyncd.conf.d/x.conf', '[Time]\nNTP=10.0.0.1\n', /“ntp” of site.yaml/],
    ['/etc/systemd/resolved.conf', '[Resolve]\nDNS=10.0.0.1\n', /“dns” of site.yaml/],
    [
      '/etc/netplan/60-y.yaml',
      'network: {ethernets: {eno1: {addresses: [10.0.0.1/24]}}}',
      /Addresses are stamped/,
    ],
    ['/etc/chrony/conf.d/x.conf', 'server 10.0.0.1 iburst\n', /“ntp” of site.yaml/],
    [
      '/etc/apt/apt.conf.d/95proxy',
      'Acquire::http::Proxy "http://10.0.0.1:3128";\n',
      /“proxies” of site.yaml/,
    ],
    ['/etc/environment', 'PATH=/bin\nhttps_proxy=http://10.0.0.1:3128\n', /“proxies” of site.yaml/],
    ['/etc/profile.d/x.sh', 'export http_proxy=http://10.0.0.1:3128\n', /“proxies” of site.yaml/],
    ['/etc/default/locale', 'LANG=de_DE.UTF-8\n', /“locale” of site.yaml/],
    [
      '/etc/default/kubelet',
      'KUBELET_EXTRA_ARGS=--node-ip=10.20.0.11\n',
      /^An image .* The kubelet has another/,
    ],
    [
      '/etc/systemd/system/kubelet.service.d/20.conf',
      '[Service]\nEnvironment=KUBELET_EXTRA_ARGS=--node-ip=10.20.0.11\n',
      /^An image .* The kubelet has another/,
    ],
    [
      '/etc/kubeadm.yaml',
      'kind: InitConfiguration\nnodeRegistration:\n  kubeletExtraArgs:\n    node-ip: 10.20.0.11\n',
      /^An image .* The kubelet has another/,
    ],
    ['/etc/kubeadm.yaml', 'kind: JoinConfiguration\nnode-ip: 10.20.0.11\n', /^Joining a cluster/],
    ['/etc/k.yaml', 'apiVersion: kubeadm.k8s.io/v1beta3\nkind: JoinConfiguration\n', /^Joining a cluster/],
    ['/etc/default/grub', 'GRUB_CMDLINE_LINUX=quiet\n', /^An image on a stick never reads it/],
    ['/var/lib/cloud/seed/nocloud/meta-data', 'x', /The seed is stamped/],
    [
      '/root/join.sh',
      '#!/bin/sh\nkubeadm join 10.0.0.1:6443 --token x\n',
      /^Joining a cluster is a task of day 2/,
    ],
  ])('%s', (path, content, message) => {
    const found = findings(file(path, content));
    expect(found.map((each) => each.message)).toEqual([expect.stringMatching(message)]);
    expect(hasFixOrReason(file(path, content))).toBe(true);
  });

  test.each([
    ['"ip=10.0.0.1::10.0.0.254:255.255.255.0::eno1:none"', 1],
    ['{name: systemd.hostname, value: edge-1}', 1],
    ['"ifname=eno1:02:00:00:00:01:11"', 1],
    ['rd.iscsi.initiator=iqn.2004-10.com.example:a', 1],
    ['rd.iscsi.firmware=1', 0],
    ['ip=dhcp', 0],
    ['quiet', 0],
  ])('a kernel argument for one host: %s', (argument, count) => {
    const found = findings(profile(`kernel: {arguments: [${argument}]}`));
    expect(found.filter(({ message }) => /“kernelArguments” of its document/.test(message))).toHaveLength(
      count,
    );
  });

  test.each([
    ['login: "Ask at 10.20.0.11."', 1],
    ['motd: "This is wk-1.edge.example (10.20.0.11)"', 2],
    ['motd: "See [fd00::1] and 10.20.0.110 of wk-1"', 0],
    ['login: "\\\\n at \\\\4"', 0],
  ])('a banner with what one host has: %s', (banner, count) => {
    const found = findings(profile(`banners: {${banner}}`));
    const why = /of wk-1, .* No fix moves it: it is a part of a text/;
    expect(found.map(({ message }) => message)).toEqual(Array(count).fill(expect.stringMatching(why)));
  });

  test('a sysctl that names all hosts alike', () => {
    const found = findings(profile('sysctl: {kernel.hostname: wk-1, kernel.panic: 60}'));
    expect(found.map(({ message }) => message)).toEqual([
      expect.stringMatching(/kernel.hostname gives all of them one name/),
    ]);
  });

  const script = (lines: string) =>
    profile(
      `scripts:\n  - name: a\n    content: |\n      #!/bin/sh\n      set -e\n      true\n${lines.replace(/^/gm, '      ')}`,
    );

  test.each([
    ['kubeadm join x', /^Joining a cluster/],
    ['kubectl apply -f x', /^Applications are a task of day 2/],
    ['hostnamectl set-hostname edge-1', /The name of a host is stamped/],
    ['echo edge-1 > /etc/hostname', /The name of a host is stamped/],
    ['ip addr add 10.0.0.9/24 dev eno1', /no link comes up while it is built/],
    ['nmcli con add type ethernet ifname eno1', /no link comes up while it is built/],
    ['ifconfig eno1 10.0.0.9 up', /no link comes up while it is built/],
    ['sysctl -w vm.swappiness=1', /^It sets the kernel that builds .* “sysctl” of this profile/],
    ['echo 1 > /proc/sys/vm/swappiness', /^It sets the kernel that builds/],
    ['modprobe overlay', /“kernel.modules.load” of this profile/],
    ['apt-get update && apt-get install -y jq', /“packages.install” of this profile/],
    ['dnf install -y jq', /“packages.install” of this profile.* a profile names packages as Debian does/],
    ['apk del jq', /“packages.purge” of this profile/],
    ['systemctl enable lldpd', /“systemd” of this profile/],
    ['useradd -m ops', /“users” of this profile/],
    ['timedatectl set-timezone UTC', /“timezone” of site.yaml/],
    ['ln -sf /usr/share/zoneinfo/UTC /etc/localtime', /“timezone” of site.yaml/],
    ['echo "nameserver 10.0.0.1" > /etc/resolv.conf', /“dns” of site.yaml/],
    ['add-apt-repository x', /“repositories” of this profile/],
    ['update-grub', /“kernel.arguments” of this profile/],
    ['modprobe overlay && sysctl -w kernel.panic=3', /“kernel.modules.load” .* “sysctl” of this profile/],
    ['echo "vm.swappiness=1" >> /etc/sysctl.conf', /^This profile has “sysctl”/],
  ])('a command of a script, at its line: %s', (line, message) => {
    const found = findings(script(line));
    expect(hasFixOrReason(script(line))).toBe(true);
    expect(found.map((each) => each.message)).toEqual([expect.stringMatching(message)]);
    expect(found[0]?.range).toEqual({
      start: { line: 11, column: 9 },
      end: { line: 11, column: 9 + line.length },
    });
  });

  test.each([
    ['sysctl -p'],
    ['# modprobe overlay'],
    ['echo modprobe overlay'],
    ['cat > /etc/systemd/system/x.service <<EOF\n[Unit]\nEOF\nsystemctl enable x.service'],
    ["cat > /usr/local/sbin/a <<'EOF'\nsysctl -w vm.swappiness=1\nEOF"],
    ['apt-get clean'],
    ['pip3 install x'],
    ['systemctl set-default multi-user.target'],
  ])('says nothing of a script with %s', (line) => expect(findings(script(line))).toEqual([]));

  test('says nothing of another language', () => {
    const text = 'scripts:\n  - name: a\n    content: |\n      #!/usr/bin/python3\n      modprobe overlay\n';
    expect(findings(profile(text))).toEqual([]);
  });

  test.each([
    ['/etc/netplan/60-x.yaml', 'network: {ethernets: {eno1: {dhcp4: true}}}'],
    ['/etc/systemd/network/10-x.network', '[Network]\nDHCP=yes\n'],
    ['/etc/systemd/timesyncd.conf.d/x.conf', '[Time]\nPollIntervalMaxSec=60\n'],
    ['/etc/ssh/sshd_config.d/x.conf', 'PermitRootLogin no\n'],
    ['/etc/motd.tail', 'an address: 10.0.0.1'],
    ['/etc/hosts', '127.0.0.1 localhost\n10.20.0.99 registry\n'],
    ['/etc/iscsi/initiatorname.iscsi', 'GenerateName=yes\n'],
  ])('is left alone: %s with %j', (path, content) => {
    expect(findings(file(path, content))).toEqual([]);
  });
});
