import { withAliases } from './bond-parameters.ts';
import {
  anything,
  duration,
  formatted,
  integer,
  type KeyDefinition,
  type KeyTable,
  listOf,
  type ValueShape,
} from './value-shape.ts';

interface BridgeParameter extends KeyDefinition {
  readonly version1: {
    readonly name: string;
    readonly shape?: ValueShape;
    /** What people write instead, after `bridge_`. */
    readonly calledElsewhere?: readonly string[];
  };
}

const code = 'network-bridge';
/** Version 1 writes "PORT VALUE" for each port. */
const valuePerPort = listOf(formatted('port-value'), 'scalar');

/** netplan's bridge parameters with the names that version 1 has for them. */
export const bridgeParameters: Readonly<Record<string, BridgeParameter>> = {
  'ageing-time': {
    shape: duration,
    description: 'Seconds for which a MAC address stays in the forwarding table.',
    default: 300,
    version1: { name: 'ageing' },
  },
  priority: {
    shape: integer(0, 65535, code),
    description: 'Priority in the election of the root bridge, 0 to 65535; the lowest wins.',
    default: 32768,
    version1: { name: 'bridgeprio', calledElsewhere: ['prio'] },
  },
  'port-priority': {
    shape: { type: 'named', values: integer(0, 63, code) },
    description: 'Priority of each port for the spanning tree, 0 to 63.',
    examples: [{ eth0: 32 }],
    version1: { name: 'portprio', shape: valuePerPort },
  },
  'forward-delay': {
    shape: duration,
    description: 'Seconds in the listening and in the learning state. With spanning tree 2 to 30.',
    default: 15,
    version1: { name: 'fd' },
  },
  'hello-time': {
    shape: duration,
    description: 'Seconds between hello packets of the spanning tree.',
    default: 2,
    version1: { name: 'hello' },
  },
  'max-age': {
    shape: duration,
    description: 'Seconds after which a silent root bridge is replaced.',
    default: 20,
    version1: { name: 'maxage' },
  },
  'path-cost': {
    shape: { type: 'named', values: integer(1, 0xffff_ffff, code) },
    description: 'Cost of each port for the spanning tree; faster links cost less.',
    examples: [{ eth0: 100 }],
    version1: { name: 'pathcost', shape: valuePerPort },
  },
  stp: {
    shape: { type: 'boolean', digits: true },
    description: 'Whether the bridge takes part in the spanning tree.',
    default: true,
    version1: { name: 'stp' },
  },
};

/** Each format is understood in the words of the other one. */
export const version2BridgeKeys: KeyTable = withAliases(
  Object.fromEntries(
    Object.entries(bridgeParameters).map(([name, { version1, ...definition }]) => [
      name,
      { ...definition, calledElsewhere: [version1.name, `bridge_${version1.name}`] },
    ]),
  ),
  { 'aging-time': 'ageing-time' },
);

/** Settings of ifupdown's bridges that netplan has no word for. */
const onlyInVersion1 = ['gcint', 'hw', 'maxwait', 'ports', 'waitport', 'vlan-aware', 'vids', 'pathprio'];

export const version1BridgeKeys: KeyTable = Object.fromEntries([
  ...Object.entries(bridgeParameters).map(([name, { version1, ...definition }]) => {
    const words = [name, ...(version1.calledElsewhere ?? [])];
    const calledElsewhere = [...words, ...words.map((word) => `bridge_${word}`)];
    const shape = version1.shape ?? definition.shape;
    return [`bridge_${version1.name}`, { ...definition, shape, calledElsewhere }] as const;
  }),
  ...onlyInVersion1.map(
    (name) =>
      [
        `bridge_${name.replace('-', '_')}`,
        { shape: anything, description: 'Known to ifupdown; netplan cannot say it.' },
      ] as const,
  ),
]);

/** netplan's name of a version 1 parameter in its canonical spelling, for example of `bridge_fd`. */
export function bridgeParameterOfVersion1(key: string): string | undefined {
  const name = key.replace(/^bridge_/, '');
  return Object.keys(bridgeParameters).find(
    (candidate) => bridgeParameters[candidate]?.version1.name === name,
  );
}
