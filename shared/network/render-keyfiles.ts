import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { childOf } from '../source/source-node.ts';
import type { IpAddress } from './addresses.ts';
import { Keyfile, keyfileName } from './keyfile.ts';
import { isGlob, type KeyfileLink, keyfileLinkOf, passedOf } from './keyfile-links.ts';
import { isDefaultRoute, type NetworkLink, type NetworkModel } from './model.ts';
import { entryKindOf, portOf } from './nmstate-passed-through.ts';
import { placeGlobalRoutes } from './place-routes.ts';
import { booleanOf, integerOf, itemsOf, textOf } from './read-value.ts';
import { renderVirtualFunctions } from './render-keyfile-functions.ts';
import { type KeyfileIpContext, type Report, renderKeyfileIp } from './render-keyfile-ip.ts';
import { kernelOption, renderBridgePort, renderKeyfileKind } from './render-keyfile-kind.ts';

export interface RenderedKeyfile {
  /** For /etc/NetworkManager/system-connections, where it must be 0600 (`keyfileMode`). */
  readonly name: string;
  readonly text: string;
}

/**
 * The model as keyfiles of NetworkManager 1.42 (Debian 12) and later, one for each link, in the order of the source: as
 * `nmstatectl gc` writes them for NMState, and near to what netplan’s backend does for the other formats. What a keyfile
 * cannot say is reported where it was written and left out.
 */
export function renderKeyfiles(model: NetworkModel, sink: DiagnosticSink): readonly RenderedKeyfile[] {
  return new KeyfilesRenderer(model, sink).files();
}

/** Magic packet (NM_SETTING_WIRED_WAKE_ON_LAN_MAGIC). netplan writes 1, which leaves the card as it is. */
const magicPacket = 64;

class KeyfilesRenderer {
  readonly #model: NetworkModel;
  readonly #sink: DiagnosticSink;
  readonly #links: ReadonlyMap<string, KeyfileLink>;
  readonly #resolverLinks: readonly NetworkLink[];
  readonly #ownerOf = new Map<string, NetworkLink>();
  readonly #routesOf: ReadonlyMap<NetworkLink, readonly NetworkLink['routes'][number][]>;

  constructor(model: NetworkModel, sink: DiagnosticSink) {
    this.#model = model;
    this.#sink = sink;
    this.#routesOf = placeGlobalRoutes(model, 'NetworkManager', sink);
    const links = new Map<string, KeyfileLink>();
    for (const link of model.links) {
      const made = keyfileLinkOf(link, model);
      if (made === undefined) {
        const message = `No keyfile is made for a link of “${link.section ?? 'this kind'}”; “${link.id.value}” is left out.`;
        this.#report(link.id.node, message);
      } else if (!links.has(link.id.value)) links.set(link.id.value, made);
      for (const { value } of link.members) if (!this.#ownerOf.has(value)) this.#ownerOf.set(value, link);
    }
    this.#links = links;
    this.#resolverLinks = this.#findResolverLinks();
  }

  files(): readonly RenderedKeyfile[] {
    this.#reportDocument();
    const taken = new Set<string>();
    return [...this.#links.values()].map((each) => {
      const name = keyfileName(each.id, taken);
      taken.add(name.toLowerCase());
      return { name, text: this.#file(each).text() };
    });
  }

  #file(each: KeyfileLink): Keyfile {
    const { link, type } = each;
    const file = new Keyfile();
    const owner = this.#ownerOf.get(link.id.value);
    this.#connection(file, each, owner);
    this.#hardware(file, each);
    renderKeyfileKind(file, each, (id) => this.#referenceOf(id), this.#report);
    if (owner?.kind === 'bridge') renderBridgePort(file, owner, link);
    const isPort = owner !== undefined && (owner.kind === 'bond' || owner.kind === 'bridge');
    if (!isPort) {
      for (const family of [4, 6] as const) renderKeyfileIp(file, link, family, this.#ipContext(link));
    } else if (link.addresses.length > 0) {
      const message = `“${link.id.value}” is a port of “${owner.id.value}”, where NetworkManager gives no addresses; they are left out.`;
      this.#report(link.addresses[0]?.node ?? link.node, message);
    }
    this.#description(file, link);
    this.#reportLink(link, type);
    return file;
  }

  #referenceOf(id: string): string {
    return this.#links.get(id)?.reference ?? id;
  }

  #connection(file: Keyfile, each: KeyfileLink, owner: NetworkLink | undefined): void {
    const { link, id, uuid, type, interfaceName } = each;
    file.set('connection', 'id', id);
    file.set('connection', 'uuid', uuid);
    file.set('connection', 'type', type);
    file.set('connection', 'interface-name', interfaceName);
    if (type === 'bond' || type === 'bridge' || type === 'vrf')
      file.set('connection', 'autoconnect-slaves', 1);
    const ownerLink = owner === undefined ? undefined : this.#links.get(owner.id.value);
    if (ownerLink !== undefined) {
      file.set('connection', 'master', ownerLink.reference);
      file.set('connection', 'slave-type', ownerLink.type);
    }
    if (textOf(passedOf(link, 'activation-mode')?.value) === 'manual')
      file.set('connection', 'autoconnect', false);
    const lldp = booleanOf(childOf(passedOf(link, 'lldp')?.value, 'enabled'), true);
    if (lldp !== undefined) file.set('connection', 'lldp', lldp ? 1 : 0);
    const pattern = link.match?.name?.value;
    // A glob may fit several cards, and a connection is for one unless it says so (3: several).
    if (pattern !== undefined && isGlob(pattern)) {
      file.set('connection', 'multi-connect', 3);
      file.set('match', 'interface-name', [pattern]);
    }
    const drivers = link.match?.drivers.map(({ value }) => value) ?? [];
    if (drivers.length > 0) file.set('match', 'driver', drivers);
  }

