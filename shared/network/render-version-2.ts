import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { entryOf, type SourceNode } from '../source/source-node.ts';
import { formatIpAddress, formatIpInterface } from './addresses.ts';
import { olderBondKeys } from './bond-parameters.ts';
import { linksLeftOut } from './losses.ts';
import type {
  LinkAddress,
  LinkParameter,
  NameServers,
  NetworkLink,
  NetworkModel,
  PassedThrough,
  PlainValue,
  Route,
  RoutingRule,
} from './model.ts';
import { usesNetworkManager } from './network-service.ts';
import { placeGlobalRoutes } from './place-routes.ts';
import {
  assign,
  assignFilled,
  assignNameServers,
  asWritten,
  define,
  inOrder,
  type PlainMap,
} from './plain-document.ts';
import { macWords } from './text-formats.ts';
import { type LinkSection, linkSections, version2Keys } from './version-2-keys.ts';
import { routeKeys } from './version-2-link-keys.ts';

/** What netplan 0.106, the version of Debian 12, does not know and would refuse together with the whole file. */
const newerThanNetplan0106: ReadonlySet<string> = new Set([
  ...['dummy-devices', 'virtual-ethernets', 'xfrm-interfaces', 'ra-overrides'],
  ...['hairpin', 'port-mac-learning', 'advertised-mss'],
]);

/**
 * The model as the plain value of a version 2 document, without `network:` around it, which NoCloud of cloud-init 22.4
 * does not expect. Keys come in the order of the format's tables, links in the order of the source. What version 2, or
 * netplan 0.106, cannot say is reported where it was written and left out.
 */
export function renderVersion2(model: NetworkModel, sink: DiagnosticSink): PlainMap {
  const renderer = new Version2Renderer(model, sink);
  return renderer.document();
}

/**
 * Reports what a host does not receive of its network. Documents of version 2 are handed on as they are, so that only
 * words are looked for that netplan of the image is too old for: this runs for every host of a site.
 */
export function reportVersion2Losses(model: NetworkModel, sink: DiagnosticSink): void {
  if (model.format !== 'network-config-v2' || model.links.some(isTooNew)) renderVersion2(model, sink);
}

/** What netplan 0.106 knows of a VRF; later versions know there what every link may have. */
const vrfKeysOfNetplan0106: ReadonlySet<string> = new Set([
  ...['renderer', 'interfaces', 'table', 'routes', 'routing-policy', 'networkmanager', 'openvswitch'],
]);

/** Whether netplan 0.106 crashes on it: its `adopt_and_validate_vrf_routes` counts rules that nobody made. */
function lacksRules({ section, routingPolicy }: NetworkLink, routes: readonly Route[]): boolean {
  return section === 'vrfs' && routes.length > 0 && routingPolicy.length === 0;
}

/** No packet comes from this address (RFC 919), so the rule is one for nothing. */
const ruleForNothing: PlainMap = { from: '255.255.255.255/32' };

function isTooNew(link: NetworkLink): boolean {
  if (lacksRules(link, link.routes)) return true;
  // A word in the place of a MAC address is left out.
  if (link.macAddress !== undefined && macWords.includes(link.macAddress.value)) return true;
  const { node, section } = link;
  if (section === 'vrfs' && node.type === 'map' && node.entries.some(({ key }) => isNewInVrf(key.value)))
    return true;
  const isNew = ({ key }: PassedThrough) => newerThanNetplan0106.has(String(key.value));
  return (
    newerThanNetplan0106.has(sectionOf(link)) ||
    link.passedThrough.some(isNew) ||
    link.routes.some(({ passedThrough }) => passedThrough.some(isNew))
  );
}

function isNewInVrf(key: unknown): boolean {
  return !vrfKeysOfNetplan0106.has(String(key));
}

const linkKeyOrder = Object.fromEntries<readonly string[]>(
  Object.entries(linkSections).map(([section, { keys }]) => [section, Object.keys(keys)]),
) as Record<LinkSection, readonly string[]>;

