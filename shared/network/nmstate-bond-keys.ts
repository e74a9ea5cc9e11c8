import { bondModes, bondParameters } from './bond-parameters.ts';
import {
  anything,
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

const code = 'network-bond';
const flag: ValueShape = { type: 'boolean', digits: true };
/** The kernel keeps these in a signed integer (BOND_INTMAX of drivers/net/bonding). */
const milliseconds = integer(0, 0x7fff_ffff, code);

/** Kernel options whose values NMState writes in another way than netplan. */
const ownShapes: Readonly<Record<string, ValueShape>> = {
  miimon: milliseconds,
  updelay: milliseconds,
  downdelay: milliseconds,
  arp_interval: milliseconds,
  lp_interval: integer(1, 0x7fff_ffff, code),
  arp_ip_target: formatted('arp-targets'),
  arp_validate: numberedChoice(
    ['none', 'active', 'backup', 'all', 'filter', 'filter_active', 'filter_backup'],
    code,
  ),
  all_slaves_active: numberedChoice(['dropped', 'delivered'], code),
};

const ownExamples: Readonly<Record<string, readonly unknown[]>> = {
  miimon: [100],
  arp_ip_target: ['192.0.2.1,192.0.2.2'],
};

/** Options of the kernel that netplan has no word for. */
const onlyInNmstate: KeyTable = {
  ad_actor_sys_prio: {
    shape: integer(1, 65535, code),
    description: 'Priority of this system for LACP, 1 to 65535. Only in the mode 802.3ad.',
  },
  ad_actor_system: {
    shape: formatted('mac-match'),
    description: 'MAC address of this system for LACP. Only in the mode 802.3ad.',
  },
  ad_user_port_key: {
    shape: integer(0, 1023, code),
    description: 'Upper ten bits of the port key, 0 to 1023. Only in the mode 802.3ad.',
  },
  arp_missed_max: {
    shape: integer(0, 255, code),
    description: 'Failed ARP checks until a link counts as down, 0 to 255. nmstate 2.2.16 and later.',
  },
  balance_slb: {
    shape: flag,
    description:
      'Source load balancing with a switch that knows nothing of it. balance-xor with vlan+srcmac.',
  },
  'balance-slb': {
    shape: flag,
    description: 'Another name of balance_slb.',
    aliasOf: 'balance_slb',
  },
  lacp_active: {
    shape: flag,
    description: 'Send LACP frames without being asked. Only in the mode 802.3ad.',
    default: true,
  },
  ns_ip6_target: {
    shape: listOf(formatted('ipv6-address')),
    description: 'IPv6 addresses that are asked beside the ARP targets.',
  },
  tlb_dynamic_lb: {
    shape: flag,
    description: 'Move flows by load. In the mode balance-tlb.',
    default: true,
  },
  use_carrier: {
    shape: flag,
    description: 'Ask the driver for the carrier instead of the card.',
    default: true,
  },
};

/** NMState's name of an option: the kernel's, which version 1 writes with hyphens. */
const kernelName = (version1: string) => version1.replaceAll('-', '_');

/** netplan's name for each option of NMState that it has a word for. */
export const bondParameterOfOption: ReadonlyMap<string, string> = new Map(
  Object.entries(bondParameters).flatMap(([name, { version1 }]) =>
    version1.map((option) => [kernelName(option), name] as const),
  ),
);

/** The option of NMState for each parameter of the model. */
export const optionOfBondParameter: ReadonlyMap<string, string> = new Map(
  Object.entries(bondParameters).map(([name, { version1 }]) => [name, kernelName(version1[0] ?? name)]),
);

function optionDefinition(option: string, parameter: string): KeyDefinition {
  const {
    version1: _names,
    examples: _examples,
    ...definition
  } = bondParameters[parameter] ?? {
    shape: text,
    description: '',
    version1: [],
  };
  const examples = ownExamples[option];
  return {
    ...definition,
    shape: ownShapes[option] ?? definition.shape,
    ...(examples === undefined ? {} : { examples }),
  };
}

export const nmstateBondOptions: KeyTable = {
  ...Object.fromEntries(
    [...bondParameterOfOption]
      .filter(([option]) => option !== 'mode')
      .map(([option, parameter]) => [option, optionDefinition(option, parameter)]),
  ),
  ...onlyInNmstate,
};

/** Options that the model does not interpret. */
export const uninterpretedBondOptions: readonly string[] = Object.keys(onlyInNmstate);

const bondPortKeys: KeyTable = {
  name: {
    shape: text,
    description: 'Name of the port.',
    required: { code, message: 'The port has no “name”.' },
  },
  priority: {
    shape: integer(-0x8000_0000, 0x7fff_ffff, code),
    description: 'Which port is preferred after a failover; the highest wins.',
    default: 0,
  },
  'queue-id': { shape: integer(0, 65535, code), description: 'Transmit queue of the port, 0 to 65535.' },
};

const ports: KeyDefinition = {
  shape: listOf(text),
  description: 'Interfaces that the bond joins.',
  examples: [['eno1', 'eno2']],
};

export const linkAggregationKeys: KeyTable = {
  mode: {
    shape: {
      type: 'choice',
      choices: bondModes,
      numbered: bondModes.length,
      aliases: { lacp: '802.3ad' },
      code,
    },
    description: bondParameters.mode?.description ?? '',
    examples: ['802.3ad', 'active-backup'],
  },
  options: {
    shape: table(nmstateBondOptions),
    description: 'Options of the kernel’s bonding driver, under its names.',
  },
  port: ports,
  ports: { ...ports, description: 'Another name of port.', aliasOf: 'port' },
  slaves: { ...ports, description: 'What nmstate 1 called port.', aliasOf: 'port' },
  'ports-config': {
    shape: listOf(table(bondPortKeys)),
    description: 'Settings of each port. nmstate 2.2.24 and later.',
  },
};

export const vrfKeys: KeyTable = {
  port: { ...ports, description: 'Interfaces that belong to the VRF.' },
  ports: { ...ports, description: 'Another name of port.', aliasOf: 'port' },
  'route-table-id': {
    shape: integer(1, 0xffff_ffff, 'network-route'),
    description: 'Number of the routing table of the VRF.',
    examples: [100],
    required: { code: 'key-missing', message: 'The VRF has no routing table; add “route-table-id”.' },
  },
  'ports-config': { shape: listOf(anything), description: 'Settings of each port.' },
};
