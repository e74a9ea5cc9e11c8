import type { NetworkFormat } from './model.ts';
import {
  duration,
  formatted,
  integer,
  type KeyDefinition,
  type KeyTable,
  listOf,
  numberedChoice,
  text,
  type ValueShape,
} from './value-shape.ts';

/** The kernel's bonding modes; the index is the kernel's number of the mode (Documentation/networking/bonding.rst). */
export const bondModes = [
  'balance-rr',
  'active-backup',
  'balance-xor',
  'broadcast',
  '802.3ad',
  'balance-tlb',
  'balance-alb',
] as const;

/** Bonding modes that only Open vSwitch has; netplan accepts them for its bonds. */
export const openVSwitchModes: readonly string[] = ['balance-tcp', 'balance-slb'];

/** Names of the same in the configurations of switches and of other systems. */
const bondModesOfSwitches: Readonly<Record<string, string>> = {
  lacp: '802.3ad',
  '802.1ax': '802.3ad',
  '8023ad': '802.3ad',
  failover: 'active-backup',
  'active-passive': 'active-backup',
  'active-standby': 'active-backup',
  roundrobin: 'balance-rr',
  'round-robin': 'balance-rr',
  loadbalance: 'balance-xor',
  'load-balance': 'balance-xor',
};

interface BondParameter extends KeyDefinition {
  /** The names after `bond-` in version 1, which are the kernel's. */
  readonly version1: readonly string[];
}

const code = 'network-bond';

/** netplan's bond parameters with the names that version 1 has for them. */
export const bondParameters: Readonly<Record<string, BondParameter>> = {
  mode: {
    shape: {
      type: 'choice',
      choices: [...bondModes, ...openVSwitchModes],
      numbered: bondModes.length,
      calledElsewhere: bondModesOfSwitches,
      code,
    },
    description:
      'How the bond spreads traffic over its links. 802.3ad (LACP) needs a switch that is set up for it; active-backup works with every switch.',
    default: 'balance-rr',
    version1: ['mode'],
  },
  'lacp-rate': {
    shape: numberedChoice(['slow', 'fast'], code),
    description:
      'How often LACP frames are sent: slow every 30 seconds, fast every second. Only in the mode 802.3ad.',
    default: 'slow',
    version1: ['lacp-rate'],
  },
  'mii-monitor-interval': {
    shape: duration,
    description: 'Milliseconds between checks of the carrier of each link; 0 turns the checks off.',
    default: 0,
    examples: [100],
    version1: ['miimon'],
  },
  'min-links': {
    shape: integer(0, 0xffff, code),
    description: 'Links that must be up before the bond counts as up. Only in the mode 802.3ad.',
    default: 0,
    version1: ['min-links'],
  },
  'transmit-hash-policy': {
    shape: numberedChoice(['layer2', 'layer3+4', 'layer2+3', 'encap2+3', 'encap3+4', 'vlan+srcmac'], code),
    description:
      'Which headers choose the link of a frame. In the modes balance-xor, 802.3ad, balance-tlb and balance-alb.',
    default: 'layer2',
    version1: ['xmit-hash-policy'],
  },
  'ad-select': {
    shape: numberedChoice(['stable', 'bandwidth', 'count'], code),
    description: 'How the active aggregator is chosen. Only in the mode 802.3ad.',
    default: 'stable',
    version1: ['ad-select'],
  },
  'all-members-active': {
    shape: { type: 'boolean', digits: true },
    description:
      'Deliver frames that arrive on inactive links instead of dropping them. netplan 0.106 and later.',
    default: false,
    version1: ['all-slaves-active'],
  },
  'arp-interval': {
    shape: duration,
    description:
      'Milliseconds between ARP probes of the targets; 0 turns them off. Not together with mii-monitor-interval.',
    default: 0,
    version1: ['arp-interval'],
  },
  'arp-ip-targets': {
    shape: listOf(formatted('arp-target'), 'words'),
    description: 'IPv4 addresses to probe with ARP, at most 16. Needs arp-interval.',
    examples: [['192.0.2.1']],
    version1: ['arp-ip-target'],
  },
  'arp-validate': {
    shape: numberedChoice(['none', 'active', 'backup', 'all'], code),
    description: 'On which links ARP replies are validated.',
    default: 'none',
    version1: ['arp-validate'],
  },
  'arp-all-targets': {
    shape: numberedChoice(['any', 'all'], code),
    description: 'Whether any or all ARP targets must answer. In the mode active-backup with arp-validate.',
    default: 'any',
    version1: ['arp-all-targets'],
  },
  'up-delay': {
    shape: duration,
    description:
      'Milliseconds to wait before a link that came up is used; a multiple of mii-monitor-interval.',
    default: 0,
    version1: ['updelay'],
  },
  'down-delay': {
    shape: duration,
    description:
      'Milliseconds to wait before a link that went down is given up; a multiple of mii-monitor-interval.',
    default: 0,
    version1: ['downdelay'],
  },
  'fail-over-mac-policy': {
    shape: numberedChoice(['none', 'active', 'follow'], code),
    description: 'Whose MAC address the bond has after a failover. In the mode active-backup.',
    default: 'none',
    version1: ['fail-over-mac'],
  },
  'gratuitous-arp': {
    shape: integer(0, 255, code),
    description: 'Number of ARP announcements after a failover, 0 to 255. In the mode active-backup.',
    default: 1,
    version1: ['num-grat-arp', 'num-unsol-na'],
  },
  'packets-per-member': {
    shape: integer(0, 65535, code),
    description:
      'Frames sent on a link before the next is used, 0 to 65535; 0 picks at random. Only in the mode balance-rr.',
    default: 1,
    version1: ['packets-per-slave'],
  },
  'primary-reselect-policy': {
    shape: numberedChoice(['always', 'better', 'failure'], code),
    description: 'When the primary link is used again after it came back.',
    default: 'always',
    version1: ['primary-reselect'],
  },
  'resend-igmp': {
    shape: integer(0, 255, code),
    description: 'Number of IGMP reports after a failover, 0 to 255.',
    default: 1,
    version1: ['resend-igmp'],
  },
  'learn-packet-interval': {
    shape: duration,
    description:
      'Seconds between learning packets, 1 to 2147483647. In the modes balance-tlb and balance-alb.',
    default: 1,
    version1: ['lp-interval'],
  },
  primary: {
    shape: text,
    description:
      'The link that is preferred while it is up; one of the members. In active-backup, balance-tlb and balance-alb.',
    version1: ['primary'],
  },
};

