import type { DiagnosticCode } from '../diagnostics/diagnostic-codes.ts';
import {
  formatIpInterface,
  parseIpAddress,
  parseIpInterface,
  parseIpv4,
  parseIpv6,
  parseMaskedInterface,
  parsePrefix,
  prefixOfNetmask,
} from './addresses.ts';
import { mendedMacAddress, parseMacAddress } from './mac-address.ts';

/** The formats of text that network documents hold. */
export type TextFormat =
  | 'interface-address'
  | 'address-maybe-prefix'
  | 'netmask'
  | 'route-destination'
  | 'route-network'
  | 'gateway'
  | 'gateway4'
  | 'gateway6'
  | 'broadcast'
  | 'ipv6-token'
  | 'arp-target'
  | 'name-server'
  | 'search-domain'
  | 'mac-match'
  | 'mac-address'
  | 'duration'
  | 'port-value'
  | 'ipv4-address'
  | 'ipv6-address'
  | 'ip-network'
  | 'next-hop'
  | 'zoned-name-server'
  | 'resolver-option'
  | 'arp-targets'
  | 'endpoint'
  | 'string';

export interface TextFormatDefinition {
  readonly code: DiagnosticCode;
  /** For help: what may stand here. */
  readonly expects: string;
  /** A sentence that says what is wrong with the text, or undefined when it is well-formed. */
  fault(text: string): string | undefined;
  /** For malformed text: what alone can be meant by it. */
  mended?(text: string): string | undefined;
  /** For text that some readers of the format take and others refuse: what all of them take, and why. */
  preferred?(text: string): { readonly text: string; readonly message: string } | undefined;
}

/** netplan hands these words to its backend instead of an address. */
export const macWords: readonly string[] = ['permanent', 'random', 'preserve', 'stable', 'stable-ssid'];

export const textFormats: Readonly<Record<TextFormat, TextFormatDefinition>> = {
  'interface-address': {
    code: 'network-address',
    expects: 'an IPv4 or IPv6 address with its prefix length, such as 192.0.2.10/24',
    fault: (text) =>
      (parseIpInterface(text) ?? parseMaskedInterface(text)) ? undefined : interfaceAddressFault(text),
    preferred: prefixForNetmask,
  },
  'address-maybe-prefix': {
    code: 'network-address',
    expects: 'an IPv4 or IPv6 address, with its prefix length or a netmask beside it',
    fault: (text) => (text.includes('/') ? maskedAddressFault(text) : addressFault(text)),
  },
  netmask: {
    code: 'network-address',
    expects: 'a netmask such as 255.255.255.0, or a prefix length such as 24',
    fault: netmaskFault,
  },
  'route-destination': {
    code: 'network-route',
    expects: 'a destination such as 10.0.0.0/8, a single address, or “default”',
    fault: (text) => {
      if (text === 'default') return undefined;
      return text.includes('/') ? maskedAddressFault(text) : addressFault(text);
    },
  },
  'route-network': {
    code: 'network-route',
    expects: 'a network such as 10.0.0.0/8, or an address with a netmask beside it',
    fault: (text) => (text.includes('/') ? maskedAddressFault(text) : addressFault(text)),
  },
  gateway: {
    code: 'network-gateway',
    expects: 'the IPv4 or IPv6 address of a gateway',
    fault: plainAddressFault,
  },
  gateway4: {
    code: 'network-gateway',
    expects: 'the IPv4 address of a gateway',
    fault: (text) =>
      plainAddressFault(text) ?? (parseIpv4(text) ? undefined : `${text} is not an IPv4 address.`),
  },
  gateway6: {
    code: 'network-gateway',
    expects: 'the IPv6 address of a gateway',
    fault: (text) =>
      plainAddressFault(text) ?? (parseIpv6(text) ? undefined : `${text} is not an IPv6 address.`),
  },
  broadcast: {
    code: 'network-address',
    expects: 'the broadcast address of the subnet',
    fault: plainAddressFault,
  },
  'ipv6-token': {
    code: 'network-address',
    expects: 'the host part of an IPv6 address, such as ::10',
    fault: (text) =>
      parseIpv6(text) ? undefined : `${quote(text)} is not the host part of an IPv6 address, such as ::10.`,
  },
  'arp-target': {
    code: 'network-bond',
    expects: 'an IPv4 address',
    fault: (text) => (parseIpv4(text) ? undefined : `${text} is not an IPv4 address; ARP knows no other.`),
  },
  'name-server': {
    code: 'network-dns',
    expects: 'the IPv4 or IPv6 address of a name server',
    fault: plainAddressFault,
  },
  'search-domain': { code: 'network-dns', expects: 'a domain such as example.org', fault: searchDomainFault },
  'mac-match': {
    code: 'network-mac',
    expects: 'a MAC address such as 52:54:00:12:34:56',
    fault: macFault,
    mended: mendedMacAddress,
  },
  'mac-address': {
    code: 'network-mac',
    expects: 'a MAC address such as 52:54:00:12:34:56',
    fault: (text) => (macWords.includes(text) ? undefined : macFault(text)),
    mended: mendedMacAddress,
  },
  duration: {
    code: 'value-invalid',
    expects: 'a number, or a number with a unit such as 100ms or 2s',
    fault: (text) =>
      /^\d+(?:\.\d+)?\s?(?:us|ms|s|sec|m|min|h|hr|d|w)?$/.test(text)
        ? undefined
        : `${quote(text)} is not a duration; write 100, 100ms or 2s.`,
  },
  'port-value': {
    code: 'network-bridge',
    expects: 'the name of a port and a number, such as “eth0 50”',
    fault: (text) =>
      /^\S+\s+\d+$/.test(text) ? undefined : `${quote(text)} is not a port and a number, such as “eth0 50”.`,
  },
  'ipv4-address': {
    code: 'network-address',
    expects: 'an IPv4 address such as 192.0.2.10',
    fault: (text) => addressOfFamilyFault(text, 4),
  },
  'ipv6-address': {
    code: 'network-address',
    expects: 'an IPv6 address such as 2001:db8::10',
    fault: (text) => addressOfFamilyFault(text, 6),
  },
  'ip-network': {
    code: 'network-route',
    expects: 'a network such as 10.0.0.0/8, or a single address',
    fault: (text) => {
      if (text === 'default') return '“default” is not known here; write 0.0.0.0/0 or ::/0.';
      if (!text.includes('/')) return addressFault(text);
      return parseIpInterface(text) === undefined ? interfaceAddressFault(text) : undefined;
    },
  },
  'next-hop': {
    code: 'network-gateway',
    expects: 'the IPv4 or IPv6 address of a gateway',
    fault: (text) => (text === '' ? undefined : plainAddressFault(text)),
  },
  'zoned-name-server': {
    code: 'network-dns',
    expects: 'the IPv4 or IPv6 address of a name server, or fe80::1%eth1 for one on a link',
    fault: zonedAddressFault,
  },
  'resolver-option': {
    code: 'network-dns',
    expects: 'an option of resolv.conf such as rotate or timeout:2',
    fault: resolverOptionFault,
  },
  'arp-targets': {
    code: 'network-bond',
    expects: 'IPv4 addresses with commas between',
    fault: (text) => {
      const wrong = text.split(',').find((part) => part !== '' && parseIpv4(part.trim()) === undefined);
      return wrong === undefined
        ? undefined
        : `${quote(wrong)} is not an IPv4 address; ARP knows no other. Write addresses with commas between.`;
    },
  },
  endpoint: {
    code: 'network-address',
    expects: 'an address or name and a port, such as 192.0.2.1:51820',
    fault: endpointFault,
  },
  string: { code: 'value-type', expects: 'text', fault: () => undefined },
};

