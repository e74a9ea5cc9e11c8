import { version1BondKeys } from './bond-parameters.ts';
import { version1BridgeKeys } from './bridge-parameters.ts';
import {
  anything,
  choice,
  formatted,
  integer,
  type KeyDefinition,
  type KeyTable,
  listOf,
  type TableOptions,
  table,
  text,
  type ValueShape,
  type VariantsShape,
} from './value-shape.ts';
import { metricShape, mtuShape, vlanIdShape } from './version-2-link-keys.ts';

const flag: ValueShape = { type: 'boolean', digits: true };
export const dnsServers: KeyDefinition = {
  shape: listOf(formatted('name-server'), 'words'),
  description: 'Addresses of name servers: a list, or one text with spaces between.',
  examples: [['192.0.2.53']],
};
export const searchDomains: KeyDefinition = {
  shape: listOf(formatted('search-domain'), 'words'),
  description: 'Domains that are tried for short names: a list, or one text with spaces between.',
  examples: [['example.org']],
};

/**
 * cloud-init takes what it knows from each entry (the handlers of its network_state, and its renderers) and looks at
 * nothing else: providers write keys that only other readers understand.
 */
const lenient: TableOptions = { unknownKeys: 'ignored' };

/** What subnets and routes have in common with their counterparts in OpenStack's network_data. */
const routeDestinationKeys: KeyTable = {
  netmask: {
    shape: formatted('netmask'),
    description: 'Netmask of the destination, when it has no prefix length.',
    examples: ['255.0.0.0'],
  },
  prefix: {
    shape: integer(0, 128, 'network-route'),
    description: 'Prefix length of the destination, 0 to 32 or 128.',
  },
  gateway: {
    shape: formatted('gateway'),
    description: 'Address of the gateway.',
    examples: ['192.0.2.1'],
    calledElsewhere: ['via', 'gw', 'next-hop-address'],
  },
  metric: {
    shape: metricShape,
    description: 'Preference among routes to the same destination; the lowest wins.',
  },
};

export const subnetRouteKeys: KeyTable = {
  network: { shape: formatted('route-network'), description: 'Destination network.', examples: ['10.0.0.0'] },
  destination: {
    shape: formatted('route-network'),
    description: 'Destination network.',
    examples: ['10.0.0.0/8'],
  },
  ...routeDestinationKeys,
  type: { shape: choice(['route']), description: 'Always “route”.' },
  id: { shape: text, description: 'Name of the route; not used.' },
};

export const subnetTypes = [
  'dhcp',
  'dhcp4',
  'dhcp6',
  'static',
  'static6',
  'manual',
  'loopback',
  'ipv6_dhcpv6-stateful',
  'ipv6_dhcpv6-stateless',
  'ipv6_slaac',
] as const;

export const subnetKeys: KeyTable = {
  type: {
    shape: choice(subnetTypes),
    description: 'How the address is found: static, by DHCP, or not at all (manual).',
    required: {
      code: 'key-missing',
      message: 'The subnet does not say its type; add for example “type: static”.',
    },
  },
  address: {
    shape: formatted('address-maybe-prefix'),
    description: 'Static address, with its prefix length or with “netmask” beside it.',
    examples: ['192.0.2.10/24'],
  },
  netmask: {
    shape: formatted('netmask'),
    description: 'Netmask of the address, when it has no prefix length.',
    examples: ['255.255.255.0'],
  },
  prefix: {
    shape: integer(0, 128, 'network-address'),
    description: 'Prefix length of the address, 0 to 32 or 128.',
  },
  broadcast: { shape: formatted('broadcast'), description: 'Broadcast address; follows from the subnet.' },
  gateway: {
    shape: formatted('gateway'),
    description: 'Default gateway, in this subnet.',
    examples: ['192.0.2.1'],
  },
  dns_nameservers: dnsServers,
  dns_search: searchDomains,
  routes: {
    shape: listOf(table(subnetRouteKeys, { ...lenient, emptyValues: true })),
    description: 'Static routes through this link.',
  },
  metric: { shape: metricShape, description: 'Metric of the default route of this subnet; the lowest wins.' },
  mtu: { shape: mtuShape, description: 'Largest packet, in bytes: 68 to 65536.' },
  control: {
    shape: choice(['auto', 'manual', 'hotplug']),
    description: 'When the link is brought up.',
    default: 'auto',
  },
  ipv4: { shape: flag, description: 'The subnet is IPv4; set by OpenStack’s converter.' },
  ipv6: { shape: flag, description: 'The subnet is IPv6; set by OpenStack’s converter.' },
  scope: { shape: text, description: 'Scope of the address, for ifupdown.' },
  pointopoint: {
    shape: formatted('broadcast'),
    description: 'Address of the other end of a point-to-point link.',
  },
  interface: { shape: text, description: 'Interface of the subnet; not used.' },
  hwaddress: { shape: formatted('mac-match'), description: 'MAC address, for ifupdown.' },
};

const name: KeyDefinition = {
  shape: text,
  description: 'Name of the interface, at most 15 characters.',
  examples: ['eth0'],
  required: { code: 'key-missing', message: 'The interface has no name; add “name”.' },
};

