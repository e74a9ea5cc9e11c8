import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { interfaceVariants, nmstateKeys } from './nmstate-keys.ts';
import { renderKeyfiles } from './render-keyfiles.ts';
import { renderNmstate } from './render-nmstate.ts';
import { summariseNetwork } from './summary.ts';
import { modelOf, verdictOf, withoutPlaces } from './testing/network-documents.ts';

const octet = fc.integer({ min: 1, max: 250 });
const flag = fc.oneof(fc.boolean(), fc.constantFrom('yes', 'off', '1', 0));
const number = (minimum: number, maximum: number) =>
  fc.oneof(
    fc.integer({ min: minimum, max: maximum }),
    fc.integer({ min: minimum, max: maximum }).map(String),
  );
const some = <T extends Record<string, fc.Arbitrary<unknown>>>(model: T, requiredKeys: (keyof T)[] = []) =>
  fc.record(model, { requiredKeys: requiredKeys as never[] });

const address4 = fc
  .tuple(octet, octet)
  .map(([third, last]) => ({ ip: `10.0.${third}.${last}`, 'prefix-length': 24 }));
const address6 = fc.tuple(octet, octet).map(([group, last]) => ({
  ip: `2001:db8:${group.toString(16)}::${last.toString(16)}`,
  'prefix-length': '64',
}));
const common = {
  enabled: flag,
  dhcp: flag,
  'auto-dns': flag,
  'auto-gateway': flag,
  'auto-routes': flag,
  'auto-route-metric': number(0, 1000),
  'dhcp-custom-hostname': fc.constantFrom('host', 'host.example.org'),
};
const ipv4 = some({ ...common, address: fc.array(address4, { maxLength: 3 }) });
const ipv6 = fc.oneof(
  some({ ...common, address: fc.array(address6, { maxLength: 3 }), 'addr-gen-mode': fc.constant('eui64') }),
  some({ enabled: fc.constant(true), dhcp: fc.constant(true), autoconf: flag }, ['enabled', 'dhcp']),
);
const base = {
  state: fc.constant('up'),
  mtu: number(1280, 9000),
  'mac-address': octet.map((last) => `52:54:00:00:00:${last.toString(16).padStart(2, '0').toUpperCase()}`),
  'profile-name': fc.constantFrom('storage', 'a b', 'x;y'),
  'wait-ip': fc.constant('any'),
  ipv4,
  ipv6,
};
const card = some(
  {
    ...base,
    type: fc.constant('ethernet'),
    identifier: fc.constantFrom('name', 'mac-address'),
    ethernet: fc.constant({ 'auto-negotiation': false, speed: 1000, duplex: 'full' }),
  },
  ['type', 'mac-address'],
);
const bond = some(
  {
    ...base,
    type: fc.constant('bond'),
    'link-aggregation': some(
      {
        mode: fc.constantFrom('802.3ad', 4, '4', 'lacp', 'active-backup'),
        options: some({
          miimon: number(0, 1000),
          lacp_rate: fc.constantFrom('fast', 0, '1'),
          all_slaves_active: fc.constantFrom('dropped', 1),
          arp_ip_target: fc.constantFrom('192.0.2.1', '192.0.2.1,192.0.2.2'),
          arp_validate: fc.constantFrom('filter', 'all', 2),
          use_carrier: flag,
          ad_actor_sys_prio: number(1, 65535),
          num_grat_arp: number(0, 255),
        }),
        port: fc.uniqueArray(fc.constantFrom('eth0', 'eth1', 'eth7'), { maxLength: 2 }),
      },
      ['mode'],
    ),
  },
  ['type', 'link-aggregation'],
);
const vlan = some(
  {
    ...base,
    type: fc.constant('vlan'),
    vlan: some(
      {
        id: number(1, 4094),
        'base-iface': fc.constantFrom('eth0', 'bond0', 'eth9'),
        protocol: fc.constantFrom('802.1q', '802.1ad'),
        'reorder-headers': fc.boolean(),
      },
      ['id', 'base-iface'],
    ),
  },
  ['type', 'vlan'],
);
const bridge = some(
  {
    ...base,
    type: fc.constant('linux-bridge'),
    bridge: some({
      options: some({
        'mac-ageing-time': number(0, 1000),
        'multicast-snooping': flag,
        stp: some({ enabled: flag, 'forward-delay': number(2, 30), priority: number(0, 65535) }),
      }),
      port: fc.uniqueArray(
        some(
          {
            name: fc.constantFrom('eth1', 'vlan5'),
            'stp-path-cost': number(1, 65535),
            'stp-priority': number(0, 63),
            'stp-hairpin-mode': flag,
            vlan: fc.constantFrom({ mode: 'access', tag: 5 }, { mode: 'trunk', 'trunk-tags': [{ id: 7 }] }),
          },
          ['name'],
        ),
        { selector: ({ name }) => name, maxLength: 2 },
      ),
    }),
  },
  ['type', 'bridge'],
);
const kept = fc.constantFrom(
  { type: 'ethernet', state: 'absent' },
  { type: 'ovs-bridge', bridge: { port: [{ name: 'eth0' }] } },
  { type: 'vxlan', vxlan: { id: 5, 'base-iface': 'eth0', remote: '192.0.2.9' } },
);
const vrf = fc.record({
  type: fc.constant('vrf'),
  vrf: fc.record({ port: fc.constant(['vlan5']), 'route-table-id': number(1, 1000) }),
});
const names = { eth0: card, eth1: card, bond0: bond, vlan5: vlan, br0: bridge, vrf0: vrf, other: kept };
const interfaces = some(names).map((found) =>
  Object.entries(found).map(([name, item]) => ({ ...(item as object), name })),
);
const route = some(
  {
    destination: fc.constantFrom('0.0.0.0/0', '198.51.100.0/24', '198.51.100.7', '::/0', '2001:db8:9::/48'),
    'next-hop-interface': fc.constantFrom('eth0', 'bond0'),
    'next-hop-address': fc.constantFrom('10.0.1.1', ''),
    metric: number(-1, 5000),
    'table-id': number(0, 5000),
    weight: number(1, 256),
    mtu: number(1280, 9000),
    source: fc.constant('10.0.1.2'),
  },
  ['destination', 'next-hop-interface'],
);
const rule = some(
  {
    'ip-from': fc.constantFrom('10.0.0.0/8', '10.0.0.1', '2001:db8::/32'),
    'ip-to': fc.constant('198.51.100.0/24'),
    family: fc.constant('ipv4'),
    priority: number(-1, 5000),
    'route-table': number(0, 5000),
    fwmark: number(1, 5000),
    fwmask: fc.constant('0xff'),
    iif: fc.constant('eth0'),
  },
  ['ip-from'],
);
const document = some({
  interfaces,
  routes: fc.record({ config: fc.array(route, { maxLength: 3 }) }),
  'route-rules': fc.record({ config: fc.array(rule, { maxLength: 2 }) }),
  'dns-resolver': fc.record({
    config: some({
      server: fc.subarray(['192.0.2.53', '2001:db8::53', 'fe80::1%eth0']),
      search: fc.subarray(['example.org', 'a.example']),
      options: fc.subarray(['rotate', 'timeout:2']),
    }),
  }),
  hostname: fc.constant({ config: 'worker-0' }),
});

