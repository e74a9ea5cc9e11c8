import type { AddableSection } from '#shared/network-form/network-changes.ts';

export const kindWords: Readonly<Record<AddableSection, string>> = {
  ethernets: 'Ethernet',
  bonds: 'Bond',
  vlans: 'VLAN',
  bridges: 'Bridge',
};

/** `a`, `a and b`, `a, b and c` */
export function formattedList(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