const type: KeyDefinition = { shape: text, description: 'Type of this entry.' };

const commonKeys: KeyTable = {
  type,
  name,
  // Documents that curtin wrote, and cloud-init's own examples, have these.
  id: { shape: text, description: 'Name inside the document; not used.' },
  ipv4_conf: {
    shape: anything,
    description: 'Kernel settings for IPv4, for curtin; not used by cloud-init.',
  },
  ipv6_conf: {
    shape: anything,
    description: 'Kernel settings for IPv6, for curtin; not used by cloud-init.',
  },
  mac_address: {
    shape: formatted('mac-match'),
    description: 'MAC address of the card.',
    examples: ['52:54:00:12:34:56'],
  },
  mtu: {
    shape: mtuShape,
    description: 'Largest packet, in bytes: 68 to 65536.',
    default: 1500,
    examples: [9000],
  },
  // cloud-init drops keys without a value from subnets (`_normalize_subnet` of its network_state).
  subnets: {
    shape: listOf(table(subnetKeys, { ...lenient, emptyValues: true })),
    description: 'Addresses of the interface.',
  },
  'accept-ra': { shape: flag, description: 'Accept router advertisements of IPv6.' },
  wakeonlan: { shape: flag, description: 'Let a magic packet wake the machine.', default: false },
  keep_configuration: {
    shape: flag,
    description: 'Keep the addresses when the network service restarts.',
    default: false,
  },
};

/** By which cloud-init tells cards of one MAC address apart (`_version_1` of its net.extract_physdevs). */
const version1CardKeys: KeyTable = {
  driver: { shape: text, description: 'Driver of the card.', examples: ['hv_netvsc'] },
  device_id: { shape: text, description: 'Device ID of the card in sysfs.', examples: ['0x3'] },
};

const members = (what: string): KeyDefinition => ({
  shape: listOf(text),
  description: `Interfaces that are ${what}.`,
  examples: [['eth0', 'eth1']],
});

export const itemVariants: VariantsShape = {
  type: 'variants',
  discriminator: 'type',
  ...lenient,
  // What OpenStack's converter makes has null for an MTU or MAC address that is not set.
  emptyValues: true,
  variants: {
    physical: {
      ...commonKeys,
      params: {
        shape: table(version1CardKeys, lenient),
        description: 'What tells the card from others of the same MAC address.',
      },
    },
    infiniband: commonKeys,
    loopback: commonKeys,
    bond: {
      ...commonKeys,
      bond_interfaces: {
        ...members('members of the bond'),
        required: { code: 'network-bond', message: 'The bond has no members; add “bond_interfaces”.' },
      },
      params: {
        shape: table(version1BondKeys, { ...lenient, underscores: true }),
        description: 'How the bond works.',
      },
    },
    bridge: {
      ...commonKeys,
      bridge_interfaces: {
        ...members('ports of the bridge'),
        required: {
          code: 'network-bridge',
          message: 'The bridge has no ports; add “bridge_interfaces”, which may be empty.',
        },
      },
      params: {
        shape: table(version1BridgeKeys, { ...lenient, underscores: true }),
        description: 'How the bridge works.',
      },
    },
    vlan: {
      ...commonKeys,
      vlan_id: {
        shape: vlanIdShape,
        description: 'VLAN ID, 1 to 4094.',
        examples: [100],
        required: { code: 'network-vlan', message: 'The VLAN has no ID; add “vlan_id”, from 1 to 4094.' },
      },
      vlan_link: {
        shape: text,
        description: 'The interface that carries the VLAN.',
        required: {
          code: 'network-vlan',
          message: 'The VLAN does not say on which interface it runs; add “vlan_link”.',
        },
      },
    },
    route: {
      type,
      destination: {
        shape: formatted('route-network'),
        description: 'Destination network.',
        examples: ['10.0.0.0/8'],
        required: { code: 'network-route', message: 'The route has no destination; add “destination”.' },
      },
      ...routeDestinationKeys,
      id: { shape: text, description: 'Name of the route; not used.' },
      name: { shape: text, description: 'Name of the route; not used.' },
    },
    nameserver: {
      type,
      address: {
        ...dnsServers,
        required: { code: 'network-dns', message: 'The name server has no address; add “address”.' },
      },
      search: searchDomains,
      interface: {
        shape: text,
        description: 'Interface for which these name servers are; all that have addresses when left out.',
      },
      name: { shape: text, description: 'Not used.' },
    },
  },
};

/** The version 1 document, without the `network:` that may stand around it. */
export const version1Keys: KeyTable = {
  version: {
    shape: integer(1, 1, 'network-version'),
    description: 'Version of the format: 1.',
    required: {
      code: 'network-version',
      message: 'The network configuration does not say its version; add “version: 1”.',
    },
  },
  config: {
    shape: listOf(itemVariants),
    description: 'The interfaces, routes and name servers.',
    required: { code: 'key-missing', message: 'The network configuration has no “config” list.' },
  },
};
