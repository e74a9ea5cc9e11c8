import { entryOf, type SourceNode, stringOf } from '../source/source-node.ts';
import { type Addition, differsByHost, itemsOf, type Misplaced } from './misplaced.ts';
import { misplacedCommands } from './misplaced-commands.ts';
import { additionsToSite } from './misplaced-in-profile.ts';
import { asFile, bakedPaths, deadInImage, siteFiles, stampedPaths } from './misplaced-paths.ts';
import { misplacedSources } from './misplaced-sources.ts';
import { settingsOfProfile } from './profile-files.ts';
import { settingsOfSite } from './site-files.ts';

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
