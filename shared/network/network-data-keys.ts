import { version1BondKeys } from './bond-parameters.ts';
import {
  anything,
  choice,
  formatted,
  type KeyDefinition,
  type KeyTable,
  listOf,
  type TableOptions,
  table,
  text,
  type VariantsShape,
} from './value-shape.ts';
import { dnsServers, searchDomains, subnetKeys, subnetRouteKeys, subnetTypes } from './version-1-keys.ts';
import { mtuShape, vlanIdShape } from './version-2-link-keys.ts';

/** cloud-init copies what it knows and passes over the rest; OpenStack writes null for what is not set. */
const lenient: TableOptions = { unknownKeys: 'warning', emptyValues: true };

const id = (what: string): KeyDefinition => ({
  shape: text,
  description: `Name of this ${what} inside the document.`,
  required: { code: 'key-missing', message: `The ${what} has no “id”.` },
});

const commonLinkKeys: KeyTable = {
  id: { ...id('link'), examples: ['interface0'] },
  type: {
    shape: text,
    description: 'Type of the link: phy for a card, bond, vlan, or how a virtual machine is attached.',
  },
  name: {
    shape: text,
    description:
      'Name of the interface, at most 15 characters. Without it cloud-init looks the card up by its MAC address.',
    examples: ['eth0'],
  },
  ethernet_mac_address: {
    shape: formatted('mac-match'),
    description: 'MAC address of the card.',
    examples: ['52:54:00:12:34:56'],
  },
  mtu: { shape: mtuShape, description: 'Largest packet, in bytes: 68 to 65536.', examples: [1500] },
  vif_id: { shape: anything, description: 'ID of the port in OpenStack; not used.' },
};

/** cloud-init takes all keys that start with `bond` for the parameters of version 1. */
export const networkDataBondKeys: KeyTable = Object.fromEntries(
  Object.entries(version1BondKeys).map(([key, definition]) => [key.replaceAll('-', '_'), definition]),
);

const bondKeys: KeyTable = {
  ...commonLinkKeys,
  bond_links: {
    shape: listOf(text),
    description: 'IDs of the links that are members of the bond.',
    examples: [['interface0', 'interface1']],
    required: { code: 'network-bond', message: 'The bond has no members; add “bond_links”.' },
  },
  ...networkDataBondKeys,
};

const vlanKeys: KeyTable = {
  ...commonLinkKeys,
  vlan_link: {
    shape: text,
    description: 'ID of the link that carries the VLAN.',
    required: {
      code: 'network-vlan',
      message: 'The VLAN does not say on which link it runs; add “vlan_link”.',
    },
  },
  vlan_id: {
    shape: vlanIdShape,
    description: 'VLAN ID, 1 to 4094.',
    examples: [100],
    required: { code: 'network-vlan', message: 'The VLAN has no ID; add “vlan_id”, from 1 to 4094.' },
  },
  vlan_mac_address: {
    shape: formatted('mac-match'),
    description: 'MAC address of the VLAN; may be null.',
    examples: ['52:54:00:12:34:56'],
  },
};

/** Types that OpenStack gives to interfaces; all of them are cards to the machine (`KNOWN_PHYSICAL_TYPES`). */
const physicalTypes = [
  ...['phy', 'ethernet', 'tap', 'ovs', 'bridge', 'vif', 'dvs', 'hw_veb', 'hyperv', 'vhostuser'],
  // Of OVH and of the Open Telekom Cloud.
  ...['bgpovs', 'cascading'],
] as const;

export const linkVariants: VariantsShape = {
  type: 'variants',
  discriminator: 'type',
  variants: {
    ...Object.fromEntries(physicalTypes.map((type) => [type, commonLinkKeys])),
    bond: bondKeys,
    vlan: vlanKeys,
  },
  otherwise: 'phy',
  ...lenient,
};

const ownNetworkTypes = ['ipv4', 'ipv4_dhcp', 'ipv6', 'ipv6_dhcp'] as const;

export const networkTypes: readonly string[] = [
  ...ownNetworkTypes,
  ...subnetTypes.filter((type) => type.startsWith('ipv6_')),
  // What cloud-init does not translate it hands on as a type of version 1.
  ...subnetTypes.filter((type) => !type.startsWith('ipv6_')),
];

const subnetKey = (key: keyof typeof subnetKeys): KeyTable => {
  const definition = subnetKeys[key];
  return definition === undefined ? {} : { [key]: definition };
};

/** A service says what it is; cloud-init takes each for a name server. */
const serviceKeys: KeyTable = {
  type: { shape: text, description: 'Type of the service: dns.', examples: ['dns'] },
  address: {
    ...dnsServers,
    required: { code: 'network-dns', message: 'The service has no address; add “address”.' },
  },
  search: searchDomains,
  interface: { shape: text, description: 'Name of the interface for which the name server is.' },
};

const routeKeys: KeyTable = {
  ...subnetRouteKeys,
  services: {
    shape: listOf(table(serviceKeys, lenient)),
    description: 'Name servers that are reached by this route.',
  },
};

export const networkKeys: KeyTable = {
  id: { shape: text, description: 'Name of this network inside the document.', examples: ['network0'] },
  type: {
    shape: choice(networkTypes),
    description: 'How the address is found: static (ipv4, ipv6), by DHCP, or by router advertisements.',
    required: {
      code: 'key-missing',
      message: 'The network does not say its type; add for example “type: ipv4”.',
    },
  },
  link: {
    shape: text,
    description: 'ID of the link that is in this network.',
    required: {
      code: 'network-link-unknown',
      message: 'The network does not say on which link it is; add “link”.',
    },
  },
  ip_address: {
    shape: formatted('address-maybe-prefix'),
    description: 'Static address, with its prefix length or with “netmask” beside it.',
    examples: ['192.0.2.10'],
  },
  ...subnetKey('netmask'),
  ...subnetKey('gateway'),
  routes: {
    shape: listOf(table(routeKeys, lenient)),
    description:
      'Static routes through the link; the default gateway is the one to 0.0.0.0 or ::. For netplan cloud-init takes those of static networks alone; hosts of a site receive them all.',
  },
  ...subnetKey('dns_nameservers'),
  ...subnetKey('dns_search'),
  services: {
    shape: listOf(table(serviceKeys, lenient)),
    description: 'Name servers that are reached through this network.',
  },
  ...subnetKey('metric'),
  ...subnetKey('broadcast'),
  ...subnetKey('pointopoint'),
  ...subnetKey('scope'),
  network_id: { shape: anything, description: 'ID of the network in OpenStack; not used.' },
};

/** OpenStack's network_data.json, as ConfigDrive and the metadata service give it. */
export const networkDataKeys: KeyTable = {
  links: { shape: listOf(linkVariants), description: 'The interfaces of the machine.' },
  networks: {
    shape: listOf(table(networkKeys, lenient)),
    description: 'The addresses of the interfaces; several networks may be on one link.',
  },
  services: {
    shape: listOf(table(serviceKeys, lenient)),
    description: 'Name servers of the machine.',
  },
};

export const networkDataShape = table(networkDataKeys, lenient);