test('a rendered document says what its source says', () => {
  fc.assert(
    fc.property(document, (source) => {
      const { model } = verdictOf(stringify({ interfaces: [], ...source }));
      if (model === undefined) throw new Error('no model');
      const sink = new DiagnosticSink();
      const rendered = renderNmstate(model, sink);
      expect(sink.list()).toEqual([]);
      const again = verdictOf(stringify(rendered)).model;
      expect(withoutPlaces(again)).toEqual(withoutPlaces(model));
      expect(again === undefined ? undefined : renderNmstate(again, new DiagnosticSink())).toEqual(rendered);
    }),
    { numRuns: 100 },
  );
}, 30_000);

/** Every key that any table knows, so that arbitrary values meet every reader. */
const keys = [
  ...new Set([
    ...Object.keys(nmstateKeys),
    ...Object.values(interfaceVariants.variants).flatMap((keysOfType) => Object.keys(keysOfType)),
    ...['config', 'server', 'search', 'options', 'port', 'mode', 'stp', 'id', 'base-iface', 'address', 'ip'],
    ...[
      'prefix-length',
      'enabled',
      'dhcp',
      'destination',
      'next-hop-interface',
      'next-hop-address',
      'ip-from',
    ],
    ...['miimon', 'arp_ip_target', 'arp_validate', 'primary', 'trunk-tags', 'ports-config', 'queue-id'],
    ...['__proto__', 'constructor'],
  ]),
];
const leaf = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(
    'bond',
    'vlan',
    'linux-bridge',
    'vrf',
    'vxlan',
    'veth',
    'absent',
    'eth0',
    '192.0.2.1',
    '::/0',
    '802.3ad',
    1,
  ),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: 'medium' },
    leaf,
    fc.array(tie('tree'), { maxLength: 3 }),
    fc
      .array(fc.tuple(fc.constantFrom(...keys), tie('tree')), { maxLength: 4 })
      .map((entries) => new Map(entries)),
  ),
}));

