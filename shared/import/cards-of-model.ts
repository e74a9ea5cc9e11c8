import type { NetworkLink, NetworkModel } from '../network/model.ts';
import { interfaceName, macAddress } from '../schema/scalars.ts';
import type { ImportedCard } from './imported-site.ts';

/** Cards that a network names by their MAC addresses. */
export function cardsOfModel(model: NetworkModel | undefined): readonly ImportedCard[] {
  const cards = new Map<string, string>();
  for (const link of model?.links ?? []) {
    const mac = link.match?.macAddress?.value ?? link.macAddress?.value;
    const name = nameOf(link);
    if (link.kind !== 'physical' || mac === undefined || name === undefined || cards.has(name)) continue;
    if (macAddress.safeParse(mac).success && ![...cards.values()].includes(mac)) cards.set(name, mac);
  }
  return [...cards];
}

function nameOf({ setName, id }: NetworkLink): string | undefined {
  return [setName?.value, id.value].find((name) => interfaceName.safeParse(name).success);
}