/** As an address of a host with a prefix length and that of its network make together. */
function hasTwoPrefixes(addressText: string, prefixText: string): boolean {
  const prefixes = prefixText.split('/');
  return (
    prefixes.length === 2 &&
    prefixes.every((prefix) => parseIpInterface(`${addressText}/${prefix}`) !== undefined)
  );
}

function interfaceAddressFault(text: string): string {
  if (!text.includes('/')) {
    const fault = addressFault(text);
    if (fault !== undefined) return fault;
    return `${text} has no prefix length; write for example ${text}/${text.includes(':') ? 64 : 24}.`;
  }
  const [addressText = '', prefixText = ''] = splitOnce(text);
  const fault = addressFault(addressText);
  if (fault !== undefined) return fault;
  const width = addressText.includes(':') ? 128 : 32;
  if (hasTwoPrefixes(addressText, prefixText))
    return `${text} has two prefix lengths. Where the network adds one, the value of a host is only ${addressText}.`;
  return `The prefix length ${quote(prefixText)} is not a number from 0 to ${width}.`;
}

/** cloud-init's example has a netmask here; its own renderers take it, netplan does not. */
function prefixForNetmask(text: string): { text: string; message: string } | undefined {
  const masked = parseMaskedInterface(text);
  if (masked === undefined) return undefined;
  const wanted = formatIpInterface(masked);
  return {
    text: wanted,
    message: `netplan knows no netmask after the slash; write ${wanted}, as hosts receive it.`,
  };
}

/** An address with a prefix length or, as cloud-init allows, a netmask after the slash. */
function maskedAddressFault(text: string): string | undefined {
  const [addressText = '', mask = ''] = splitOnce(text);
  const address = parseIpAddress(addressText);
  if (address === undefined) return addressFault(addressText);
  if (parsePrefix(mask, address.family) !== undefined) return undefined;
  const netmask = parseIpAddress(mask);
  if (netmask !== undefined && netmask.family === address.family && prefixOfNetmask(netmask) !== undefined)
    return undefined;
  return interfaceAddressFault(text);
}

