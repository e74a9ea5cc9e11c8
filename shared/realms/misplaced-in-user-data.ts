import { entryOf, type SourceNode, stringOf } from '../source/source-node.ts';
import { type Addition, differsByHost, itemsOf, type Misplaced } from './misplaced.ts';
import { misplacedCommands } from './misplaced-commands.ts';
import { additionsToSite } from './misplaced-in-profile.ts';
import { misplacedSources } from './misplaced-sources.ts';
import { settingsOfProfile } from './profile-files.ts';
import { environmentFiles, localeFiles, settingsOfSite, timeServerFiles } from './site-files.ts';

/** Settings of a cloud-config that belong into the image, or to day 2. Only what is clear is told. */
export function misplacedInUserData(root: SourceNode | undefined): Misplaced[] {
  if (root?.type !== 'map') return [];
  const found = [...misplacedPackages(root), ...misplacedSources(root), ...misplacedUpgrade(root)];
  for (const name of ['bootcmd', 'runcmd']) {
    const entry = entryOf(root, name);
    if (entry !== undefined) found.push(...misplacedCommands(entry.key, entry.value, root));
  }
  return [...found, ...misplacedFiles(root)];
}

function misplacedPackages(root: SourceNode): Misplaced[] {
  const entry = entryOf(root, 'packages');
  const items = itemsOf(entry?.value);
  if (entry === undefined || items.length === 0) return [];
  const additions = items.flatMap((from) => {
    const item = packageOf(from);
    return item === undefined ? [] : [{ path: ['packages', 'install'], item, from }];
  });
  const names = additions.map(({ item }) => item);
  return [
    {
      home: 'profile',
      place: entry.key,
      label: `packages: ${names.join(', ')}`,
      message:
        'Packages belong to the host profile: they are in the image then. Here every host downloads them at its first boot, which takes minutes and fails without a network.',
      ...(names.length === items.length
        ? { move: { to: 'profile', additions, from: { parent: root, key: entry.key } } }
        : {}),
    },
  ];
}

/** cc_package_update_upgrade_install takes a name, or a name with a version. */
function packageOf(item: SourceNode): string | undefined {
  const words = item.type === 'sequence' ? item.items : [item];
  const texts = words.map((word) => (word.type === 'scalar' ? String(word.value) : ''));
  const text = texts.join('=');
  return texts.length <= 2 && /^[a-z0-9][a-z0-9+.-]+(=[A-Za-z0-9.+:~_-]+)?$/.test(text) ? text : undefined;
}

function misplacedUpgrade(root: SourceNode): Misplaced[] {
  const entry = entryOf(root, 'package_upgrade') ?? entryOf(root, 'apt_upgrade');
  if (entry?.value.type !== 'scalar' || entry.value.value !== true) return [];
  return [
    {
      home: 'day-2',
      place: entry.key,
      label: 'package_upgrade',
      message:
        'Upgrading is a task of day 2: hosts that boot on different days would differ. What the image holds is decided when it is built.',
    },
  ];
}

/** Paths that are read before cloud-init has written anything, or that are the same on every host. */
const bakedPaths: readonly (readonly [RegExp, string])[] = [
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
  [/^\/etc\/security\/limits(\.d\/|\.conf$)/, 'The profile has “limits”.'],
  [
    /^\/etc\/(initramfs-tools|dracut\.conf\.d|dkms)\//,
    'It is read when the image is built, and never on the host.',
  ],
  [
    /^\/etc\/(containerd\/(config\.toml$|certs\.d\/)|docker\/daemon\.json$|crio\/|containers\/registries\.)/,
    'The profile has “containers”.',
  ],
  [/^\/etc\/default\/kdump-tools$/, 'The profile has “kdump”, which sets memory aside as well.'],
  [
    /^\/etc\/udev\/rules\.d\//,
    'It is read before user-data comes: under “files” it counts from the first boot on.',
  ],
  [/^\/etc\/apt\/(sources\.list|preferences|keyrings|trusted\.gpg)/, 'The profile has “repositories”.'],
];

/** Paths whose settings are stamped from documents of their own, whatever stands in them. */
const stampedPaths: readonly (readonly [RegExp, 'host' | 'site', string])[] = [
  [
    /^\/etc\/(netplan\/.+\.yaml|network\/interfaces(\.d\/.+)?|NetworkManager\/system-connections\/.+|systemd\/network\/.+\.(network|netdev))$/,
    'host',
    'The network of a host stands in networks/ and in its document, where it is checked. Here it is written when the network is up already, and counts from the next boot on.',
  ],
  [/^\/etc\/hostname$/, 'host', 'The name of a host is stamped: it is that of its document.'],
  [
    /^\/etc\/(timezone|localtime)$/,
    'site',
    'The time zone of all hosts stands under “timezone” of site.yaml.',
  ],
  [
    /^\/etc\/systemd\/timesyncd\.conf(\.d\/.+)?$/,
    'site',
    'Time servers of all hosts stand under “ntp” of site.yaml.',
  ],
  [
    /^\/etc\/systemd\/resolved\.conf(\.d\/.+)?$/,
    'site',
    'Name servers of all hosts stand under “dns” of site.yaml, those of one in its network.',
  ],
];

