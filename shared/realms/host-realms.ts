import { formatIpInterface } from '../network/addresses.ts';
import type { Realm } from '../schema/help.ts';
import { childSchemas, jsonSchemaOfKind, schemasAt } from '../schema/json-schema.ts';
import type { DocumentKind } from '../schema/metadata.ts';
import { type AnalysedHost, documentOf, type SiteAnalysis } from '../site/analysis.ts';
import type { SiteDocument } from '../site/document.ts';
import { childOf, entryOf, type MapEntry, type SourceNode } from '../source/source-node.ts';
import { type Place, placeOf } from '../source/source-place.ts';
import { textsWithAddresses } from './baked-addresses.ts';
import { misplacedIn } from './check-realms.ts';
import type { Home } from './misplaced.ts';
import { itemWords, shortValue, valueOfKey } from './short-value.ts';
import { isForAll } from './site-around.ts';

/** One setting of a host, with where it was written. */
export interface RealmEntry {
  readonly label: string;
  /** Empty where the label says it all. */
  readonly value: string;
  /** Undefined for what stands in no document. */
  readonly place?: Place;
  /** Where it would belong, when it stands in the wrong realm. */
  readonly belongs?: Home;
}

export interface RealmGroup {
  readonly title: string;
  /** The document that it stands in. */
  readonly path?: string;
  readonly entries: readonly RealmEntry[];
}

/** What is the same for all hosts of an image, what one host receives, and what neither carries. */
export interface HostRealms {
  readonly host: string;
  readonly baked: readonly RealmGroup[];
  readonly stamped: readonly RealmGroup[];
  readonly neither: readonly RealmGroup[];
}

/** Undefined for a host that is not there. The realm of a setting is the one that its schema names. */
export function realmsOfHost(analysis: SiteAnalysis, name: string): HostRealms | undefined {
  const host = analysis.analysedHosts.get(name);
  if (host === undefined) return undefined;
  const profile = documentOf(analysis, 'host-profile', host.summary.profile);
  const images = analysis.images.filter((image) => image.profile === host.summary.profile);
  const imageDocuments = images.flatMap(({ name: each }) => documentOf(analysis, 'image', each) ?? []);
  const site = analysis.documents.find(({ kind }) => kind === 'site');
  const hosts = [...analysis.analysedHosts.values()];
  const groups = {
    baked: [
      ...(profile === undefined ? [] : sectionsOf(profile, hosts)),
      ...imageDocuments.flatMap((image) => wholeDocument(image, 'Image', 'baked', `Image ${image.name}`)),
      ...(site === undefined ? [] : wholeDocument(site, 'Site', 'baked', 'Site')),
    ],
    stamped: [
      ...identityOf(host),
      ...networkOf(host),
      ...host.fragments.flatMap((fragment) => fragmentOf(fragment, hosts)),
      ...(site === undefined ? [] : wholeDocument(site, 'Site', 'stamped', 'Site')),
    ],
    neither: [...onlyHere(host, profile), ...forDisks(profile), ...later(host, profile)],
  };
  return { host: name, ...groups };
}

/** Sections of a profile that a system on a medium has no use for. */
const notForIso: ReadonlySet<string> = new Set(['partitions', 'grub']);

/** The entries of `spec` whose schema names this realm. */
function specEntries(
  { root }: SiteDocument,
  kind: DocumentKind,
  realm: Realm | undefined,
): readonly MapEntry[] {
  const spec = childOf(root, 'spec');
  if (spec?.type !== 'map') return [];
  const schema = jsonSchemaOfKind(kind);
  const specSchemas = schemasAt(schema, ['spec']);
  return spec.entries.filter(({ key }) => {
    const own = childSchemas(specSchemas, String(key.value), schema);
    return own.length > 0 && own.find((each) => each.realm !== undefined)?.realm === realm;
  });
}

