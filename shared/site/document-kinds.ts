import { type PartType, partTypeOf } from '../cloud-config/part-type.ts';
import { formatOfText, withoutMargin } from '../network/network-format.ts';
import { networkOfManifest } from '../network/report-manifest.ts';

/** Kinds of documents by the names that the command line uses. */
export const kinds = [
  'site',
  'host',
  'host-profile',
  'image',
  'network-config',
  'cloud-config',
  'nmstate',
  'network-data',
  'isogen',
] as const;
export type Kind = (typeof kinds)[number];

const folders: Readonly<Record<string, Kind>> = {
  hosts: 'host',
  profiles: 'host-profile',
  images: 'image',
  networks: 'network-config',
  'user-data': 'cloud-config',
};

const documentKinds: Readonly<Record<string, Kind>> = {
  Site: 'site',
  Host: 'host',
  HostProfile: 'host-profile',
  Image: 'image',
};

export function folderOfKind(kind: Kind): string | undefined {
  return Object.keys(folders).find((folder) => folders[folder] === kind);
}

/**
 * The kind that a path inside a site stands for; undefined for what is no document of a site. What lies in networks/ is
 * `network-config` whatever its format: hosts refer to all of them alike, and the text tells the format. Some of these
 * come as JSON.
 */
export function kindOfPath(path: string): Kind | undefined {
  if (path === 'site.yaml') return 'site';
  if (path === 'isogen.yaml') return 'isogen';
  const match = /^([a-z-]+)\/[^/]+\.(ya?ml|json)$/.exec(path);
  const folder = match?.[1];
  if (match?.[2] === 'json' && folder !== 'networks') return undefined;
  return folder !== undefined && Object.hasOwn(folders, folder) ? folders[folder] : undefined;
}

/** `hosts/edge-01.yaml` is named `edge-01`. */
export function nameOfPath(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.(ya?ml|json)$/, '');
}

/** First lines by which cloud-init knows user-data, and which no document of another kind has. */
const plainHeaders: ReadonlySet<PartType> = new Set([
  ...(['archive', 'jsonp', 'script', 'boothook', 'part-handler', 'upstart', 'multipart'] as const),
]);

/**
 * The kind of a single file, by what it says and then by where it lies. Undefined when neither tells. Only the
 * first 64 KiB are looked at.
 */
export function guessKind(path: string, text: string): Kind | undefined {
  const head = withoutMargin(text.slice(0, 65_536));
  if (/^\uFEFF?\s*#cloud-config\s*$/im.test(head.slice(0, 200))) return 'cloud-config';
  const written = /^kind:[ \t]*["']?([A-Za-z]+)/m.exec(head)?.[1];
  if (written !== undefined && Object.hasOwn(documentKinds, written)) return documentKinds[written];
  if (written === 'IsoConfiguration' || written === 'ImageConfiguration') return 'isogen';
  // Its reader says where the network stands in it.
  if (written !== undefined && Object.hasOwn(networkOfManifest, written)) return 'nmstate';
  const ofPath = kindOfPath(path) ?? kindOfPath(path.split('/').slice(-2).join('/'));
  if (ofPath !== undefined) return ofPath;
  if (/^builder:/m.test(head) && /^container:/m.test(head)) return 'isogen';
  const header = partTypeOf(head);
  if (plainHeaders.has(header)) return 'cloud-config';
  const format = formatOfText(head);
  // A network may start with such a comment.
  if (format === undefined && header !== 'none') return 'cloud-config';
  if (format === 'nmstate' || format === 'network-data') return format;
  return format === undefined ? undefined : 'network-config';
}

/** Whether text may hold references such as `((host.name))`: only what is stamped per host does. */
export function holdsReferences(kind: Kind | undefined): boolean {
  return kind === 'cloud-config' || isNetworkKind(kind);
}

/** Kinds that are read into the network model. */
export function isNetworkKind(kind: Kind | undefined): kind is 'network-config' | 'nmstate' | 'network-data' {
  return kind === 'network-config' || kind === 'nmstate' || kind === 'network-data';
}
