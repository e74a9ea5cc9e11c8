import { environmentFiles, localeFiles, timeServerFiles } from './site-files.ts';

/** Files that stand in user-data or are written by its commands, and that are baked or stamped from other documents. */

/** Paths that are read before cloud-init has written anything, or that are the same on every host. */
export const bakedPaths: readonly (readonly [RegExp, string])[] = [
  [
    /^\/etc\/sysctl\.(conf$|d\/)/,
    'It is read before user-data comes: under “sysctl” it counts from the first boot on.',
  ],
  [
    /^\/etc\/(modules$|modules-load\.d\/)/,
    'It is read before user-data comes: under “kernel.modules.load” it counts from the first boot on.',
  ],
  [
    /^\/etc\/modprobe\.d\//,
    'Modules are loaded before user-data comes: under “kernel.modules”, with its blacklist and options, it counts from the first boot on.',
  ],
  [
    /^\/etc\/default\/grub(\.d\/|$)/,
    'An image on a stick never reads it: the profile has “kernel.arguments”, and “grub” for installed disks.',
  ],
  [
    /^\/etc\/security\/limits(\.d\/|\.conf$)/,
    'The profile has “limits”, where it is checked, and in the image before anybody logs in.',
  ],
  [
    /^\/etc\/(initramfs-tools|dracut\.conf\.d|dkms)\//,
    'It is read when the image is built, and never on the host.',
  ],
  [
    /^\/etc\/(containerd\/(config\.toml$|certs\.d\/)|docker\/daemon\.json$|crio\/|containers\/registries\.)/,
    'The profile has “containers”, where it is checked, and in the image before the runtime starts.',
  ],
  [/^\/etc\/default\/kdump-tools$/, 'The profile has “kdump”, which sets memory aside as well.'],
  [
    /^\/etc\/udev\/rules\.d\//,
    'It is read before user-data comes: under “files” it counts from the first boot on.',
  ],
  [
    /^\/etc\/apt\/(sources\.list|preferences|keyrings|trusted\.gpg)/,
    'The profile has “repositories”: what comes from them is installed when the image is built.',
  ],
];

/** Paths whose settings are stamped from documents of their own, whatever stands in them. */
export const stampedPaths: readonly (readonly [RegExp, 'host' | 'site', string])[] = [
  [
    /^\/etc\/(netplan\/.+\.yaml|network\/interfaces(\.d\/.+)?|NetworkManager\/system-connections\/.+|systemd\/network\/.+\.(network|netdev))$/,
    'host',
    'The network of a host stands in networks/ and in its document, where it is checked. Here it is written when the network is up already, and counts from the next boot on.',
  ],
  [/^\/etc\/hostname$/, 'host', 'The name of a host is stamped: it is that of its document.'],
  [
    /^\/etc\/(timezone|localtime)$/,
    'site',
    'The time zone is stamped, and all hosts have the same: it is said once, and checked, under “timezone” of site.yaml.',
  ],
  [
    /^\/etc\/systemd\/timesyncd\.conf(\.d\/.+)?$/,
    'site',
    'Time servers are stamped, and all hosts have the same: they stand once, and checked, under “ntp” of site.yaml.',
  ],
  [
    /^\/etc\/systemd\/resolved\.conf(\.d\/.+)?$/,
    'site',
    'Name servers are stamped: those of all hosts stand once, and checked, under “dns” of site.yaml, those of one in its network.',
  ],
];

/** Files that are stamped here as well; where site.yaml says all that they do, it says it once for all hosts, checked. */
export const siteFiles: readonly (readonly [RegExp, string])[] = [
  [
    timeServerFiles,
    'Time servers are stamped, and all hosts have the same: they stand once, and checked, under “ntp” of site.yaml.',
  ],
  [
    /^\/etc\/apt\/apt\.conf\.d\//,
    'Proxies are stamped, and all hosts have the same: they stand once, and checked, under “proxies” of site.yaml.',
  ],
  [
    environmentFiles,
    'Proxies are stamped, and all hosts have the same: they stand once, and checked, under “proxies” of site.yaml.',
  ],
  [
    localeFiles,
    'The language of messages is stamped, and all hosts have the same: it is said once, and checked, under “locale” of site.yaml.',
  ],
  [
    /^\/usr\/local\/share\/ca-certificates\/.+\.crt$/,
    'Authorities are stamped, and all hosts trust the same: they stand once, and checked, under “trustedCAs” of site.yaml.',
  ],
];

/** What the fix does where it cannot write the section that was named. */
export function asFile(path: string): string {
  return settingsFiles.test(path)
    ? 'It holds more than that section has words for, so that it moves to “files” as it is.'
    : 'Only you can say what of it becomes that section: it moves to “files” as it is.';
}

const settingsFiles = /^\/etc\/(sysctl\.|modules|modprobe\.d\/|security\/limits)/;

/** Never read there: moving them would change nothing. */
export const deadInImage = /^\/etc\/default\/grub(\.d\/|$)/;
