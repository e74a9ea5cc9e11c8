import { entryOf, type SourceNode } from '../source/source-node.ts';
import { bondParameterOfVersion1, version1BondKeys } from './bond-parameters.ts';
import { bridgeParameterOfVersion1, version1BridgeKeys } from './bridge-parameters.ts';
import type { LinkParameter, PassedThrough, PlainValue } from './model.ts';
import { readValue } from './read-value.ts';
import { canonicalKey } from './value-shape.ts';

/** The `params` of a bond, a bridge or a card under netplan's names; what netplan has no name for is passed through. */
export function readVersion1Parameters(
  type: string,
  node: SourceNode | undefined,
): { parameters: LinkParameter[]; passedThrough: PassedThrough[] } {
  const parameters: LinkParameter[] = [];
  const passedThrough: PassedThrough[] = [];
  if (node?.type !== 'map') return { parameters, passedThrough };
  // The driver of a card is part of what it is found by.
  const identifier = type === 'physical' ? entryOf(node, 'device_id') : undefined;
  if (identifier !== undefined) passedThrough.push(identifier);
  if (type !== 'bond' && type !== 'bridge') return { parameters, passedThrough };
  const keys = type === 'bond' ? version1BondKeys : version1BridgeKeys;
  const nameOf = type === 'bond' ? bondParameterOfVersion1 : bridgeParameterOfVersion1;
  for (const { key, value: valueNode } of node.entries) {
    const canonical = canonicalKey(keys, String(key.value), true);
    const shape = canonical === undefined ? undefined : keys[canonical]?.shape;
    if (canonical === undefined || shape === undefined) continue;
    const name = nameOf(canonical);
    if (name === undefined) {
      passedThrough.push({ key, value: valueNode });
      continue;
    }
    const value = readValue(shape, valueNode);
    if (value !== undefined) parameters.push({ name, value: perPort(name, value), key, node: valueNode });
  }
  return { parameters, passedThrough };
}

/** `["eth0 50"]` as `{eth0: 50}`. */
function perPort(name: string, value: PlainValue): PlainValue {
  if ((name !== 'port-priority' && name !== 'path-cost') || !Array.isArray(value)) return value;
  return Object.fromEntries(
    value.map((item) => {
      const [port = '', number = ''] = String(item).trim().split(/\s+/);
      return [port, Number(number)];
    }),
  );
}
