import type { Place } from './schema-of-document.ts';

/** Names that exist in the site, for places where a document refers to another. */
export interface SiteNames {
  readonly profiles: readonly string[];
  readonly networks: readonly string[];
  readonly userData: readonly string[];
  readonly images: readonly string[];
  readonly hosts: readonly string[];
  readonly elements: readonly string[];
  /** Names under which hosts list their MAC addresses. */
  readonly interfaces: readonly string[];
  /** Names of variables that hosts define. */
  readonly variables: readonly string[];
}

export const noSiteNames: SiteNames = {
  profiles: [],
  networks: [],
  userData: [],
  images: [],
  hosts: [],
  elements: [],
  interfaces: [],
  variables: [],
};

interface NameRule {
  readonly kind: Place['kind'];
  /** `*` stands for any key, `#` for any index. */
  readonly path: string;
  /** Whether the names are keys of the mapping at the path, or values there. */
  readonly as: 'value' | 'key';
  readonly detail: string;
  readonly names: (site: SiteNames, links: readonly string[]) => readonly string[];
}

const macReferences = ({ interfaces }: SiteNames) => interfaces.map((name) => `((mac.${name}))`);
const links = (_site: SiteNames, inDocument: readonly string[]) => inDocument;

const rules: readonly NameRule[] = [
  { kind: 'host', path: 'spec.profile', as: 'value', detail: 'host profile', names: (site) => site.profiles },
  { kind: 'host', path: 'spec.network.ref', as: 'value', detail: 'network', names: (site) => site.networks },
  { kind: 'host', path: 'spec.userData.#', as: 'value', detail: 'user-data', names: (site) => site.userData },
  { kind: 'host', path: 'spec.macs', as: 'key', detail: 'interface', names: (site) => site.interfaces },
  { kind: 'host', path: 'spec.variables', as: 'key', detail: 'variable', names: (site) => site.variables },
  {
    kind: 'image',
    path: 'spec.profile',
    as: 'value',
    detail: 'host profile',
    names: (site) => site.profiles,
  },
  { kind: 'image', path: 'spec.elements.#', as: 'value', detail: 'element', names: (site) => site.elements },
  {
    kind: 'network-config',
    path: 'ethernets',
    as: 'key',
    detail: 'interface',
    names: (site) => site.interfaces,
  },
  {
    kind: 'network-config',
    path: 'ethernets.*.match.macaddress',
    as: 'value',
    detail: 'of the host',
    names: macReferences,
  },
  {
    kind: 'network-config',
    path: 'ethernets.*.set-name',
    as: 'value',
    detail: 'interface',
    names: (site) => site.interfaces,
  },
  { kind: 'network-config', path: 'bonds.*.interfaces.#', as: 'value', detail: 'link', names: links },
  { kind: 'network-config', path: 'bridges.*.interfaces.#', as: 'value', detail: 'link', names: links },
  { kind: 'network-config', path: 'vlans.*.link', as: 'value', detail: 'link', names: links },
  {
    kind: 'network-config',
    path: 'config.#.mac_address',
    as: 'value',
    detail: 'of the host',
    names: macReferences,
  },
  {
    kind: 'network-config',
    path: 'config.#.name',
    as: 'value',
    detail: 'interface',
    names: (site) => site.interfaces,
  },
];

export interface OfferedName {
  readonly name: string;
  readonly detail: string;
}

/** The names that fit a place. `inDocument` are the links that the network document itself defines. */
export function namesAt(
  place: Place,
  as: 'value' | 'key',
  site: SiteNames,
  inDocument: readonly string[],
): OfferedName[] {
  return rules
    .filter((rule) => rule.kind === place.kind && rule.as === as && fits(rule.path, place))
    .flatMap(({ names, detail }) => [...new Set(names(site, inDocument))].map((name) => ({ name, detail })));
}

function fits(pattern: string, { path }: Place): boolean {
  const wanted = pattern.split('.');
  return (
    wanted.length === path.length &&
    wanted.every(
      (part, index) =>
        part === '*' || (part === '#' ? typeof path[index] === 'number' : part === path[index]),
    )
  );
}

/** What may stand inside `(( ))`, with what it becomes. */
export function referencesOf(site: SiteNames): OfferedName[] {
  return [
    { name: 'host.name', detail: 'name of the host' },
    { name: 'host.fqdn', detail: 'name and domain of the host' },
    { name: 'host.domain', detail: 'domain of the host' },
    { name: 'host.role', detail: 'role of the host' },
    { name: 'site.name', detail: 'name of the site' },
    ...site.interfaces.map((name) => ({ name: `mac.${name}`, detail: `MAC address of ${name}` })),
    ...site.variables.map((name) => ({ name: `var.${name}`, detail: 'variable of the host' })),
  ];
}