/** The key that netplan still accepts for each renamed parameter; every version of netplan knows these. */
export const olderBondKeys: Readonly<Record<string, string>> = {
  'all-slaves-active': 'all-members-active',
  'packets-per-slave': 'packets-per-member',
  'gratuitious-arp': 'gratuitous-arp',
};

/** Each format is understood in the words of the other one. */
export const version2BondKeys: KeyTable = withAliases(
  Object.fromEntries(
    Object.entries(bondParameters).map(([name, { version1, ...definition }]) => [
      name,
      { ...definition, calledElsewhere: version1.flatMap((word) => [word, `bond-${word}`]) },
    ]),
  ),
  olderBondKeys,
);

/** Parameters of version 1 that netplan has no word for. */
const onlyInVersion1: Readonly<Record<string, ValueShape>> = {
  'use-carrier': { type: 'boolean', digits: true },
  'tlb-dynamic-lb': { type: 'boolean', digits: true },
  'ad-actor-sys-prio': integer(1, 65535, code),
  'ad-actor-system': formatted('mac-match'),
  'ad-user-port-key': integer(0, 1023, code),
  'active-slave': text,
  'queue-id': text,
  slaves: text,
  master: text,
};

/** Version 1 writes `bond-` or `bond_` before the kernel's names, and mixes `-` and `_` after it. */
export const version1BondKeys: KeyTable = Object.fromEntries([
  ...Object.entries(bondParameters).flatMap(([name, { version1, ...definition }]) =>
    version1.map((word, index) => {
      const calledElsewhere = index === 0 ? [name, `bond-${name}`] : [];
      return [`bond-${word}`, { ...definition, calledElsewhere }] as const;
    }),
  ),
  ...Object.entries(onlyInVersion1).map(
    ([name, shape]) =>
      [`bond-${name}`, { shape, description: 'Known to ifupdown; netplan cannot say it.' }] as const,
  ),
]);

/** netplan's name of a version 1 parameter in its canonical spelling, for example of `bond-miimon`. */
export function bondParameterOfVersion1(key: string): string | undefined {
  const name = key.replace(/^bond-/, '');
  return Object.keys(bondParameters).find((candidate) => bondParameters[candidate]?.version1.includes(name));
}

/** What a document of this format calls a parameter that has netplan's name here. */
export function bondParameterIn(format: NetworkFormat, name: string): string {
  const kernelName = bondParameters[name]?.version1[0] ?? name;
  switch (format) {
    case 'network-config-v2':
      return name;
    case 'network-config-v1':
      return `bond-${kernelName}`;
    case 'nmstate':
      return kernelName.replaceAll('-', '_');
    case 'network-data':
      return `bond_${kernelName.replaceAll('-', '_')}`;
  }
}

/**
 * The modes in which a parameter has an effect; the others ignore it, or refuse it where `refused` is set. systemd-networkd
 * gives those of LACP to the kernel in 802.3ad alone (netdev_bond_fill_message_create); NetworkManager refuses them.
 */
export const modesOfBondParameter: Readonly<
  Record<string, { readonly modes: readonly string[]; readonly refused?: true | 'by NetworkManager' }>
> = {
  'lacp-rate': { modes: ['802.3ad'], refused: 'by NetworkManager' },
  'ad-select': { modes: ['802.3ad'], refused: 'by NetworkManager' },
  'min-links': { modes: ['802.3ad'] },
  'transmit-hash-policy': {
    modes: ['balance-xor', '802.3ad', 'balance-tlb', 'balance-alb', ...openVSwitchModes],
  },
  'packets-per-member': { modes: ['balance-rr'] },
  'learn-packet-interval': { modes: ['balance-tlb', 'balance-alb'] },
  'gratuitous-arp': { modes: ['active-backup'] },
  'resend-igmp': { modes: ['balance-rr', 'active-backup', 'balance-tlb', 'balance-alb'] },
  primary: { modes: ['active-backup', 'balance-tlb', 'balance-alb'], refused: true },
  'primary-reselect-policy': { modes: ['active-backup', 'balance-tlb', 'balance-alb'] },
  'fail-over-mac-policy': { modes: ['active-backup'] },
  'arp-interval': { modes: ['balance-rr', 'active-backup', 'balance-xor', 'broadcast'], refused: true },
  'arp-all-targets': { modes: ['active-backup'] },
};

export function withAliases(keys: KeyTable, aliases: Readonly<Record<string, string>>): KeyTable {
  const added: Record<string, KeyDefinition> = {};
  for (const [alias, name] of Object.entries(aliases)) {
    const definition = keys[name];
    if (definition !== undefined) {
      added[alias] = {
        ...definition,
        description: `An older name of ${name}. ${definition.description}`,
        aliasOf: name,
      };
    }
  }
  return { ...keys, ...added };
}
