import { boolean, choice, formatted, integer, type KeyTable, listOf, table, text } from './value-shape.ts';
import { networkManagerKeys, openVSwitchKeys } from './version-2-other-keys.ts';

/** IPv4 asks for at least 68 bytes (RFC 791); the kernel's field and the loopback interface end at 65536. */
export const mtuShape = integer(68, 65536, 'network-mtu');
/** IPv6 asks for at least 1280 bytes (RFC 8200 section 5). */
export const ipv6MtuShape = integer(1280, 65536, 'network-mtu');
/** 4095 is reserved (IEEE 802.1Q). */
export const vlanIdShape = integer(0, 4094, 'network-vlan');
export const metricShape = integer(0, 0xffff_ffff, 'network-route');
export const tableShape = integer(1, 0xffff_ffff, 'network-route');

export const nameServerKeys: KeyTable = {
  addresses: {
    shape: listOf(formatted('name-server'), 'scalar'),
    description: 'Addresses of name servers, IPv4 or IPv6.',
    examples: [['192.0.2.53', '2001:db8::53']],
  },
  search: {
    shape: listOf(formatted('search-domain'), 'scalar'),
    description: 'Domains that are tried for short names.',
    examples: [['example.org']],
    calledElsewhere: ['domains', 'dns_search', 'dns-search', 'domain'],
  },
};

export const routeKeys: KeyTable = {
  to: {
    shape: formatted('route-destination'),
    description:
      'Destination: a network with its prefix length, an address, or “default” (netplan only; 0.0.0.0/0 works everywhere).',
    examples: ['10.0.0.0/8', '0.0.0.0/0'],
    required: { code: 'network-route', message: 'The route has no destination; add “to”.' },
    calledElsewhere: ['destination', 'network', 'dst', 'dest'],
  },
  via: {
    shape: formatted('gateway'),
    description: 'Address of the gateway, in a subnet of this link.',
    examples: ['192.0.2.1'],
    calledElsewhere: ['gateway', 'next-hop-address', 'gw', 'nexthop'],
  },
  from: { shape: formatted('route-network'), description: 'Source address for traffic on this route.' },
  metric: {
    shape: metricShape,
    description: 'Preference among routes to the same destination; the lowest wins.',
    examples: [100],
  },
  'on-link': {
    shape: boolean,
    description: 'The gateway is on this link although no subnet of the link holds it.',
    default: false,
  },
  table: {
    shape: tableShape,
    description: 'Number of the routing table, from 1; 254 is the main table.',
    default: 254,
  },
  mtu: { shape: mtuShape, description: 'Largest packet on this route, in bytes.' },
  type: {
    shape: choice(
      [
        'unicast',
        'anycast',
        'blackhole',
        'broadcast',
        'local',
        'multicast',
        'nat',
        'prohibit',
        'throw',
        'unreachable',
        'xresolve',
      ],
      'network-route',
    ),
    description: 'What the route does with a packet.',
    default: 'unicast',
  },
  scope: {
    shape: choice(['global', 'link', 'host'], 'network-route'),
    description: 'How far the destination is; “link” for one without a gateway. IPv4 only.',
  },
  'congestion-window': {
    shape: integer(1, 0xffff_ffff, 'network-route'),
    description: 'Congestion window, in segments.',
  },
  'advertised-receive-window': {
    shape: integer(1, 0xffff_ffff, 'network-route'),
    description: 'Receive window to advertise, in segments.',
  },
  'advertised-mss': {
    shape: integer(1, 0xffff_ffff, 'network-route'),
    description: 'TCP segment size to advertise, in bytes. netplan 0.107 and later.',
  },
};

export const routingRuleKeys: KeyTable = {
  from: { shape: formatted('route-network'), description: 'Source network or address.' },
  to: { shape: formatted('route-network'), description: 'Destination network or address.' },
  table: { shape: tableShape, description: 'Routing table to use, from 1.' },
  priority: {
    shape: integer(0, 0xffff_ffff, 'network-route'),
    description: 'Rules are tried from the lowest priority up.',
  },
  mark: {
    shape: integer(1, 0xffff_ffff, 'network-route'),
    description: 'Firewall mark of the packet, from 1.',
  },
  'type-of-service': {
    shape: integer(0, 255, 'network-route'),
    description: 'Type of service of the packet, 0 to 255.',
  },
};

export const dhcpOverrideKeys: KeyTable = {
  'use-dns': { shape: boolean, description: 'Use the name servers that DHCP hands out.', default: true },
  'use-ntp': { shape: boolean, description: 'Use the time servers that DHCP hands out.', default: true },
  'send-hostname': {
    shape: boolean,
    description: 'Tell the DHCP server the name of the host.',
    default: true,
  },
  'use-hostname': { shape: boolean, description: 'Take the host name from DHCP.', default: true },
  'use-mtu': { shape: boolean, description: 'Take the MTU from DHCP.', default: true },
  hostname: { shape: text, description: 'Name to send instead of the host’s own.' },
  'use-routes': { shape: boolean, description: 'Install the routes that DHCP hands out.', default: true },
  'route-metric': {
    shape: metricShape,
    description: 'Metric of the routes from DHCP; the lowest wins.',
    examples: [100],
  },
  'use-domains': {
    shape: text,
    description: 'Use the domain from DHCP for searching: true, false or “route”.',
    examples: [true, 'route'],
  },
};

const addressOptionKeys: KeyTable = {
  lifetime: {
    shape: choice(['forever', '0']),
    description: 'Preferred lifetime: “forever”, or 0 for an address that is not used as a source.',
    default: 'forever',
  },
  label: { shape: text, description: 'Label of the address, at most 15 characters.' },
};