/** A group for each section of a profile; settings of one value stand together in front of them. */
function sectionsOf(document: SiteDocument, hosts: readonly AnalysedHost[]): RealmGroup[] {
  const texts = textsWithAddresses(document, hosts);
  const marks = new Map([
    ...marksOf(document),
    ...texts.map((content): [SourceNode, Home] => [content, 'host']),
  ]);
  const single: RealmEntry[] = [];
  const groups: RealmGroup[] = [];
  for (const entry of specEntries(document, 'HostProfile', 'baked')) {
    const title = String(entry.key.value);
    if (notForIso.has(title)) continue;
    const entries = settingsOf(entry, marks);
    if (entry.value.type === 'scalar') single.push(...entries);
    else if (entries.length > 0) groups.push({ title, path: document.path, entries });
  }
  const first = { title: `Profile ${document.name}`, path: document.path, entries: single };
  return single.length === 0 ? groups : [first, ...groups];
}

/** One group with the settings of all sections, for documents that say little. */
function wholeDocument(
  document: SiteDocument,
  kind: DocumentKind,
  realm: Realm,
  title: string,
): RealmGroup[] {
  const entries = specEntries(document, kind, realm).map((entry) => entryFor(entry));
  return entries.length === 0 ? [] : [{ title, path: document.path, entries }];
}

type Marks = ReadonlyMap<SourceNode, Home>;

/** Of a fragment, with whether every host receives it: only then the site could say the same. */
function marksOf(document: SiteDocument, isOfAll = false): Marks {
  // What a profile says in the wrong place of itself is baked all the same.
  const elsewhere = misplacedIn(document).filter(
    ({ home, onlyForAll = false }) =>
      (isOfAll || !onlyForAll) && (home !== 'profile' || document.kind !== 'host-profile'),
  );
  return new Map(elsewhere.map(({ place, inside, home }) => [inside ?? place, home]));
}

/** Of what is shown as one: the mark of a part of it. */
function markWithin({ source, span }: SourceNode, marks: Marks): Home | undefined {
  for (const [node, home] of marks)
    if (node.source === source && span.start <= node.span.start && node.span.end <= span.end) return home;
  return undefined;
}

function entryFor(entry: MapEntry, belongs?: Home): RealmEntry {
  return {
    label: String(entry.key.value),
    value: valueOfKey(entry),
    place: placeOf(entry.key),
    ...belonging(belongs),
  };
}

function settingsOf(section: MapEntry, marks: Marks): RealmEntry[] {
  const { value } = section;
  if (value.type === 'scalar') return value.value === null ? [] : [entryFor(section)];
  if (value.type === 'map') return value.entries.flatMap((entry) => settingsUnder(entry, marks));
  return value.items.map((item) => {
    const marked = [childOf(item, 'path'), childOf(item, 'name'), childOf(item, 'content'), item].flatMap(
      (node) => (node && marks.get(node)) ?? [],
    );
    return {
      ...itemWords(item),
      place: placeOf(item.type === 'map' ? (item.entries[0]?.key ?? item) : item),
      ...belonging(marked[0]),
    };
  });
}

/** An entry of a section; where some of its own stand in the wrong realm, each is shown. */
function settingsUnder(entry: MapEntry, marks: Marks): RealmEntry[] {
  const { key, value } = entry;
  const label = String(key.value);
  if (value.type === 'sequence' && value.items.some((item) => marks.has(item)))
    return value.items.map((item) => ({
      label,
      value: shortValue(item),
      place: placeOf(item),
      ...belonging(marks.get(item)),
    }));
  if (value.type === 'map' && value.entries.some((each) => marks.has(each.value)))
    return value.entries.map((each) => {
      const { label: name, ...rest } = entryFor(each, marks.get(each.value));
      return { label: `${label}.${name}`, ...rest };
    });
  return shortValue(value) === '' ? [] : [entryFor(entry, marks.get(key) ?? marks.get(value))];
}

function belonging(belongs: Home | undefined): Pick<RealmEntry, 'belongs'> {
  return belongs === undefined ? {} : { belongs };
}

function identityOf({ reading, summary }: AnalysedHost): RealmGroup[] {
  const { document, name } = reading;
  const own = specEntries(document, 'Host', 'stamped').filter(
    ({ key }) => !['network', 'userData'].includes(String(key.value)),
  );
  const entries = [
    ...(name === undefined ? [] : [{ label: 'name', value: summary.name, place: placeOf(name) }]),
    ...own.map((entry) => entryFor(entry)),
  ];
  return entries.length === 0 ? [] : [{ title: 'Host', path: document.path, entries }];
}

