import { lookUp } from '../source/look-up.ts';
import type { SourceNode } from '../source/source-node.ts';
import {
  formatIpAddress,
  formatIpInterface,
  type IpAddress,
  type IpInterface,
  widthOf,
} from './addresses.ts';
import type { Keyfile, KeyfileValue } from './keyfile.ts';
import type { LinkParameter, NetworkLink, NetworkModel, PassedThrough, Route, RoutingRule } from './model.ts';
import { textOf } from './read-value.ts';

export type Report = (node: SourceNode, message: string) => void;

/** What one protocol of a link needs beside what the link says itself. */
export interface KeyfileIpContext {
  readonly model: NetworkModel;
  readonly routes: readonly Route[];
  readonly nameServers: readonly IpAddress[];
  readonly search: readonly string[];
  readonly resolverOptions: readonly string[];
  readonly report: Report;
}

/** The longest time that NetworkManager waits: as nmstate writes it, until DHCP answers. */
const forever = 0x7fff_ffff;

/** Writes `[ipv4]` or `[ipv6]`. */
export function renderKeyfileIp(
  file: Keyfile,
  link: NetworkLink,
  family: 4 | 6,
  context: KeyfileIpContext,
): void {
  const section = `ipv${family}`;
  const method = methodOf(link, family, context.model);
  file.set(section, 'method', method);
  const addresses = link.addresses.filter(({ value }) => value.address.family === family);
  for (const [index, { value, lifetime, label }] of addresses.entries()) {
    file.set(section, `address${index + 1}`, formatIpInterface(value));
    for (const [word, option] of Object.entries({ lifetime, label })) {
      if (option === undefined || option.value === 'forever') continue;
      context.report(
        option.node,
        `A keyfile has no word for the ${word} of an address (“${option.value}”); it is left out.`,
      );
    }
  }
  const isOff = method === 'disabled' || method === 'ignore';
  if (!isOff) {
    writeResolver(file, section, context);
    if ((method === 'auto' && link.kind !== 'loopback') || method === 'dhcp')
      writeDhcp(file, section, link, family, context);
    if (family === 6 && link.kind !== 'loopback') writeIpv6(file, link, method, context);
  }
  writeWaiting(file, section, link);
  context.routes
    .filter(({ to }) => to.value.address.family === family)
    .flatMap((route) => routeText(route, context))
    .forEach(({ value, options }, index) => {
      file.set(section, `route${index + 1}`, value);
      if (options !== '') file.set(section, `route${index + 1}_options`, options);
    });
  link.routingPolicy
    .filter((rule) => familyOf(rule) === family)
    .forEach((rule, index) => {
      file.set(section, `routing-rule${index + 1}`, ruleText(rule, index, context));
    });
}

function methodOf(link: NetworkLink, family: 4 | 6, model: NetworkModel): string {
  const isStatic = link.addresses.some(({ value }) => value.address.family === family);
  // NetworkManager takes no other method there; it adds the addresses of the loopback by itself.
  if (link.kind === 'loopback') return isStatic ? 'manual' : 'auto';
  const linkLocal = link.linkLocal?.value;
  if (family === 4) {
    if (link.dhcp4?.value === true) return 'auto';
    if (isStatic) return 'manual';
    return linkLocal?.includes('ipv4') === true ? 'link-local' : 'disabled';
  }
  if (link.dhcp6?.value === true) return link.acceptRa?.value === false ? 'dhcp' : 'auto';
  if (link.acceptRa?.value === true) return 'auto';
  if (isStatic) return 'manual';
  if (linkLocal !== undefined) return linkLocal.includes('ipv6') ? 'link-local' : 'disabled';
  // nmstate leaves off what is not said; netplan leaves it to the kernel.
  return model.format === 'nmstate' ? 'disabled' : 'ignore';
}

function writeResolver(file: Keyfile, section: string, context: KeyfileIpContext): void {
  const wanted = section === 'ipv4' ? 4 : 6;
  const servers = context.nameServers.filter(({ family }) => family === wanted).map(formatIpAddress);
  if (servers.length > 0) file.set(section, 'dns', servers);
  if (context.search.length > 0) file.set(section, 'dns-search', context.search);
  if (context.resolverOptions.length > 0) file.set(section, 'dns-options', context.resolverOptions);
}

function passed(link: NetworkLink, key: string): PassedThrough | undefined {
  return link.passedThrough.find((entry) => entry.key.value === key);
}

