import { linkAggregationKeys, vrfKeys } from './nmstate-bond-keys.ts';
import { bridgeKeys } from './nmstate-bridge-keys.ts';
import {
  ethtoolKeys,
  multipathKeys,
  portAuthenticationKeys,
  virtualFunctionsKeys,
} from './nmstate-card-keys.ts';
import { flag, nmstateIpv4Keys, nmstateIpv6Keys } from './nmstate-ip-keys.ts';
import {
  hsrShape,
  infinibandShape,
  ipVlanShape,
  macSecShape,
  macVlanShape,
  switchShape,
} from './nmstate-other-keys.ts';
import { isAbsentText, nmstateRouteKeys, nmstateRuleKeys } from './nmstate-route-keys.ts';
import {
  anything,
  choice,
  formatted,
  integer,
  type KeyDefinition,
  type KeyTable,
  listOf,
  table,
  text,
  type VariantsShape,
} from './value-shape.ts';
import { mtuShape, vlanIdShape } from './version-2-link-keys.ts';

const passed = (description: string): KeyDefinition => ({ shape: anything, description });
const shown = passed('Shown by nmstate, and ignored when applied.');

/** What an interface of every type may say (`BaseInterface` of nmstate 2). */
const baseKeys: KeyTable = {
  name: {
    shape: text,
    description: 'Name of the interface, at most 15 characters; with “identifier: mac-address” any name.',
    examples: ['eth0'],
    required: { code: 'key-missing', message: 'The interface has no name; add “name”.' },
  },
  type: { shape: text, description: 'Type of the interface.', examples: ['ethernet'] },
  state: {
    shape: choice(['up', 'down', 'absent', 'ignore', 'unknown']),
    description:
      'up configures the interface, down takes it down, absent removes it, ignore leaves it alone.',
    default: 'up',
  },
  identifier: {
    shape: choice(['name', 'mac-address', 'pci-address']),
    description: 'How the interface is found: by its name, its MAC address, or its place on the PCI bus.',
    default: 'name',
  },
  'mac-address': {
    shape: formatted('mac-match'),
    description:
      'MAC address that the interface is given; with “identifier: mac-address” the one by which it is found.',
    examples: ['52:54:00:12:34:56'],
  },
  'pci-address': {
    shape: text,
    description: 'Place on the PCI bus. Needs “identifier: pci-address”; nmstate 2.2.42 and later.',
    examples: ['0000:00:1f.6'],
  },
  'profile-name': {
    shape: text,
    description: 'Name of the connection in NetworkManager; the name of the interface when left out.',
  },
  description: { shape: text, description: 'A sentence for people.' },
  mtu: {
    shape: mtuShape,
    description: 'Largest packet, in bytes: 68 to 65536. A VLAN cannot exceed the interface below it.',
    default: 1500,
    examples: [9000],
  },
  ipv4: { shape: table(nmstateIpv4Keys), description: 'IPv4 on this interface; off when left out.' },
  ipv6: { shape: table(nmstateIpv6Keys), description: 'IPv6 on this interface; off when left out.' },
  'wait-ip': {
    shape: choice(['any', 'ipv4', 'ipv6', 'ipv4+ipv6']),
    description: 'Which protocols must be configured before the interface counts as up.',
    default: 'any',
  },
  controller: { shape: text, description: 'Bond, bridge or VRF of which this interface is a port.' },
  'copy-mac-from': { shape: text, description: 'Interface whose MAC address this one is given.' },
  'accept-all-mac-addresses': {
    shape: flag,
    description: 'Accept frames for other hosts too (promiscuous mode).',
    default: false,
  },
  'alt-names': passed('Further names of the interface.'),
  lldp: {
    shape: table({
      enabled: { shape: flag, description: 'Listen for LLDP frames of the switch.', default: false },
      neighbors: shown,
    }),
    description: 'LLDP on this interface.',
  },
  ethtool: { shape: table(ethtoolKeys), description: 'Offloading, rings and pauses, as ethtool names them.' },
  mptcp: { shape: table(multipathKeys), description: 'Multipath TCP.' },
  '802.1x': {
    shape: table(portAuthenticationKeys, { unknownKeys: 'warning' }),
    description: 'Authentication of the port.',
  },
  dispatch: passed('Scripts that run when the interface comes up or goes down.'),
  'ovs-db': passed('Settings in the database of Open vSwitch.'),
  'min-mtu': shown,
  'max-mtu': shown,
  'permanent-mac-address': shown,
  driver: shown,
};