class Version2Renderer {
  readonly #model: NetworkModel;
  readonly #sink: DiagnosticSink;
  readonly #routesOfLink: ReadonlyMap<NetworkLink, readonly Route[]>;
  readonly #leftOut: ReadonlySet<string>;
  readonly #takers: ReadonlySet<NetworkLink>;

  constructor(model: NetworkModel, sink: DiagnosticSink) {
    this.#model = model;
    this.#sink = sink;
    this.#routesOfLink = placeGlobalRoutes(model, 'Version 2', sink);
    this.#takers = this.#findTakers();
    // netplan refuses a member that is not defined, so what is left out is no member either.
    this.#leftOut = linksLeftOut(model, (link) => this.#hasNoWord(link, sectionOf(link)));
  }

  #hasNoWord({ kind }: NetworkLink, section: LinkSection): boolean {
    if (newerThanNetplan0106.has(section)) return true;
    return kind === 'other' && this.#model.format !== 'network-config-v2';
  }

  document(): PlainMap {
    const document: Record<string, PlainValue> = { version: 2 };
    assign(document, 'renderer', this.#model.renderer);
    this.#passThrough(document, this.#model.passedThrough);
    const sections = new Map<string, Record<string, PlainValue>>();
    for (const link of this.#model.links) {
      const section = sectionOf(link);
      if (link.kind === 'other' && this.#model.format !== 'network-config-v2') {
        const message = `Version 2 has no word for an interface of the type ${link.section ?? 'other'}; “${link.id.value}” is left out.`;
        this.#unsupported(link.id.node, message);
        continue;
      }
      if (newerThanNetplan0106.has(section)) {
        this.#unsupported(
          link.id.node,
          `netplan 0.106 does not know “${section}”; “${link.id.value}” is left out.`,
        );
        continue;
      }
      if (this.#leftOut.has(link.id.value)) {
        const message = `“${link.id.value}” is on “${link.vlan?.link?.value}”, which is left out; so is this.`;
        this.#unsupported(link.id.node, message);
        continue;
      }
      const links = sections.get(section) ?? {};
      sections.set(section, links);
      define(links, link.id.value, this.#link(link, section));
    }
    return inOrder({ ...document, ...Object.fromEntries(sections) }, Object.keys(version2Keys));
  }

  #link(link: NetworkLink, section: LinkSection): PlainMap {
    const rendered: Record<string, PlainValue> = {};
    if (link.match !== undefined) rendered.match = renderMatch(link.match);
    assign(rendered, 'set-name', link.setName);
    if (link.macAddress !== undefined && macWords.includes(link.macAddress.value))
      this.#unsupported(
        link.macAddress.node,
        `netplan 0.106 takes an address here and refuses “${link.macAddress.value}”; it is left out.`,
      );
    else assign(rendered, 'macaddress', link.macAddress);
    assign(rendered, 'mtu', link.mtu);
    assign(rendered, 'ipv6-mtu', link.ipv6Mtu);
    assign(rendered, 'wakeonlan', link.wakeOnLan);
    assign(rendered, 'optional', link.optional);
    assign(rendered, 'critical', link.critical);
    assign(rendered, 'dhcp4', link.dhcp4);
    assign(rendered, 'dhcp6', link.dhcp6);
    assign(rendered, 'accept-ra', link.acceptRa);
    assign(rendered, 'link-local', link.linkLocal);
    const [overrides4, overrides6] = this.#dhcpOverrides(link);
    assignFilled(rendered, 'dhcp4-overrides', renderParameters(overrides4));
    assignFilled(rendered, 'dhcp6-overrides', renderParameters(overrides6));
    assignFilled(rendered, 'addresses', link.addresses.map(renderAddress));
    const routes = [...link.routes, ...(this.#routesOfLink.get(link) ?? [])];
    assignFilled(
      rendered,
      'routes',
      routes.map((route) => this.#route(route)),
    );
    assignFilled(
      rendered,
      'routing-policy',
      lacksRules(link, routes)
        ? [this.#ruleForNothing(link)]
        : link.routingPolicy.map((rule) => this.#rule(rule)),
    );
    assignFilled(rendered, 'nameservers', renderNameServers(this.#nameServersOf(link)));
    if (link.kind === 'bond' || link.kind === 'bridge' || section === 'vrfs') {
      const members = link.members.filter((member) => !this.#leftOut.has(member.value));
      rendered.interfaces = members.map(({ value }) => value);
    }
    assignFilled(rendered, 'parameters', renderParameters(link.parameters));
    assign(rendered, 'id', link.vlan?.id);
    assign(rendered, 'link', link.vlan?.link);
    this.#passThrough(rendered, link.passedThrough);
    if (section === 'vrfs') this.#leaveOutOfVrf(link, rendered);
    return inOrder(rendered, linkKeyOrder[section]);
  }

  #leaveOutOfVrf({ id, node }: NetworkLink, rendered: Record<string, PlainValue>): void {
    for (const key of Object.keys(rendered).filter(isNewInVrf)) {
      delete rendered[key];
      const message = `netplan 0.106 does not know “${key}” of a VRF; it is left out.`;
      this.#unsupported(entryOf(node, key)?.key ?? id.node, message);
    }
  }

  #route(route: Route): PlainMap {
    const rendered: Record<string, PlainValue> = { to: formatIpInterface(route.to.value) };
    if (route.via !== undefined) rendered.via = formatIpAddress(route.via.value);
    assign(rendered, 'from', route.from);
    assign(rendered, 'metric', route.metric);
    assign(rendered, 'on-link', route.onLink);
    assign(rendered, 'table', route.table);
    assign(rendered, 'mtu', route.mtu);
    assign(rendered, 'type', route.type);
    assign(rendered, 'scope', route.scope);
    this.#passThrough(rendered, route.passedThrough);
    return inOrder(rendered, Object.keys(routeKeys));
  }

  #rule(rule: RoutingRule): PlainMap {
    const rendered: Record<string, PlainValue> = { ...renderRule(rule) };
    this.#passThrough(rendered, rule.passedThrough ?? []);
    return rendered;
  }

  #ruleForNothing(link: NetworkLink): PlainMap {
    const message =
      'netplan 0.106 crashes on a VRF that has routes and no “routing-policy”; hosts get a rule that changes nothing.';
    this.#unsupported(link.id.node, message);
    return ruleForNothing;
  }

  /**
   * netplan refuses overrides that differ between the protocols while both are on; other formats have one metric for
   * each subnet. The first one written serves both.
   */
  #dhcpOverrides(link: NetworkLink): [readonly LinkParameter[], readonly LinkParameter[]] {
    const { dhcp4Overrides, dhcp6Overrides } = link;
    if (link.dhcp4?.value !== true || link.dhcp6?.value !== true || usesNetworkManager(link, this.#model))
      return [dhcp4Overrides, dhcp6Overrides];
    const shared = new Map<string, LinkParameter>();
    for (const override of [...dhcp4Overrides, ...dhcp6Overrides]) {
      const first = shared.get(override.name);
      if (first === undefined) shared.set(override.name, override);
      else if (first.value !== override.value) {
        this.#unsupported(
          override.node,
          `netplan has one ${override.name} for DHCP of both protocols; ${String(first.value)} is used.`,
        );
      }
    }
    return [[...shared.values()], [...shared.values()]];
  }

  #nameServersOf(link: NetworkLink): NameServers {
    return this.#takers.has(link) ? this.#model.nameServers : link.nameServers;
  }

  /**
   * As cloud-init does for netplan: global name servers go to every link that has addresses and none of its own. Those of
   * NMState are for the host, so that a link with DHCP takes them when no other does.
   */
  #findTakers(): ReadonlySet<NetworkLink> {
    const { nameServers, links, format } = this.#model;
    const [first] = [...nameServers.addresses, ...nameServers.search];
    if (first === undefined) return new Set();
    const free = links.filter(
      ({ kind, nameServers: own }) => kind !== 'loopback' && own.addresses.length + own.search.length === 0,
    );
    const takers = free.filter(({ addresses }) => addresses.length > 0);
    if (takers.length === 0 && format === 'nmstate')
      for (const each of free.filter(({ dhcp4, dhcp6 }) => dhcp4?.value === true || dhcp6?.value === true))
        takers.push(each);
    if (takers.length === 0) {
      const isStatic = links.some(({ kind, addresses }) => kind !== 'loopback' && addresses.length > 0);
      const why = isStatic
        ? 'each such link here has some of its own, so these are left out.'
        : 'no link here has one, so these are left out: hosts ask only those that DHCP names.';
      this.#unsupported(
        first.node,
        `Version 2 gives name servers to links with a static address, and ${why}`,
      );
    }
    return new Set(takers);
  }

  #passThrough(target: Record<string, PlainValue>, entries: readonly PassedThrough[]): void {
    for (const { key, value } of entries) {
      const name = String(key.value);
      if (this.#model.format !== 'network-config-v2') {
        this.#unsupported(key, `Version 2 has no word for “${name}”; it is left out.`);
      } else if (newerThanNetplan0106.has(name)) {
        this.#unsupported(key, `netplan 0.106 does not know “${name}”; it is left out.`);
      } else {
        define(target, name, asWritten(value));
      }
    }
  }

  #unsupported(node: SourceNode, message: string): void {
    this.#sink.at(node, 'warning', 'network-unsupported', message);
  }
}