/** Files that are stamped here as well; where site.yaml says all that they do, it says it once for all hosts, checked. */
const siteFiles: readonly (readonly [RegExp, string])[] = [
  [timeServerFiles, 'Time servers of all hosts stand under “ntp” of site.yaml.'],
  [/^\/etc\/apt\/apt\.conf\.d\//, 'Proxies of all hosts stand under “proxies” of site.yaml.'],
  [environmentFiles, 'Proxies of all hosts stand under “proxies” of site.yaml.'],
  [localeFiles, 'The language of all hosts stands under “locale” of site.yaml.'],
  [
    /^\/usr\/local\/share\/ca-certificates\/.+\.crt$/,
    'Authorities that all hosts trust stand under “trustedCAs” of site.yaml.',
  ],
];

const applicationKinds =
  /^kind:\s*["']?(Deployment|DaemonSet|StatefulSet|CronJob|Service|Ingress|HelmRelease|HelmChart)\b/m;

function misplacedFiles(root: SourceNode): Misplaced[] {
  const entry = entryOf(root, 'write_files');
  const items = itemsOf(entry?.value);
  return items.flatMap((item): Misplaced[] => {
    const path = stringOf(item, 'path');
    const content = stringOf(item, 'content') ?? '';
    const place = entryOf(item, 'path')?.value;
    if (entry === undefined || path === undefined || place === undefined) return [];
    const stamped = stampedPaths.find(([pattern]) => pattern.test(path));
    const from = items.length === 1 ? { parent: root, key: entry.key } : { parent: entry.value, item };
    if (stamped !== undefined) {
      const [, home, message] = stamped;
      const settings =
        holdsPlainKeys(item) && !differsByHost(content) ? settingsOfSite(path, content) : undefined;
      const move = settings && { to: 'site' as const, additions: settings, from };
      return [{ home, place, label: path, message, ...(move === undefined ? {} : { move }) }];
    }
    if (differsByHost(content)) return [];
    const ofSite = siteFiles.find(([pattern]) => pattern.test(path));
    if (ofSite !== undefined) {
      const additions = holdsPlainKeys(item, ['append']) ? additionsToSite(path, content) : undefined;
      const [, message] = ofSite;
      return additions === undefined
        ? []
        : [
            {
              home: 'site',
              place,
              label: path,
              message,
              onlyForAll: true,
              move: { to: 'site', additions, from },
            },
          ];
    }
    if (/^apiVersion:/m.test(content) && applicationKinds.test(content))
      return [
        {
          home: 'day-2',
          place,
          label: path,
          message:
            'Applications are a task of day 2: they are deployed to a cluster that is up, not carried by each host.',
        },
      ];
    const why = bakedPaths.find(([pattern]) => pattern.test(path))?.[1];
    if (why === undefined) return [];
    const additions = additionsOf(item, path, content);
    const isFile = additions?.some(({ path: [list] }) => list === 'files');
    const how = isFile && !why.includes('“files”') ? ` ${asFile(path)}` : '';
    return [
      {
        home: 'profile',
        place,
        label: path,
        message: `${path} is the same on every host and belongs to the host profile. ${why}${how}`,
        ...(additions === undefined ? {} : { move: { to: 'profile', additions, from } }),
      },
    ];
  });
}

/** What the fix does where it cannot write the section that was named. */
function asFile(path: string): string {
  return settingsFiles.test(path)
    ? 'It holds more than that section has words for, so that it moves to “files” as it is.'
    : 'Only you can say what of it becomes that section: it moves to “files” as it is.';
}

const settingsFiles = /^\/etc\/(sysctl\.|modules|modprobe\.d\/|security\/limits)/;

/** Never read there: moving them would change nothing. */
const deadInImage = /^\/etc\/default\/grub(\.d\/|$)/;

/** Others, such as an encoding, would be lost. */
const plainKeys = ['path', 'content', 'permissions', 'owner'];

function holdsPlainKeys(item: SourceNode, others: readonly string[] = []): boolean {
  const known = [...plainKeys, ...others];
  return item.type === 'map' && item.entries.every(({ key }) => known.includes(String(key.value)));
}

/** The section that a file amounts to, or the file itself; nothing where a setting of the entry would be lost. */
function additionsOf(item: SourceNode, path: string, content: string): readonly Addition[] | undefined {
  if (!holdsPlainKeys(item)) return undefined;
  const settings = settingsOfProfile(path, content);
  if (settings !== undefined) return settings;
  if (deadInImage.test(path)) return undefined;
  const [owner, group] = (stringOf(item, 'owner') ?? 'root:root').split(':');
  const mode = stringOf(item, 'permissions') ?? '0644';
  if (owner !== 'root' || (group ?? 'root') !== 'root' || !/^0?[0-7]{3,4}$/.test(mode)) return undefined;
  return [{ path: ['files'], item: { path, ...(mode === '0644' ? {} : { mode }), content } }];
}
