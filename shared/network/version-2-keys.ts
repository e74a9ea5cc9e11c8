import { version2BondKeys } from './bond-parameters.ts';
import { version2BridgeKeys } from './bridge-parameters.ts';
import { boolean, choice, integer, type KeyTable, listOf, table, text } from './value-shape.ts';
import { commonLinkKeys, matchKeys, tableShape, vlanIdShape } from './version-2-link-keys.ts';
import {
  authenticationKeys,
  modemKeys,
  openVSwitchKeys,
  tunnelKeys,
  wifiKeys,
} from './version-2-other-keys.ts';

const physicalKeys: KeyTable = {
  match: { shape: table(matchKeys), description: 'Which card this is; all that is given must fit.' },
  'set-name': {
    shape: text,
    description: 'Name to give the matched card, at most 15 characters. Needs match.',
    examples: ['oam0'],
  },
  wakeonlan: { shape: boolean, description: 'Let a magic packet wake the machine.', default: false },
  'emit-lldp': { shape: boolean, description: 'Send LLDP frames. networkd only.', default: false },
  'receive-checksum-offload': { shape: boolean, description: 'Let the card check received checksums.' },
  'transmit-checksum-offload': { shape: boolean, description: 'Let the card compute checksums to send.' },
  'tcp-segmentation-offload': { shape: boolean, description: 'Let the card cut TCP segments (TSO).' },
  'tcp6-segmentation-offload': { shape: boolean, description: 'Let the card cut TCP segments over IPv6.' },
  'generic-segmentation-offload': { shape: boolean, description: 'Cut segments as late as possible (GSO).' },
  'generic-receive-offload': { shape: boolean, description: 'Join received segments (GRO).' },
  'large-receive-offload': { shape: boolean, description: 'Let the card join received segments (LRO).' },
};

const ethernetKeys: KeyTable = {
  ...physicalKeys,
  ...commonLinkKeys,
  auth: { shape: table(authenticationKeys), description: 'Authentication of the port (802.1X).' },
  link: { shape: text, description: 'The physical function of this SR-IOV virtual function.' },
  'virtual-function-count': { shape: integer(0, 65535), description: 'Number of SR-IOV virtual functions.' },
  'embedded-switch-mode': {
    shape: choice(['switchdev', 'legacy']),
    description: 'Mode of the switch inside the card.',
  },
  'delay-virtual-functions-rebind': {
    shape: boolean,
    description: 'Bind virtual functions to their driver later.',
    default: false,
  },
  'infiniband-mode': { shape: choice(['datagram', 'connected']), description: 'Mode of an InfiniBand card.' },
};

const interfacesShape = listOf(text);

const bondKeys: KeyTable = {
  interfaces: {
    shape: interfacesShape,
    description: 'Links that the bond joins.',
    examples: [['eno1', 'eno2']],
    calledElsewhere: ['slaves', 'members', 'ports', 'port', 'bond_links'],
  },
  parameters: {
    shape: table(version2BondKeys),
    description: 'How the bond works.',
    calledElsewhere: ['params', 'options'],
  },
  ...commonLinkKeys,
};

const bridgeKeys: KeyTable = {
  interfaces: {
    shape: interfacesShape,
    description: 'Links that are ports of the bridge; may be empty.',
    examples: [['eno1']],
  },
  parameters: { shape: table(version2BridgeKeys), description: 'How the bridge works.' },
  ...commonLinkKeys,
};

const vlanKeys: KeyTable = {
  id: {
    shape: vlanIdShape,
    description: 'VLAN ID, 1 to 4094 (0 marks priority only).',
    examples: [100],
    required: { code: 'network-vlan', message: 'The VLAN has no ID; add “id”, from 1 to 4094.' },
  },
  link: {
    shape: text,
    description: 'The link that carries the VLAN.',
    required: { code: 'network-vlan', message: 'The VLAN does not say on which link it runs; add “link”.' },
  },
  ...commonLinkKeys,
};

