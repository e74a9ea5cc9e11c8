/**
 * The canonical form of a MAC address (lower case, colons) of six octets, or of the 20 octets of InfiniBand.
 * Octets of two digits, separated by colons or by hyphens but not both; undefined for everything else.
 */
export function parseMacAddress(text: string): string | undefined {
  const separator = text.includes('-') ? '-' : ':';
  const octets = text.toLowerCase().split(separator);
  if (octets.length !== 6 && octets.length !== 20) return undefined;
  return octets.every((octet) => /^[\da-f]{2}$/.test(octet)) ? octets.join(':') : undefined;
}

/** Whether a canonical MAC address names a group: no interface can own it (IEEE 802, the lowest bit of octet one). */
export function isGroupMac(mac: string): boolean {
  return mac.length === 17 && (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1;
}
