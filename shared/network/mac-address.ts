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

/**
 * The MAC address that stands in another spelling: octets without their leading zero, as Solaris and arp on macOS print
 * them, or the digits in groups or without any separator, as switches do. Undefined where digits are missing.
 */
export function mendedMacAddress(text: string): string | undefined {
  const octets = text.split(/[:-]/);
  const isPadded = octets.length === 6 && octets.every((octet) => /^[\da-f]{1,2}$/i.test(octet));
  if (isPadded) return octets.map((octet) => octet.padStart(2, '0').toLowerCase()).join(':');
  if (!/^[\da-f]{12}$|^[\da-f]{4}([.:-])[\da-f]{4}\1[\da-f]{4}$/i.test(text)) return undefined;
  const digits = text.replace(/[.:-]/g, '').toLowerCase();
  return digits.match(/../g)?.join(':');
}

/** Whether a canonical MAC address names a group: no interface can own it (IEEE 802, the lowest bit of octet one). */
export function isGroupMac(mac: string): boolean {
  return mac.length === 17 && (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1;
}
