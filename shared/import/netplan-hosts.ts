import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { hostnameLabel } from '../schema/scalars.ts';
import { createSourceText } from '../source/source-text.ts';
import type { NetworkFile } from './import-networks.ts';

/** The files that netplan reads together, in its order. */
export interface NetplanHost {
  readonly files: readonly [NetworkFile, ...NetworkFile[]];
  /** Undefined where nothing but the name of the first file tells it. */
  readonly host: string | undefined;
}

/** As the installers and cloud-init write them: 00-installer-config.yaml, 50-cloud-init.yaml, 99-local.yaml. */
const partName = /^\d\d-/;
/** Where netplan looks, the folder that is read first at the end (netplan-generate(8)). */
const netplanFolder = /^(.*?)\/?(?:usr\/)?(lib|etc|run)\/netplan$/;
const ranks = ['lib', 'etc', 'run'];

/**
 * Tells which files are parts of one host: those that were given to one, those of a netplan folder, and those of any
 * folder that are named like its parts. Every other file is a host.
 */
export function netplanHosts(files: readonly NetworkFile[], sink: DiagnosticSink): NetplanHost[] {
  const groups = new Map<string, NetworkFile[]>();
  for (const file of files) {
    const key = groupOf(file);
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups.values()].flatMap((group): NetplanHost[] => {
    const [first, ...others] = inOrder(group, sink);
    return first === undefined ? [] : [{ files: [first, ...others], host: first.host ?? nameOf(group) }];
  });
}

function groupOf({ path, host }: NetworkFile): string {
  if (host !== undefined) return `host ${host}`;
  const folder = folderOf(path);
  const root = netplanFolder.exec(folder)?.[1];
  if (root !== undefined) return `root ${root}`;
  return partName.test(nameOfFile(path)) ? `folder ${folder}` : `file ${path}`;
}

/** By the names of the files, wherever they lie. Of one name netplan reads one: that of /run before those of /etc and /lib. */
function inOrder(group: readonly NetworkFile[], sink: DiagnosticSink): NetworkFile[] {
  const byName = new Map<string, NetworkFile>();
  const byRank = [...group].sort((one, other) => rankOf(other) - rankOf(one));
  for (const file of byRank) {
    const name = nameOfFile(file.path);
    const read = byName.get(name);
    if (read === undefined) byName.set(name, file);
    else reportShadowed(file, read, sink);
  }
  return [...byName].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, file]) => file);
}

function reportShadowed(file: NetworkFile, read: NetworkFile, sink: DiagnosticSink): void {
  const place = { source: createSourceText(file.path, file.text), span: { start: 0, end: 0 } };
  if (rankOf(file) < rankOf(read)) {
    const message = `netplan does not read this file: ${read.path} has the same name and comes before it. It is left out.`;
    sink.at(place, 'warning', 'import-left-out', message);
  } else {
    const message = `Two files of one host are called ${nameOfFile(file.path)}, and netplan reads one of a name; the other is ${read.path}.`;
    sink.at(place, 'error', 'name-duplicate', message);
  }
}

/** The machine whose file system was copied (web-1/etc/netplan), or the folder that holds its parts. */
function nameOf(group: readonly NetworkFile[]): string | undefined {
  const [{ path } = { path: '' }] = group;
  const folder = folderOf(path);
  const root = netplanFolder.exec(folder)?.[1];
  if (root === undefined && group.length < 2) return undefined;
  const name = nameOfFile(root ?? folder);
  const isName =
    name !== 'netplan' && name.split('.').every((label) => hostnameLabel.safeParse(label).success);
  return isName ? name : undefined;
}

/** Of a folder netplan reads what is called NAME.yaml. Other YAML is told to be left out, never passed over. */
export function netplanFilesLeftOut(files: readonly NetworkFile[]): readonly Diagnostic[] {
  const sink = new DiagnosticSink();
  for (const { path, text } of files) {
    if (!/\.ya?ml(\.\w+)?$|\.yaml[~-]/i.test(nameOfFile(path))) continue;
    const place = { source: createSourceText(path, text), span: { start: 0, end: 0 } };
    const message = 'This file is left out: netplan reads only those of a folder that end in “.yaml”.';
    sink.at(place, 'warning', 'import-left-out', message);
  }
  return sink.list();
}

/** Whether a file of any folder is one that netplan would read there: web-1/etc/netplan/50-cloud-init.yaml. */
export function isPart(path: string): boolean {
  return /\.yaml$/.test(path) && (netplanFolder.test(folderOf(path)) || isNamedLikePart(path));
}

/** Whether a file is named like a part of a host’s configuration, and not like a host. */
export function isNamedLikePart(path: string): boolean {
  return partName.test(nameOfFile(path));
}

function rankOf({ path }: NetworkFile): number {
  return ranks.indexOf(netplanFolder.exec(folderOf(path))?.[2] ?? '');
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function nameOfFile(path: string): string {
  return path.replace(/^.*\//, '');
}