function plainAddressFault(text: string): string | undefined {
  const [addressText = ''] = splitOnce(text);
  const fault = addressFault(addressText);
  if (fault !== undefined || addressText === text) return fault;
  return `No prefix length belongs here; write ${addressText}.`;
}

function addressOfFamilyFault(text: string, family: 4 | 6): string | undefined {
  const slash = text.indexOf('/');
  if (slash >= 0 && parseIpAddress(text.slice(0, slash)) !== undefined) {
    return `The prefix length has a key of its own; write “ip: ${text.slice(0, slash)}” and “prefix-length: ${text.slice(slash + 1)}”.`;
  }
  const address = parseIpAddress(text);
  if (address === undefined) return addressFault(text);
  if (address.family === family) return undefined;
  return `${text} is an IPv${address.family} address; it belongs under “ipv${address.family}”.`;
}

function zonedAddressFault(text: string): string | undefined {
  const [addressText = '', zone, more] = text.split('%');
  if (zone === undefined) return plainAddressFault(text);
  const isLinkLocal = parseIpv6(addressText) !== undefined && /^[^\s/]{1,15}$/.test(zone);
  if (isLinkLocal && more === undefined) return undefined;
  return `${quote(text)} is not a name server; one on a link is written as fe80::1%eth1.`;
}

/** The options that nmstate takes, which are those of resolv.conf(5). */
const plainResolverOptions = new Set([
  ...['debug', 'edns0', 'inet6', 'ip6-bytestring', 'ip6-dotint', 'no-aaaa', 'no-check-names'],
  ...['no-ip6-dotint', 'no-reload', 'no-tld-query', 'rotate', 'single-request', 'single-request-reopen'],
  ...['trust-ad', 'use-vc'],
]);

function resolverOptionFault(text: string): string | undefined {
  if (plainResolverOptions.has(text) || /^(?:ndots|timeout|attempts):\d{1,3}$/.test(text)) return undefined;
  return `${quote(text)} is no option of the resolver; there are ${[...plainResolverOptions].join(', ')}, and ndots:N, timeout:N and attempts:N.`;
}

function addressFault(text: string): string | undefined {
  if (parseIpAddress(text) !== undefined) return undefined;
  if (text.includes('%')) return `${quote(text)} names a zone, which cannot stand here.`;
  if (/^\d+(?:\.\d+)*$/.test(text)) {
    const octets = text.split('.');
    if (octets.length !== 4)
      return `${text} is not an IPv4 address: it has ${octets.length} parts instead of 4.`;
    const large = octets.find((octet) => Number(octet) > 255);
    if (large !== undefined) return `${text} is not an IPv4 address: ${large} is larger than 255.`;
    return `${text} is not an IPv4 address: a leading zero may be read as octal.`;
  }
  return `${quote(text)} is not an IPv4 or IPv6 address.`;
}

function endpointFault(text: string): string | undefined {
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:[\]]*)):(\d{1,5})$/.exec(text) ?? [];
  if (port === undefined || Number(port) > 65535)
    return `${quote(text)} is no address with a port, such as 192.0.2.1:51820 or [2001:db8::1]:51820.`;
  if (bracketed !== undefined) return parseIpv6(bracketed) ? undefined : addressFault(bracketed);
  const host = plain ?? '';
  return /^[\d.]+$/.test(host) ? addressFault(host) : searchDomainFault(host);
}

function netmaskFault(text: string): string | undefined {
  if (parsePrefix(text, 6) !== undefined) return undefined;
  const netmask = parseIpAddress(text);
  if (netmask !== undefined && prefixOfNetmask(netmask) !== undefined) return undefined;
  return `${quote(text)} is neither a netmask such as 255.255.255.0 nor a prefix length such as 24.`;
}

function macFault(text: string): string | undefined {
  if (parseMacAddress(text) !== undefined) return undefined;
  return `${quote(text)} is not a MAC address; write six pairs of hexadecimal digits, such as 52:54:00:12:34:56.`;
}

/** RFC 1035 section 2.3.4: 253 characters, labels of 63. `~` marks a routing domain for systemd-resolved. */
function searchDomainFault(text: string): string | undefined {
  const domain = text.replace(/^~/, '').replace(/\.$/, '');
  if (domain === '' && text.length > 0) return undefined;
  const wellFormed =
    domain.length <= 253 &&
    domain.split('.').every((label) => /^[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?$/i.test(label));
  if (wellFormed) return undefined;
  if (/[\s,]/.test(text)) return `${quote(text)} holds several domains; write each as an item of its own.`;
  return `${quote(text)} is not a domain name.`;
}

function splitOnce(text: string): string[] {
  const slash = text.indexOf('/');
  return slash < 0 ? [text] : [text.slice(0, slash), text.slice(slash + 1)];
}

function quote(text: string): string {
  return `“${text.length > 80 ? `${text.slice(0, 80)}…` : text}”`;
}
