import { formatIpAddress } from '../network/addresses.ts';
import { olderBondKeys } from '../network/bond-parameters.ts';
import type {
  LinkParameter,
  Located,
  NameServers,
  NetworkLink,
  NetworkModel,
  PassedThrough,
  Route,
} from '../network/model.ts';
import { sectionOf } from '../network/render-version-2.ts';
import type { SiteSettings } from '../site/site-settings.ts';
import { childOf, entryOf, type MapEntry, type SourceNode } from '../source/source-node.ts';
import type { StandsFor, Substitutes } from './origin.ts';

export interface NetworkOriginParts {
  /** The rendered network-config, as a tree that stands in no file. */
  readonly tree: SourceNode;
  /** As the host's documents say it, without what the site adds. */
  readonly model: NetworkModel;
  readonly settings: SiteSettings;
  /** The root of site.yaml. */
  readonly site: SourceNode | undefined;
}

/** What each value of a rendered network-config stands for. Follows the keys of version 2 beside the model. */
export function networkSubstitutes(parts: NetworkOriginParts): Substitutes {
  return new NetworkOrigins(parts).found;
}

class NetworkOrigins {
  readonly found = new Map<SourceNode, StandsFor>();
  readonly #parts: NetworkOriginParts;

  constructor(parts: NetworkOriginParts) {
    this.#parts = parts;
    const { tree, model } = parts;
    if (tree.type !== 'map') return;
    const links = new Map(model.links.map((link) => [`${sectionOf(link)} ${link.id.value}`, link]));
    for (const entry of tree.entries) {
      const name = String(entry.key.value);
      if (name === 'version') this.#say(entry, { node: undefined, words: 'every host receives version 2' });
      else if (name === 'renderer') this.#entry(entry, model.renderer?.node);
      else if (this.#passedThrough(entry, model.passedThrough)) continue;
      else if (entry.value.type === 'map') {
        for (const link of entry.value.entries)
          this.#link(link, links.get(`${name} ${String(link.key.value)}`));
      }
    }
  }

  #link(entry: MapEntry, link: NetworkLink | undefined): void {
    if (link === undefined || entry.value.type !== 'map') return;
    this.#entry(entry, link.id.node);
    for (const each of entry.value.entries) {
      // What is not followed further is at least somewhere in the link.
      this.#entry(each, this.#settingOf(each, link) ?? link.id.node);
    }
  }

  /** The place of a setting, once its parts are noted. */
  #settingOf(entry: MapEntry, link: NetworkLink): SourceNode | undefined {
    const { value } = entry;
    switch (entry.key.value) {
      case 'match':
        this.#under(value, 'macaddress', link.match?.macAddress);
        this.#under(value, 'name', link.match?.name);
        this.#under(value, 'driver', link.match?.drivers[0]);
        return link.match?.node;
      case 'addresses':
        return this.#items(value, link.addresses);
      case 'interfaces':
        return this.#items(value, link.members);
      case 'routes':
        return this.#routes(value, link);
      case 'routing-policy':
        return this.#items(value, link.routingPolicy);
      case 'nameservers':
        return this.#nameServers(value, link);
      case 'parameters':
        return this.#parameters(value, link.parameters);
      case 'dhcp4-overrides':
      case 'dhcp6-overrides':
        return this.#parameters(value, [...link.dhcp4Overrides, ...link.dhcp6Overrides]);
      default:
        return (
          this.#simple(String(entry.key.value), link)?.node ??
          (this.#passedThrough(entry, link.passedThrough) ? this.found.get(entry.key)?.node : undefined)
        );
    }
  }

