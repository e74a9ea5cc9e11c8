import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { convertNetwork, type NetworkTarget } from './convert-network.ts';
import type { NetworkModel } from './model.ts';
import { renderVersion2 } from './render-version-2.ts';
import { corpus } from './testing/corpus.test-support.ts';
import { modelOf, verdictOf } from './testing/network-documents.ts';
import { normalNetplan } from './testing/normal-netplan.ts';

const targets = [
  'network-config-v2',
  'network-config-v1',
  'network-data',
  'nmstate',
] as const satisfies readonly NetworkTarget[];

interface Written {
  readonly text: string;
  readonly losses: readonly string[];
}

function written(model: NetworkModel, target: NetworkTarget): Written {
  const sink = new DiagnosticSink();
  const converted = convertNetwork(model, target, sink);
  return {
    text: 'text' in converted ? converted.text : '',
    losses: sink.list().map(({ message }) => message),
  };
}

/** What a model means, by the words of netplan. */
function meaning(model: NetworkModel, target: NetworkTarget): unknown {
  const normal = normalNetplan(renderVersion2(model, new DiagnosticSink()));
  if (target !== 'nmstate') return normal;
  // NMState has no word for “as the kernel does”, what is not on is off there; and its name servers are the host's.
  const servers = new Set<string>();
  for (const link of Object.values(normal)) {
    const { nameservers = {} } = Object(link) as { nameservers?: Record<string, readonly string[]> };
    for (const server of Object.values(nameservers).flat()) servers.add(server);
    delete Object(link)['accept-ra'];
    delete Object(link).nameservers;
  }
  return { ...normal, servers: [...servers].sort() };
}

const octet = fc.integer({ min: 2, max: 250 });
const mac = fc.uniqueArray(octet, { minLength: 4, maxLength: 4 });
const ipv4 = fc.tuple(octet, octet).map(([third, last]) => `10.${third}.1.${last}/24`);
const ipv6 = fc.tuple(octet, octet).map(([group, last]) => `2001:db8:${group}::${last.toString(16)}/64`);

const sayable = {
  addresses: fc
    .tuple(fc.uniqueArray(ipv4, { maxLength: 2 }), fc.uniqueArray(ipv6, { maxLength: 2 }))
    .map((families) => families.flat()),
  dhcp4: fc.boolean(),
  dhcp6: fc.boolean(),
  mtu: fc.integer({ min: 1280, max: 9000 }),
  'accept-ra': fc.boolean(),
  metric: fc.option(fc.integer({ min: 0, max: 4_000_000_000 }), { nil: undefined }),
  nameservers: fc.record({
    addresses: fc.uniqueArray(fc.constantFrom('192.0.2.53', '2001:db8::53'), { maxLength: 2 }),
    search: fc.uniqueArray(fc.constantFrom('example.org', 'a.example.org'), { maxLength: 2 }),
  }),
  optional: fc.constantFrom(false, false, false, true),
};

/** A link with routes through its own subnets, so that every gateway can be reached. */
const link = fc
  .tuple(fc.record(sayable, { requiredKeys: [] }), fc.array(fc.tuple(octet, fc.nat(3)), { maxLength: 3 }))
  .map(([{ metric, ...rest }, gateways]) => {
    const own = rest.addresses ?? [];
    const routes = gateways.flatMap(([last, which]) => {
      const subnet = own[which];
      if (subnet === undefined) return [];
      const isIpv6 = subnet.includes(':');
      const via = isIpv6
        ? subnet.replace(/::.*$/, `::${last.toString(16)}1`)
        : subnet.replace(/\d+\/24$/, '251');
      const to =
        last % 2 === 0
          ? isIpv6
            ? '::/0'
            : '0.0.0.0/0'
          : isIpv6
            ? `fd00:${last}::/32`
            : `172.16.${last}.0/24`;
      return [last % 3 === 0 ? { to, via } : { to, via, metric: last }];
    });
    const overrides = metric === undefined ? {} : { 'route-metric': metric };
    return {
      ...rest,
      ...(rest.dhcp4 === true && metric !== undefined ? { 'dhcp4-overrides': overrides } : {}),
      ...(rest.dhcp6 === true && metric !== undefined ? { 'dhcp6-overrides': overrides } : {}),
      ...(routes.length === 0 ? {} : { routes }),
    };
  });

