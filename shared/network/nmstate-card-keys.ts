import { flag } from './nmstate-ip-keys.ts';
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
} from './value-shape.ts';

/*
 * Settings of cards that the model only carries. nmstate refuses keys that it does not know (`deny_unknown_fields` of
 * its ethtool.rs, sriov.rs and mptcp.rs), except in 802.1x, where it passes over them.
 */

const number: KeyDefinition['shape'] = integer(0, 0xffff_ffff);
const shown = 'Shown by nmstate, and ignored when applied.';

const pauseKeys: KeyTable = {
  rx: { shape: flag, description: 'Obey pause frames.' },
  tx: { shape: flag, description: 'Send pause frames.' },
  autoneg: { shape: flag, description: 'Negotiate them with the other end.' },
};

const ringKeys: KeyTable = {
  rx: { shape: number, description: 'Descriptors for receiving.', examples: [4096] },
  'rx-max': { shape: number, description: shown },
  'rx-jumbo': { shape: number, description: 'Descriptors for receiving jumbo frames.' },
  'rx-jumbo-max': { shape: number, description: shown },
  'rx-mini': { shape: number, description: 'Descriptors for receiving small frames.' },
  'rx-mini-max': { shape: number, description: shown },
  tx: { shape: number, description: 'Descriptors for sending.', examples: [4096] },
  'tx-max': { shape: number, description: shown },
};

const coalesced = (of: 'rx' | 'tx'): KeyTable => {
  const what = of === 'rx' ? 'received' : 'sent';
  return {
    [`adaptive-${of}`]: {
      shape: flag,
      description: `Let the driver adapt the interrupts of ${what} packets.`,
    },
    [`${of}-usecs`]: { shape: number, description: `Microseconds before an interrupt for ${what} packets.` },
    [`${of}-frames`]: { shape: number, description: `Packets ${what} before an interrupt.` },
    [`${of}-usecs-irq`]: {
      shape: number,
      description: 'The same microseconds while an interrupt is served.',
    },
    [`${of}-frames-irq`]: { shape: number, description: 'The same packets while an interrupt is served.' },
    [`${of}-usecs-low`]: { shape: number, description: 'Microseconds below pkt-rate-low.' },
    [`${of}-frames-low`]: { shape: number, description: 'Packets below pkt-rate-low.' },
    [`${of}-usecs-high`]: { shape: number, description: 'Microseconds above pkt-rate-high.' },
    [`${of}-frames-high`]: { shape: number, description: 'Packets above pkt-rate-high.' },
  };
};

const coalesceKeys: KeyTable = {
  ...coalesced('rx'),
  ...coalesced('tx'),
  'pkt-rate-low': { shape: number, description: 'Packets a second below which the low values count.' },
  'pkt-rate-high': { shape: number, description: 'Packets a second above which the high values count.' },
  'sample-interval': { shape: number, description: 'Seconds between two measurements of the rate.' },
  'stats-block-usecs': { shape: number, description: 'Microseconds between two updates of the statistics.' },
};

export const ethtoolKeys: KeyTable = {
  pause: { shape: table(pauseKeys), description: 'Pause frames.' },
  feature: {
    shape: { type: 'named', values: flag },
    description: 'Offloading, by the names of the kernel or those of ethtool -K.',
    examples: [{ 'rx-gro': true, 'tx-generic-segmentation': false }],
  },
  coalesce: { shape: table(coalesceKeys), description: 'How many packets an interrupt stands for.' },
  ring: { shape: table(ringKeys), description: 'Length of the queues of the card.' },
  fec: {
    shape: table({
      auto: { shape: flag, description: 'Let the card choose.' },
      mode: { shape: choice(['off', 'rs', 'baser', 'llrs']), description: 'Kind of error correction.' },
    }),
    description: 'Forward error correction; newer versions of nmstate.',
  },
};

const virtualFunctionKeys: KeyTable = {
  id: {
    shape: number,
    description: 'Number of the virtual function, from 0.',
    required: { code: 'key-missing', message: 'The virtual function has no number; add “id”, from 0.' },
  },
  'iface-name': { shape: text, description: shown },
  'mac-address': { shape: formatted('mac-match'), description: 'MAC address of the virtual function.' },
  'spoof-check': { shape: flag, description: 'Drop frames with another source address.' },
  trust: { shape: flag, description: 'Allow it to change its address and to be promiscuous.' },
  'min-tx-rate': { shape: number, description: 'Least rate of sending, in Mbit/s.' },
  'max-tx-rate': { shape: number, description: 'Highest rate of sending, in Mbit/s; 0 for no limit.' },
  'vlan-id': { shape: integer(0, 4095, 'network-vlan'), description: 'VLAN of its frames; 0 for none.' },
  qos: { shape: integer(0, 7), description: 'Priority of its frames in the VLAN, 0 to 7.' },
  'vlan-proto': { shape: choice(['802.1q', '802.1ad'], 'network-vlan'), description: 'Tag of the VLAN.' },
};

export const virtualFunctionsKeys: KeyTable = {
  'total-vfs': { shape: number, description: 'How many virtual functions the card has.', examples: [8] },
  'drivers-autoprobe': { shape: flag, description: 'Whether the host loads a driver for them.' },
  vfs: {
    shape: listOf(table(virtualFunctionKeys)),
    description: 'Settings of single virtual functions; an empty list takes all settings back.',
  },
};

export const portAuthenticationKeys: KeyTable = {
  identity: { shape: text, description: 'Name that the host gives.' },
  'eap-methods': {
    shape: listOf(text),
    description: 'Methods that are tried.',
    examples: [['tls']],
  },
  'private-key': { shape: text, description: 'Path of the private key.' },
  'client-cert': { shape: text, description: 'Path of the certificate of the host.' },
  'ca-cert': { shape: text, description: 'Path of the certificate of the authority.' },
  'private-key-password': { shape: anything, description: 'Password of the private key: a secret.' },
};

export const multipathKeys: KeyTable = {
  'address-flags': {
    shape: listOf(choice(['signal', 'subflow', 'backup', 'fullmesh'])),
    description: 'What the addresses of the interface are for; signal and fullmesh exclude each other.',
  },
};