  #simple(key: string, link: NetworkLink): Located<unknown> | undefined {
    const settings: Readonly<Record<string, Located<unknown> | undefined>> = {
      'set-name': link.setName,
      macaddress: link.macAddress,
      mtu: link.mtu,
      'ipv6-mtu': link.ipv6Mtu,
      wakeonlan: link.wakeOnLan,
      optional: link.optional,
      critical: link.critical,
      dhcp4: link.dhcp4,
      dhcp6: link.dhcp6,
      'accept-ra': link.acceptRa,
      id: link.vlan?.id,
      link: link.vlan?.link,
    };
    return Object.hasOwn(settings, key) ? settings[key] : undefined;
  }

  #items(list: SourceNode, located: readonly { readonly node: SourceNode }[]): SourceNode | undefined {
    const items = list.type === 'sequence' ? list.items : [];
    for (const [index, item] of items.entries()) this.#whole(item, located[index]?.node);
    return located[0]?.node;
  }

  #routes(list: SourceNode, link: NetworkLink): SourceNode | undefined {
    const items = list.type === 'sequence' ? list.items : [];
    // Those of no link come after those of the link itself, in their own order.
    const others = [...this.#parts.model.routes];
    for (const [index, item] of items.entries()) {
      const route = link.routes[index] ?? takeRoute(others, item);
      if (route === undefined) continue;
      this.#whole(item, route.node);
      this.#under(item, 'to', route.to);
      this.#under(item, 'via', route.via);
      this.#under(item, 'from', route.from);
      this.#under(item, 'metric', route.metric);
      this.#under(item, 'on-link', route.onLink);
      this.#under(item, 'table', route.table);
      this.#under(item, 'mtu', route.mtu);
      this.#under(item, 'type', route.type);
      this.#under(item, 'scope', route.scope);
      if (item.type === 'map')
        for (const entry of item.entries) this.#passedThrough(entry, route.passedThrough);
    }
    return link.routes[0]?.node;
  }

  /** Of the link, of the whole network, or of site.yaml, in the order in which the renderer looks. */
  #nameServers(value: SourceNode, link: NetworkLink): SourceNode | undefined {
    const { model, site, settings } = this.#parts;
    const own: NameServers[] = [link.nameServers, model.nameServers];
    const [addresses, search] = [childOf(value, 'addresses'), childOf(value, 'search')];
    const dns = childOf(childOf(site, 'spec'), 'dns');
    const place = (key: string, list: SourceNode | undefined, written: readonly { node: SourceNode }[]) => {
      const entry = entryOf(value, key);
      if (list?.type !== 'sequence' || entry === undefined) return undefined;
      if (written.length === list.items.length) {
        this.#entry(entry, this.#items(list, written));
        return written[0]?.node;
      }
      const isOfSite = key === 'search' ? settings.dns.search : settings.dns.servers;
      const setting = entryOf(dns, key === 'search' ? 'search' : 'servers');
      if (setting?.value.type !== 'sequence' || isOfSite.length === 0) return undefined;
      const words = `spec.dns.${String(setting.key.value)}`;
      for (const [index, item] of list.items.entries())
        this.found.set(item, { node: setting.value.items[index] ?? setting.key, words });
      this.#say(entry, { node: setting.key, words });
      return setting.key;
    };
    const named = own.find((each) => each.addresses.length > 0);
    const searched = own.find((each) => each.search.length > 0);
    const first = place('addresses', addresses, named?.addresses ?? []);
    return place('search', search, searched?.search ?? []) === undefined ? first : (first ?? link.id.node);
  }

  #parameters(value: SourceNode, parameters: readonly LinkParameter[]): SourceNode | undefined {
    if (value.type === 'map') {
      for (const entry of value.entries) {
        const name = String(entry.key.value);
        const renamed = Object.hasOwn(olderBondKeys, name) ? olderBondKeys[name] : name;
        const parameter = parameters.find((each) => each.name === name || each.name === renamed);
        if (parameter === undefined) continue;
        this.#whole(entry.value, parameter.node);
        this.#entry(entry, parameter.node);
      }
    }
    return parameters[0]?.key;
  }

  /** What is passed through has the same shape in the source. */
  #passedThrough(entry: MapEntry, passed: readonly PassedThrough[]): boolean {
    const written = passed.find(({ key }) => key.value === entry.key.value);
    if (written === undefined) return false;
    this.found.set(entry.key, { node: written.key });
    this.#beside(entry.value, written.value);
    return true;
  }

  #beside(rendered: SourceNode, written: SourceNode): void {
    this.found.set(rendered, { node: written });
    if (rendered.type === 'map') {
      for (const { key, value } of rendered.entries) {
        const entry = entryOf(written, String(key.value));
        if (entry === undefined) continue;
        this.found.set(key, { node: entry.key });
        this.#beside(value, entry.value);
      }
    } else if (rendered.type === 'sequence' && written.type === 'sequence') {
      for (const [index, item] of rendered.items.entries()) {
        const beside = written.items[index];
        if (beside !== undefined) this.#beside(item, beside);
      }
    }
  }

  #under(map: SourceNode, key: string, located: Located<unknown> | undefined): void {
    const entry = entryOf(map, key);
    if (entry === undefined || located === undefined) return;
    this.found.set(entry.key, { node: located.node });
    this.#whole(entry.value, located.node);
  }

  #entry(entry: MapEntry, node: SourceNode | undefined): void {
    if (node !== undefined) this.#say(entry, { node });
  }

  #say(entry: MapEntry, standsFor: StandsFor): void {
    if (!this.found.has(entry.key)) this.found.set(entry.key, standsFor);
    if (!this.found.has(entry.value)) this.found.set(entry.value, standsFor);
  }

  /** A value and all that lies in it. */
  #whole(value: SourceNode, node: SourceNode | undefined): void {
    if (node === undefined) return;
    this.found.set(value, { node });
    if (value.type === 'sequence') for (const item of value.items) this.#whole(item, node);
    if (value.type === 'map') {
      for (const entry of value.entries) {
        this.found.set(entry.key, { node });
        this.#whole(entry.value, node);
      }
    }
  }
}

function takeRoute(routes: Route[], item: SourceNode): Route | undefined {
  const via = childOf(item, 'via');
  const index = routes.findIndex(
    (route) =>
      route.via !== undefined && via?.type === 'scalar' && formatIpAddress(route.via.value) === via.value,
  );
  return index < 0 ? undefined : routes.splice(index, 1)[0];
}
