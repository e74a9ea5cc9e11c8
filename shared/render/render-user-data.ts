import { mergeCloudConfig } from '../cloud-config/merge.ts';
import { userEntries } from '../cloud-config/user-entries.ts';
import type { AnalysedHost } from '../site/analysis.ts';
import type { SiteSettings } from '../site/site-settings.ts';
import { substitute } from '../site/substitute.ts';
import { childOf, entryOf, type MapEntry, type MapNode, type SourceNode } from '../source/source-node.ts';
import { cloudInitYamlOf } from './cloud-init-yaml.ts';
import { generatedOfHost, generatedOfSite, type PlainCloudConfig } from './generated-cloud-config.ts';
import { writtenNowhere } from './written-nowhere.ts';

/**
 * One cloud-config: the host's fragments merged by cloud-init's rules, and what site and host documents say. Where a
 * fragment sets a key itself, it is the one that counts, as the more particular; except that lists of people and trust
 * grow: the administrator is added to `users`, the site's authorities to `ca_certs`, its files to `write_files`. An
 * account that a fragment writes for the administrator's name stays as written and gets the site's keys only when it
 * names none. The generated keys come first, in the order in which people look for them.
 */
export function renderUserData(host: AnalysedHost, settings: SiteSettings): string {
  return `${userDataHeader}${cloudInitYamlOf(mergeUserData(host, generatedUserData(host, settings)))}`;
}

export const userDataHeader = '#cloud-config\n';

/** What site and host documents say, as a tree that stands in no file. */
export function generatedUserData(host: AnalysedHost, settings: SiteSettings): MapNode {
  const domain = host.reading.domain?.value;
  const named = { name: host.summary.name, domain: typeof domain === 'string' ? domain : undefined };
  const ofHost = mappingOf(generatedOfHost(named));
  return { ...ofHost, entries: [...ofHost.entries, ...ofSite(settings).entries] };
}

const bySettings = new WeakMap<SiteSettings, MapNode>();

/** The same nodes for every host: the text of a value is written once (`cloudInitYamlOf`). */
function ofSite(settings: SiteSettings): MapNode {
  let known = bySettings.get(settings);
  if (known === undefined) {
    known = mappingOf(generatedOfSite(settings));
    bySettings.set(settings, known);
  }
  return known;
}

function mappingOf(config: PlainCloudConfig): MapNode {
  return writtenNowhere(config) as MapNode;
}

/** The cloud-config of a host as a tree: values of fragments with their places, others the very nodes of `own`. */
export function mergeUserData(host: AnalysedHost, own: MapNode): MapNode {
  const fragments = host.fragments.flatMap(({ root }) =>
    root === undefined ? [] : [substitute(root, host.values)],
  );
  const merged = mergeCloudConfig(fragments)?.entries ?? [];
  const names = new Set(own.entries.map(({ key }) => key.value));
  const entries = [
    ...own.entries.map((entry) =>
      combine(
        entry,
        merged.find(({ key }) => key.value === entry.key.value),
      ),
    ),
    // Of merge settings one may be left over; in the single document it would only confuse.
    ...merged.filter(
      ({ key }) => !names.has(key.value) && key.value !== 'merge_how' && key.value !== 'merge_type',
    ),
  ];
  return { ...own, entries: withoutOlderSpelling(entries) };
}

function combine(own: MapEntry, written: MapEntry | undefined): MapEntry {
  if (written === undefined) return own;
  switch (own.key.value) {
    case 'users':
      return { ...written, value: withAdministrator(written.value, own.value) };
    case 'ca_certs':
      return { ...written, value: withAuthorities(written.value, own.value) };
    case 'write_files':
      return { ...written, value: appended(written.value, own.value) };
    default:
      return written;
  }
}

/** `users` in any of its three forms becomes the list form as soon as an account has to be added. */
function withAdministrator(users: SourceNode, own: SourceNode): SourceNode {
  const administrator = own.type === 'sequence' ? own.items[0] : undefined;
  if (administrator?.type !== 'map') return users;
  const name = childOf(administrator, 'name');
  const entries = userEntries(users);
  const listed = entries.map((entry) => {
    const isAdministrator = name?.type === 'scalar' && entry.name.value === name.value;
    const item =
      users.type === 'map'
        ? namedUser(entry.name, entry.node)
        : entry.node.type === 'map'
          ? entry.node
          : entry.name;
    return isAdministrator ? withKeys(item, administrator) : item;
  });
  const isThere = entries.some((entry) => name?.type === 'scalar' && entry.name.value === name.value);
  const others =
    users.type === 'sequence' ? users.items.filter((item) => !entries.some(({ node }) => node === item)) : [];
  return { ...own, type: 'sequence', items: [...listed, ...others, ...(isThere ? [] : [administrator])] };
}

function namedUser(name: SourceNode, settings: SourceNode): SourceNode {
  if (settings.type !== 'map') return name;
  const key = writtenNowhere('name');
  if (key.type !== 'scalar') return settings;
  return { ...settings, entries: [{ key, value: name }, ...settings.entries] };
}

function withKeys(user: SourceNode, administrator: MapNode): SourceNode {
  const keys = entryOf(administrator, 'ssh_authorized_keys');
  if (user.type !== 'map') return administrator;
  return keys === undefined || entryOf(user, 'ssh_authorized_keys') !== undefined
    ? user
    : { ...user, entries: [...user.entries, keys] };
}

function withAuthorities(written: SourceNode, own: SourceNode): SourceNode {
  const added = entryOf(own, 'trusted');
  if (written.type !== 'map' || added === undefined) return written.type === 'map' ? written : own;
  const trusted = entryOf(written, 'trusted');
  if (trusted === undefined) return { ...written, entries: [...written.entries, added] };
  const entries = written.entries.map((entry) =>
    entry === trusted ? { ...entry, value: appended(entry.value, added.value) } : entry,
  );
  return { ...written, entries };
}

function appended(written: SourceNode, own: SourceNode): SourceNode {
  if (written.type !== 'sequence' || own.type !== 'sequence') return written;
  return { ...written, items: [...written.items, ...own.items] };
}

/** `ca-certs` is the older spelling: cloud-init ignores it when `ca_certs` is there too, so it joins that one. */
function withoutOlderSpelling(entries: readonly MapEntry[]): MapEntry[] {
  const older = entries.find(({ key }) => key.value === 'ca-certs');
  const newer = entries.find(({ key }) => key.value === 'ca_certs');
  if (older === undefined || newer === undefined) return [...entries];
  return entries
    .filter((entry) => entry !== older)
    .map((entry) =>
      entry === newer ? { ...entry, value: withAuthorities(older.value, entry.value) } : entry,
    );
}
