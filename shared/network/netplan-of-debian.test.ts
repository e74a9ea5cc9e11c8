import { describe, expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { renderVersion2, reportVersion2Losses } from './render-version-2.ts';
import { modelOf } from './testing/network-documents.ts';

/** A document of version 2; its body starts in line 2. */
const v2 = (body: string) => `version: 2\n${body}\n`;

test('hosts do not receive what netplan of Debian 12 is too old for', () => {
  const sink = new DiagnosticSink();
  const text = v2(
    'ethernets: {a: {dhcp6: true, ra-overrides: {use-dns: no}}}\nxfrm-interfaces: {x: {if_id: 5}}',
  );
  expect(renderVersion2(modelOf(text), sink)).toEqual({ version: 2, ethernets: { a: { dhcp6: true } } });
  expect(sink.list().map(({ message }) => message)).toEqual([
    'netplan 0.106 does not know “ra-overrides”; it is left out.',
    'netplan 0.106 does not know “xfrm-interfaces”; “x” is left out.',
  ]);
});

test('hosts get a rule with the routes of a VRF that has none, on which netplan of Debian 12 crashes', () => {
  const routes = 'routes: [{to: 10.0.0.0/8, via: 0.0.0.0}]';
  const vrf = (text: string) => {
    const sink = new DiagnosticSink();
    reportVersion2Losses(modelOf(v2(`vrfs: {x: {table: 5, interfaces: [], ${text}}}`)), sink);
    return sink.list().map(({ severity, code }) => `${severity} ${code}`);
  };
  expect(vrf(routes)).toEqual(['warning network-unsupported']);
  expect(vrf(`${routes}, routing-policy: [{from: 192.0.2.1}]`)).toEqual([]);
  expect(vrf('renderer: networkd')).toEqual([]);
  const model = modelOf(v2(`vrfs: {x: {table: 5, interfaces: [], ${routes}}}`));
  expect(renderVersion2(model, new DiagnosticSink())).toMatchObject({
    vrfs: { x: { routes: [{ to: '10.0.0.0/8' }], 'routing-policy': [{ from: '255.255.255.255/32' }] } },
  });
});

test('hosts do not receive of a VRF what netplan of Debian 12 is too old for', () => {
  const sink = new DiagnosticSink();
  const model = modelOf(
    v2('vrfs: {x: {table: 5, interfaces: [], addresses: [127.0.0.1/8], optional: true}}'),
  );
  reportVersion2Losses(model, sink);
  expect(sink.list().map(({ range: { start }, message }) => [start.column, message])).toEqual([
    [38, 'netplan 0.106 does not know “addresses” of a VRF; it is left out.'],
    [64, 'netplan 0.106 does not know “optional” of a VRF; it is left out.'],
  ]);
  expect(renderVersion2(model, sink)).toEqual({ version: 2, vrfs: { x: { table: 5, interfaces: [] } } });
});

describe('what hosts receive', () => {
  const render = (body: string) => renderVersion2(modelOf(v2(body)), new DiagnosticSink());

  test('lacks members that netplan 0.106 does not know', () => {
    const body = 'virtual-ethernets: {p: {peer: q}, q: {peer: p}}\nbridges: {br0: {interfaces: [p]}}';
    expect(render(body)).toEqual({ version: 2, bridges: { br0: { interfaces: [] } } });
  });

  test('lacks words in the place of a MAC address, which netplan 0.106 refuses', () => {
    const sink = new DiagnosticSink();
    const model = modelOf(v2('ethernets: {a: {macaddress: random}}'));
    expect(renderVersion2(model, sink)).toEqual({ version: 2, ethernets: { a: {} } });
    expect(sink.list().map(({ code }) => code)).toEqual(['network-unsupported']);
    const ofHost = new DiagnosticSink();
    reportVersion2Losses(model, ofHost);
    expect(ofHost.list()).toEqual(sink.list());
  });
});