function wordOf(link: NetworkLink, key: string): string | undefined {
  return textOf(passed(link, key)?.value);
}

function isFalse(word: string | undefined): boolean {
  return word !== undefined && ['false', 'no', 'off', 'n', '0'].includes(word.toLowerCase());
}

function writeDhcp(
  file: Keyfile,
  section: string,
  link: NetworkLink,
  family: 4 | 6,
  { model, report }: KeyfileIpContext,
): void {
  const overrides = family === 4 ? link.dhcp4Overrides : link.dhcp6Overrides;
  for (const override of overrides) writeOverride(file, section, override, model, report);
  if (isFalse(wordOf(link, `${section}.auto-gateway`))) file.set(section, 'never-default', true);
  const table = Number(wordOf(link, `${section}.auto-route-table-id`) ?? 0);
  if (table > 0) file.set(section, 'route-table', table);
  const identifier = wordOf(link, 'dhcp-identifier');
  if (family === 4 && identifier !== undefined) file.set(section, 'dhcp-client-id', identifier);
  if (model.format !== 'nmstate') return;
  file.set(section, 'dhcp-timeout', forever);
  if (family === 4) {
    file.set(section, 'dhcp-client-id', clientId(wordOf(link, 'ipv4.dhcp-client-id') ?? 'll'));
    return;
  }
  file.set(section, 'ra-timeout', forever);
  file.set(section, 'dhcp-duid', duidOf(wordOf(link, 'ipv6.dhcp-duid') ?? 'll'));
  file.set(section, 'dhcp-iaid', 'mac');
}

function clientId(word: string): string {
  const known: Readonly<Record<string, string>> = { ll: 'mac', 'iaid+duid': 'duid' };
  return lookUp(known, word.toLowerCase()) ?? word;
}

/** NetworkManager makes no DUID of an enterprise number, and calls the one of a UUID stable. */
function duidOf(word: string): string | undefined {
  const plain = word.toLowerCase();
  if (plain === 'en') return undefined;
  return plain === 'uuid' ? 'stable-uuid' : plain;
}

function writeOverride(
  file: Keyfile,
  section: string,
  { name, value, key }: LinkParameter,
  model: NetworkModel,
  report: Report,
): void {
  if (name === 'route-metric') file.set(section, 'route-metric', Number(value));
  else if (name === 'hostname') file.set(section, 'dhcp-hostname', String(value));
  else if (value === true || value === 'true') return;
  else if (name === 'use-dns') file.set(section, 'ignore-auto-dns', true);
  else if (name === 'send-hostname') file.set(section, 'dhcp-send-hostname', false);
  else if (name === 'use-routes') {
    file.set(section, 'ignore-auto-routes', true);
    // netplan means the gateway too, NMState has a word of its own for it.
    if (model.format !== 'nmstate') file.set(section, 'never-default', true);
  } else report(key, `NetworkManager has no word for “${name}: ${String(value)}”; it is left out.`);
}

function writeIpv6(file: Keyfile, link: NetworkLink, method: string, { model }: KeyfileIpContext): void {
  const ownMode =
    wordOf(link, 'ipv6-address-generation') ?? wordOf(link, 'ipv6.addr-gen-mode')?.toLowerCase();
  file.set('ipv6', 'addr-gen-mode', ownMode ?? (model.format === 'nmstate' ? 'eui64' : undefined));
  file.set('ipv6', 'token', wordOf(link, 'ipv6-address-token') ?? wordOf(link, 'ipv6.token'));
  file.set('ipv6', 'mtu', link.ipv6Mtu?.value);
  const privacy = wordOf(link, 'ipv6-privacy');
  if (privacy !== undefined) file.set('ipv6', 'ip6-privacy', isFalse(privacy) ? 0 : 2);
  else if (method !== 'link-local' && model.format !== 'nmstate') file.set('ipv6', 'ip6-privacy', 0);
}

/** `wait-ip` of NMState. */
function writeWaiting(file: Keyfile, section: string, link: NetworkLink): void {
  const word = wordOf(link, 'wait-ip');
  if (word === undefined) return;
  file.set(section, 'may-fail', !word.split('+').includes(section));
}

/** The types that NetworkManager knows (nm-settings-keyfile(5)). */
const routeTypes: ReadonlySet<string> = new Set([
  ...['unicast', 'local', 'blackhole', 'prohibit', 'throw', 'unreachable'],
]);

