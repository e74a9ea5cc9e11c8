import { childOf, entryOf, type SourceNode, stringOf } from '../source/source-node.ts';
import { type Addition, type Home, itemsOf, type Misplaced } from './misplaced.ts';
import { misplacedInScripts } from './misplaced-in-scripts.ts';
import { environmentFiles, localeFiles, settingsOfSite, timeServerFiles } from './site-files.ts';

interface FileRule {
  readonly path: RegExp;
  /** What its text must hold; any when left out. */
  readonly content?: RegExp;
  readonly home: Home;
  readonly message: string;
}

const perHost = 'An image is for many hosts.';
const proxyMessage = 'A proxy of the site is stamped: it stands under “proxies” of site.yaml.';

/** Paths that the checks of the profile already warn of, such as /etc/hostname, are left out. */
const rules: readonly FileRule[] = [
  {
    path: /./,
    content: /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----/,
    home: 'host',
    message: `A private key is not baked: whoever has the image has the key. It is stamped, in user-data, and its value belongs to the secrets of the site.`,
  },
  {
    path: /^\/etc\/ssh\/ssh_host_/,
    home: 'host',
    message: `${perHost} A key of the SSH server belongs to one of them: left out, each host makes its own at its first boot.`,
  },
  {
    path: /^\/etc\/(netplan\/.+\.yaml|NetworkManager\/system-connections\/.+|systemd\/network\/.+\.network)$/,
    content: /(^|[\s{,])(Address|address1|addresses|Gateway|gateway4)\s*[:=]/m,
    home: 'host',
    message: `${perHost} Addresses are stamped: they stand in the document of the host and in networks/.`,
  },
  {
    path: /^\/etc\/network\/interfaces(\.d\/.+)?$/,
    content: /^\s*address\s+\S/m,
    home: 'host',
    message: `${perHost} Addresses are stamped: they stand in the document of the host and in networks/.`,
  },
  {
    path: /^\/etc\/dhcpcd\.conf$/,
    content: /^\s*static\s+(ip_address|routers)\s*=/m,
    home: 'host',
    message: `${perHost} Addresses are stamped: they stand in the document of the host and in networks/.`,
  },
  {
    path: /^\/etc\/hosts$/,
    content: /^\s*127\.0\.1\.1\s+\S/m,
    home: 'host',
    message: `${perHost} The line of 127.0.1.1 names one of them; cloud-init writes that of each host, with the name that is stamped. Leave it out.`,
  },
  {
    path: /^\/etc\/(iscsi\/initiatorname\.iscsi|nvme\/host(nqn|id))$/,
    content: /^\s*(InitiatorName\s*=\s*\S|nqn\.|[0-9a-f]{8}-)/m,
    home: 'host',
    message: `${perHost} Storage takes those with the same name for one host, and shuts one of them out. It is stamped: a file in user-data, with a variable of the host.`,
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
  },
  {
    path: timeServerFiles,
    content: /^\s*(server|pool)\s+\S/m,
    home: 'site',
    message: 'Time servers are stamped: they stand under “ntp” of site.yaml.',
  },
  {
    path: /^\/etc\/apt\/apt\.conf\.d\//,
    content: /Proxy\s+"/i,
    home: 'site',
    message: proxyMessage,
  },
  {
    path: environmentFiles,
    content: /^\s*(export\s+)?(https?|no)_proxy=\S/im,
    home: 'site',
    message: proxyMessage,
  },
  {
    path: localeFiles,
    content: /^LANG=\S/m,
    home: 'site',
    message: 'The language of messages is stamped: it stands under “locale” of site.yaml.',
  },
  {
    path: /^\/etc\/default\/grub(\.d\/.+)?$/,
    home: 'profile',
    message:
      'An image on a stick never reads it: this profile has “kernel.arguments”, and “grub” for installed disks.',
  },
  {
    path: /^\/etc\/default\/kubelet$|\/kubeadm-flags\.env$/,
    content: /--(node-ip|hostname-override)[= ]\S/,
    home: 'host',
    message: `${perHost} The kubelet has another address and name on each of them. It is stamped: this file in user-data, with a variable of the host.`,
  },
  {
    path: /./,
    content: /^\s*(sudo\s+)?kubeadm\s+join\s|^kind:\s*["']?JoinConfiguration\b/m,
    home: 'day-2',
    message:
      'Joining a cluster is a task of day 2: its token expires, and whoever has the image has the token.',
  },
  {
    path: /^\/etc\/systemd\/timesyncd\.conf(\.d\/.+)?$/,
    content: /^\s*NTP\s*=\s*\S/m,
    home: 'site',
    message: 'Time servers are stamped: they stand under “ntp” of site.yaml.',
  },
  {
    path: /^\/etc\/systemd\/resolved\.conf(\.d\/.+)?$/,
    content: /^\s*DNS\s*=\s*\S/m,
    home: 'site',
    message: 'Name servers are stamped: they stand under “dns” of site.yaml.',
  },
];

/** Settings of a host profile that belong to the site or to one host. Only what is clear is told. */
export function misplacedInProfile(root: SourceNode | undefined): Misplaced[] {
  const spec = childOf(root, 'spec');
  return [
    ...misplacedArguments(spec),
    ...misplacedNames(spec),
    ...misplacedFiles(spec),
    ...misplacedInScripts(spec),
  ];
}

/** Documentation/admin-guide/sysctl/kernel.rst, “domainname & hostname”. */
function misplacedNames(spec: SourceNode | undefined): Misplaced[] {
  return ['kernel.hostname', 'kernel.domainname'].flatMap((name): Misplaced[] => {
    const place = entryOf(childOf(spec, 'sysctl'), name)?.key;
    const message = `${perHost} ${name} gives all of them one name. The name of a host is stamped: it is that of its document. Leave it out.`;
    return place === undefined ? [] : [{ home: 'host', place, label: name, message }];
  });
}

/**
 * Documentation/admin-guide/kernel-parameters.rst, ip= and hostname=; systemd(1), systemd.hostname=; the name of a card by
 * its MAC address, and that of an initiator: dracut.cmdline(7), ifname= and rd.iscsi.initiator=, and open-iscsi’s
 * initramfs hook, ISCSI_INITIATOR=.
 */
const argumentsOfOneHost =
  /^(ip=.*\d\.\d|(systemd\.)?hostname=\S|(ifname|BOOTIF|rd\.iscsi\.initiator|ISCSI_INITIATOR)=\S)/;

function misplacedArguments(spec: SourceNode | undefined): Misplaced[] {
  const kernel = entryOf(spec, 'kernel');
  const list = entryOf(kernel?.value, 'arguments');
  const items = itemsOf(list?.value);
  return items.flatMap((place): Misplaced[] => {
    const written = writtenArgument(place);
    // ip=dhcp and ip=off hold for all hosts alike.
    if (!argumentsOfOneHost.test(written)) return [];
    const message = `${perHost} Its address and name are stamped; an argument for one of them stands under “kernelArguments” of its document.`;
    const found = { home: 'host' as const, place, label: written, message };
    if (spec === undefined || kernel === undefined || list === undefined) return [found];
    const isLast = kernel.value.type === 'map' && kernel.value.entries.length === 1;
    const from =
      items.length > 1
        ? { parent: list.value, item: place }
        : isLast
          ? { parent: spec, key: kernel.key }
          : { parent: kernel.value, key: list.key };
    const additions: Addition[] = [{ path: ['kernelArguments'], item: written }];
    return [{ ...found, move: { to: 'host', additions, from } }];
  });
}

function writtenArgument(place: SourceNode): string {
  if (place.type === 'scalar') return String(place.value);
  const value = stringOf(place, 'value') ?? '';
  return `${stringOf(place, 'name') ?? ''}=${/\s/.test(value) ? `"${value}"` : value}`;
}

function misplacedFiles(spec: SourceNode | undefined): Misplaced[] {
  const list = entryOf(spec, 'files');
  const items = itemsOf(list?.value);
  return items.flatMap((item): Misplaced[] => {
    const path = stringOf(item, 'path');
    const place = entryOf(item, 'path')?.value;
    const content = stringOf(item, 'content') ?? '';
    if (list === undefined || spec === undefined || path === undefined || place === undefined) return [];
    const rule = rules.find((each) => each.path.test(path) && (each.content?.test(content) ?? true));
    if (rule === undefined) return [];
    const additions = additionsToSite(path, content);
    const from = items.length === 1 ? { parent: spec, key: list.key } : { parent: list.value, item };
    const move =
      rule.home === 'site' && additions !== undefined ? { to: 'site' as const, additions, from } : undefined;
    return [
      { home: rule.home, place, label: path, message: rule.message, ...(move === undefined ? {} : { move }) },
    ];
  });
}

/** Where the whole file has its counterpart in site.yaml. */
export function additionsToSite(path: string, content: string): readonly Addition[] | undefined {
  const name = /^\/usr\/local\/share\/ca-certificates\/([A-Za-z0-9][A-Za-z0-9._-]*)\.crt$/.exec(path)?.[1];
  if (name !== undefined) return [{ path: ['trustedCAs'], item: { name, certificate: content } }];
  const account = /^\/(?:home\/)?([^/]+)\/\.ssh\/authorized_keys$/.exec(path)?.[1];
  if (account === undefined) return settingsOfSite(path, content);
  const keys = content
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  return keys.length === 0 ? undefined : keys.map((item) => ({ path: ['adminKeys'], account, item }));
}
