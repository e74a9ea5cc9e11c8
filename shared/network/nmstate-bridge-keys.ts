import { bridgeParameters } from './bridge-parameters.ts';
import { flag } from './nmstate-ip-keys.ts';
import {
  anything,
  choice,
  formatted,
  integer,
  type KeyDefinition,
  type KeyTable,
  listOf,
  numberedChoice,
  table,
  text,
  type ValueShape,
} from './value-shape.ts';

const code = 'network-bridge';
const describe = (parameter: string) => bridgeParameters[parameter]?.description ?? '';
const count = integer(0, 0xffff_ffff, code);
/** Hundredths of a second, as the kernel counts them. */
const ticks = integer(0, Number.MAX_SAFE_INTEGER, code);
const mask = integer(0, 65535, code);
const vlanId = integer(0, 4094, 'network-vlan');

/** The ranges are those that nmstate refuses to leave (IEEE 802.1D). */
export const spanningTreeKeys: KeyTable = {
  enabled: { shape: flag, description: describe('stp'), default: true },
  'forward-delay': { shape: integer(2, 30, code), description: describe('forward-delay'), default: 15 },
  'hello-time': {
    shape: integer(1, 10, code),
    description: `${describe('hello-time')} 1 to 10.`,
    default: 2,
  },
  'max-age': { shape: integer(6, 40, code), description: `${describe('max-age')} 6 to 40.`, default: 20 },
  priority: { shape: integer(0, 65535, code), description: describe('priority'), default: 32768 },
};

export const portVlanKeys: KeyTable = {
  mode: {
    shape: choice(['access', 'trunk'], code),
    description: 'One untagged VLAN, or several tagged ones.',
  },
  tag: { shape: vlanId, description: 'VLAN of the untagged frames, 0 to 4094.' },
  'enable-native': { shape: flag, description: 'Whether a trunk has an untagged VLAN.', default: false },
  'trunk-tags': {
    shape: listOf(
      table({
        id: { shape: vlanId, description: 'A VLAN of the trunk.' },
        'id-range': {
          shape: table({
            min: {
              shape: vlanId,
              description: 'The first VLAN.',
              required: { code: 'network-vlan', message: 'The range has no “min”.' },
            },
            max: {
              shape: vlanId,
              description: 'The last VLAN.',
              required: { code: 'network-vlan', message: 'The range has no “max”.' },
            },
          }),
          description: 'VLANs of the trunk, the first and the last.',
        },
      }),
    ),
    description: 'The tagged VLANs of a trunk.',
    examples: [[{ id: 100 }, { 'id-range': { min: 200, max: 299 } }]],
  },
};

const portKeys: KeyTable = {
  name: {
    shape: text,
    description: 'Interface that is a port of the bridge.',
    required: { code, message: 'The port has no “name”.' },
  },
  'stp-hairpin-mode': {
    shape: flag,
    description: 'Let frames leave by the port by which they came.',
    default: false,
  },
  'stp-path-cost': {
    shape: integer(1, 65535, code),
    description: 'Cost of the port for the spanning tree, 1 to 65535; faster links cost less.',
    default: 100,
  },
  'stp-priority': {
    shape: integer(0, 63, code),
    description: 'Priority of the port for the spanning tree, 0 to 63.',
    default: 32,
  },
  vlan: { shape: table(portVlanKeys), description: 'VLAN filtering on this port.' },
};

const vlanProtocol: ValueShape = choice(['802.1q', '802.1ad'], code);
const shown = { shape: anything, description: 'Shown by nmstate, and ignored when applied.' } as const;

export const bridgeOptionKeys: KeyTable = {
  stp: { shape: table(spanningTreeKeys), description: 'The spanning tree.' },
  'mac-ageing-time': {
    shape: integer(0, 1_000_000, code),
    description: describe('ageing-time'),
    default: 300,
  },
  'group-forward-mask': { shape: mask, description: 'Another name of group-fwd-mask.' },
  'group-fwd-mask': {
    shape: mask,
    description: 'Which link-local groups (LLDP, LACP) are forwarded, a mask of 16 bits.',
    default: 0,
  },
  'group-addr': { shape: formatted('mac-match'), description: 'Group address of the spanning tree.' },
  'hash-max': { shape: count, description: 'Size of the multicast table.' },
  'multicast-last-member-count': { shape: count, description: 'Queries before a group is given up.' },
  'multicast-last-member-interval': { shape: ticks, description: 'Time between those queries, in 1/100 s.' },
  'multicast-membership-interval': {
    shape: ticks,
    description: 'Time after which a silent member leaves, in 1/100 s.',
  },
  'multicast-querier': { shape: flag, description: 'Whether the bridge asks for members.', default: false },
  'multicast-querier-interval': {
    shape: ticks,
    description: 'Time after which a silent querier is replaced, in 1/100 s.',
  },
  'multicast-query-interval': { shape: ticks, description: 'Time between queries, in 1/100 s.' },
  'multicast-query-response-interval': { shape: ticks, description: 'Time for answers, in 1/100 s.' },
  'multicast-query-use-ifaddr': {
    shape: flag,
    description: 'Ask from the bridge’s own address.',
    default: false,
  },
  'multicast-router': {
    shape: numberedChoice(['disabled', 'auto', 'enabled'], code),
    description: 'Whether routers are expected behind the bridge.',
    default: 'auto',
  },
  'multicast-snooping': { shape: flag, description: 'Send groups only where members are.', default: true },
  'multicast-startup-query-count': { shape: count, description: 'Queries at the start.' },
  'multicast-startup-query-interval': {
    shape: ticks,
    description: 'Time between those queries, in 1/100 s.',
  },
  'vlan-protocol': { shape: vlanProtocol, description: 'Tag of VLAN filtering.', default: '802.1q' },
  'vlan-default-pvid': { shape: vlanId, description: 'VLAN of untagged frames, 0 to 4094.', default: 1 },
  'gc-timer': shown,
  'hello-timer': shown,
};

const ports: KeyDefinition = {
  shape: listOf(table(portKeys)),
  description: 'The ports of the bridge; may be empty.',
  examples: [[{ name: 'eno1' }]],
};

export const bridgeKeys: KeyTable = {
  options: { shape: table(bridgeOptionKeys), description: 'How the bridge works.' },
  port: ports,
  ports: { ...ports, description: 'Another name of port.', aliasOf: 'port' },
  slaves: { ...ports, description: 'What nmstate 1 called port.', aliasOf: 'port' },
};

/** The parameters of the model in the spanning tree of NMState. */
export const bridgeParameterOfStpKey: Readonly<Record<string, string>> = {
  enabled: 'stp',
  'forward-delay': 'forward-delay',
  'hello-time': 'hello-time',
  'max-age': 'max-age',
  priority: 'priority',
};

/** The parameters of the model that NMState has for each port. */
export const bridgeParameterOfPortKey: Readonly<Record<string, string>> = {
  'stp-path-cost': 'path-cost',
  'stp-priority': 'port-priority',
};

/** Options that only say something at run time, beside those that the model interprets. */
export const uninterpretedBridgeOptions: readonly string[] = Object.keys(bridgeOptionKeys).filter(
  (key) => !['stp', 'mac-ageing-time', 'gc-timer', 'hello-timer'].includes(key),
);
