/**
 * Settings of modules that cloud-init leaves out on Debian, of which the images are made: their `distros` in
 * cloudinit/config/cc_*.py of 22.4.2 do not name it. cloud-init tells so in its log only.
 */
export const notOnDebian: Readonly<Record<string, string>> = {
  apk_repos: 'Alpine Linux',
  autoinstall: 'the installer of Ubuntu',
  drivers: 'Ubuntu',
  fan: 'Ubuntu',
  landscape: 'Ubuntu',
  lxd: 'Ubuntu',
  resolv_conf: 'distributions without systemd-resolved',
  rh_subscription: 'Red Hat and Fedora',
  snap: 'Ubuntu',
  spacewalk: 'Red Hat and Fedora',
  ubuntu_advantage: 'Ubuntu',
  ubuntu_pro: 'Ubuntu',
  wireguard: 'Ubuntu',
  yum_repos: 'Red Hat, Fedora and their kin',
  zypper: 'SUSE',
};

/** What to write instead, where there is something. */
export const insteadOnDebian: Readonly<Record<string, string>> = {
  apk_repos: 'Repositories of Debian stand in the profile, or under “apt”.',
  drivers: 'Drivers belong to the packages of the profile.',
  resolv_conf: 'Name servers belong to the network of the host.',
  snap: 'Name Debian packages in the profile.',
  wireguard: 'Put the configuration under “write_files” and start wg-quick@ in “runcmd”.',
  yum_repos: 'Repositories of Debian stand in the profile, or under “apt”.',
  zypper: 'Repositories of Debian stand in the profile, or under “apt”.',
};
