import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { checkAcrossHosts } from './check-site-network.ts';
import { renderVersion2 } from './render-version-2.ts';
import { summariseNetwork } from './summary.ts';
import { modelOf, verdictOf, withoutPlaces } from './testing/network-documents.ts';
import { itemVariants, subnetKeys } from './version-1-keys.ts';
import { linkSections, version2Keys } from './version-2-keys.ts';
import { commonLinkKeys } from './version-2-link-keys.ts';

const octet = fc.integer({ min: 1, max: 250 });
const address = fc.oneof(
  fc.tuple(octet, octet).map(([third, last]) => `10.0.${third}.${last}/24`),
  fc.tuple(octet, octet).map(([group, last]) => `2001:db8:${group.toString(16)}::${last.toString(16)}/64`),
);
const mac = octet.map((last) => `52:54:00:00:00:${last.toString(16).padStart(2, '0')}`);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const metric = fc.integer({ min: 0, max: 0xffff_ffff });

const route = fc.record(
  {
    to: fc.constantFrom('default', '0.0.0.0/0', '198.51.100.0/24', '198.51.100.7'),
    via: octet.map((last) => `10.0.1.${last}`),
    metric,
    table: fc.integer({ min: 1, max: 0xffff_ffff }),
    'on-link': fc.constant(true),
    'congestion-window': octet,
  },
  { requiredKeys: ['to', 'via', 'on-link'] },
);

const common = {
  addresses: fc.uniqueArray(address, { maxLength: 3 }),
  dhcp4: fc.constantFrom(true, false, 'yes', 'off'),
  mtu: fc.oneof(fc.integer({ min: 1280, max: 9000 }), fc.constant('1500')),
  optional: fc.boolean(),
  'accept-ra': fc.boolean(),
  'link-local': fc.subarray(['ipv4', 'ipv6']),
  routes: fc.array(route, { maxLength: 3 }),
  nameservers: fc.record({
    addresses: fc.array(fc.constantFrom('192.0.2.53', '2001:db8::53'), { maxLength: 2 }),
  }),
  'dhcp4-overrides': fc.record({ 'use-dns': fc.boolean(), 'route-metric': metric }, { requiredKeys: [] }),
};

const ethernet = fc
  .record({ ...common, match: maybe(fc.record({ macaddress: mac })) }, { requiredKeys: [] })
  .map(({ match, ...rest }) =>
    match === undefined ? rest : { ...rest, match, 'set-name': `n${match.macaddress.slice(-2)}` },
  );
const parameters = fc.record(
  {
    mode: fc.constantFrom('802.3ad', 4, '4'),
    'lacp-rate': fc.constantFrom('fast', 'slow', 0),
    'mii-monitor-interval': fc.constantFrom(100, '100', '100ms'),
    'packets-per-slave': fc.constant(0),
  },
  { requiredKeys: ['mode'] },
);
const version2 = fc
  .record({
    ethernets: fc.dictionary(fc.constantFrom('eth0', 'eth1', 'eth2'), ethernet),
    bonds: fc.dictionary(
      fc.constantFrom('bond0', 'bond1'),
      fc.record({ parameters, mtu: fc.constant(1280) }),
    ),
  })
  .map((sections) => ({ version: 2, ...sections }));

test('a rendered document says what its source says', () => {
  fc.assert(
    fc.property(version2, (document) => {
      const verdict = verdictOf(stringify(document));
      if (verdict.model === undefined) throw new Error(JSON.stringify(verdict.diagnostics));
      const rendered = renderVersion2(verdict.model, new DiagnosticSink());
      const again = verdictOf(stringify(rendered, { version: '1.1' })).model;
      expect(withoutPlaces(again)).toEqual(withoutPlaces(verdict.model));
    }),
    { numRuns: 100 },
  );
});

test('a rendered document keeps every address', () => {
  fc.assert(
    fc.property(fc.uniqueArray(address, { minLength: 1, maxLength: 5 }), (addresses) => {
      const model = modelOf(stringify({ version: 2, ethernets: { eth0: { addresses } } }));
      expect(renderVersion2(model, new DiagnosticSink())).toMatchObject({
        ethernets: { eth0: { addresses } },
      });
    }),
  );
});

/** Every key that any table knows, so that arbitrary values meet every reader. */
const keys = [
  ...new Set([
    ...Object.keys(version2Keys),
    ...Object.keys(commonLinkKeys),
    ...Object.values(linkSections).flatMap((section) => Object.keys(section.keys)),
    ...Object.values(itemVariants.variants).flatMap((variant) => Object.keys(variant)),
    ...Object.keys(subnetKeys),
    ...[
      'network',
      'version',
      'config',
      'to',
      'via',
      'macaddress',
      'driver',
      'mode',
      'primary',
      'path-cost',
      '__proto__',
      'constructor',
    ],
  ]),
];
const leaf = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(
    'physical',
    'bond',
    'vlan',
    'static',
    'eth0',
    '192.0.2.1/24',
    '192.0.2.1',
    '::/0',
    '__proto__',
    '1',
    2,
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

test('no document makes the parsers, the checks or the renderer throw', () => {
  const section = fc.constantFrom(...Object.keys(linkSections));
  const anyDocument = fc.oneof(
    tree,
    fc.tuple(section, tree).map(([name, value]) => ({ version: 2, [name]: value })),
    fc.tuple(section, fc.constantFrom(...keys), tree).map(([name, key, value]) => ({
      version: 2,
      [name]: { eth0: { [key]: value }, b: { interfaces: ['eth0', 'b'] } },
    })),
    fc.array(tree, { maxLength: 3 }).map((config) => ({ version: 1, config })),
    fc
      .tuple(fc.constantFrom(...Object.keys(itemVariants.variants)), fc.constantFrom(...keys), tree)
      .map(([type, key, value]) => ({ version: 1, config: [{ type, name: 'eth0', [key]: value }] })),
    fc.tuple(fc.constantFrom(...Object.keys(subnetKeys)), tree).map(([key, value]) => ({
      version: 1,
      config: [
        { type: 'physical', name: 'eth0', subnets: [{ type: 'static', address: '192.0.2.1', [key]: value }] },
      ],
    })),
  );
  fc.assert(
    fc.property(anyDocument, (document) => {
      const { model, diagnostics } = verdictOf(stringify(document), { macs: ['52:54:00:00:00:01', 'x'] });
      if (model === undefined) {
        expect(diagnostics.length).toBeGreaterThan(0);
        return;
      }
      summariseNetwork(model);
      renderVersion2(model, new DiagnosticSink());
      checkAcrossHosts(
        [
          { host: 'a', model },
          { host: 'b', model },
        ],
        new DiagnosticSink(),
      );
    }),
    { numRuns: 300 },
  );
});

test('thousands of broken links are judged within seconds', () => {
  const ethernets = Object.fromEntries(
    Array.from({ length: 1500 }, (_, index) => [
      `e${index}`,
      { routes: [{ to: 'default', via: '192.0.2.1' }] },
    ]),
  );
  const vlans = Object.fromEntries(
    Array.from({ length: 1500 }, (_, index) => [`v${index}`, { id: 5, link: `v${index + 1}` }]),
  );
  const started = performance.now();
  // Of each mistake a thousand are kept, and one that the last of them leads to.
  expect(verdictOf(stringify({ version: 2, ethernets, vlans })).diagnostics.length).toBe(2001);
  expect(performance.now() - started).toBeLessThan(10_000);
});
