import {
  firmwarePackages,
  kernelModules,
  kernelPackages,
  packages,
  sysctlKeys,
  units,
  usualKubeletArguments,
} from '../render/host-profile/likely-names.ts';
import { keyboardLayouts } from '../schema/keyboard-layouts.ts';
import { proposedTimeZones } from '../schema/time-zones.ts';
import type { Place } from './schema-of-document.ts';

/** Names that exist in the site, for places where a document refers to another. */
export interface SiteNames {
  readonly profiles: readonly string[];
  readonly networks: readonly string[];
  readonly userData: readonly string[];
  readonly images: readonly string[];
  readonly hosts: readonly string[];
  /** Of the builder and of the site. */
  readonly elements: readonly string[];
  /** Elements that an image can stand on. */
  readonly bases: readonly string[];
  /** Files in secrets/, of which only the names are known. */
  readonly secrets: readonly string[];
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
  bases: [],
  secrets: [],
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

const linkRule = (path: string, as: NameRule['as']): NameRule => ({
  kind: 'network-config',
  path,
  as,
  detail: 'link',
  names: links,
});

const zones = () => proposedTimeZones();
const layouts = () => keyboardLayouts;

/** Names that profiles often hold; others are as good. */
const likely = (path: string, as: NameRule['as'], detail: string, names: readonly string[]): NameRule => ({
  kind: 'host-profile',
  path,
  as,
  detail,
  names: () => names,
});

const likelyRules: readonly NameRule[] = [
  likely('spec.kernel.package', 'value', 'kernel package', kernelPackages),
  likely('spec.kernel.modules.load.#', 'value', 'kernel module', kernelModules),
  likely('spec.kernel.modules.blacklist.#', 'value', 'kernel module', kernelModules),
  likely('spec.kernel.modules.options', 'key', 'kernel module', kernelModules),
  likely('spec.sysctl', 'key', 'kernel parameter', sysctlKeys),
  likely('spec.packages.install.#', 'value', 'package', packages),
  likely('spec.repositories.#.packages.#', 'value', 'package', packages),
  likely('spec.firmware.#', 'value', 'firmware', firmwarePackages),
  likely('spec.systemd.enable.#', 'value', 'systemd unit', units),
  likely('spec.systemd.disable.#', 'value', 'systemd unit', units),
  likely('spec.systemd.mask.#', 'value', 'systemd unit', units),
  likely('spec.kubernetes.kubeletArguments', 'key', 'argument of the kubelet', usualKubeletArguments),
];

const rules: readonly NameRule[] = [
  ...likelyRules,
  { kind: 'site', path: 'spec.timezone', as: 'value', detail: 'time zone', names: zones },
  { kind: 'cloud-config', path: 'timezone', as: 'value', detail: 'time zone', names: zones },
  { kind: 'site', path: 'spec.keyboard', as: 'value', detail: 'keyboard layout', names: layouts },
  { kind: 'cloud-config', path: 'keyboard.layout', as: 'value', detail: 'keyboard layout', names: layouts },
  {
    kind: 'host',
    path: 'spec.bmc.credentials',
    as: 'value',
    detail: 'secret',
    names: (site) => site.secrets,
  },
  { kind: 'image', path: 'spec.base', as: 'value', detail: 'base element', names: (site) => site.bases },
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
  ...[
    'bonds.*.interfaces.#',
    'bonds.*.parameters.primary',
    'bridges.*.interfaces.#',
    'vrfs.*.interfaces.#',
    'vlans.*.link',
    'ethernets.*.link',
    'virtual-ethernets.*.peer',
    'config.#.bond_interfaces.#',
    'config.#.bridge_interfaces.#',
    'config.#.vlan_link',
    'config.#.interface',
    'config.#.params.bond-primary',
  ].map((path) => linkRule(path, 'value')),
  ...['bridges.*.parameters.path-cost', 'bridges.*.parameters.port-priority'].map((path) =>
    linkRule(path, 'key'),
  ),
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

/** The names that fit a place; no link is offered inside itself. `inDocument` are the links that the network document itself defines. */
export function namesAt(
  place: Place,
  as: 'value' | 'key',
  site: SiteNames,
  inDocument: readonly string[],
): OfferedName[] {
  return rules
    .filter((rule) => rule.kind === place.kind && rule.as === as && fits(rule.path, place))
    .flatMap(({ names, detail }) => [...new Set(names(site, inDocument))].map((name) => ({ name, detail })))
    .filter(({ name, detail }) => detail !== 'link' || name !== place.path[1]);
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
    ...site.secrets.map((name) => ({
      name: `secret.${name}`,
      detail: 'secret; its value is put in by a stamp',
    })),
  ];
}
