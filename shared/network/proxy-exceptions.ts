import { parseIpAddress, parseIpInterface } from './addresses.ts';

/**
 * What keeps an entry of NO_PROXY from ever matching, as a sentence; undefined where nothing is seen. Go programs, which
 * container runtimes are, read addresses, subnets and domains, each with a port at most (golang.org/x/net/http/httpproxy).
 */
export function proxyExceptionProblem(entry: string): string | undefined {
  if (entry === '*') return undefined;
  if (entry.includes('://')) return 'it is a URL, and only the name or address of a host is compared';
  if (/\*(?!\.)|.\*/.test(entry)) return 'a * stands only at its start, in front of a dot, or alone';
  if (entry.includes('/'))
    return parseIpInterface(entry) === undefined
      ? 'it is no subnet: the address or its prefix is wrong'
      : undefined;
  const port = /^(?:[^:]*|\[.*\]):(\d+)$/.exec(entry)?.[1];
  if (port !== undefined && Number(port) > 65_535) return 'no port is above 65535';
  const host = entry.replace(/:\d+$/, '');
  if (/^\.?[\d.]+$/.test(host) && parseIpAddress(host) === undefined)
    return 'it is no address: a part of one is written as a subnet, for example 10.0.0.0/8';
  return undefined;
}
