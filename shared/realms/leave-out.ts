import { formatIpAddress, parseIpAddress } from '../network/addresses.ts';
import type { SiteDocument } from '../site/document.ts';
import type { Given, Misplaced } from './misplaced.ts';
import { type Removed, removeEntry } from './remove-entry.ts';
import { countOfHosts, type HostOfSite, hostsOfProfile, type SiteAround } from './site-around.ts';

/** The document without what its hosts are given anyway, or why it stays, as half a sentence. */
export function withoutGiven(
  profile: SiteDocument,
  { leaveOut, label }: Misplaced,
  site: SiteAround,
): string | Pick<Removed, 'text'> | undefined {
  if (leaveOut === undefined) return undefined;
  const { from, given } = leaveOut;
  const hosts = given && hostsOfProfile(profile, site);
  if (given !== undefined && hosts === undefined) return undefined;
  const why = given && hosts && whyNotGiven(given, hosts);
  if (why !== undefined) return why;
  const removed = removeEntry(profile.source.text, from);
  if (removed === undefined) return undefined;
  return removed.above.length + removed.within.length === 0
    ? { text: removed.text }
    : `a comment speaks of ${label}, which would be lost. Take out both`;
}

function whyNotGiven({ by, values, otherwise }: Given, hosts: readonly HostOfSite[]): string | undefined {
  const [host] = hosts;
  if (by === 'names') {
    const names = new Set(hosts.flatMap(namesOf));
    const other = values.find((value) => !names.has(value));
    return other && `no host with this profile is called ${other}. ${otherwise}`;
  }
  if (host === undefined || hosts.length > 1) return `${countOfHosts(hosts)}. ${otherwise}`;
  const other = values.find((value) =>
    by === 'name' ? value !== namesOf(host)[0] : !isOnlyAddress(value, host),
  );
  const what = by === 'name' ? 'the name' : 'the only address';
  return other && `${other} is not ${what} of ${host.reading.document.name}. ${otherwise}`;
}

function namesOf({ reading: { name, domain } }: HostOfSite): string[] {
  if (name === undefined) return [];
  const short = String(name.value);
  return domain === undefined ? [short] : [short, `${short}.${String(domain.value)}`];
}

/** Of several addresses, or beside those that come by DHCP, the kubelet could take another. */
function isOnlyAddress(value: string, { network }: HostOfSite): boolean {
  const links = network?.links ?? [];
  if (links.some(({ dhcp4, dhcp6 }) => dhcp4?.value || dhcp6?.value)) return false;
  const [address, other] = links.flatMap((link) => link.addresses.map((each) => each.value.address));
  const own = parseIpAddress(value);
  return (
    address !== undefined &&
    other === undefined &&
    own !== undefined &&
    formatIpAddress(address) === formatIpAddress(own)
  );
}