const network = fc
  .record({
    macs: mac,
    links: fc.array(link, { minLength: 4, maxLength: 4 }),
    named: fc.boolean(),
    plain: fc.boolean(),
    bond: fc.constantFrom('bond0', 'agg0'),
    mode: fc.constantFrom('802.3ad', 'active-backup', 'balance-xor'),
    monitor: fc.constantFrom(100, '100ms', '2s'),
    vlan: fc.constantFrom('bond0.7', 'oam'),
    bridge: fc.boolean(),
  })
  .map(({ macs, links, named, plain, bond, mode, monitor, vlan, bridge }) => {
    const [own = {}, ofBond = {}, ofVlan = {}, ofBridge = {}] = plain ? links.map(sayableEverywhere) : links;
    const bondName = plain ? 'bond0' : bond;
    const card = (index: number, name: string) => {
      const macaddress = `52:54:00:00:00:${(macs[index] ?? 0).toString(16).padStart(2, '0')}`;
      return named ? { match: { macaddress }, 'set-name': name } : {};
    };
    const bridges = { br0: { interfaces: ['d'], parameters: { stp: false }, ...ofBridge } };
    return {
      version: 2,
      ethernets: {
        a: { ...card(0, 'lan0'), ...own },
        b: card(1, 'lan1'),
        c: card(2, 'lan2'),
        d: card(3, 'lan3'),
      },
      bonds: {
        [bondName]: {
          interfaces: ['b', 'c'],
          parameters: { mode, 'mii-monitor-interval': monitor },
          ...ofBond,
        },
      },
      vlans: { [plain ? 'bond0.7' : vlan]: { id: 7, link: bondName, ...ofVlan } },
      ...(bridge && !plain ? { bridges } : {}),
    };
  });

/** Without what one of the formats cannot say, so that the properties hold of something. */
function sayableEverywhere(settings: Record<string, unknown>): Record<string, unknown> {
  const { optional: _optional, nameservers, 'accept-ra': _advertisements, ...rest } = settings;
  const addresses = (rest.addresses ?? []) as string[];
  const hasIpv6 = addresses.some((each) => each.includes(':'));
  const hasHome = addresses.length > 0 || rest.dhcp4 === true || rest.dhcp6 === true;
  return {
    ...rest,
    ...(hasHome && nameservers !== undefined ? { nameservers } : {}),
    ...(rest.dhcp6 === true || hasIpv6 ? { 'accept-ra': rest.dhcp6 === true } : {}),
  };
}

describe.each(targets)('%s', { timeout: 60_000 }, (target) => {
  test('parsed and written again it is the same text', () => {
    fc.assert(
      fc.property(network, (document) => {
        const first = written(modelOfAny(stringify(document)), target).text;
        expect(written(modelOfAny(first), target).text).toBe(first);
      }),
      { numRuns: 40 },
    );
  });

  test('means what its source means, unless it says what it lost', () => {
    fc.assert(
      fc.property(network, (document) => {
        const model = modelOfAny(stringify(document));
        const { text, losses } = written(model, target);
        if (losses.length > 0) return;
        expect(meaning(modelOfAny(text), target)).toEqual(meaning(model, target));
      }),
      { numRuns: 80 },
    );
  });

  test('can say enough for the properties to hold of something', () => {
    const whole = corpus.filter(({ text }) => written(modelOf(text), target).losses.length === 0);
    expect(whole.length).toBeGreaterThan(20);
  });

  test.each(corpus)('$name keeps its meaning, unless it says what it lost', ({ text }) => {
    const model = modelOf(text);
    const converted = written(model, target);
    const again = modelOfAny(converted.text);
    expect(written(again, target).text).toBe(converted.text);
    if (converted.losses.length === 0) expect(meaning(again, target)).toEqual(meaning(model, target));
  });
});

/** Routes of generated networks may contradict each other, which is no matter here. */
function modelOfAny(text: string): NetworkModel {
  const { model, diagnostics } = verdictOf(text);
  const unread = diagnostics.filter(({ code }) => code === 'key-unknown' || code === 'value-type');
  if (model === undefined || unread.length > 0) throw new Error(`${JSON.stringify(unread)}\n${text}`);
  return model;
}
