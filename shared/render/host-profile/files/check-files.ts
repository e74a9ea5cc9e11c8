import { entryOf } from '../../../source/source-node.ts';
import type { ProfileCheck } from '../profile-check.ts';
import { removed, replaced, titled } from '../remedy.ts';
import { folderModeProblem, isSystemFolder } from './folder-modes.ts';

/** Folders that the kernel or an early service mounts over, so that what is baked there is never seen. */
const coveredFolders = /^\/(proc|sys|dev|run|tmp)\//;
/** Written for each host when it boots, from its seed. */
const writtenPerHost = new Set([
  '/etc/hostname',
  '/etc/machine-id',
  '/etc/resolv.conf',
  '/etc/netplan/50-cloud-init.yaml',
  '/etc/localtime',
  '/etc/timezone',
]);

/** Files, folders and permissions that contradict each other, or that a host would never see. */
export function checkFiles({ spec, at, contradiction, value }: ProfileCheck): void {
  const files = (spec.files ?? []).map((file, index) => ({
    ...file,
    way: ['files', index] as const,
    node: at('files', index),
    place: at('files', index, 'path'),
  }));
  const folders = (spec.directories ?? []).map((folder, index) => ({
    ...folder,
    way: ['directories', index] as const,
    node: at('directories', index),
    place: at('directories', index, 'path'),
  }));
  const permissions = (spec.permissions ?? []).map((entry, index) => ({
    ...entry,
    way: ['permissions', index] as const,
    node: at('permissions', index),
    place: at('permissions', index, 'path'),
  }));
  const fileAt = new Map(files.map(({ path, place }) => [path, place]));
  const described = new Map([...files, ...folders].map(({ path, way: [list] }) => [path, list]));
  for (const { path, place, way } of permissions) {
    const list = described.get(path);
    if (list === undefined) continue;
    value(
      place,
      `${path} stands under “${list}” already, with its owner and mode; say them there.`,
      removed(...way),
    );
  }
  for (const { path, place, mode, node, way } of [...files, ...folders, ...permissions]) {
    if (coveredFolders.test(path))
      value(place, `${path} is not seen on the host: its folder is made anew at boot.`);
    const [list] = way;
    const problem =
      mode === undefined || list === 'files'
        ? undefined
        : folderModeProblem(path, mode, list === 'directories');
    if (list === 'files' && isSystemFolder(path))
      contradiction(place, `${path} is a folder of every system: a file cannot take its place.`);
    if (problem !== undefined) {
      const tell = problem.isFatal ? contradiction : value;
      tell(entryOf(node, 'mode')?.value ?? node, problem.message, replaced(problem.instead, ...way, 'mode'));
    }
    // World-writable without the sticky bit: everybody may replace it.
    else if (mode !== undefined && /[2367]$/.test(mode) && !/^[1-7][0-7]{3}$/.test(mode))
      value(
        entryOf(node, 'mode')?.value ?? node,
        `The mode ${mode} lets every account write ${path}.`,
        replaced(`${mode.slice(0, -1)}${Number(mode.slice(-1)) & 5}`, ...way, 'mode'),
      );
    const trimmed = path.replaceAll(/[ \t]*\/[ \t]*/g, '/').trim();
    if (trimmed !== path)
      value(
        place,
        `A name in this path starts or ends with a blank: “${path}”. It is another one than ${trimmed}.`,
        ...(trimmed.length > 1 ? [titled('Remove the blank', replaced(trimmed, ...way, 'path'))] : []),
      );
    const above = parentsOf(path).find((parent) => fileAt.has(parent));
    if (above !== undefined) contradiction(place, `${path} cannot be made: ${above} is a file.`);
  }
  for (const { path, place, way } of files) {
    if (writtenPerHost.has(path))
      value(
        place,
        `${path} is written for each host when it boots. What stands here is lost.`,
        removed(...way),
      );
  }
  for (const { path, place } of folders)
    if (fileAt.has(path)) contradiction(place, `${path} is a file and a folder.`);
}

function parentsOf(path: string): string[] {
  const parts = path.split('/').slice(1, -1);
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`);
}
