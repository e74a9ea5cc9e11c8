import { describe, expect, test } from 'vitest';
import { analyse } from '../assist/fixes/fixes.test-support.ts';
import { findings, hasFixOrReason } from './moved.test-support.ts';
import { edgeSite, userData, withText } from './testing/edge-site.ts';

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