export const matchKeys: KeyTable = {
  macaddress: {
    shape: formatted('mac-match'),
    description: 'MAC address of the card.',
    examples: ['52:54:00:12:34:56'],
    calledElsewhere: ['mac', 'mac_address', 'hwaddr', 'ethernet_mac_address'],
  },
  name: {
    shape: text,
    description: 'Name that the kernel gives the card; may be a glob.',
    examples: ['enp2*'],
  },
  driver: {
    shape: listOf(text, 'scalar'),
    description: 'Kernel driver of the card; may be a glob, or a list of globs.',
    examples: ['ixgbe'],
  },
};

const overrides = table(dhcpOverrideKeys);

/** What every link of every type may say. */
export const commonLinkKeys: KeyTable = {
  addresses: {
    shape: {
      type: 'list',
      items: {
        type: 'either',
        scalar: formatted('interface-address'),
        map: { type: 'named', values: table(addressOptionKeys), keyFormat: 'interface-address' },
      },
    },
    description: 'Static addresses, each with the prefix length of its subnet.',
    examples: [['192.0.2.10/24', '2001:db8::10/64']],
  },
  dhcp4: { shape: boolean, description: 'Ask DHCP for an IPv4 address.', default: false },
  dhcp6: {
    shape: boolean,
    description: 'Ask DHCP for an IPv6 address, or take one from router advertisements.',
    default: false,
  },
  'dhcp4-overrides': { shape: overrides, description: 'What to take from DHCP for IPv4.' },
  'dhcp6-overrides': { shape: overrides, description: 'What to take from DHCP for IPv6.' },
  'dhcp-identifier': {
    shape: choice(['mac', 'duid']),
    description: 'How the host names itself to the DHCP server.',
    default: 'duid',
  },
  'accept-ra': {
    shape: boolean,
    description: 'Accept router advertisements of IPv6. The kernel decides when it is left out.',
  },
  'ra-overrides': {
    shape: table({
      'use-dns': {
        shape: boolean,
        description: 'Use the name servers that routers advertise.',
        default: true,
      },
      'use-domains': {
        shape: text,
        description: 'Search the domains that routers advertise; route asks their servers for those only.',
        default: false,
      },
      table: { shape: tableShape, description: 'Routing table of the routes that routers advertise.' },
    }),
    description: 'What to take from router advertisements. networkd only; netplan 1.1 and later.',
  },
  gateway4: {
    shape: formatted('gateway4'),
    description: 'IPv4 default gateway. netplan prefers a route to 0.0.0.0/0.',
    examples: ['192.0.2.1'],
  },
  gateway6: {
    shape: formatted('gateway6'),
    description: 'IPv6 default gateway. netplan prefers a route to ::/0.',
    examples: ['2001:db8::1'],
  },
  nameservers: { shape: table(nameServerKeys), description: 'Name servers and search domains of this link.' },
  routes: { shape: listOf(table(routeKeys)), description: 'Static routes through this link.' },
  'routing-policy': {
    shape: listOf(table(routingRuleKeys)),
    description: 'Rules that choose a routing table.',
  },
  macaddress: {
    shape: formatted('mac-address'),
    description: 'MAC address that the link is given.',
    examples: ['52:54:00:12:34:56'],
  },
  mtu: {
    shape: mtuShape,
    description: 'Largest packet, in bytes: 68 to 65536. A VLAN cannot exceed the link below it.',
    default: 1500,
    examples: [9000],
  },
  'ipv6-mtu': { shape: ipv6MtuShape, description: 'Largest IPv6 packet, in bytes: 1280 to 65536.' },
  optional: { shape: boolean, description: 'Do not wait for this link while booting.', default: false },
  'optional-addresses': {
    shape: listOf(choice(['ipv4-ll', 'ipv6-ra', 'dhcp4', 'dhcp6', 'static'])),
    description: 'Kinds of addresses that booting does not wait for.',
  },
  'link-local': {
    shape: listOf(choice(['ipv4', 'ipv6'])),
    description: 'For which protocols the link has a link-local address.',
    examples: [['ipv6'], []],
  },
  'ignore-carrier': {
    shape: boolean,
    description: 'Configure the link although it has no carrier.',
    default: false,
  },
  critical: {
    shape: boolean,
    description: 'Keep the addresses when the network service restarts.',
    default: false,
  },
  'activation-mode': {
    shape: choice(['manual', 'off']),
    description: 'Leave the link down until it is brought up by hand (manual), or always (off).',
  },
  'ipv6-privacy': { shape: boolean, description: 'Use temporary IPv6 addresses (RFC 8981).', default: false },
  'ipv6-address-generation': {
    shape: choice(['eui64', 'stable-privacy']),
    description: 'How IPv6 addresses are made from router advertisements. NetworkManager only.',
  },
  'ipv6-address-token': {
    shape: formatted('ipv6-token'),
    description: 'Host part of addresses made from router advertisements.',
    examples: ['::10'],
  },
  'neigh-suppress': {
    shape: boolean,
    description: 'Answer ARP and neighbour discovery for hosts behind this port.',
  },
  hairpin: {
    shape: boolean,
    description: 'Let frames leave a bridge port by which they came. netplan 1.1 and later.',
  },
  'port-mac-learning': {
    shape: boolean,
    description: 'Let a bridge learn MAC addresses on this port. netplan 1.1 and later.',
  },
  renderer: {
    shape: choice(['networkd', 'NetworkManager', 'sriov']),
    description: 'Service that configures this link.',
    default: 'networkd',
  },
  openvswitch: { shape: table(openVSwitchKeys), description: 'Settings of Open vSwitch for this link.' },
  networkmanager: {
    shape: table(networkManagerKeys),
    description: 'Settings that only NetworkManager reads.',
  },
};
