import { bondParameterOfVersion1, bondParameters, version2BondKeys } from '../network/bond-parameters.ts';
import { canonicalKey } from '../network/value-shape.ts';
import type { SourceNode } from '../source/source-node.ts';
import { rangeOf } from '../source/source-text.ts';

/** Parameters by which others of a bond are judged. */
const decisive: ReadonlySet<string> = new Set([
  ...['mode', 'mii-monitor-interval', 'arp-interval', 'arp-ip-targets'],
]);

/** Whether a key of any format names a parameter of a bond by which no other is judged. */
export function isBondDetail(key: string): boolean {
  const bare = key.replace(/^bond[-_]/, '').replaceAll('_', '-');
  const name = canonicalKey(version2BondKeys, bare) ?? bondParameterOfVersion1(bare);
  return name !== undefined && Object.hasOwn(bondParameters, name) && !decisive.has(name);
}

/** The places of values of such parameters, as `file:line:column`. */
export function placesOfBondDetails(root: SourceNode): ReadonlySet<string> {
  const places = new Set<string>();
  const visit = (node: SourceNode, isDetail: boolean): void => {
    if (isDetail) {
      const { line, column } = rangeOf(node.source, node.span).start;
      places.add(`${node.source.file}:${line}:${column}`);
    }
    if (node.type === 'map')
      for (const { key, value } of node.entries) visit(value, isDetail || isBondDetail(String(key.value)));
    else if (node.type === 'sequence') for (const item of node.items) visit(item, isDetail);
  };
  visit(root, false);
  return places;
}