function networkOf({ network }: AnalysedHost): RealmGroup[] {
  const links = network?.links ?? [];
  const [first] = links;
  if (first === undefined) return [];
  const entries = links.map((link) => {
    const addresses = link.addresses.map(({ value }) => formatIpInterface(value));
    const kind = link.kind === 'vlan' ? 'VLAN' : link.kind;
    const words = [kind, ...(link.dhcp4?.value || link.dhcp6?.value ? ['DHCP'] : []), ...addresses];
    return { label: link.id.value, value: words.join(', '), place: placeOf(link.id.node) };
  });
  return [{ title: 'Network', path: first.id.node.source.file, entries }];
}

/** Settings that say how a fragment is merged are no settings of the host. */
const ofMerging: ReadonlySet<string> = new Set(['merge_how', 'merge_type']);

function fragmentOf(fragment: SiteDocument, hosts: readonly AnalysedHost[]): RealmGroup[] {
  const { root } = fragment;
  if (root?.type !== 'map') return [];
  const marks = marksOf(fragment, isForAll(fragment, hosts));
  const entries = root.entries.flatMap((entry) => {
    const { key, value } = entry;
    const label = String(key.value);
    if (ofMerging.has(label)) return [];
    // Where some items stand in the wrong realm, each is shown.
    if (value.type !== 'sequence' || !value.items.some((item) => markOf(item, marks) !== undefined))
      return [entryFor(entry, marks.get(key) ?? markWithin(value, marks))];
    return value.items.map((item) => {
      const belongs = markOf(item, marks);
      return {
        label,
        value: commandWords(item),
        place: placeOf(item),
        ...belonging(belongs),
      };
    });
  });
  return entries.length === 0 ? [] : [{ title: `User data ${fragment.name}`, path: fragment.path, entries }];
}

/** A command in a list reads as it is run, but for what lets others in. */
function commandWords(item: SourceNode): string {
  const { label, value } = itemWords(item);
  const words =
    item.type === 'sequence'
      ? item.items.map((word) => shortValue(word))
      : [label, value].filter((word) => word !== '');
  return words.join(' ').replace(/(--(?:token|password|secret|certificate-key)[= ])\S+/g, '$1•••');
}

function markOf(item: SourceNode, marks: Marks): Home | undefined {
  const path = childOf(item, 'path');
  return marks.get(item) ?? (path === undefined ? undefined : marks.get(path));
}

/** What documents say for this application and no host ever sees. */
function onlyHere({ reading }: AnalysedHost, profile: SiteDocument | undefined): RealmGroup[] {
  const entries = (
    [
      [reading.document, 'Host'],
      [profile, 'HostProfile'],
    ] as const
  ).flatMap(([document, kind]) =>
    document === undefined
      ? []
      : specEntries(document, kind, undefined)
          .filter(({ key }) => key.value !== 'profile')
          .map((entry) => entryFor(entry)),
  );
  return entries.length === 0 ? [] : [{ title: 'For Siteforge itself', entries }];
}

function forDisks(profile: SiteDocument | undefined): RealmGroup[] {
  const spec = childOf(profile?.root, 'spec');
  const entries = [...notForIso].flatMap((name) => {
    const entry = entryOf(spec, name);
    return entry === undefined ? [] : [entryFor(entry)];
  });
  return entries.length === 0 || profile === undefined
    ? []
    : [{ title: 'For disks, not for an ISO', path: profile.path, entries }];
}

/** What comes when the host is up, from tools that run then. */
function later({ summary }: AnalysedHost, profile: SiteDocument | undefined): RealmGroup[] {
  const runsKubernetes = childOf(childOf(profile?.root, 'spec'), 'kubernetes') !== undefined;
  const joins = runsKubernetes || summary.role === 'control-plane' || summary.role === 'worker';
  return [
    {
      title: 'Day 2',
      entries: [
        ...(joins
          ? [
              {
                label: 'Joining the cluster',
                value: 'with a token that expires, when the control plane is up',
              },
            ]
          : []),
        { label: 'Applications', value: 'deployed to what is running' },
        { label: 'Upgrades', value: 'a new image, or the tools that look after running hosts' },
        {
          label: 'What is written while it runs',
          value: 'gone after a restart from the medium, unless it has a disk',
        },
      ],
    },
  ];
}
