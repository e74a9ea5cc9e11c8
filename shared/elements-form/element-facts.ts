/**
 * What elements do, for who chooses among them: those of the builder and of diskimage-builder 3.13 that make sense on
 * Debian. Needs are their element-deps, packages what they install on Debian; both are read from the packages.
 */
export interface ElementFacts {
  /** One sentence. */
  readonly does: string;
  /** Elements that come along. */
  readonly needs: readonly string[];
  readonly packages: readonly string[];
  /** Variables of `environment` that it reads. */
  readonly options: readonly ElementOption[];
}

export interface ElementOption {
  readonly name: string;
  readonly title: string;
  readonly hint: string;
}

function facts(
  does: string,
  needs: string,
  packages: string,
  options: Readonly<Record<string, readonly [title: string, hint: string]>> = {},
): ElementFacts {
  return {
    does,
    needs: wordsIn(needs),
    packages: wordsIn(packages),
    options: Object.entries(options).map(([name, [title, hint]]) => ({ name, title, hint })),
  };
}

function wordsIn(text: string): string[] {
  return text === '' ? [] : text.split(' ');
}

export const elementFacts: Readonly<Record<string, ElementFacts>> = {
  'debian-minimal': facts('A small Debian system from debootstrap: what most images stand on.', '', ''),
  debian: facts('A Debian system with what diskimage-builder’s base element adds.', '', ''),
  'siteforge-live': facts(
    'Makes the image bootable as a live system that takes the seed of its host.',
    'package-installs',
    'initramfs-tools live-boot live-boot-initramfs-tools zstd kmod udev',
  ),
  'siteforge-cloud-init': facts(
    'Gives the seed to cloud-init, the network to netplan, and brings an SSH server.',
    'package-installs',
    'cloud-init netplan.io systemd-resolved systemd-timesyncd dbus libpam-systemd iproute2 iputils-ping ethtool openssh-server sudo ca-certificates e2fsprogs dosfstools',
  ),
  'siteforge-profile': facts(
    'Bakes the host profile: packages, files, units and scripts.',
    'package-installs',
    '',
  ),
  'siteforge-console': facts(
    'Tells on the console how the host came up.',
    'package-installs',
    'iproute2 python3',
  ),
  'cloud-init-datasources': facts('Lets cloud-init look in the listed sources only.', '', '', {
    DIB_CLOUD_INIT_DATASOURCES: ['Sources', 'Separated by commas. Without NoCloud, no stamped seed is read.'],
  }),
  devuser: facts(
    'Bakes in a user for finding faults. Remove it from images that go to a site.',
    'package-installs',
    'sudo',
    {
      DIB_DEV_USER_USERNAME: ['User name', 'devuser when left out.'],
      DIB_DEV_USER_PWDLESS_SUDO: ['Root without a password', 'yes, or left out.'],
      DIB_DEV_USER_AUTHORIZED_KEYS: ['File of public keys', 'A path that the builder can read.'],
      DIB_DEV_USER_SHELL: ['Shell', 'The system’s usual one when left out.'],
    },
  ),
  'dhcp-all-interfaces': facts(
    'Asks for an address by DHCP on every card, with ifupdown. It gets in the way of a stamped network.',
    'dib-init-system package-installs pkg-map',
    'isc-dhcp-client ifupdown ndisc6',
    { DIB_DHCP_TIMEOUT: ['Patience', 'Seconds to wait for an answer.'] },
  ),
  'disable-nouveau': facts('Keeps the nouveau driver away from NVIDIA cards.', 'modprobe', ''),
  dkms: facts('Brings DKMS, which builds kernel modules from source.', 'package-installs', 'dkms'),
  'element-manifest': facts('Leaves a list of the elements in the image.', 'manifests', '', {
    DIB_ELEMENT_MANIFEST_PATH: ['File in the image', '/etc/dib-manifests/element-manifest when left out.'],
  }),
  'enable-serial-console': facts('Starts a login on every active serial port.', '', ''),
  growvols: facts(
    'Grows logical volumes over the whole disk at the first boot.',
    'dib-init-system install-static',
    'gdisk util-linux lvm2 parted xfsprogs',
    {
      DIB_GROWVOLS_ARGS: ['Shares', 'For example /=20% /var=8GiB.'],
      DIB_GROWVOLS_DEVICE: ['Disk', 'The one of the root volume when left out.'],
      DIB_GROWVOLS_GROUP: ['Volume group', 'The one of the root volume when left out.'],
    },
  ),
  'ibft-interfaces': facts(
    'Sets cards up as the firmware’s iSCSI boot table says.',
    'dib-init-system install-static package-installs pkg-map',
    'open-iscsi',
  ),
  'iscsi-boot': facts(
    'Prepares a root file system that is reached over iSCSI.',
    'package-installs',
    'open-iscsi',
  ),
  'journal-to-console': facts(
    'Sends the whole journal to the console: for hosts that nobody can log in to.',
    '',
    '',
  ),
  modprobe: facts('Sets options of kernel modules, and keeps modules from loading.', '', '', {
    DIB_MODPROBE_BLACKLIST: ['Modules not to load', 'Separated by spaces.'],
  }),
  'modprobe-blacklist': facts('Keeps kernel modules from loading.', '', '', {
    DIB_MODPROBE_BLACKLIST: ['Modules not to load', 'Separated by spaces.'],
  }),
  'openssh-server': facts(
    'Installs an SSH server with hardened settings, enabled at boot.',
    'dib-init-system package-installs runtime-ssh-host-keys',
    'openssh-server',
    { DIB_OPENSSH_SERVER_HARDENING: ['Hardened settings', '0 leaves those of the package.'] },
  ),
  'runtime-ssh-host-keys': facts(
    'Makes the SSH host keys at the first boot, never in the image.',
    'dib-init-system install-static',
    'openssh-client',
  ),
  sysctl: facts('Brings a command with which other elements set kernel parameters.', '', ''),
};
