import { lookUp } from '../source/look-up.ts';
import { entryOf, type SourceNode } from '../source/source-node.ts';
import type { TreeDifference } from './compare-trees.ts';
import type { Topic } from './difference.ts';
import { shortText, valueWords } from './value-words.ts';

export interface Words {
  readonly topic: Topic;
  readonly what: string;
  readonly here: string | undefined;
  readonly there: string | undefined;
}

const kinds: Readonly<Record<string, string>> = {
  ethernets: 'link',
  bonds: 'bond',
  bridges: 'bridge',
  vlans: 'VLAN',
};

const sections: Readonly<Record<string, string>> = {
  ethernets: 'links',
  bonds: 'bonds',
  bridges: 'bridges',
  vlans: 'VLANs',
};

const settings: Readonly<Record<string, { readonly topic: Topic; readonly words: string }>> = {
  addresses: { topic: 'addresses', words: 'address' },
  dhcp4: { topic: 'addresses', words: 'DHCPv4' },
  dhcp6: { topic: 'addresses', words: 'DHCPv6' },
  match: { topic: 'MAC addresses', words: 'match' },
  macaddress: { topic: 'MAC addresses', words: 'MAC address' },
  'match.macaddress': { topic: 'MAC addresses', words: 'MAC address' },
  routes: { topic: 'routes', words: 'route' },
  nameservers: { topic: 'name servers', words: 'name servers' },
  'nameservers.addresses': { topic: 'name servers', words: 'name server' },
  'nameservers.search': { topic: 'name servers', words: 'search domain' },
  mtu: { topic: 'link settings', words: 'MTU' },
  id: { topic: 'links', words: 'VLAN ID' },
  link: { topic: 'links', words: 'link below' },
  interfaces: { topic: 'links', words: 'member' },
  'set-name': { topic: 'links', words: 'name' },
};

/** A difference between two rendered network-configs, of which the path is section, link, setting. */
export function networkWords(difference: TreeDifference): Words {
  const { path } = difference;
  const values = valueWords(difference);
  const [section = '', link, ...setting] = path;
  if (path.length === 0) return { topic: 'links', what: 'network', ...both(difference, networkText) };
  if (link === undefined) {
    if (!Object.hasOwn(kinds, section)) return { topic: 'link settings', what: section, ...values };
    return { topic: 'links', what: lookUp(sections, section) ?? section, ...both(difference, linkNames) };
  }
  const kind = Object.hasOwn(kinds, section) ? kinds[section] : section;
  if (setting.length === 0) return { topic: 'links', what: `${kind} ${link}`, ...both(difference, linkText) };
  if (setting[0] === 'routes' && setting[1] !== undefined) {
    const part = setting[2] === undefined || setting[2] === 'via' ? 'gateway' : setting[2];
    const to = isDefault(setting[1]) ? 'default' : setting[1];
    const isWhole = setting.length === 2;
    const ofRoute = isWhole ? both(difference, routeText) : values;
    return { topic: 'routes', what: `${isWhole ? 'route' : part} to ${to} of ${link}`, ...ofRoute };
  }
  if (setting.length === 1 && setting[0] === 'routes')
    return { topic: 'routes', what: `route of ${link}`, ...both(difference, routeText) };
  if (setting.length === 1 && setting[0] === 'nameservers')
    return { topic: 'name servers', what: `name servers of ${link}`, ...both(difference, nameServerText) };
  const known = settings[setting.slice(0, 2).join('.')] ?? settings[setting[0] ?? ''];
  const words = known?.words ?? setting.filter((each) => each !== 'parameters').join(' ');
  const order = difference.isOrder ? 'order: ' : '';
  return { topic: known?.topic ?? 'link settings', what: `${order}${words} of ${link}`, ...values };
}

function both(
  { here, there }: TreeDifference,
  text: (value: SourceNode) => string,
): { here: string | undefined; there: string | undefined } {
  return { here: here && text(here.value), there: there && text(there.value) };
}

function networkText(value: SourceNode): string {
  const sections =
    value.type === 'map' ? value.entries.filter(({ key }) => Object.hasOwn(kinds, String(key.value))) : [];
  return sections.map((section) => linkNames(section.value)).join(', ') || 'no links';
}

function linkNames(value: SourceNode): string {
  return value.type === 'map' ? value.entries.map(({ key }) => String(key.value)).join(', ') : '';
}

/** A link that only one side has: its addresses say most about it. */
function linkText(value: SourceNode): string {
  const addresses = shortText(entryOf(value, 'addresses')?.value);
  if (addresses !== undefined) return addresses;
  const mac = entryOf(entryOf(value, 'match')?.value, 'macaddress')?.value;
  const members = entryOf(value, 'interfaces')?.value ?? entryOf(value, 'link')?.value;
  return shortText(mac) ?? (members === undefined ? 'without an address' : `over ${shortText(members)}`);
}

function nameServerText(value: SourceNode): string {
  const lists = [entryOf(value, 'addresses'), entryOf(value, 'search')];
  return lists.flatMap((list) => shortText(list?.value) ?? []).join(' ');
}

function routeText(value: SourceNode): string {
  if (value.type === 'sequence') return value.items.map(routeText).join(', ');
  const via = shortText(entryOf(value, 'via')?.value);
  const to = shortText(entryOf(value, 'to')?.value) ?? '';
  const target = isDefault(to) ? 'default' : to;
  return via === undefined ? `${target} on the link` : `${target} via ${via}`;
}

function isDefault(to: string): boolean {
  return /^(0\.0\.0\.0|::)\/0$/.test(to);
}
