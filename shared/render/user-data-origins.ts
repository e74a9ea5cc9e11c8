import type { AnalysedHost } from '../site/analysis.ts';
import { lookUp } from '../source/look-up.ts';
import { childOf, type SourceNode } from '../source/source-node.ts';
import type { StandsFor, Substitutes } from './origin.ts';

/** Where site.yaml says what cloud-init calls otherwise. Paths of lists go on with the index of the item. */
const paths: Readonly<Record<string, readonly string[]>> = {
  timezone: ['spec', 'timezone'],
  locale: ['spec', 'locale'],
  keyboard: ['spec', 'keyboard'],
  ntp: ['spec', 'ntp'],
  'ntp.servers': ['spec', 'ntp', 'servers'],
  'ntp.pools': ['spec', 'ntp', 'pools'],
  ca_certs: ['spec', 'trustedCAs'],
  'ca_certs.trusted': ['spec', 'trustedCAs'],
  users: ['spec', 'adminUser'],
  'users.0.name': ['spec', 'adminUser', 'name'],
  'users.0.groups': ['spec', 'adminUser', 'groups'],
  'users.0.sudo': ['spec', 'adminUser', 'sudo'],
  'users.0.shell': ['spec', 'adminUser', 'shell'],
  'users.0.lock_passwd': ['spec', 'adminUser', 'lockPassword'],
  'users.0.ssh_authorized_keys': ['spec', 'adminKeys'],
  apt: ['spec', 'proxies'],
  'apt.http_proxy': ['spec', 'proxies', 'http'],
  'apt.https_proxy': ['spec', 'proxies', 'https'],
  write_files: ['spec', 'proxies'],
};

const everyHost = 'every host receives this';

/**
 * What the generated nodes of a host's cloud-config stand for: settings of site.yaml and of the host's own document.
 * `site`: the root of site.yaml.
 */
export function userDataSubstitutes(
  own: SourceNode,
  host: AnalysedHost,
  site: SourceNode | undefined,
): Substitutes {
  const found = new Map<SourceNode, StandsFor>();
  const { name, domain } = host.reading;
  const fixed: Readonly<Record<string, StandsFor>> = {
    hostname: { node: name ?? host.reading.document.root },
    fqdn: { node: domain, words: 'metadata.name and spec.domain' },
    prefer_fqdn_over_hostname: { node: undefined, words: everyHost },
    manage_etc_hosts: { node: undefined, words: everyHost },
  };
  const visit = (node: SourceNode, path: string, above: StandsFor): void => {
    const standsFor = lookUp(fixed, path) ?? settingAt(site, path) ?? above;
    found.set(node, standsFor);
    if (node.type === 'map') {
      for (const { key, value } of node.entries) {
        const inner = path === '' ? String(key.value) : `${path}.${String(key.value)}`;
        visit(value, inner, standsFor);
        found.set(key, found.get(value) ?? standsFor);
      }
    } else if (node.type === 'sequence')
      for (const [index, item] of node.items.entries()) visit(item, `${path}.${index}`, standsFor);
  };
  visit(own, '', { node: undefined, words: everyHost });
  return found;
}

/** Undefined for what site.yaml does not set: a default is where the setting above it is. */
function settingAt(site: SourceNode | undefined, path: string): StandsFor | undefined {
  if (site === undefined) return undefined;
  const item = /^(.*)\.(\d+)$/.exec(path);
  const list = item?.[1] === undefined ? undefined : lookUp(paths, item[1]);
  if (list !== undefined && item !== null) return itemAt(site, list, Number(item[2]));
  const setting = Object.hasOwn(paths, path) ? paths[path] : undefined;
  const node = setting && existing(site, setting);
  if (setting !== undefined && node !== undefined) return { node, words: setting.join('.') };
  // Keys alone make an account as well.
  return path === 'users' ? settingAt(site, 'users.0.ssh_authorized_keys') : undefined;
}

function itemAt(site: SourceNode, list: readonly string[], index: number): StandsFor | undefined {
  const node = existing(site, list);
  const words = list.join('.');
  if (node?.type !== 'sequence') return node && { node, words };
  // Of an authority, the certificate is what the host receives.
  const items = list.includes('trustedCAs')
    ? node.items.flatMap((item) => childOf(item, 'certificate') ?? [])
    : node.items;
  return { node: items[index] ?? node, words };
}

function existing(root: SourceNode, path: readonly string[]): SourceNode | undefined {
  let node: SourceNode | undefined = root;
  for (const segment of path) node = childOf(node, String(segment));
  return node;
}
