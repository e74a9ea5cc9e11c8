import { expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { checkAcrossHosts } from './check-site-network.ts';
import { modelOf } from './testing/network-documents.ts';

function findings(...documents: string[]): string[] {
  const sink = new DiagnosticSink();
  const hosts = documents.map((text, index) => ({
    host: `node0${index + 1}`,
    model: modelOf(`version: 2\nethernets:\n${text}`, `n${index + 1}.yaml`),
  }));
  checkAcrossHosts(hosts, sink);
  return sink
    .list()
    .map(
      ({ file, range, severity, code, message }) =>
        `${file}:${range.start.line}:${range.start.column} ${severity} ${code} ${message}`,
    );
}

test('reports an address that two hosts have, at both places', () => {
  expect(
    findings('  a: {addresses: [192.0.2.5/24]}\n', '  b: {addresses: [192.0.2.6/24, 192.0.2.5/24]}\n'),
  ).toEqual([
    'n1.yaml:3:19 error network-address-duplicate The address 192.0.2.5 is used by 2 hosts: node01, node02.',
    'n2.yaml:3:33 error network-address-duplicate The address 192.0.2.5 is used by 2 hosts: node01, node02.',
  ]);
});

test('reports a MAC address that two hosts have, however it is written', () => {
  const first = '  a: {match: {macaddress: "52:54:00:AA:00:01"}}\n';
  const second = '  b: {macaddress: "52-54-00-aa-00-01"}\n';
  expect(findings(first, second).map((finding) => finding.slice(0, 50))).toEqual([
    'n1.yaml:3:27 error network-mac-duplicate The MAC a',
    'n2.yaml:3:19 error network-mac-duplicate The MAC a',
  ]);
});

test('accepts loopback and link-local addresses on every host, and one address twice on the same', () => {
  const text = '  lo: {addresses: [10.255.0.1/32]}\n  a: {addresses: ["fe80::1/64", 192.0.2.5/24]}\n';
  expect(findings(text, text.replace('192.0.2.5', '192.0.2.6'))).toEqual([]);
});