export function sectionOf(link: NetworkLink): LinkSection {
  switch (link.kind) {
    case 'physical':
    case 'loopback':
      return 'ethernets';
    case 'bond':
      return 'bonds';
    case 'bridge':
      return 'bridges';
    case 'vlan':
      return 'vlans';
    case 'dummy':
      return 'dummy-devices';
    case 'other':
      return Object.hasOwn(linkSections, link.section ?? '') ? (link.section as LinkSection) : 'nm-devices';
  }
}

function renderMatch(match: NonNullable<NetworkLink['match']>): PlainMap {
  const rendered: Record<string, PlainValue> = {};
  assign(rendered, 'macaddress', match.macAddress);
  assign(rendered, 'name', match.name);
  const [driver, ...more] = match.drivers.map(({ value }) => value);
  // cloud-init 22.4 compares a driver as one text, so a list is written only where there are several.
  if (driver !== undefined) rendered.driver = more.length === 0 ? driver : [driver, ...more];
  return rendered;
}

function renderAddress({ value, lifetime, label }: LinkAddress): PlainValue {
  const text = formatIpInterface(value);
  if (lifetime === undefined && label === undefined) return text;
  const options: Record<string, PlainValue> = {};
  assign(options, 'lifetime', lifetime);
  assign(options, 'label', label);
  return { [text]: options };
}