test('no document makes the parser, the checks or the renderers throw', () => {
  const type = fc.constantFrom(...Object.keys(interfaceVariants.variants));
  const key = fc.constantFrom(...keys);
  const anyDocument = fc.oneof(
    fc.array(tree, { maxLength: 3 }).map((items) => ({ interfaces: items })),
    fc.tuple(type, key, tree).map(([name, written, value]) => ({
      interfaces: [{ name: 'eth0', type: name, [written]: value }],
    })),
    fc.tuple(type, key, key, tree).map(([name, outer, inner, value]) => ({
      interfaces: [
        { name: 'eth0', type: name, [outer]: { [inner]: value } },
        { name: 'b', type: 'bond' },
      ],
    })),
    fc.tuple(fc.constantFrom(...Object.keys(nmstateKeys)), key, tree).map(([outer, inner, value]) => ({
      interfaces: [],
      [outer]: { config: [{ [inner]: value }], [inner]: value },
    })),
  );
  fc.assert(
    fc.property(anyDocument, (source) => {
      const { model, diagnostics } = verdictOf(stringify(source));
      if (model === undefined) {
        expect(diagnostics.length).toBeGreaterThan(0);
        return;
      }
      summariseNetwork(model);
      JSON.stringify(renderNmstate(model, new DiagnosticSink()));
      for (const { name, text } of renderKeyfiles(model, new DiagnosticSink())) {
        expect(name).toMatch(/^[^./\\\p{Cc}][^/\\\p{Cc}]*\.nmconnection$/u);
        expect(text).not.toContain('\r');
        expect(text).not.toContain('\0');
      }
    }),
    { numRuns: 300 },
  );
}, 30_000);

test('thousands of interfaces are judged and rendered within seconds', () => {
  const many = Array.from({ length: 500 }, (_, index) => [
    {
      name: `e${index}`,
      type: 'ethernet',
      ipv4: { enabled: true, address: [{ ip: `10.${index >> 8}.${index & 255}.1`, 'prefix-length': 24 }] },
    },
    { name: `v${index}`, type: 'vlan', vlan: { id: 5, 'base-iface': `e${index}` } },
    { name: `b${index}`, type: 'bond', 'link-aggregation': { mode: 1, port: [`x${index}`] } },
  ]).flat();
  const config = many.map(({ name }) => ({
    destination: '0.0.0.0/0',
    'next-hop-interface': name,
    metric: 5,
  }));
  const started = performance.now();
  const model = modelOf(
    stringify({
      interfaces: many,
      routes: { config },
      'dns-resolver': { config: { server: ['192.0.2.53'] } },
    }),
  );
  expect(renderKeyfiles(model, new DiagnosticSink())).toHaveLength(2000);
  expect((renderNmstate(model, new DiagnosticSink()).interfaces as unknown[]).length).toBe(2000);
  expect(performance.now() - started).toBeLessThan(10_000);
}, 30_000);