const vrfKeys: KeyTable = {
  table: {
    shape: tableShape,
    description: 'Number of the routing table of the VRF.',
    required: { code: 'key-missing', message: 'The VRF has no routing table; add “table”.' },
  },
  interfaces: { shape: interfacesShape, description: 'Links that belong to the VRF.' },
  ...commonLinkKeys,
};

const virtualEthernetKeys: KeyTable = {
  peer: { shape: text, description: 'The other end of the pair.' },
  ...commonLinkKeys,
};

const xfrmKeys: KeyTable = {
  if_id: {
    shape: integer(1, 0xffff_ffff),
    description: 'Number by which IPsec finds the interface.',
    required: { code: 'key-missing', message: 'The XFRM interface has no number; add “if_id”.' },
  },
  independent: { shape: boolean, description: 'Not tied to a link below.', default: false },
  link: { shape: text, description: 'The link that carries the packets, unless it is independent.' },
  ...commonLinkKeys,
};

/** The sections of a version 2 document that hold links. */
export const linkSections = {
  ethernets: { keys: ethernetKeys, kind: 'physical', description: 'Network cards.' },
  bonds: { keys: bondKeys, kind: 'bond', description: 'Links joined for bandwidth or redundancy.' },
  bridges: { keys: bridgeKeys, kind: 'bridge', description: 'Software switches.' },
  vlans: { keys: vlanKeys, kind: 'vlan', description: 'Tagged networks (802.1Q) on a link.' },
  'dummy-devices': {
    keys: commonLinkKeys,
    kind: 'dummy',
    description: 'Interfaces without hardware. netplan 1.0 and later.',
  },
  tunnels: { keys: { ...tunnelKeys, ...commonLinkKeys }, kind: 'other', description: 'Tunnels.' },
  vrfs: { keys: vrfKeys, kind: 'other', description: 'Routing domains of their own.' },
  wifis: {
    keys: { ...physicalKeys, ...commonLinkKeys, ...wifiKeys },
    kind: 'other',
    description: 'Wireless cards.',
  },
  modems: {
    keys: { ...physicalKeys, ...commonLinkKeys, ...modemKeys },
    kind: 'other',
    description: 'Mobile modems. NetworkManager only.',
  },
  'virtual-ethernets': {
    keys: virtualEthernetKeys,
    kind: 'other',
    description: 'Pairs of virtual interfaces. netplan 1.0 and later.',
  },
  'xfrm-interfaces': {
    keys: xfrmKeys,
    kind: 'other',
    description: 'Interfaces of IPsec. networkd only; newer versions of netplan.',
  },
  'nm-devices': {
    keys: { ...physicalKeys, ...commonLinkKeys },
    kind: 'other',
    description: 'Connections that only NetworkManager understands; for its own use.',
  },
} as const satisfies Record<string, { keys: KeyTable; kind: string; description: string }>;

export type LinkSection = keyof typeof linkSections;

/** netplan takes a renderer for a whole section, beside the links. */
export const sectionKeys: KeyTable = {
  renderer: {
    shape: choice(['networkd', 'NetworkManager', 'sriov']),
    description: 'Service that configures all links of this section.',
  },
};

/** The version 2 document, without the `network:` that may stand around it. */
export const version2Keys: KeyTable = {
  version: {
    shape: integer(2, 2, 'network-version'),
    description: 'Version of the format: 2.',
    required: {
      code: 'network-version',
      message: 'The network configuration does not say its version; add “version: 2”.',
    },
  },
  renderer: {
    shape: choice(['networkd', 'NetworkManager']),
    description: 'Service that configures the network.',
    default: 'networkd',
  },
  openvswitch: { shape: table(openVSwitchKeys), description: 'Global settings of Open vSwitch.' },
  ...Object.fromEntries(
    Object.entries(linkSections).map(([section, { keys, description }]) => [
      section,
      {
        shape: { type: 'named', values: table(keys), reserved: sectionKeys, mayBeEmptyList: true } as const,
        description,
      },
    ]),
  ),
};
