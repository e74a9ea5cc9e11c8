/**
 * The elements that the builder offers: those of diskimage-builder 3.13 (Debian 12's, which the builder runs) and its
 * own. An element outside this list and outside a site's elements/ ends a build after minutes.
 */

/** Elements that make a Debian system. The builder's own elements install Debian packages on it. */
export const debianBases = ['debian-minimal', 'debian'] as const;

/** Elements that bring an operating system (`element-provides: operating-system`): only one can be in an image. */
export const operatingSystems: readonly string[] = [
  'centos',
  'centos-minimal',
  'containerfile',
  'debian-minimal',
  'docker',
  'fedora',
  'fedora-minimal',
  'gentoo',
  'opensuse',
  'opensuse-minimal',
  'rhel',
  'ubuntu',
  'ubuntu-minimal',
  'ubuntu-systemd-container',
];

/** Names in builders/debian/elements, which a test compares. */
export const builderElements = [
  'siteforge-cloud-init',
  'siteforge-console',
  'siteforge-live',
  'siteforge-profile',
  'siteforge-tree',
] as const;

const diskimageBuilderElements = `
  apt-conf apt-preferences apt-sources baremetal base block-device-efi block-device-efi-lvm block-device-gpt
  block-device-mbr bootloader cache-url centos centos-minimal centos7 cleanup-kernel-initrd cloud-init
  cloud-init-datasources cloud-init-disable-resizefs cloud-init-nocloud containerfile debian debian-minimal
  debian-systemd debian-upstart debootstrap deploy-baremetal deploy-kexec deploy-targetcli deploy-tgtadm devuser
  dhcp-all-interfaces dib-init-system dib-python dib-run-parts disable-nouveau disable-selinux dkms docker dpkg
  dracut-network dracut-ramdisk dracut-regenerate dynamic-login element-manifest enable-serial-console ensure-venv
  epel fedora fedora-container fedora-minimal gentoo growroot growvols grub2 hpdsa hwburnin hwdiscovery
  ibft-interfaces ilo install-bin install-static install-types iscsi-boot iso journal-to-console keylime-agent
  local-config lvm manifests mellanox modprobe modprobe-blacklist no-final-image oat-client openssh-server
  openstack-ci-mirrors opensuse opensuse-minimal package-installs pip-and-virtualenv pip-cache pkg-map posix
  proliant-tools pypi python-brickclient python-stow-versions ramdisk ramdisk-base rax-nova-agent redhat-common rhel
  rhel-common rhel7 rpm-distro runtime-ssh-host-keys select-boot-kernel-initrd selinux-permissive simple-init
  source-repositories stable-interface-names svc-map sysctl sysprep tpm-emulator uboot ubuntu ubuntu-common
  ubuntu-minimal ubuntu-signed ubuntu-systemd-container vm yum yum-minimal zipl zypper zypper-minimal
`;

export const knownElements: readonly string[] = [
  ...builderElements,
  ...diskimageBuilderElements.trim().split(/\s+/),
];
