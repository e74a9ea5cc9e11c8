import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { childOf, entryOf, type SourceNode } from '../source/source-node.ts';
import { isLinkLocalIpv6, parseIpAddress } from './addresses.ts';
import type { LinkAddress, LinkParameter, Located, NetworkLink, PassedThrough } from './model.ts';
import { nmstateIpv4Keys, nmstateIpv6Keys, overrideOfIpKey, uninterpretedIpKeys } from './nmstate-ip-keys.ts';
import { passedUnder } from './nmstate-passed-through.ts';
import { present, readBoolean } from './parse-link-values.ts';
import { integerInRange, itemsOf, readValue, textOf } from './read-value.ts';

/** One of `ipv4` and `ipv6`, in the terms of the model. */
export interface NmstateIp {
  readonly isOn: boolean;
  readonly dhcp?: Located<boolean>;
  readonly autoconf?: Located<boolean>;
  readonly linkLocal?: NetworkLink['linkLocal'];
  readonly addresses: readonly LinkAddress[];
  readonly overrides: readonly LinkParameter[];
  readonly passedThrough: readonly PassedThrough[];
}

const nothing: NmstateIp = { isOn: false, addresses: [], overrides: [], passedThrough: [] };

export function parseNmstateIp(node: SourceNode | undefined, family: 4 | 6, sink: DiagnosticSink): NmstateIp {
  if (node?.type !== 'map') return nothing;
  const flag = (key: string) => readBoolean(childOf(node, key), true);
  const enabled = flag('enabled');
  const said = {
    dhcp: flag('dhcp'),
    autoconf: family === 6 ? flag('autoconf') : undefined,
    addresses: readAddresses(childOf(node, 'address'), family, sink),
  };
  const wantsIp = said.dhcp?.value === true || said.addresses.length > 0;
  if (enabled === undefined && wantsIp) reportUndecided(node, family, sink);
  if (enabled?.value === false) reportIgnored(said, family, sink);
  else if (said.dhcp?.value === true && said.addresses.length > 0) reportBoth(said.dhcp, family, sink);
  const isOn = enabled?.value ?? (wantsIp || said.autoconf?.value === true);
  if (isOn && said.autoconf?.value === true && said.dhcp?.value !== true) {
    const message =
      'nmstate takes “autoconf: true” only together with “dhcp: true”; router advertisements decide then whether DHCP is asked.';
    sink.at(said.autoconf.node, 'error', 'value-invalid', message);
  }
  // Said for this protocol as a whole where there is no word of its own, so that the model never leaves it open.
  const place = enabled?.node ?? node;
  const word = (value: Located<boolean> | undefined) => ({
    value: isOn && value?.value === true,
    node: value?.node ?? place,
  });
  return {
    isOn,
    dhcp: word(said.dhcp),
    ...(family === 6
      ? {
          autoconf: word(said.autoconf),
          linkLocal: { value: isOn ? ['ipv6'] : [], node: place } as const,
        }
      : {}),
    addresses: isOn ? said.addresses : [],
    overrides: readOverrides(node, family),
    passedThrough: passedUnder(node, uninterpretedIpKeys, `ipv${family}`),
  };
}

function reportUndecided(node: SourceNode, family: 4 | 6, sink: DiagnosticSink): void {
  const message = `“enabled” is missing: nmstate leaves IPv${family} as the running system has it, and a new host has none. Add “enabled: true”.`;
  const key = entryOf(node, 'address')?.key ?? entryOf(node, 'dhcp')?.key ?? node;
  sink.at(key, 'warning', 'key-missing', message);
}

/** nmstate 1 ignores the addresses with a warning (ifacelib, ip.py); the sanitize of version 2 notes them, and keeps both. */
function reportBoth(dhcp: Located<boolean>, family: 4 | 6, sink: DiagnosticSink): void {
  const message = `With “dhcp: true” the interface gets an address of DHCP beside those that stand here; nmstate before version 2 ignores these. Write “dhcp: false” if they alone are meant${family === 6 ? ', and “autoconf: false”' : ''}.`;
  sink.at(dhcp.node, 'info', 'network-address', message);
}

function reportIgnored(
  said: { dhcp: Located<boolean> | undefined; addresses: readonly LinkAddress[] },
  family: 4 | 6,
  sink: DiagnosticSink,
): void {
  const place = said.addresses[0]?.node ?? (said.dhcp?.value === true ? said.dhcp.node : undefined);
  if (place === undefined) return;
  const message = `IPv${family} is off on this interface (“enabled: false”), so nmstate ignores this.`;
  sink.at(place, 'warning', 'network-address', message);
}

function readAddresses(
  node: SourceNode | undefined,
  family: 4 | 6,
  sink: DiagnosticSink,
): readonly LinkAddress[] {
  return present(itemsOf(node).map((item) => readAddress(item, family, sink)));
}

function readAddress(item: SourceNode, family: 4 | 6, sink: DiagnosticSink): LinkAddress | undefined {
  const place = childOf(item, 'ip');
  const address = parseIpAddress(textOf(place) ?? '');
  const width = family === 4 ? 32 : 128;
  const shape = { type: 'integer', minimum: 0, maximum: width } as const;
  const prefix = integerInRange(childOf(item, 'prefix-length'), shape);
  if (place === undefined || address?.family !== family || prefix === undefined) return undefined;
  if (isLinkLocalIpv6(address)) {
    const message = 'nmstate ignores link-local addresses; every interface with IPv6 has one of its own.';
    sink.at(place, 'warning', 'network-address', message);
    return undefined;
  }
  const lifetime = ['valid-life-time', 'valid-left', 'valid-lft']
    .map((key) => childOf(item, key))
    .find((found) => found !== undefined);
  if (lifetime !== undefined && textOf(lifetime) !== 'forever') {
    const message = 'nmstate ignores an address that does not last “forever”; it comes from DHCP.';
    sink.at(lifetime, 'warning', 'network-address', message);
    return undefined;
  }
  return { value: { address, prefix }, node: place };
}

function readOverrides(node: SourceNode, family: 4 | 6): LinkParameter[] {
  if (node.type !== 'map') return [];
  const keys = family === 4 ? nmstateIpv4Keys : nmstateIpv6Keys;
  const found: LinkParameter[] = [];
  for (const { key, value: place } of node.entries) {
    const written = String(key.value);
    const name = Object.hasOwn(overrideOfIpKey, written) ? overrideOfIpKey[written] : undefined;
    const shape = keys[written]?.shape;
    if (name === undefined || shape === undefined) continue;
    const value = readValue(shape, place);
    if (value !== undefined) found.push({ name, value, key, node: place });
  }
  return found;
}