const ethernetKeys: KeyTable = {
  ...baseKeys,
  ethernet: {
    shape: table({
      'auto-negotiation': { shape: flag, description: 'Whether speed and duplex are negotiated.' },
      speed: { shape: integer(0, 0xffff_ffff), description: 'Speed in Mbit/s, without negotiation.' },
      duplex: { shape: choice(['full', 'half']), description: 'Duplex, without negotiation.' },
      'sr-iov': { shape: table(virtualFunctionsKeys), description: 'Virtual functions of the card.' },
    }),
    description: 'Settings of the card.',
  },
  veth: passed('Only for an interface of the type veth.'),
};

const vlanKeys: KeyTable = {
  'base-iface': {
    shape: text,
    description: 'The interface that carries the VLAN.',
    examples: ['bond0'],
    required: {
      code: 'network-vlan',
      message: 'The VLAN does not say on which interface it runs; add “base-iface”.',
    },
  },
  id: {
    shape: vlanIdShape,
    description: 'VLAN ID, 1 to 4094.',
    examples: [100],
    required: { code: 'network-vlan', message: 'The VLAN has no ID; add “id”, from 1 to 4094.' },
  },
  protocol: {
    shape: choice(['802.1q', '802.1ad'], 'network-vlan'),
    description: 'Tag of the VLAN; 802.1ad for the outer of two.',
    default: '802.1q',
  },
  'registration-protocol': {
    shape: choice(['gvrp', 'mvrp', 'none'], 'network-vlan'),
    description: 'Protocol that tells the switch of the VLAN.',
    default: 'none',
  },
  'reorder-headers': { shape: flag, description: 'Hide the tag from packet captures.', default: true },
  'loose-binding': {
    shape: flag,
    description: 'Stay up when the interface below goes down.',
    default: false,
  },
};

const vxlanKeys: KeyTable = {
  id: {
    shape: integer(0, 0xffffff, 'network-vlan'),
    description: 'Network identifier, 0 to 16777215.',
    required: { code: 'network-vlan', message: 'The VXLAN has no “id”.' },
  },
  'base-iface': { shape: text, description: 'The interface that carries the VXLAN.' },
  remote: { shape: formatted('gateway'), description: 'The other end, or a multicast group.' },
  local: { shape: formatted('gateway'), description: 'Address of this end.' },
  'destination-port': { shape: integer(0, 65535), description: 'UDP port, 0 to 65535.', default: 4789 },
  learning: { shape: flag, description: 'Learn remote MAC addresses.', default: true },
};

const vethKeys: KeyTable = {
  peer: {
    shape: text,
    description: 'The other end of the pair.',
    required: { code: 'key-missing', message: 'The veth has no “peer”.' },
  },
};

const bond = table(linkAggregationKeys);

/** Interfaces by their type. A type with no keys of its own is passed through. */
const keysOfType = {
  ethernet: ethernetKeys,
  bond: {
    ...baseKeys,
    'link-aggregation': { shape: bond, description: 'How the bond works.' },
    bond: { shape: bond, description: 'Another name of link-aggregation.', aliasOf: 'link-aggregation' },
  },
  vlan: { ...baseKeys, vlan: { shape: table(vlanKeys), description: 'Which VLAN, and on what.' } },
  'linux-bridge': { ...baseKeys, bridge: { shape: table(bridgeKeys), description: 'The bridge.' } },
  dummy: baseKeys,
  loopback: baseKeys,
  vxlan: { ...baseKeys, vxlan: { shape: table(vxlanKeys), description: 'The VXLAN.' } },
  // A VRF reaches 65575 by default, which is IP6_MAX_MTU of the kernel.
  vrf: {
    ...baseKeys,
    mtu: {
      shape: integer(68, 65575, 'network-mtu'),
      description: 'Largest packet, in bytes: 68 to 65575.',
    },
    vrf: { shape: table(vrfKeys), description: 'The routing domain.' },
  },
  veth: {
    ...ethernetKeys,
    veth: { shape: table(vethKeys), description: 'The other end of the pair.' },
  },
  infiniband: { ...baseKeys, infiniband: { shape: infinibandShape, description: 'Partition and mode.' } },
  'ovs-bridge': {
    ...baseKeys,
    bridge: { shape: switchShape, description: 'Ports and options of the bridge in Open vSwitch.' },
  },
  'ovs-interface': { ...baseKeys, patch: passed('A patch port.'), dpdk: passed('A DPDK port.') },
  'mac-vlan': {
    ...baseKeys,
    'mac-vlan': { shape: macVlanShape, description: 'Mode, and the interface below.' },
  },
  'mac-vtap': {
    ...baseKeys,
    'mac-vtap': { shape: macVlanShape, description: 'Mode, and the interface below.' },
  },
  macsec: { ...baseKeys, macsec: { shape: macSecShape, description: 'Keys and options of MACsec.' } },
  ipvlan: { ...baseKeys, ipvlan: { shape: ipVlanShape, description: 'Mode, and the interface below.' } },
  hsr: { ...baseKeys, hsr: { shape: hsrShape, description: 'The two ports of the ring.' } },
  xfrm: { ...baseKeys, xfrm: passed('The interface below, and its ID.') },
  ipsec: { ...baseKeys, libreswan: passed('The connection of Libreswan.') },
  'ip-tunnel': { ...baseKeys, 'ip-tunnel': passed('Kind and ends of the tunnel.') },
  tun: { ...baseKeys, tun: shown },
} as const satisfies Record<string, KeyTable>;

