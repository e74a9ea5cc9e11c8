import { portVlanKeys } from './nmstate-bridge-keys.ts';
import { flag } from './nmstate-ip-keys.ts';
import {
  anything,
  choice,
  formatted,
  integer,
  type KeyTable,
  listOf,
  type TableShape,
  table,
  text,
} from './value-shape.ts';

/*
 * Settings of interfaces that the model only carries. Newer versions of nmstate know more keys than these, so that one
 * that is not known is a warning.
 */

const carried = (keys: KeyTable): TableShape => table(keys, { unknownKeys: 'warning' });

const below = (what: string): KeyTable[string] => ({
  shape: text,
  description: `The interface that carries ${what}.`,
  examples: ['eno1'],
});

/** MacVlanConfig and MacVtapConfig of nmstate’s rust/src/lib/ifaces. */
export const macVlanShape = carried({
  'base-iface': below('it'),
  mode: {
    shape: choice(['vepa', 'bridge', 'private', 'passthru', 'source', 'unknown']),
    description: 'Which frames its siblings get.',
    examples: ['bridge'],
  },
  promiscuous: { shape: flag, description: 'Accept frames for other hosts too.', default: true },
});

export const ipVlanShape = carried({
  'base-iface': below('it'),
  mode: { shape: choice(['l2', 'l3', 'l3s']), description: 'Whether it switches (l2) or routes (l3).' },
  private: { shape: flag, description: 'Siblings do not reach each other.', default: false },
  vepa: { shape: flag, description: 'Frames between siblings go by the switch.', default: false },
});

export const infinibandShape = carried({
  pkey: {
    shape: anything,
    description: 'Partition, as a number or text such as 0x8001.',
    examples: ['0x8001'],
  },
  mode: { shape: choice(['datagram', 'connected']), description: 'How packets are carried.' },
  'base-iface': { shape: text, description: 'The card of a partition; left out for the card itself.' },
});

export const macSecShape = carried({
  'base-iface': below('it'),
  encrypt: { shape: flag, description: 'Encrypt the frames, and not only sign them.' },
  'mka-cak': { shape: text, description: 'Key of the association, 32 or 64 hexadecimal digits: a secret.' },
  'mka-ckn': { shape: text, description: 'Name of that key, up to 64 hexadecimal digits.' },
  port: { shape: integer(0, 65535), description: 'Port of the secure channel.' },
  validation: {
    shape: choice(['disabled', 'check', 'strict']),
    description: 'What happens to wrong frames.',
  },
  'send-sci': { shape: flag, description: 'Send the identifier of the channel.' },
  offload: { shape: choice(['off', 'phy', 'mac']), description: 'Which hardware does the work.' },
});

export const hsrShape = carried({
  port1: { shape: text, description: 'The one port of the ring.', examples: ['eno1'] },
  port2: { shape: text, description: 'The other port of the ring.', examples: ['eno2'] },
  'supervision-address': { shape: formatted('mac-match'), description: 'Address of supervision frames.' },
  'multicast-spec': { shape: integer(0, 255), description: 'Last octet of the supervision address.' },
  protocol: { shape: choice(['hsr', 'prp']), description: 'Kind of redundancy.' },
});

const switchPortNames = listOf(carried({ name: { shape: text, description: 'Name of the interface.' } }));

const switchBondKeys: KeyTable = {
  mode: { shape: text, description: 'How the bond works, such as balance-slb.', examples: ['balance-slb'] },
  port: { shape: switchPortNames, description: 'Interfaces that the bond joins.' },
  ports: { shape: switchPortNames, description: 'Another name of port.', aliasOf: 'port' },
  slaves: { shape: switchPortNames, description: 'What nmstate 1 called port.', aliasOf: 'port' },
  'bond-updelay': { shape: integer(0, 0xffff_ffff), description: 'Delay before a link is used, in ms.' },
  'bond-downdelay': {
    shape: integer(0, 0xffff_ffff),
    description: 'Delay before a link is given up, in ms.',
  },
  'ovs-db': { shape: anything, description: 'Settings in the database of Open vSwitch.' },
};

const switchPorts = listOf(
  carried({
    name: {
      shape: text,
      description: 'Interface, or bond, that is a port of the bridge.',
      required: { code: 'network-bridge', message: 'The port has no “name”.' },
    },
    'link-aggregation': { shape: carried(switchBondKeys), description: 'A bond of Open vSwitch.' },
    vlan: { shape: table(portVlanKeys), description: 'VLANs of the port.' },
    'ovs-db': { shape: anything, description: 'Settings of the port in the database of Open vSwitch.' },
  }),
);

/** OvsBridgeConfig of nmstate’s rust/src/lib/ifaces/ovs.rs. */
export const switchShape = carried({
  options: {
    shape: carried({
      stp: {
        shape: {
          type: 'either',
          scalar: flag,
          map: carried({ enabled: { shape: flag, description: 'Whether it is on.' } }),
        },
        description: 'The spanning tree.',
      },
      rstp: { shape: flag, description: 'The rapid spanning tree.' },
      'mcast-snooping-enable': { shape: flag, description: 'Send groups only where members are.' },
      'fail-mode': { shape: text, description: 'What happens without the controller.' },
      datapath: { shape: text, description: '“netdev” for DPDK.' },
    }),
    description: 'How the bridge works.',
  },
  port: { shape: switchPorts, description: 'The ports of the bridge; may be empty.' },
  ports: { shape: switchPorts, description: 'Another name of port.', aliasOf: 'port' },
  slaves: { shape: switchPorts, description: 'What nmstate 1 called port.', aliasOf: 'port' },
  'allow-extra-patch-ports': { shape: flag, description: 'Leave patch ports of others alone.' },
});