/** NetworkManager’s names of what the model carries of a route, from netplan and from NMState. */
const routeAttributes: Readonly<Record<string, string>> = {
  'congestion-window': 'initcwnd',
  'advertised-receive-window': 'initrwnd',
  'advertised-mss': 'advmss',
  cwnd: 'cwnd',
  initcwnd: 'initcwnd',
  initrwnd: 'initrwnd',
  advmss: 'advmss',
  quickack: 'quickack',
  'lock-mtu': 'lock-mtu',
  weight: 'weight',
};

const scopeNumbers: Readonly<Record<string, number>> = { link: 253, host: 254 };

function routeText(route: Route, { report }: KeyfileIpContext): { value: string; options: string }[] {
  const { to, via, metric, type } = route;
  if (type !== undefined && !routeTypes.has(type.value)) {
    report(type.node, `NetworkManager has no routes of the type ${type.value}; it is left out.`);
    return [];
  }
  if (via !== undefined && via.value.family !== to.value.address.family) {
    report(
      via.node,
      'NetworkManager has no gateway of another protocol than the destination; the route is left out.',
    );
    return [];
  }
  const gateway = via?.value ?? { family: to.value.address.family, bits: 0n };
  const parts = [formatIpInterface(to.value)];
  if (via !== undefined || metric !== undefined) parts.push(formatIpAddress(gateway));
  if (metric !== undefined) parts.push(String(metric.value));
  const options: [string, KeyfileValue | undefined][] = [
    ['onlink', route.onLink?.value === true ? true : undefined],
    ['mtu', route.mtu?.value],
    ['table', route.table?.value],
    ['src', route.from?.value.replace(/\/.*$/, '')],
    ['type', type === undefined || type.value === 'unicast' ? undefined : type.value],
    ['scope', via === undefined ? undefined : scopeNumbers[route.scope?.value ?? 'global']],
    ...route.passedThrough.map(({ key, value }): [string, string | undefined] => {
      const name = lookUp(routeAttributes, String(key.value));
      if (name === undefined)
        report(key, `A keyfile has no word for “${String(key.value)}” of a route; it is left out.`);
      return [name ?? '', name === undefined ? undefined : textOf(value)];
    }),
  ];
  const said = options.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${String(value)}`]));
  return [{ value: parts.join(','), options: said.join(',') }];
}

function familyOf(rule: RoutingRule): 4 | 6 {
  return (rule.from ?? rule.to)?.value.address.family ?? 4;
}

/** NetworkManager wants a priority; nmstate counts from here for rules that have none. */
const firstPriority = 30_000;

/** A single address stands without its prefix length. */
function networkText(network: IpInterface): string {
  const { address, prefix } = network;
  return prefix === widthOf(address.family) ? formatIpAddress(address) : formatIpInterface(network);
}

function ruleText(rule: RoutingRule, index: number, { report }: KeyfileIpContext): string {
  const carried = new Map(
    (rule.passedThrough ?? []).map(({ key, value }) => [String(key.value), { key, value }]),
  );
  const mask = textOf(carried.get('fwmask')?.value);
  const { from, to, priority, typeOfService, mark } = rule;
  const parts = [`priority ${priority?.value ?? firstPriority + index}`];
  const everything = familyOf(rule) === 4 ? '0.0.0.0/0' : '::/0';
  if (from !== undefined && from.value.prefix > 0) parts.push(`from ${networkText(from.value)}`);
  else if (to === undefined) parts.push(`from ${everything}`);
  if (to !== undefined) parts.push(`to ${networkText(to.value)}`);
  if (typeOfService !== undefined) parts.push(`tos 0x${typeOfService.value.toString(16).padStart(2, '0')}`);
  if (mark !== undefined)
    parts.push(`fwmark 0x${mark.value.toString(16)}${mask === undefined ? '' : `/${mask}`}`);
  const iif = textOf(carried.get('iif')?.value);
  if (iif !== undefined && /^[^\s"\\]+$/.test(iif)) parts.push(`iif ${iif}`);
  const action = textOf(carried.get('action')?.value);
  parts.push(action === undefined ? `table ${rule.table?.value ?? 254}` : `type ${action}`);
  for (const [name, { key }] of carried) {
    if (!['fwmask', 'iif', 'action'].includes(name))
      report(key, `A keyfile has no word for “${name}” of a rule; it is left out.`);
  }
  return parts.join(' ');
}
