const macAddress =
  /^[\da-f]{2}(?:(?::[\da-f]{2}){5}(?:(?::[\da-f]{2}){14})?|(?:-[\da-f]{2}){5}(?:(?:-[\da-f]{2}){14})?)$/i;

/**
 * The canonical form of a MAC address (lower case, colons) of six octets, or of the 20 octets of InfiniBand.
 * Octets of two digits, separated by colons or by hyphens but not both; undefined for everything else.
 */
export function parseMacAddress(text: string): string | undefined {
  if (!macAddress.test(text)) return undefined;
  return text.toLowerCase().replaceAll('-', ':');
}

/** Whether a canonical MAC address names a group: no interface can own it (IEEE 802, the lowest bit of octet one). */
export function isGroupMac(mac: string): boolean {
  return mac.length === 17 && (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1;
}
