import type { SourceNode } from '../source/source-node.ts';
import { formatIpAddress } from './addresses.ts';
import type { NetworkLink, PassedThrough, PlainValue } from './model.ts';
import { nmstateIpv4Keys, nmstateIpv6Keys, overrideOfIpKey } from './nmstate-ip-keys.ts';
import { pathOf } from './nmstate-passed-through.ts';
import { asWritten, define, inOrder, type PlainMap } from './plain-document.ts';

type Report = (node: SourceNode, message: string) => void;

const keyOfOverride: ReadonlyMap<string, string> = new Map(
  Object.entries(overrideOfIpKey).map(([key, override]) => [override, key]),
);

/** `ipv4` or `ipv6` of an interface; undefined when the model says nothing of it, which leaves the protocol off. */
export function renderNmstateIp(
  link: NetworkLink,
  family: 4 | 6,
  passedThrough: readonly PassedThrough[],
  report: Report,
): PlainMap | undefined {
  const addresses = link.addresses.filter(({ value }) => value.address.family === family);
  const dhcp = family === 4 ? link.dhcp4 : link.dhcp6;
  const overrides = family === 4 ? link.dhcp4Overrides : link.dhcp6Overrides;
  const acceptRa = family === 6 ? link.acceptRa : undefined;
  const linkLocal = family === 6 ? link.linkLocal : undefined;
  const said = [dhcp, acceptRa, linkLocal, ...addresses, ...overrides, ...passedThrough];
  if (said.every((part) => part === undefined)) return undefined;
  const advertises = acceptRa?.value ?? (family === 6 && dhcp?.value === true);
  const asksDhcp = dhcp?.value === true || advertises;
  if (asksDhcp && dhcp?.value !== true) {
    const place = acceptRa?.node ?? link.node;
    report(place, 'NMState takes router advertisements only together with DHCP for IPv6, so both are on.');
  }
  if (family === 4 && link.linkLocal?.value.includes('ipv4') === true) {
    report(link.linkLocal.node, 'NMState has no word for link-local IPv4 addresses; they are left out.');
  }
  const hasLinkLocal = family === 6 && (linkLocal?.value.includes('ipv6') ?? true);
  const enabled = asksDhcp || addresses.length > 0 || hasLinkLocal;
  const rendered: Record<string, PlainValue> = { enabled };
  if (enabled) {
    rendered.dhcp = asksDhcp;
    if (family === 6) rendered.autoconf = advertises;
  }
  if (addresses.length > 0) {
    rendered.address = addresses.map(({ value, lifetime, label }) => {
      for (const [word, option] of Object.entries({ lifetime, label })) {
        if (option === undefined || option.value === 'forever') continue;
        report(
          option.node,
          `NMState has no word for the ${word} of an address (“${option.value}”); it is left out.`,
        );
      }
      return { ip: formatIpAddress(value.address), 'prefix-length': value.prefix };
    });
  }
  for (const { name, value, key } of overrides) {
    const own = keyOfOverride.get(name);
    if (own !== undefined) rendered[own] = value;
    else report(key, `NMState has no word for “${name}”; it is left out.`);
  }
  for (const entry of passedThrough) define(rendered, pathOf(entry).at(-1) ?? '', asWritten(entry.value));
  return inOrder(rendered, Object.keys(family === 4 ? nmstateIpv4Keys : nmstateIpv6Keys));
}
