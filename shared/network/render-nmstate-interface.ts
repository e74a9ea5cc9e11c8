import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { childOf, type SourceNode } from '../source/source-node.ts';
import { parseMacAddress } from './mac-address.ts';
import {
  type Located,
  type NetworkLink,
  type NetworkModel,
  type PassedThrough,
  type PlainValue,
  virtualFunctions,
} from './model.ts';
import { uninterpretedBondOptions } from './nmstate-bond-keys.ts';
import { interfaceVariants } from './nmstate-keys.ts';
import { pathOf, portOf, withNested } from './nmstate-passed-through.ts';
import { assign, asWritten, define, inOrder, type PlainMap } from './plain-document.ts';
import { renderLinkAggregation, renderLinuxBridge } from './render-nmstate-controllers.ts';
import { renderNmstateIp } from './render-nmstate-ip.ts';

export interface RenderedInterface extends PlainMap {
  readonly name: string;
}

/** What NMState calls each link: by the name it has, or is to have. */
export function nmstateNamesOf(model: NetworkModel): ReadonlyMap<string, string> {
  return new Map(
    model.links.map(({ id, setName, match }) => {
      const matched = match?.name?.value;
      const isName = matched !== undefined && !/[*?[]/.test(matched);
      return [id.value, setName?.value ?? (isName ? matched : id.value)] as const;
    }),
  );
}

const typeOfKind: Readonly<Record<string, string>> = {
  physical: 'ethernet',
  loopback: 'loopback',
  bond: 'bond',
  vlan: 'vlan',
  bridge: 'linux-bridge',
  dummy: 'dummy',
};

/** netplan's sections of links that NMState has a type for. */
const typeOfSection: Readonly<Record<string, string>> = {
  vrfs: 'vrf',
  'virtual-ethernets': 'veth',
  [virtualFunctions]: 'ethernet',
};

function typeOf(link: NetworkLink, model: NetworkModel): string | undefined {
  const { section } = link;
  if (section !== undefined && Object.hasOwn(typeOfSection, section)) return typeOfSection[section];
  if (model.format === 'nmstate' && section !== undefined) return section;
  return Object.hasOwn(typeOfKind, link.kind) ? typeOfKind[link.kind] : undefined;
}

/** The entry of `interfaces` for a link; nothing for one that NMState has no type for. */
export function renderNmstateInterface(
  link: NetworkLink,
  model: NetworkModel,
  names: ReadonlyMap<string, string>,
  sink: DiagnosticSink,
): RenderedInterface[] {
  const type = typeOf(link, model);
  if (type === undefined) {
    const message = `NMState has no word for a link of “${link.section ?? 'this kind'}”; “${link.id.value}” is left out.`;
    sink.at(link.id.node, 'warning', 'network-unsupported', message);
    return [];
  }
  return [new InterfaceRenderer(link, type, model, names, sink).rendered()];
}

class InterfaceRenderer {
  readonly #link: NetworkLink;
  readonly #type: string;
  readonly #model: NetworkModel;
  readonly #names: ReadonlyMap<string, string>;
  readonly #sink: DiagnosticSink;
  /** Settings inside one of the mappings of the interface, by the first key of their path. */
  readonly #nested = new Map<string, PassedThrough[]>();
  readonly #ownPorts: PassedThrough[] = [];

  constructor(
    link: NetworkLink,
    type: string,
    model: NetworkModel,
    names: ReadonlyMap<string, string>,
    sink: DiagnosticSink,
  ) {
    this.#link = link;
    this.#type = type;
    this.#model = model;
    this.#names = names;
    this.#sink = sink;
  }

  rendered(): RenderedInterface {
    const link = this.#link;
    const name = this.#nameOf(link.id.value);
    const rendered: Record<string, PlainValue> & { name: string } = { name, type: this.#type, state: 'up' };
    this.#passThrough(rendered);
    this.#hardware(rendered);
    assign(rendered, 'mtu', link.mtu);
    this.#reportUnsaid();
    for (const family of [4, 6] as const) {
      const ip = renderNmstateIp(link, family, this.#takeNested(`ipv${family}`), this.#unsupported);
      if (ip !== undefined) rendered[`ipv${family}`] = ip;
    }
    this.#kind(rendered);
    const order = Object.keys(interfaceVariants.variants[this.#type] ?? {});
    return inOrder(rendered, order) as RenderedInterface;
  }

  #nameOf(id: string): string {
    return this.#names.get(id) ?? id;
  }

  #takeNested(key: string): readonly PassedThrough[] {
    return this.#nested.get(key) ?? [];
  }

  #kind(rendered: Record<string, PlainValue>): void {
    const link = this.#link;
    const members = link.members.map(({ value }) => this.#nameOf(value));
    if (link.kind === 'bond') {
      rendered['link-aggregation'] = renderLinkAggregation(
        link,
        members,
        this.#takeNested('link-aggregation'),
        (primary) => this.#nameOf(primary),
        this.#unsupported,
      );
    } else if (link.kind === 'bridge') {
      rendered.bridge = renderLinuxBridge(
        link,
        (id) => this.#nameOf(id),
        {
          options: this.#takeNested('bridge'),
          ports: this.#ownPorts,
        },
        this.#unsupported,
      );
    } else if (link.kind === 'vlan') {
      const vlan: Record<string, PlainValue> = {};
      if (link.vlan?.link !== undefined) vlan['base-iface'] = this.#nameOf(link.vlan.link.value);
      assign(vlan, 'id', link.vlan?.id);
      rendered.vlan = withNested(vlan, this.#takeNested('vlan'));
    } else if (link.section === 'vrfs') {
      rendered.vrf = withNested({ port: members }, this.#takeNested('vrf'));
    }
  }

  /** How the interface is found, and the MAC address that it is given. */
  #hardware(rendered: Record<string, PlainValue>): void {
    const { match, setName, macAddress, id } = this.#link;
    const mac = match?.macAddress;
    if (mac !== undefined) {
      rendered.identifier = 'mac-address';
      rendered['mac-address'] = mac.value;
    } else if (match !== undefined && (match.name === undefined || /[*?[]/.test(match.name.value))) {
      const message = `NMState finds a card by its name or MAC address only; “${this.#nameOf(id.value)}” is taken for its name.`;
      this.#unsupported(match.node, message);
    }
    if (mac !== undefined && setName !== undefined) {
      const message = `NMState cannot name a card: it keeps the name that the kernel gives it, not “${setName.value}”.`;
      this.#unsupported(setName.node, message);
    }
    for (const part of [mac === undefined ? undefined : match?.name, ...(match?.drivers ?? [])]) {
      if (part !== undefined)
        this.#unsupported(part.node, `NMState cannot find a card by “${part.value}” beside that.`);
    }
    if (macAddress === undefined) return;
    if (mac !== undefined || parseMacAddress(macAddress.value) === undefined) {
      const message = `NMState cannot give this card the MAC address “${macAddress.value}”; it is left out.`;
      this.#unsupported(macAddress.node, message);
    } else rendered['mac-address'] = macAddress.value;
  }

  #reportUnsaid(): void {
    const { wakeOnLan, optional, critical, ipv6Mtu } = this.#link;
    const words: [string, Located<boolean | number> | undefined][] = [
      ['wake on LAN', wakeOnLan],
      ['optional', optional],
      ['keeping addresses while the service restarts', critical],
      ['an MTU for IPv6 alone', ipv6Mtu],
    ];
    for (const [word, said] of words) {
      if (said === undefined || said.value === false) continue;
      this.#unsupported(said.node, `NMState has no word for ${word}; it is left out.`);
    }
  }

  #passThrough(rendered: Record<string, PlainValue>): void {
    for (const original of this.#link.passedThrough) {
      const entry = this.#model.format === 'nmstate' ? original : this.#translated(original);
      if (entry === undefined) continue;
      const path = pathOf(entry);
      const [first = ''] = path;
      if (portOf(entry) !== undefined) this.#ownPorts.push(entry);
      else if (path.length > 1) this.#nested.set(first, [...(this.#nested.get(first) ?? []), entry]);
      else define(rendered, first, asWritten(entry.value));
    }
  }

  /** What another format says in its own words and NMState can say too. */
  #translated({ key, value }: PassedThrough): PassedThrough | undefined {
    const name = String(key.value);
    const word = value.type === 'scalar' ? String(value.value) : '';
    const as = (path: string, written: SourceNode = value) => ({
      key: { ...key, value: path },
      value: written,
    });
    const wordAs = (path: string, text: string) =>
      as(path, { type: 'scalar', source: value.source, span: value.span, value: text });
    if (this.#model.format === 'network-config-v2') {
      if (name === 'renderer') return undefined;
      if (name === 'ipv6-address-token') return as('ipv6.token');
      if (name === 'ipv6-address-generation') return as('ipv6.addr-gen-mode');
      if (name === 'dhcp-identifier')
        return wordAs('ipv4.dhcp-client-id', word === 'duid' ? 'iaid+duid' : 'll');
      if (name === 'table' && this.#link.section === 'vrfs') return as('vrf.route-table-id');
      if (name === 'peer' && this.#type === 'veth')
        return { key: { ...key, value: 'veth' }, value: peerOf(value) };
      if (name === 'networkmanager') return this.#profileName(key, value);
    }
    const option = name.replace(/^bond[-_]/, '').replaceAll('-', '_');
    if (name !== option && uninterpretedBondOptions.includes(option))
      return as(`link-aggregation.options.${option}`);
    this.#unsupported(key, `NMState has no word for “${name}”; it is left out.`);
    return undefined;
  }

  #profileName(key: PassedThrough['key'], value: SourceNode): PassedThrough | undefined {
    const name = childOf(value, 'name');
    const others = value.type === 'map' ? value.entries.filter((entry) => entry.key.value !== 'name') : [];
    for (const other of others) {
      const message = `NMState has no word for “${String(other.key.value)}” of networkmanager; it is left out.`;
      this.#unsupported(other.key, message);
    }
    return name === undefined ? undefined : { key: { ...key, value: 'profile-name' }, value: name };
  }

  readonly #unsupported = (node: SourceNode, message: string): void => {
    this.#sink.at(node, 'warning', 'network-unsupported', message);
  };
}

function peerOf(value: SourceNode): SourceNode {
  const { source, span } = value;
  const key = { type: 'scalar', source, span, value: 'peer' } as const;
  return { type: 'map', source, span, entries: [{ key, value }] };
}
