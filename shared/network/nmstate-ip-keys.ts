import { childOf, type MapNode } from '../source/source-node.ts';
import { parseIpAddress } from './addresses.ts';
import { textOf } from './read-value.ts';
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
  type ValueShape,
} from './value-shape.ts';
import { metricShape } from './version-2-link-keys.ts';

/** nmstate reads 1, 0, yes, no, on and off as well, quoted or not. */
export const flag: ValueShape = { type: 'boolean', digits: true };

const queried = 'Shown by nmstate, and ignored when applied.';

function addressKeys(family: 4 | 6): KeyTable {
  const width = family === 4 ? 32 : 128;
  const lifetime: KeyDefinition = {
    shape: text,
    description: 'Shown by nmstate; an address that does not last “forever” is ignored when applied.',
  };
  return {
    ip: {
      shape: formatted(family === 4 ? 'ipv4-address' : 'ipv6-address'),
      description: `IPv${family} address, without its prefix length.`,
      examples: [family === 4 ? '192.0.2.10' : '2001:db8::10'],
      required: { code: 'network-address', message: 'The address has no “ip”.' },
    },
    'prefix-length': {
      shape: integer(0, width, 'network-address'),
      description: `Prefix length of the subnet, 0 to ${width}.`,
      examples: [family === 4 ? 24 : 64],
      required: {
        code: 'network-address',
        message: `The address has no “prefix-length”, from 0 to ${width}.`,
      },
    },
    'mptcp-flags': { shape: anything, description: queried },
    'valid-life-time': lifetime,
    'valid-left': lifetime,
    'valid-lft': lifetime,
    'preferred-life-time': { ...lifetime, description: queried },
    'preferred-left': { ...lifetime, description: queried },
    'preferred-lft': { ...lifetime, description: queried },
  };
}

/** A prefix length that fits the other protocol, under which the address stands, or that stands behind the address. */
function isToldAtAddress(item: MapNode, family: 4 | 6): boolean {
  const text = textOf(childOf(item, 'ip')) ?? '';
  const address = parseIpAddress(text);
  return address === undefined ? text.includes('/') : address.family !== family;
}

const commonKeys = (family: 4 | 6): KeyTable => ({
  enabled: {
    shape: flag,
    description:
      family === 4
        ? 'Whether the interface has IPv4. A new host leaves it off when this is left out.'
        : 'Whether the interface has IPv6, the link-local address included. A new host leaves it off when this is left out.',
    examples: [true, false],
  },
  dhcp: {
    shape: flag,
    description: `Ask DHCP for an IPv${family} address.`,
    default: false,
  },
  address: {
    shape: listOf(
      table(addressKeys(family), {
        isConsequence: (key, item) => key === 'prefix-length' && isToldAtAddress(item, family),
      }),
    ),
    description: `Static IPv${family} addresses.`,
    examples: [
      [{ ip: family === 4 ? '192.0.2.10' : '2001:db8::10', 'prefix-length': family === 4 ? 24 : 64 }],
    ],
  },
  'auto-dns': { shape: flag, description: 'Use the name servers that DHCP hands out.', default: true },
  'auto-gateway': { shape: flag, description: 'Use the gateway that DHCP hands out.', default: true },
  'auto-routes': { shape: flag, description: 'Install the routes that DHCP hands out.', default: true },
  'auto-route-table-id': {
    shape: integer(0, 0xffff_ffff, 'network-route'),
    description: 'Routing table for the routes from DHCP; 254 is the main table.',
    default: 254,
  },
  'auto-route-metric': {
    shape: metricShape,
    description: 'Metric of the routes from DHCP; the lowest wins.',
    examples: [100],
  },
  'dhcp-send-hostname': {
    shape: flag,
    description: 'Tell the DHCP server the name of the host.',
    default: true,
  },
  'dhcp-custom-hostname': {
    shape: text,
    description: 'Name to tell the DHCP server instead of the host’s own.',
  },
  'allow-extra-address': {
    shape: flag,
    description: 'Whether nmstate is content when the interface has more addresses than these.',
    default: true,
  },
});

export const nmstateIpv4Keys: KeyTable = {
  ...commonKeys(4),
  forwarding: {
    shape: flag,
    description: 'Forward packets that come by this interface; newer versions of nmstate.',
    default: false,
  },
  'dhcp-client-id': {
    shape: text,
    description: 'How the host names itself to the DHCP server: ll, iaid+duid, or hexadecimal octets.',
    examples: ['ll', 'iaid+duid'],
  },
};

export const nmstateIpv6Keys: KeyTable = {
  ...commonKeys(6),
  autoconf: {
    shape: flag,
    description: 'Take addresses and routes from router advertisements. Only together with dhcp.',
    default: false,
  },
  'dhcp-duid': {
    shape: text,
    description: 'How the host names itself to the DHCP server: ll, llt, en, uuid, or hexadecimal octets.',
    examples: ['ll', 'uuid'],
  },
  'addr-gen-mode': {
    shape: choice(['eui64', 'stable-privacy', 'EUI64', 'STABLE-PRIVACY']),
    description: 'How addresses are made from router advertisements.',
    default: 'eui64',
  },
  token: {
    shape: formatted('ipv6-token'),
    description: 'Host part of addresses made from router advertisements. Needs autoconf.',
    examples: ['::10'],
  },
};

/** The DHCP settings of NMState that netplan has a word for. */
export const overrideOfIpKey: Readonly<Record<string, string>> = {
  'auto-dns': 'use-dns',
  'auto-routes': 'use-routes',
  'auto-route-metric': 'route-metric',
  'dhcp-send-hostname': 'send-hostname',
  'dhcp-custom-hostname': 'hostname',
};

/** What the model does not interpret. */
export const uninterpretedIpKeys: readonly string[] = [
  ...['auto-gateway', 'auto-route-table-id', 'allow-extra-address', 'forwarding'],
  ...['dhcp-client-id', 'dhcp-duid', 'addr-gen-mode', 'token'],
];
