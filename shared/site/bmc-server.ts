import { type IpAddress, parseIpAddress } from '../network/addresses.ts';

/** The IP address in the URL of a BMC, and how it is written there; undefined where a name stands, or no URL. */
export function bmcServerOf(
  url: string,
): { readonly address: IpAddress; readonly written: string } | undefined {
  const written = /^[a-z0-9+-]+:\/\/(?:\[([0-9a-f:.]+)\]|([0-9.]+))(?=[:/]|$)/i.exec(url)?.slice(1).join('');
  const address = written === undefined ? undefined : parseIpAddress(written);
  return address === undefined || written === undefined ? undefined : { address, written };
}
