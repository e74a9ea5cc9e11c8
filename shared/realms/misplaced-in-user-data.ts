import { entryOf, type SourceNode } from '../source/source-node.ts';
import { itemsOf, type Misplaced } from './misplaced.ts';
import { misplacedCommands } from './misplaced-commands.ts';
import { misplacedFiles } from './misplaced-files.ts';
import { misplacedSources } from './misplaced-sources.ts';

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
        : {
            byHand:
              'not each entry is a package of Debian by its name, with a version at most. Write those that are under “packages.install” of the profile, and take them out here',
          }),
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
