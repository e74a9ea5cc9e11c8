import { describe, expect, test } from 'vitest';
import { analyse } from '../assist/fixes/fixes.test-support.ts';
import { offered } from './moved.test-support.ts';
import { certificate, edgeSite, profile, type Texts, userData, withText } from './testing/edge-site.ts';

function findings(texts: Texts) {
  return analyse(texts).diagnostics.filter(({ code }) => code === 'realm-other');
}

/** Either a fix moves it, or the note says in one sentence why none does. */
function hasFixOrReason(texts: Texts): boolean {
  const [note] = findings(texts);
  const isReasoned = / No fix moves it: .*[^.]\.$/.test(note?.message ?? '');
  return isReasoned !== offered(texts, 'realm-other').length > 0;
}

test('a site in which everything stands where it belongs has no finding', () => {
  expect(analyse(edgeSite).diagnostics).toEqual([]);
});

describe('user-data', () => {
  test.each([
    ['packages: [jq]', /^Packages belong to the host profile/],
    ['packages:\n  - [jq, 1.6-2]', /^Packages belong/],
    [
      'apt: {sources: {edge: {source: "deb http://packages.edge.example bookworm main"}}}',
      /^Repositories belong/,
    ],
    [
      'apt: {sources: {k: {source: "deb http://p.example/k / ", keyid: 7FCC7D46ACCC4CF8, keyserver: k.example}}}',
      /No fix moves it: its key is only named, 7FCC7D46ACCC4CF8/,
    ],
    [
      'apt: {sources: {k: {source: "deb http://p.example/k $RELEASE main"}}}',
      /\$RELEASE is filled in on the host/,
    ],
    [
      'apt: {sources: {k: {source: "deb [trusted=yes] http://p.example/k /"}}}',
      /no word for \[trusted=yes\]/,
    ],
    ['apt: {sources: {k: {source: "ppa:a/b"}}}', /only a line such as/],
    ['apt: {sources: {k: {source: "deb http://p.example/k /", key: x}}}', /no whole armoured public key/],
    ['apt: {sources: {k: {key: x}}}', /it names no source/],
    ['apt: {sources: {k: {source: "deb http://((var.a))/k /"}}}', /differs from host to host/],
    ['package_upgrade: true', /^Upgrading is a task of day 2/],
    ['bootcmd:\n  - sysctl -w vm.swappiness=1', /^A kernel parameter .* bootcmd sets it once/],
    ['runcmd:\n  - [sysctl, -w, vm.swappiness=1]', /runcmd sets it once/],
    ['runcmd:\n  - sudo modprobe br_netfilter', /^A module that every host needs/],
    ['runcmd:\n  - |\n    set -e\n    apt-get -y install jq', /^Packages belong/],
    ['runcmd:\n  - apt-get -qq dist-upgrade', /^Upgrading/],
    ['runcmd:\n  - update-grub', /^Kernel arguments belong/],
    [
      'runcmd:\n  - kubeadm join 10.0.0.1:6443 --token abcdef.0123456789abcdef',
      /^Joining a cluster is a task of day 2/,
    ],
    ['runcmd:\n  - kubectl --kubeconfig=/etc/k apply -f /srv/app.yaml', /^Applications are a task of day 2/],
    ['runcmd:\n  - helm upgrade app ./chart', /^Applications/],
    [
      'write_files:\n  - {path: /etc/sysctl.d/60-x.conf, content: "vm.swappiness=1"}',
      /^\/etc\/sysctl.d\/60-x.conf is the same on every host/,
    ],
    ['write_files:\n  - {path: /etc/modules-load.d/x.conf, content: overlay}', /kernel.modules.load/],
    [
      'write_files:\n  - {path: /etc/modprobe.d/x.conf, content: "install usb_storage /bin/false"}',
      /under “kernel.modules”.* It holds more than that section has words for, so that it moves to “files”/,
    ],
    ['write_files:\n  - {path: /etc/modprobe.d/x.conf, content: "blacklist floppy"}', /first boot on\.$/],
    ['write_files:\n  - {path: /etc/default/grub.d/x.cfg, content: GRUB_TIMEOUT=1}', /never reads it/],
    ['write_files:\n  - {path: /etc/security/limits.d/x.conf, content: "* soft core 0"}', /has “limits”/],
    [
      'write_files:\n  - {path: /srv/app.yaml, content: "apiVersion: apps/v1\\nkind: Deployment\\n"}',
      /^Applications/,
    ],
    ['runcmd:\n  - dnf -y install jq', /^Packages belong .* a profile names packages as Debian does/],
    ['runcmd:\n  - [yum, install, -y, jq]', /^Packages belong .* a profile names packages as Debian does/],
    ['runcmd:\n  - yum -q -y groupinstall x', /^Packages belong .* a profile names packages as Debian does/],
    [
      'runcmd:\n  - zypper --non-interactive in jq',
      /^Packages belong .* package-installs.yaml of an element/,
    ],
    ['runcmd:\n  - zypper -n install jq', /^Packages belong .* package-installs.yaml of an element/],
    ['bootcmd:\n  - apk add --no-cache jq', /^Packages belong .* take the command out\.$/],
    ['runcmd:\n  - sudo pacman --noconfirm -Sy jq', /^Packages belong .* take the command out\.$/],
    ['runcmd:\n  - dnf -y upgrade', /^Upgrading is a task of day 2/],
    ['runcmd:\n  - yum update -y', /^Upgrading is a task of day 2/],
    ['runcmd:\n  - zypper -n dup', /^Upgrading is a task of day 2/],
    ['runcmd:\n  - apk upgrade', /^Upgrading is a task of day 2/],
    ['runcmd:\n  - pacman -Syu --noconfirm', /^Upgrading is a task of day 2/],
    ['runcmd:\n  - dnf remove -y jq', /under “packages.purge” of the host profile.* with “uninstall: true”/],
    ['runcmd:\n  - zypper rm jq', /under “packages.purge” of the host profile/],
    ['runcmd:\n  - apk del jq', /under “packages.purge” of the host profile/],
    ['runcmd:\n  - apt update && apt install -y jq', /^Packages belong/],
    ['runcmd:\n  - DEBIAN_FRONTEND=noninteractive sudo apt-get install -y jq', /^Packages belong/],
    ['runcmd:\n  - [sh, -c, "echo 64 > /proc/sys/vm/nr_hugepages"]', /^A kernel parameter .* “hugepages”/],
    ['runcmd:\n  - modprobe -v 8021q', /^A module that every host needs/],
    ['runcmd:\n  - echo 64 > /proc/sys/vm/nr_hugepages', /^A kernel parameter .* “hugepages”/],
    ['bootcmd:\n  - echo never | tee /sys/kernel/mm/transparent_hugepage/enabled', /^Huge pages belong/],
    ['runcmd:\n  - echo vm.swappiness=1 >> /etc/sysctl.conf', /^This file is the same on every host/],
    ['runcmd:\n  - systemctl mask apt-daily.timer', /^Which services start/],
    [
      'runcmd:\n  - hostnamectl set-hostname edge-9',
      /^Every host with this fragment would get this one name/,
    ],
    ['runcmd:\n  - ip addr add 10.0.0.9/24 dev eno1', /^Addresses and routes are stamped/],
    ['runcmd:\n  - timedatectl set-timezone UTC', /“timezone” of site.yaml/],
    ['runcmd:\n  - ln -sf /usr/share/zoneinfo/UTC /etc/localtime', /“timezone” of site.yaml/],
    [
      'runcmd:\n  - nmcli -t connection modify eno1 ipv4.addresses 10.0.0.9/24',
      /would get the same\. No fix moves it: only you can say which host/,
    ],
    [
      'runcmd:\n  - ifconfig eno1 10.0.0.9 netmask 255.255.255.0',
      /would get the same\. No fix moves it: only you can say which host/,
    ],
    [
      'runcmd:\n  - route add default gw 10.0.0.1',
      /would get the same\. No fix moves it: only you can say which host/,
    ],
    ['runcmd:\n  - [sh, -c, "echo nameserver 10.0.0.1 > /etc/resolv.conf"]', /“dns” of site.yaml/],
    ['runcmd:\n  - pip3 install x', /^What every host needs belongs into the image/],
    ['runcmd:\n  - dpkg -i /srv/x.deb', /^What every host needs .* a file is no package of a repository/],
    ['runcmd:\n  - apt-get remove -y snapd', /under “packages.purge” of the host profile/],
    ['runcmd:\n  - localectl set-locale LANG=C.UTF-8 LC_TIME=C', /“locale” of site.yaml.* is LANG alone/],
    ['runcmd:\n  - ip link set eno1 mtu 9000', /^MTU, bonds, bridges and VLANs are stamped/],
    ['runcmd:\n  - ip link add link eno1 name v7 type vlan id 7', /^MTU, bonds, bridges and VLANs/],
    ['runcmd:\n  - resolvectl dns eno1 10.0.0.1', /“dns” of site.yaml, those of one link in networks/],
    ['runcmd:\n  - docker run -d registry:2', /^Containers are a task of day 2.*Take the command out/],
    ['runcmd:\n  - ctr -n k8s.io images pull docker.io/library/a:1', /^Containers are a task of day 2/],
    ['runcmd:\n  - swapoff -a', /decided by “partitions” of the host profile/],
    ['runcmd:\n  - setenforce 0', /as enforcing= under “kernel.arguments”/],
    ['runcmd:\n  - update-initramfs -u', /^The initramfs belongs to the image/],
    [
      'runcmd:\n  - curl -fsSL https://p.example/k.asc | gpg --dearmor -o /etc/apt/keyrings/x.gpg',
      /^Repositories belong .* write it, armoured, under “key” of its repository/,
    ],
    [
      'runcmd:\n  - echo "deb [signed-by=/k.gpg] http://p.example/k a main" > /etc/apt/sources.list.d/x.list',
      /^Repositories belong .* only you can say which key signs it/,
    ],
    ["runcmd:\n  - sed -i 's/a/b/' /etc/sysctl.conf", /^This file is the same on every host/],
    [
      'runcmd:\n  - |\n    cat > /etc/netplan/60-x.yaml <<EOF\n    network: {}\n    EOF',
      /^The network of a host stands in networks/,
    ],
    ['runcmd:\n  - add-apt-repository -y ppa:x/y', /^Repositories belong to the host profile/],
    [
      'write_files:\n  - {path: /etc/netplan/60-x.yaml, content: "network: {}"}',
      /^The network of a host stands in/,
    ],
    [
      'write_files:\n  - {path: /etc/network/interfaces, content: "address ((var.address))"}',
      /^The network of a host stands in/,
    ],
    [
      'write_files:\n  - {path: /etc/hostname, content: edge-9}',
      /^Every host .* The name of a host is stamped/,
    ],
    ['write_files:\n  - {path: /etc/systemd/timesyncd.conf, content: "[Time]"}', /“ntp” of site.yaml/],
    ['write_files:\n  - {path: /etc/docker/daemon.json, content: "{}"}', /has “containers”/],
    ['write_files:\n  - {path: /etc/ntp.conf, content: server a.example}', /“ntp” of site.yaml/],
    ['write_files:\n  - {path: /etc/default/locale, content: LANG=C.UTF-8}', /“locale” of site.yaml/],
    ['write_files:\n  - {path: /etc/default/kdump-tools, content: USE_KDUMP=1}', /has “kdump”/],
  ])('%s', (text, message) => {
    const found = findings(userData(text));
    expect(found.map((each) => each.message)).toEqual([expect.stringMatching(message)]);
    expect(found[0]?.severity).toBe('info');
    expect(hasFixOrReason(userData(text))).toBe(true);
  });

  test.each([
    ['packages: []'],
    ['package_update: true'],
    ['write_files:\n  - {path: /etc/chrony/chrony.conf, content: "server a.example\\ndriftfile /var/x"}'],
    ['write_files:\n  - {path: /etc/environment, content: "PATH=/bin"}'],
    ['package_upgrade: false'],
    [
      'runcmd:\n  - [sysctl, --system]\n  - sysctl vm.swappiness\n  - modprobe -r pcspkr\n  - echo kubeadm join',
    ],
    ['runcmd:\n  - sysctl -w net.ipv4.conf.((var.nic)).rp_filter=2'],
    [
      'runcmd:\n  - hostnamectl set-hostname ((host.name))-a\n  - hostname -f\n  - hostname > /srv/name\n  - hostname 2>&1 | tee /srv/name\n  - ip addr show',
    ],
    ['runcmd:\n  - useradd ops\n  - nmcli con show\n  - ifconfig eno1\n  - nmcli con up eno1'],
    [
      'runcmd:\n  - dnf makecache\n  - yum clean all\n  - dnf config-manager --add-repo http://p.example/k.repo',
    ],
    ['runcmd:\n  - zypper refresh\n  - zypper info jq\n  - apk update\n  - pacman -Ss jq\n  - pacman -Q'],
    ['runcmd:\n  - systemctl restart lldpd\n  - systemctl status x'],
    ['runcmd:\n  - ufw allow 22\n  - iptables -A INPUT -j ACCEPT\n  - ip link set eno1 up\n  - docker ps'],
    ['runcmd:\n  - cat /etc/sysctl.conf > /srv/a\n  - sed -n p /etc/sysctl.conf\n  - dpkg --configure -a'],
    ['runcmd:\n  - |\n    cat > /etc/sysctl.d/x.conf <<EOF\n    kernel.a=((var.nic))\n    EOF'],
    ['runcmd:\n  - |\n    cat > /etc/chrony/chrony.conf <<EOF\n    driftfile /var/x\n    EOF'],
    [
      'write_files:\n  - {path: /etc/systemd/system/x.service, content: "[Service]"}\nruncmd:\n  - systemctl enable --now x',
    ],
    [
      'runcmd:\n  - kubectl get nodes\n  - kubeadm config images list\n  - kubeadm init --config /etc/kubeadm.yaml',
    ],
    ['write_files:\n  - {path: /etc/sysctl.d/60-x.conf, content: "net.ipv4.conf.((var.nic)).rp_filter=2"}'],
    [
      'write_files:\n  - {path: /etc/default/kubelet, content: KUBELET_EXTRA_ARGS=}\n  - {path: /etc/grub, content: x}',
    ],
    [
      'write_files:\n  - {path: /srv/config.yaml, content: "apiVersion: kubelet.config.k8s.io/v1beta1\\nkind: KubeletConfiguration\\n"}',
    ],
  ])('is left alone: %s', (text) => {
    expect(findings(userData(text))).toEqual([]);
  });
});

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

