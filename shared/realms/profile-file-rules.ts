import type { Home } from './misplaced.ts';
import { environmentFiles, localeFiles, timeServerFiles } from './site-files.ts';

/** Files of a profile that the site or one host should say. */
export interface FileRule {
  readonly path: RegExp;
  /** What its text must hold; any when left out. */
  readonly content?: RegExp;
  readonly home: Home;
  readonly message: string;
  /** As of `Misplaced`. */
  readonly byHand?: string;
  /** The checks of the profile warn of it, so that no note is made of it. */
  readonly isToldAlready?: boolean;
}

export const perHost = 'An image is for many hosts.';
const proxyMessage =
  'A proxy of the site is stamped: under “proxies” of site.yaml it changes in milliseconds, here it costs a build.';

/** The files that netplan reads together. */
export const netplanFiles = /^\/(etc|usr\/lib|lib)\/netplan\/[^/]+\.yaml$/;
const stampedAddresses = `${perHost} Addresses are stamped: they stand in the document of the host and in networks/.`;

export const fileRules: readonly FileRule[] = [
  {
    path: /./,
    content: /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----/,
    home: 'host',
    message: `A private key is not baked: whoever has the image has the key. It is stamped, in user-data, and its value belongs to the secrets of the site.`,
    byHand:
      'its value belongs into no document. Keep it in the secrets of the site, name it in user-data, and take the file out here',
  },
  {
    path: /^\/etc\/ssh\/ssh_host_/,
    home: 'host',
    message: `${perHost} A key of the SSH server belongs to one of them: left out, each host makes its own at its first boot.`,
    byHand: 'people may know their hosts by it. Take the file out here when they need not',
  },
  {
    path: netplanFiles,
    content: /(^|[\s{,])(addresses|gateway[46])["']?\s*:/m,
    home: 'host',
    message: stampedAddresses,
  },
  ...(
    [
      [
        /^\/etc\/NetworkManager\/system-connections\/.+/,
        /^[ \t]*(address\d*|gateway)[ \t]*=[ \t]*\S/m,
        'keyfiles of NetworkManager',
      ],
      [
        /^\/etc\/systemd\/network\/.+\.network(\.d\/.+)?$/,
        /^[ \t]*(Address|Gateway)[ \t]*=[ \t]*\S/m,
        'files of systemd-networkd',
      ],
      [/^\/etc\/network\/interfaces(\.d\/.+)?$/, /^[ \t]*address[ \t]+\S/m, 'files of ifupdown'],
      [/^\/etc\/dhcpcd\.conf$/, /^[ \t]*static[ \t]+(ip6?_address|routers)[ \t]*=/m, 'files of dhcpcd'],
    ] as const
  ).map(
    ([path, content, files]): FileRule => ({
      path,
      content,
      home: 'host',
      message: stampedAddresses,
      byHand: `Siteforge does not read ${files}. Write in networks/ what it says, let the host refer to that, and take the file out here`,
    }),
  ),
  {
    path: /^\/etc\/hosts$/,
    content: /^[ \t]*127\.0\.1\.1[ \t]+\S/m,
    home: 'host',
    message: `${perHost} The line of 127.0.1.1 names one of them; cloud-init writes that of each host, with the name that is stamped. Leave it out.`,
  },
  {
    path: /^\/etc\/(iscsi\/initiatorname\.iscsi|nvme\/host(nqn|id))$/,
    content: /^[ \t]*(InitiatorName[ \t]*=[ \t]*\S|nqn\.|[0-9a-f]{8}-)/m,
    home: 'host',
    message: `${perHost} Storage takes those with the same name for one host, and shuts one of them out. It is stamped: a file in user-data, with a variable of the host.`,
    byHand:
      'only you can say under which name storage knows each host. Write the file in user-data, with ((var.NAME)) in the place of the name, and take it out here',
  },
  {
    path: /^\/usr\/local\/share\/ca-certificates\/.+\.crt$/,
    content: /-----BEGIN CERTIFICATE-----/,
    home: 'site',
    message:
      'A certificate of the site is stamped: under “trustedCAs” of site.yaml it changes in milliseconds, here it costs a build.',
  },
  {
    path: /^\/(root|home\/[^/]+)\/\.ssh\/authorized_keys$/,
    home: 'site',
    message:
      'SSH keys of people are stamped: “adminKeys” of site.yaml, or users in user-data. A key that is baked cannot be withdrawn without a build.',
  },
  {
    path: /^\/var\/lib\/cloud\/seed\//,
    home: 'host',
    message: `${perHost} The seed is stamped: what stands here is written over, or is the same for all of them.`,
    byHand:
      'user-data, hosts and networks of the site become the seed. Write there what this one says, and take the file out here',
  },
  {
    path: timeServerFiles,
    content: /^[ \t]*(server|pool)[ \t]+\S/m,
    home: 'site',
    message:
      'Time servers are stamped: under “ntp” of site.yaml they change in milliseconds, here they cost a build.',
  },
  {
    path: /^\/etc\/apt\/apt\.conf\.d\//,
    content: /Proxy\s+"/i,
    home: 'site',
    message: proxyMessage,
  },
  {
    path: environmentFiles,
    content: /^[ \t]*(export[ \t]+)?(https?|no)_proxy=\S/im,
    home: 'site',
    message: proxyMessage,
  },
  {
    path: localeFiles,
    content: /^LANG=\S/m,
    home: 'site',
    message:
      'The language of messages is stamped: under “locale” of site.yaml it changes in milliseconds, here it costs a build.',
  },
  {
    path: /^\/etc\/default\/grub(\.d\/.+)?$/,
    home: 'profile',
    message:
      'An image on a stick never reads it: this profile has “kernel.arguments”, and “grub” for installed disks.',
    byHand:
      'only you can say what of it is for the kernel. Write that in one of these sections, and take the file out here',
  },
  {
    path: /./,
    content: /^[ \t]*(sudo[ \t]+)?kubeadm[ \t]+join\s|^kind:[ \t]*["']?JoinConfiguration\b/m,
    home: 'day-2',
    message:
      'Joining a cluster is a task of day 2: its token expires, and whoever has the image has the token.',
    byHand: 'nothing in a profile comes that late. Take it out here',
  },
  {
    // Of kubeadm’s own documents, and of the unit, which has them in an environment as well.
    path: /^\/etc\/(default\/kubelet|kubernetes\/.+\.ya?ml)$|\/kubeadm-flags\.env$|\/kubelet\.service(\.d\/.+\.conf)?$|\/kubeadm[^/]*\.ya?ml$/,
    content:
      /--(node-ip|hostname-override)[= ]\S|^[ \t]*["']?(node-ip|hostname-override)["']?[ \t]*:[ \t]*\S/m,
    home: 'host',
    message: `${perHost} The kubelet has another address and name on each of them. It is stamped: this file in user-data, with a variable of the host.`,
    byHand:
      'a file of user-data takes the place of this one as a whole. Write all of it there, with ((var.NAME)) in the place of the address, and take it out here',
  },
  {
    path: /^\/etc\/systemd\/timesyncd\.conf(\.d\/.+)?$/,
    content: /^[ \t]*NTP[ \t]*=[ \t]*\S/m,
    home: 'site',
    message:
      'Time servers are stamped: under “ntp” of site.yaml they change in milliseconds, here they cost a build.',
  },
  {
    path: /^\/etc\/systemd\/resolved\.conf(\.d\/.+)?$/,
    content: /^[ \t]*DNS[ \t]*=[ \t]*\S/m,
    home: 'site',
    message:
      'Name servers are stamped: under “dns” of site.yaml they change in milliseconds, here they cost a build.',
  },
  {
    path: /^\/etc\/hostname$/,
    home: 'host',
    message: '',
    isToldAlready: true,
  },
  {
    path: /^\/etc\/(resolv\.conf|localtime|timezone)$/,
    home: 'site',
    message: '',
    isToldAlready: true,
  },
];
