import { childOf, type SourceNode } from '../source/source-node.ts';
import type { Keyfile } from './keyfile.ts';
import { parseMacAddress } from './mac-address.ts';
import { booleanOf, integerOf, itemsOf, textOf } from './read-value.ts';

/**
 * `[sriov]` of a card: its virtual functions, from what NMState says under `ethernet`. Each has a key with its attributes,
 * as NetworkManager writes them (nm_utils_sriov_vf_to_str).
 */
export function renderVirtualFunctions(file: Keyfile, card: SourceNode | undefined): void {
  const settings = childOf(card, 'sr-iov');
  if (settings === undefined) return;
  const probes = booleanOf(childOf(settings, 'drivers-autoprobe'), true);
  if (probes !== undefined) file.set('sriov', 'autoprobe-drivers', probes ? 1 : 0);
  file.set('sriov', 'total-vfs', integerOf(childOf(settings, 'total-vfs')));
  for (const each of itemsOf(childOf(settings, 'vfs'))) {
    const number = integerOf(childOf(each, 'id'));
    if (number !== undefined) file.set('sriov', `vf.${number}`, attributesOf(each).join(' '));
  }
}

function attributesOf(node: SourceNode): string[] {
  const mac = parseMacAddress(textOf(childOf(node, 'mac-address')) ?? '');
  const numbers = ['max-tx-rate', 'min-tx-rate'].map((key) => [key, integerOf(childOf(node, key))] as const);
  const flags = ['spoof-check', 'trust'].map((key) => [key, booleanOf(childOf(node, key), true)] as const);
  const written = [['mac', mac] as const, ...numbers, ...flags, ['vlans', vlanOf(node)] as const];
  return written.flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]));
}

/** `ID.PRIORITY.ad`: without what is 0 or usual, and nothing for frames without a tag. `ad` is 802.1ad. */
function vlanOf(node: SourceNode): string | undefined {
  const id = integerOf(childOf(node, 'vlan-id')) ?? 0;
  const priority = integerOf(childOf(node, 'qos')) ?? 0;
  if (id === 0 && priority === 0) return undefined;
  if (textOf(childOf(node, 'vlan-proto')) === '802.1ad') return `${id}.${priority}.ad`;
  return priority === 0 ? String(id) : `${id}.${priority}`;
}
