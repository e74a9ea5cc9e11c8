import { childOf, entryOf, type SourceNode, stringOf } from '../source/source-node.ts';
import { type Addition, differsByHost, type From, type Home, itemsOf, type Misplaced } from './misplaced.ts';
import { additionsToSite } from './misplaced-in-profile.ts';
import { asFile, bakedPaths, deadInImage, siteFiles, stampedPaths } from './misplaced-paths.ts';
import { settingsOfProfile } from './profile-files.ts';

const applicationKinds =
  /^kind:\s*["']?(Deployment|DaemonSet|StatefulSet|CronJob|Service|Ingress|HelmRelease|HelmChart)\b/m;

/** Entries of write_files that are baked, stamped from other documents, or a task of day 2. */
export function misplacedFiles(root: SourceNode): Misplaced[] {
  const entry = entryOf(root, 'write_files');
  const items = itemsOf(entry?.value);
  return items.flatMap((item): Misplaced[] => {
    const path = stringOf(item, 'path');
    const content = stringOf(item, 'content') ?? '';
    const place = entryOf(item, 'path')?.value;
    if (entry === undefined || path === undefined || place === undefined) return [];
    const from = items.length === 1 ? { parent: root, key: entry.key } : { parent: entry.value, item };
    const file: WrittenFile = { item, path, content, from };
    const found = { place, label: path };
    if (path === '/etc/hostname') return [{ ...found, ...ofName(file, root) }];
    const stamped = stampedPaths.find(([pattern]) => pattern.test(path));
    if (stamped !== undefined) {
      const [, home, message] = stamped;
      return [{ ...found, home, message, ...toStamped(file, home) }];
    }
    if (differsByHost(content)) return [];
    const ofSite = siteFiles.find(([pattern]) => pattern.test(path));
    if (ofSite !== undefined) {
      const { move } = toSite(file);
      return move === undefined
        ? []
        : [{ ...found, home: 'site', message: ofSite[1], onlyForAll: true, move }];
    }
    if (/^apiVersion:/m.test(content) && applicationKinds.test(content))
      return [
        {
          ...found,
          home: 'day-2',
          message:
            'Applications are a task of day 2: they are deployed to a cluster that is up, not carried by each host.',
        },
      ];
    const why = bakedPaths.find(([pattern]) => pattern.test(path))?.[1];
    if (why === undefined) return [];
    const amount = amountInProfile(file);
    const isFile = typeof amount !== 'string' && amount.some(({ path: [list] }) => list === 'files');
    const how = isFile && !why.includes('“files”') ? ` ${asFile(path)}` : '';
    return [
      {
        ...found,
        home: 'profile',
        message: `${path} is the same on every host and belongs to the host profile. ${why}${how}`,
        ...(typeof amount === 'string'
          ? { byHand: amount }
          : { move: { to: 'profile', additions: amount, from } }),
      },
    ];
  });
}

interface WrittenFile {
  readonly item: SourceNode;
  readonly path: string;
  readonly content: string;
  readonly from: From;
}

/**
 * The name of meta-data is set before the network is up (`_maybe_set_hostname`, cloudinit/cmd/main.py), so that what
 * write_files says of it stays, and counts from the next boot on.
 */
function ofName({ content, from }: WrittenFile, root: SourceNode): Omit<Misplaced, 'place' | 'label'> {
  const home = 'host';
  const stamped = 'The name of a host is stamped: it is that of its document';
  const preserved = childOf(root, 'preserve_hostname');
  if (preserved?.type === 'scalar' && preserved.value === true)
    return {
      home,
      message: `${stamped}.`,
      byHand:
        '“preserve_hostname” keeps cloud-init from setting that, and this file does it instead. Take out both',
    };
  if (/^\s*\(\(\s*host\.name\s*\)\)\s*$/.test(content))
    return {
      home,
      message: `${stamped}, and each host has it without this file. Leave it out.`,
      leaveOut: { from },
    };
  const byHand = 'the document of each host has its name already. Take the file out here';
  return differsByHost(content)
    ? { home, message: `${stamped}.`, byHand }
    : { home, message: `Every host with this fragment would get this one name. ${stamped}.`, byHand };
}

type Answer = Pick<Misplaced, 'move' | 'byHand'>;

function toStamped(file: WrittenFile, home: Home): Answer {
  const { content } = file;
  if (home === 'site')
    return differsByHost(content)
      ? {
          byHand:
            'what stands between (( and )) may be another on each host, and site.yaml holds for all. Write there what they share, and take the file out here',
        }
      : isAppended(file.item)
        ? {
            byHand:
              'it adds to a file that is there already. Write there what hosts should have of both, and take it out here',
          }
        : toSite(file);
  return {
    byHand: differsByHost(content)
      ? 'it is for netplan or another program, and networks/ has a form of its own. Write there what it says, where (( and )) are filled in as well, and take the file out here'
      : 'only you can say which host it is for. Write what it says in networks/, let that host refer to it, and take the file out here',
  };
}

function toSite({ item, path, content, from }: WrittenFile): Answer {
  const why = whyNotPlain(item);
  if (why !== undefined) return { byHand: why };
  const additions = additionsToSite(path, content);
  return additions === undefined
    ? {
        byHand:
          'it holds more than site.yaml has words for. Write there what it has words for, and take that out here',
      }
    : { move: { to: 'site', additions, from } };
}

/** `append` and `defer` say how and when a file is written, and not what it says. */
const plainKeys = ['path', 'content', 'permissions', 'owner', 'append', 'defer'];

function isAppended(item: SourceNode): boolean {
  const append = childOf(item, 'append');
  return append?.type === 'scalar' && append.value !== false;
}

/** What of an entry would be lost elsewhere, and what to do. */
function whyNotPlain(item: SourceNode): string | undefined {
  if (item.type !== 'map') return 'it is no mapping. Write it as one';
  const encoding = stringOf(item, 'encoding');
  if (encoding !== undefined && encoding !== 'text/plain')
    return `it is encoded (${encoding}), so that what it says is not to be seen. Write it as text`;
  const other = item.entries.find(({ key }) => !['encoding', ...plainKeys].includes(String(key.value)));
  return (
    other &&
    `no document but this has a word for “${String(other.key.value)}”. Write there what the file says, and take it out here`
  );
}

/** The section that a file amounts to, or the file itself; or why neither, where something would be lost. */
function amountInProfile({ item, path, content }: WrittenFile): readonly Addition[] | string {
  const why = whyNotPlain(item);
  if (why !== undefined) return why;
  const settings = settingsOfProfile(path, content);
  if (settings !== undefined) return settings;
  if (deadInImage.test(path))
    return 'only you can say what of it is for the kernel. Write that there, and take the file out here';
  if (isAppended(item))
    return 'it adds to a file that is there already, and a profile holds a file as a whole. Write all that it should say there under “files”, and take it out here';
  const [owner, group] = (stringOf(item, 'owner') ?? 'root:root').split(':');
  if (owner !== 'root' || (group ?? 'root') !== 'root')
    return `it belongs to ${stringOf(item, 'owner') ?? ''}, and the image may not have that account. Write it there under “files”, with “owner” and “group” where it has, and take it out here`;
  const permissions = childOf(item, 'permissions');
  const mode = permissions === undefined ? '0644' : stringOf(item, 'permissions');
  if (mode === undefined || !/^0?[0-7]{3,4}$/.test(mode))
    return 'its permissions are no text in octal, such as "0644". Write them so';
  return [{ path: ['files'], item: { path, ...(mode === '0644' ? {} : { mode }), content } }];
}