test.each([
  [
    'hosts/edge-1.yaml',
    'Host',
    'sysctl: {vm.swappiness: 1}',
    /^The key “sysctl” .* of a host profile, which is baked/,
  ],
  ['hosts/edge-1.yaml', 'Host', 'timezone: UTC', /of site.yaml, where it holds for all hosts/],
  [
    'images/edge.yaml',
    'Image',
    'kernelArguments: [quiet]',
    /stand in the host profile, under “kernel.arguments”/,
  ],
  ['profiles/edge.yaml', 'HostProfile', 'macs: {}', /of the document of a host/],
  ['profiles/edge.yaml', 'HostProfile', 'sysctls: {}', /Did you mean “sysctl”/],
  ['hosts/edge-1.yaml', 'Host', 'runcmd: [ls]', /of user-data, which is stamped/],
  ['hosts/edge-1.yaml', 'Host', 'hostname: a', /The name of a host is “metadata.name”/],
  ['profiles/edge.yaml', 'HostProfile', 'user: [{name: a}]', /Did you mean “users”/],
  ['images/edge.yaml', 'Image', 'output: [{format: iso}]', /Did you mean “outputs”/],
])('a setting in a document of another kind: %s', (path, kind, setting, message) => {
  const text = `apiVersion: siteforge/v1\nkind: ${kind}\nmetadata: {name: edge}\nspec:\n  ${setting}\n`;
  const found = analyse(withText(path, text)).diagnostics.filter(({ code }) => code === 'key-unknown');
  expect(found.map((each) => each.message)).toEqual([expect.stringMatching(message)]);
});

test.each([
  ['sysctl: {vm.swappiness: 1}', /ignores it\. It is a setting of a host profile/],
  ['macs: {eno1: "02:00:00:00:01:11"}', /ignores it\. It is a setting of the document of a host/],
  ['runccmd: [ls]', /Did you mean “runcmd”/],
])('a setting of another document in user-data: %s', (text, message) => {
  const found = analyse(userData(text)).diagnostics.filter(({ code }) => code === 'key-unknown');
  expect(found.map((each) => each.message)).toEqual([expect.stringMatching(message)]);
});
