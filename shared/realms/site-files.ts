import { parseIpAddress } from '../network/addresses.ts';
import { linesWithComments } from './file-lines.ts';
import type { Addition } from './misplaced.ts';

interface SiteFile {
  readonly path: RegExp;
  /** Of one line that is no comment; undefined for a line that site.yaml has no word for. */
  readonly read: (line: string) => readonly Addition[] | undefined;
}

const words = (text: string) => text.split(/[\s,]+/).filter((word) => word !== '');
const under = (section: string, list: string, items: readonly string[]): readonly Addition[] =>
  items.map((item) => ({ path: [section, list], item }));

export const timeServerFiles = /^\/etc\/(chrony\/.+\.(conf|sources)|chrony\.conf|ntp(sec\/ntp)?\.conf)$/;
export const environmentFiles = /^\/etc\/(environment|profile\.d\/.+\.sh)$/;
export const localeFiles = /^\/etc\/(default\/locale|locale\.conf)$/;

const files: readonly SiteFile[] = [
  {
    path: /^\/etc\/systemd\/timesyncd\.conf(\.d\/.+)?$/,
    read: (line) => {
      if (line === '[Time]') return [];
      const [, servers] = /^NTP\s*=\s*(\S.*)$/.exec(line) ?? [];
      return servers === undefined ? undefined : under('ntp', 'servers', words(servers));
    },
  },
  {
    path: timeServerFiles,
    read: (line) => {
      const [, kind, name = ''] = /^(server|pool)\s+(\S+)(\s+iburst)?$/.exec(line) ?? [];
      return kind === undefined ? undefined : under('ntp', `${kind}s`, [name]);
    },
  },
  {
    path: /^\/etc\/systemd\/resolved\.conf(\.d\/.+)?$/,
    read: (line) => {
      if (line === '[Resolve]') return [];
      const [, key, value = ''] = /^(DNS|Domains)\s*=\s*(\S.*)$/.exec(line) ?? [];
      const items = words(value);
      if (key === 'DNS')
        return items.every((item) => parseIpAddress(item)) ? under('dns', 'servers', items) : undefined;
      return key === 'Domains' ? under('dns', 'search', items) : undefined;
    },
  },
  {
    // resolv.conf(5).
    path: /^\/etc\/resolv\.conf$/,
    read: (line) => {
      const [, key, value = ''] = /^(nameserver|search)\s+(\S.*)$/.exec(line) ?? [];
      const items = words(value);
      if (key === 'nameserver')
        return items.length === 1 && parseIpAddress(value) ? under('dns', 'servers', items) : undefined;
      return key === 'search' ? under('dns', 'search', items) : undefined;
    },
  },
  {
    path: /^\/etc\/apt\/apt\.conf\.d\//,
    read: (line) => {
      const [, key, value = ''] = /^Acquire::(https?)::Proxy\s+"(https?:\/\/[^"]+)";$/i.exec(line) ?? [];
      return key === undefined ? undefined : [{ path: ['proxies'], key: key.toLowerCase(), value }];
    },
  },
  {
    path: environmentFiles,
    read: (line) => {
      const [, key = '', , value = ''] =
        /^(?:export\s+)?(http|https|no)_proxy=(["']?)([^\s"'$`;]+)\2$/i.exec(line) ?? [];
      if (key === '') return undefined;
      if (key.toLowerCase() === 'no') return under('proxies', 'noProxy', words(value));
      return [{ path: ['proxies'], key: key.toLowerCase(), value }];
    },
  },
  {
    path: localeFiles,
    read: (line) => {
      const [, , value] = /^LANG=(["']?)([^\s"'$`;]+)\1$/.exec(line) ?? [];
      return value === undefined ? undefined : [{ path: [], key: 'locale', value }];
    },
  },
  {
    path: /^\/etc\/timezone$/,
    read: (line) => [{ path: [], key: 'timezone', value: line }],
  },
];

/** What a file that only holds settings of all hosts amounts to in site.yaml; undefined where it holds more. */
export function settingsOfSite(path: string, content: string): readonly Addition[] | undefined {
  const file = files.find((each) => each.path.test(path));
  const read = linesWithComments(content).map(({ text, comments }) =>
    file?.read(text)?.map((each, index) => (index === 0 ? { ...each, comments } : each)),
  );
  const additions = read.flatMap((each) => each ?? []);
  return read.includes(undefined) || additions.length === 0 ? undefined : additions;
}