  #hardware(file: Keyfile, { link, type }: KeyfileLink): void {
    const section = type === 'loopback' ? 'loopback' : 'ethernet';
    if (type === 'ethernet') file.section('ethernet');
    const { match, macAddress, mtu, wakeOnLan } = link;
    if (match?.macAddress !== undefined)
      file.set('ethernet', 'mac-address', match.macAddress.value.toUpperCase());
    if (macAddress !== undefined && type !== 'loopback' && type !== 'vrf') {
      file.set('ethernet', 'cloned-mac-address', macAddress.value);
    }
    file.set(section, 'mtu', mtu?.value);
    if (wakeOnLan !== undefined) file.set('ethernet', 'wake-on-lan', wakeOnLan.value ? magicPacket : 0);
    const card = passedOf(link, 'ethernet')?.value;
    const negotiates = booleanOf(childOf(card, 'auto-negotiation'), true);
    if (negotiates !== undefined) file.set('ethernet', 'auto-negotiate', negotiates);
    file.set('ethernet', 'speed', integerOf(childOf(card, 'speed')));
    file.set('ethernet', 'duplex', textOf(childOf(card, 'duplex')));
    renderVirtualFunctions(file, card);
    const promiscuous = booleanOf(passedOf(link, 'accept-all-mac-addresses')?.value, true);
    if (promiscuous !== undefined) file.set('ethernet', 'accept-all-mac-addresses', promiscuous ? 1 : 0);
  }

  /** As nmstate keeps it. */
  #description(file: Keyfile, link: NetworkLink): void {
    if (this.#model.format !== 'nmstate') return;
    file.set('user', 'nmstate.interface.description', textOf(passedOf(link, 'description')?.value));
  }

  #ipContext(link: NetworkLink): KeyfileIpContext {
    const model = this.#model;
    const takesGlobal = this.#takesGlobalNameServers(link);
    const own = link.nameServers;
    const servers = [...own.addresses, ...(takesGlobal ? model.nameServers.addresses : [])];
    const options = model.passedThrough.find(({ key }) => key.value === 'dns-resolver.options');
    return {
      model,
      routes: [...link.routes, ...(this.#routesOf.get(link) ?? [])],
      nameServers: unique(servers.map(({ value }): IpAddress => value)),
      search: [...own.search, ...(takesGlobal ? model.nameServers.search : [])].map(({ value }) => value),
      resolverOptions: takesGlobal ? itemsOf(options?.value).flatMap((item) => textOf(item) ?? []) : [],
      report: this.#report,
    };
  }

  /**
   * NMState’s name servers go to the interface with the default route, or the first with addresses. For the other formats,
   * as cloud-init does, to every link that has addresses and none of its own.
   */
  #takesGlobalNameServers(link: NetworkLink): boolean {
    const hasOwn = link.nameServers.addresses.length + link.nameServers.search.length > 0;
    if (this.#model.format === 'nmstate') return this.#resolverLinks.includes(link);
    return !hasOwn && link.kind !== 'loopback' && link.addresses.length > 0;
  }

  #findResolverLinks(): readonly NetworkLink[] {
    const { links } = this.#model;
    const chosen = ([4, 6] as const).map((family) => {
      const hasProtocol = (link: NetworkLink) =>
        link.kind !== 'loopback' &&
        (link.addresses.some(({ value }) => value.address.family === family) ||
          (family === 4 ? link.dhcp4 : link.dhcp6)?.value === true);
      const hasDefault = (link: NetworkLink) =>
        link.routes.some((route) => isDefaultRoute(route) && route.to.value.address.family === family);
      return links.find((link) => hasProtocol(link) && hasDefault(link)) ?? links.find(hasProtocol);
    });
    return chosen.filter((link) => link !== undefined);
  }

  /** What stands beside the links. */
  #reportDocument(): void {
    for (const entry of this.#model.passedThrough) {
      const name = String(entry.key.value);
      // What is absent, down or ignored gets no connection, which is what it asks for.
      const vanishes = entryKindOf(entry) !== undefined && / with “state: /.test(name);
      if (vanishes || name === 'dns-resolver.options') continue;
      this.#report(entry.key, `A keyfile has no word for “${name}”; it is left out.`);
    }
    const { addresses } = this.#model.nameServers;
    for (const { value, node } of addresses) {
      const isUsed = this.#model.links.some(
        (link) => this.#takesGlobalNameServers(link) && this.#hasProtocol(link, value.family),
      );
      if (isUsed) continue;
      this.#report(
        node,
        `No interface with IPv${value.family} can carry this name server, so it is left out.`,
      );
    }
  }

  #hasProtocol(link: NetworkLink, family: 4 | 6): boolean {
    if (link.addresses.some(({ value }) => value.address.family === family)) return true;
    return (family === 4 ? link.dhcp4 : link.dhcp6)?.value === true;
  }

  #reportLink(link: NetworkLink, type: string): void {
    const { setName, optional, critical } = link;
    if (setName !== undefined && link.match !== undefined && setName.value !== link.match.name?.value) {
      const message = `NetworkManager names no card: it keeps the name that the kernel gives it, not “${setName.value}”.`;
      this.#report(setName.node, message);
    }
    for (const [word, said] of [
      ['optional', optional],
      ['critical', critical],
    ] as const) {
      if (said?.value === true)
        this.#report(said.node, `A keyfile has no word for “${word}”; it is left out.`);
    }
    for (const entry of link.passedThrough) {
      const name = String(entry.key.value);
      if (name === 'ipv6.dhcp-duid' && textOf(entry.value)?.toLowerCase() === 'en') {
        this.#report(entry.key, 'NetworkManager makes no DUID of an enterprise number; it uses its own.');
      }
      if (this.#isRendered(name, type) || portOf(entry) !== undefined) continue;
      this.#report(entry.key, `A keyfile has no word for “${name}”; it is left out.`);
    }
  }

  #isRendered(name: string, type: string): boolean {
    if (renderedKeys.has(name)) return true;
    if (name === 'table') return type === 'vrf';
    if (name === 'peer') return type === 'veth';
    if (name.startsWith('bridge.options.') || name.startsWith('vlan.')) return true;
    return name === 'vrf.route-table-id' || (type === 'bond' && kernelOption(name) !== undefined);
  }

  readonly #report: Report = (node, message) => {
    this.#sink.at(node, 'warning', 'network-unsupported', message);
  };
}

const renderedKeys: ReadonlySet<string> = new Set([
  ...['renderer', 'networkmanager', 'profile-name', 'description', 'lldp', 'wait-ip', 'ethernet'],
  ...['accept-all-mac-addresses', 'hairpin', 'dhcp-identifier', 'vxlan', 'veth'],
  ...['ipv6-privacy', 'ipv6-address-generation', 'ipv6-address-token', 'activation-mode'],
  ...['ipv4.auto-gateway', 'ipv6.auto-gateway', 'ipv4.auto-route-table-id', 'ipv6.auto-route-table-id'],
  // It says how nmstate verifies what it did, which no file has to.
  ...['ipv4.allow-extra-address', 'ipv6.allow-extra-address'],
  ...['ipv4.dhcp-client-id', 'ipv6.dhcp-duid', 'ipv6.addr-gen-mode', 'ipv6.token'],
]);

function unique(addresses: readonly IpAddress[]): IpAddress[] {
  const seen = new Set<string>();
  return addresses.filter(({ family, bits }) => {
    const identity = `${family} ${bits}`;
    if (seen.has(identity)) return false;
    seen.add(identity);
    return true;
  });
}
