import { formatIpAddress, formatIpInterface } from './addresses.ts';
import { isDefaultRoute, type LinkKind, type NetworkLink, type NetworkModel, parameterOf } from './model.ts';

/** What a picture or a table shows of a link. */
export interface LinkSummary {
  /** The name by which other links refer to it. */
  readonly id: string;
  readonly kind: LinkKind;
  /** The mode of a bond, the ID of a VLAN, the section of another kind; empty otherwise. */
  readonly detail: string;
  /** The name it is given, when that differs from `id`. */
  readonly renamedTo?: string;
  /** The MAC address that it has, or by which it is found. */
  readonly mac?: string;
  /** In bytes. */
  readonly mtu?: number;
  readonly addresses: readonly string[];
  readonly dhcp4: boolean;
  readonly dhcp6: boolean;
  readonly gateways: readonly string[];
  readonly nameServers: readonly string[];
  /** The links directly below: members of a bond or bridge, the link that carries a VLAN. */
  readonly below: readonly string[];
}

/** The links of a host in the order of the source, ready to be drawn: pictures follow `below`. */
export function summariseNetwork(model: NetworkModel): LinkSummary[] {
  return model.links.map(summariseLink);
}

function summariseLink(link: NetworkLink): LinkSummary {
  const mac = link.macAddress ?? link.match?.macAddress;
  const renamed = link.setName !== undefined && link.setName.value !== link.id.value;
  return {
    id: link.id.value,
    kind: link.kind,
    detail: detailOf(link),
    ...(renamed && link.setName !== undefined ? { renamedTo: link.setName.value } : {}),
    ...(mac === undefined ? {} : { mac: mac.value }),
    ...(link.mtu === undefined ? {} : { mtu: link.mtu.value }),
    addresses: link.addresses.map(({ value }) => formatIpInterface(value)),
    dhcp4: link.dhcp4?.value ?? false,
    dhcp6: link.dhcp6?.value ?? false,
    gateways: link.routes
      .filter(isDefaultRoute)
      .flatMap(({ via }) => (via === undefined ? [] : [formatIpAddress(via.value)])),
    nameServers: link.nameServers.addresses.map(({ value }) => formatIpAddress(value)),
    below: [...link.members, ...(link.vlan?.link === undefined ? [] : [link.vlan.link])].map(
      ({ value }) => value,
    ),
  };
}

function detailOf(link: NetworkLink): string {
  if (link.kind === 'bond') return String(parameterOf(link, 'mode')?.value ?? 'balance-rr');
  if (link.kind === 'vlan') return String(link.vlan?.id?.value ?? '');
  return link.section ?? '';
}