function renderRule(rule: RoutingRule): PlainMap {
  const rendered: Record<string, PlainValue> = {};
  if (rule.from !== undefined) rendered.from = formatIpInterface(rule.from.value);
  if (rule.to !== undefined) rendered.to = formatIpInterface(rule.to.value);
  assign(rendered, 'table', rule.table);
  assign(rendered, 'priority', rule.priority);
  assign(rendered, 'mark', rule.mark);
  assign(rendered, 'type-of-service', rule.typeOfService);
  return rendered;
}

function renderNameServers(nameServers: NameServers): PlainMap {
  const rendered: Record<string, PlainValue> = {};
  assignNameServers(rendered, { addresses: 'addresses', search: 'search' }, nameServers);
  return rendered;
}

/** Renamed bond parameters go by their older names, which every version of netplan and cloud-init accepts. */
function renderParameters(parameters: readonly LinkParameter[]): PlainMap {
  const rendered: Record<string, PlainValue> = {};
  for (const { name, value } of parameters) define(rendered, renderedNames[name] ?? name, value);
  return parameters.length < 2 ? rendered : inOrder(rendered, Object.keys(rendered).sort());
}

const renderedNames: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(olderBondKeys)
    .filter(([older]) => older !== 'gratuitious-arp')
    .map(([older, name]) => [name, older]),
);
