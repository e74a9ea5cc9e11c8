import { childOf, type MapNode } from '../source/source-node.ts';
import { flag } from './nmstate-ip-keys.ts';
import { textOf } from './read-value.ts';
import { choice, formatted, integer, type KeyTable, text } from './value-shape.ts';
import { mtuShape } from './version-2-link-keys.ts';

const code = 'network-route';
const segments = integer(0, 0xffff_ffff, code);

export const nmstateRouteKeys: KeyTable = {
  state: {
    shape: choice(['absent', 'ignore'], code),
    description: 'absent removes routes that look like this one.',
  },
  destination: {
    shape: formatted('ip-network'),
    description: 'Destination network with its prefix length; 0.0.0.0/0 and ::/0 are the default routes.',
    examples: ['0.0.0.0/0', '10.0.0.0/8'],
  },
  'next-hop-interface': {
    shape: text,
    description: 'Interface through which the route goes.',
    examples: ['eth0'],
  },
  'next-hop-address': {
    shape: formatted('next-hop'),
    description: 'Address of the gateway, in a subnet of that interface.',
    examples: ['192.0.2.1'],
  },
  metric: {
    shape: integer(-1, 0xffff_ffff, code),
    description: 'Preference among routes to the same destination; the lowest wins. -1 takes the default.',
    examples: [100],
  },
  'table-id': {
    shape: integer(0, 0xffff_ffff, code),
    description: 'Number of the routing table; 254, or 0, is the main table.',
    default: 254,
  },
  weight: {
    shape: integer(1, 256, code),
    description: 'Share of the traffic among several next hops, 1 to 256.',
  },
  'route-type': {
    shape: choice(['blackhole', 'unreachable', 'prohibit'], code),
    description: 'Drops packets instead of forwarding them; such a route has no next hop.',
  },
  source: {
    shape: formatted('ip-network'),
    description: 'Source address for traffic on this route.',
  },
  cwnd: { shape: segments, description: 'Clamp of the congestion window, in segments.' },
  initcwnd: { shape: segments, description: 'Congestion window at the start, in segments.' },
  initrwnd: { shape: segments, description: 'Receive window at the start, in segments.' },
  mtu: { shape: mtuShape, description: 'Largest packet on this route, in bytes.' },
  'lock-mtu': { shape: flag, description: 'Never change the MTU of the route.', default: false },
  quickack: { shape: flag, description: 'Acknowledge at once.', default: false },
  advmss: { shape: segments, description: 'TCP segment size to advertise, in bytes.' },
  'vrf-name': { shape: text, description: 'VRF whose routing table holds the route.' },
};

/** What the model has no word for. */
export const uninterpretedRouteKeys: readonly string[] = [
  ...['weight', 'cwnd', 'initcwnd', 'initrwnd', 'lock-mtu', 'quickack', 'advmss', 'vrf-name'],
];

/** In a rule that is to vanish, an empty text stands for rules that do not say it. */
export const isAbsentText = (key: string, rule: MapNode): boolean =>
  textOf(childOf(rule, key)) === '' && textOf(childOf(rule, 'state')) === 'absent';

const network = (direction: string) => ({
  shape: formatted('ip-network'),
  description: `${direction} network or address of the packets.`,
  examples: ['192.0.2.0/24'],
});

/** RouteRuleEntry of nmstate's rust/src/lib/route_rule.rs takes both spellings. */
const suppressed = {
  shape: integer(0, 0xffff_ffff, code),
  description:
    'Passes over what the table says of destinations with a prefix of this length or a shorter one.',
};

export const nmstateRuleKeys: KeyTable = {
  state: { shape: choice(['absent'], code), description: 'Removes rules that look like this one.' },
  family: {
    shape: choice(['ipv4', 'ipv6'], code),
    description: 'For which protocol the rule is, where neither ip-from nor ip-to tells.',
  },
  'ip-from': network('Source'),
  'ip-to': network('Destination'),
  priority: {
    shape: integer(-1, 0xffff_ffff, code),
    description: 'Rules are tried from the lowest priority up. -1 lets the system choose.',
    examples: [30000],
  },
  'route-table': {
    shape: integer(0, 0xffff_ffff, code),
    description: 'Routing table to use; 254, or 0, is the main table.',
    default: 254,
  },
  fwmark: { shape: integer(0, 0xffff_ffff, code), description: 'Firewall mark of the packets.' },
  fwmask: { shape: integer(0, 0xffff_ffff, code), description: 'Mask for the firewall mark. Needs fwmark.' },
  iif: { shape: text, description: 'Interface by which the packets come.' },
  action: {
    shape: choice(['blackhole', 'unreachable', 'prohibit'], code),
    description: 'Drops the packets instead of choosing a table.',
  },
  'suppress-prefix-length': suppressed,
  suppress_prefixlength: { ...suppressed, aliasOf: 'suppress-prefix-length' },
};

export const uninterpretedRuleKeys: readonly string[] = [
  ...['fwmask', 'iif', 'action', 'suppress-prefix-length', 'suppress_prefixlength'],
];
