/** An IPv4 or IPv6 address as a number: 32 or 128 bits, the first octet highest. */
export interface IpAddress {
  readonly family: 4 | 6;
  readonly bits: bigint;
}

/** An address with the length of its subnet's prefix, in bits: 0 to 32 for IPv4, 0 to 128 for IPv6. */
export interface IpInterface {
  readonly address: IpAddress;
  readonly prefix: number;
}

const widths = { 4: 32, 6: 128 } as const;

/** The number of bits of an address: 32 or 128. */
export function widthOf(family: 4 | 6): number {
  return widths[family];
}

/** Four decimal octets without leading zeros (which inet_aton would read as octal). */
export function parseIpv4(text: string): IpAddress | undefined {
  // Digit by digit: a site of 500 hosts has its addresses read ten thousand times.
  let bits = 0;
  let octets = 0;
  let octet = -1;
  for (let offset = 0; offset <= text.length; offset++) {
    const digit = text.charCodeAt(offset) - 0x30;
    if (digit >= 0 && digit <= 9) {
      if (octet === 0) return undefined;
      octet = octet < 0 ? digit : octet * 10 + digit;
      if (octet > 255) return undefined;
    } else if (octet >= 0 && (offset === text.length || text[offset] === '.')) {
      bits = bits * 256 + octet;
      octets++;
      octet = -1;
    } else return undefined;
  }
  return octets === 4 ? { family: 4, bits: BigInt(bits) } : undefined;
}

/** The forms of RFC 4291 section 2.2: eight groups, `::` once for at least one group, an IPv4 address at the end. */
export function parseIpv6(text: string): IpAddress | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [headText = '', tailText] = halves;
  const head = groupsOf(headText, tailText === undefined);
  const tail = tailText === undefined ? [] : groupsOf(tailText, true);
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (tailText === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...new Array<number>(missing).fill(0), ...tail];
  return { family: 6, bits: groups.reduce((bits, group) => (bits << 16n) | BigInt(group), 0n) };
}

function groupsOf(text: string, mayEndInIpv4: boolean): number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const groups: number[] = [];
  for (const [index, part] of parts.entries()) {
    if (/^[\da-f]{1,4}$/i.test(part)) {
      groups.push(Number.parseInt(part, 16));
      continue;
    }
    const embedded = mayEndInIpv4 && index === parts.length - 1 ? parseIpv4(part) : undefined;
    if (embedded === undefined) return undefined;
    groups.push(Number(embedded.bits >> 16n), Number(embedded.bits & 0xffffn));
  }
  return groups;
}

export function parseIpAddress(text: string): IpAddress | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

/** `address/prefix`; an address without a prefix is refused, because its subnet would be a guess. */
export function parseIpInterface(text: string): IpInterface | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const address = parseIpAddress(text.slice(0, slash));
  if (address === undefined) return undefined;
  const prefix = parsePrefix(text.slice(slash + 1), address.family);
  return prefix === undefined ? undefined : { address, prefix };
}

/** `192.0.2.1/255.255.255.0`, as cloud-init takes it too; undefined for an address with a prefix length. */
export function parseMaskedInterface(text: string): IpInterface | undefined {
  const slash = text.indexOf('/');
  if (slash < 0 || !text.includes('.', slash)) return undefined;
  const address = parseIpv4(text.slice(0, slash));
  const netmask = parseIpv4(text.slice(slash + 1));
  const prefix = netmask === undefined ? undefined : prefixOfNetmask(netmask);
  return address === undefined || prefix === undefined ? undefined : { address, prefix };
}

/** The length of a prefix in bits, from its decimal text. */
export function parsePrefix(text: string, family: 4 | 6): number | undefined {
  if (!/^(?:0|[1-9]\d{0,2})$/.test(text)) return undefined;
  const prefix = Number(text);
  return prefix <= widthOf(family) ? prefix : undefined;
}

/** The prefix length that a netmask such as 255.255.255.0 or ffff:ffff:: stands for; its ones must come first. */
export function prefixOfNetmask(netmask: IpAddress): number | undefined {
  const width = widthOf(netmask.family);
  const zeros = ~netmask.bits & ((1n << BigInt(width)) - 1n);
  // The inverse of a netmask is one less than a power of two, so it shares no bit with its successor.
  if ((zeros & (zeros + 1n)) !== 0n) return undefined;
  return zeros === 0n ? width : width - zeros.toString(2).length;
}

/** The first address of the subnet: all host bits zero. */
export function networkAddress({ address, prefix }: IpInterface): IpAddress {
  const hostBits = BigInt(widthOf(address.family) - prefix);
  return { family: address.family, bits: (address.bits >> hostBits) << hostBits };
}

/** The last address of the subnet: all host bits one. For IPv4 this is the broadcast address. */
export function lastAddress({ address, prefix }: IpInterface): IpAddress {
  const hostBits = BigInt(widthOf(address.family) - prefix);
  return { family: address.family, bits: address.bits | ((1n << hostBits) - 1n) };
}

/** Whether an address lies in the subnet of an interface address. */
export function subnetContains(subnet: IpInterface, address: IpAddress): boolean {
  if (subnet.address.family !== address.family) return false;
  const hostBits = BigInt(widthOf(address.family) - subnet.prefix);
  return subnet.address.bits >> hostBits === address.bits >> hostBits;
}

export function sameAddress(a: IpAddress, b: IpAddress): boolean {
  return a.family === b.family && a.bits === b.bits;
}

/** The canonical text: dotted decimal, or the form of RFC 5952 (lower case, the longest run of zeros as `::`). */
export function formatIpAddress(address: IpAddress): string {
  if (address.family === 4) return formatIpv4(address.bits);
  // IPv4-mapped addresses keep their dotted end (RFC 5952 section 5).
  if (address.bits >> 32n === 0xffffn) return `::ffff:${formatIpv4(address.bits & 0xffff_ffffn)}`;
  const groups = [96n, 64n, 32n, 0n].flatMap((shift) => {
    const word = Number((address.bits >> shift) & 0xffff_ffffn);
    return [word >>> 16, word & 0xffff];
  });
  const { start, length } = longestZeroRun(groups);
  const text = (part: number[]) => part.map((group) => group.toString(16)).join(':');
  return length < 2 ? text(groups) : `${text(groups.slice(0, start))}::${text(groups.slice(start + length))}`;
}

function formatIpv4(bits: bigint): string {
  // Every address of a site is formatted after every keystroke; numbers are much cheaper than big integers.
  const word = Number(bits);
  return `${word >>> 24}.${(word >>> 16) & 0xff}.${(word >>> 8) & 0xff}.${word & 0xff}`;
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
    start += length;
  }
  return best;
}

export function formatIpInterface({ address, prefix }: IpInterface): string {
  return `${formatIpAddress(address)}/${prefix}`;
}

/** fe80::/10, reachable on every IPv6 link without any configured subnet (RFC 4291 section 2.5.6). */
export function isLinkLocalIpv6(address: IpAddress): boolean {
  return address.family === 6 && address.bits >> 118n === 0x3fan;
}

export function isLoopback(address: IpAddress): boolean {
  return address.family === 4 ? address.bits >> 24n === 127n : address.bits === 1n;
}

export function isMulticast(address: IpAddress): boolean {
  return address.family === 4 ? address.bits >> 28n === 0xen : address.bits >> 120n === 0xffn;
}

export function isUnspecified(address: IpAddress): boolean {
  return address.bits === 0n;
}