/** An interface of a type that the document defines under `interface-types`. */
export const ownTypeKeys: KeyTable = {
  ...baseKeys,
  'user-defined': passed('What the script of the type gets, each as an environment variable.'),
};

export type NmstateType = keyof typeof keysOfType;

export const interfaceVariants: VariantsShape = {
  type: 'variants',
  discriminator: 'type',
  variants: keysOfType,
};

/** Keys of an interface that name something of its type, for an interface that does not say which it is. */
export const typeOfKey: Readonly<Record<string, NmstateType>> = {
  'link-aggregation': 'bond',
  bond: 'bond',
  vlan: 'vlan',
  bridge: 'linux-bridge',
  vxlan: 'vxlan',
  vrf: 'vrf',
  veth: 'veth',
};

/** The keys of an interface that the model interprets, and those that only nmstate’s own output has. */
export const interpretedInterfaceKeys: ReadonlySet<string> = new Set([
  ...['name', 'type', 'state', 'identifier', 'mac-address', 'mtu', 'ipv4', 'ipv6', 'controller'],
  ...['link-aggregation', 'bond', 'vlan', 'bridge', 'vrf', 'min-mtu', 'max-mtu'],
  ...['permanent-mac-address', 'driver'],
]);

const resolverKeys: KeyTable = {
  server: {
    shape: listOf(formatted('zoned-name-server')),
    description: 'Addresses of name servers, IPv4 or IPv6, in the order in which they are asked.',
    examples: [['192.0.2.53', '2001:db8::53']],
  },
  search: {
    shape: listOf(formatted('search-domain')),
    description: 'Domains that are tried for short names.',
    examples: [['example.org']],
  },
  options: {
    shape: listOf(formatted('resolver-option')),
    description: 'Options of resolv.conf, such as rotate or timeout:2.',
    examples: [['rotate']],
  },
};

/** The whole document (`NetworkState` of nmstate 2); `interfaces` are checked one by one, by their type. */
export const nmstateKeys: KeyTable = {
  hostname: {
    shape: table({
      config: { shape: text, description: 'Name that the host is given.' },
      running: shown,
    }),
    description: 'Name of the host. cloud-init sets it too, from meta-data.',
  },
  'dns-resolver': {
    shape: table({
      config: { shape: table(resolverKeys), description: 'Name servers and search domains of the host.' },
      running: shown,
    }),
    description: 'Name servers of the host.',
  },
  'route-rules': {
    shape: table({
      config: {
        shape: listOf(table(nmstateRuleKeys, { isConsequence: isAbsentText })),
        description: 'Rules that choose a routing table.',
      },
    }),
    description: 'Rules that choose a routing table.',
  },
  routes: {
    shape: table({
      config: { shape: listOf(table(nmstateRouteKeys)), description: 'Static routes.' },
      running: shown,
    }),
    description: 'Static routes of the host.',
  },
  'interface-types': passed('Types of interfaces of your own, each with the script that makes them.'),
  interfaces: { shape: listOf(interfaceVariants), description: 'The interfaces of the host.' },
  'ovs-db': passed('Global settings in the database of Open vSwitch.'),
  ovn: passed('Bridge mappings of OVN.'),
};
