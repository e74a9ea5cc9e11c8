import { expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { toPlain } from '../source/source-node.ts';
import { createSourceText } from '../source/source-text.ts';
import { mergeNetplan } from './merge-netplan.ts';

function merged(...texts: readonly string[]): unknown {
  const roots = texts.flatMap(
    (text, index) => parseYaml(createSourceText(`${index}.yaml`, text), new DiagnosticSink()) ?? [],
  );
  const root = mergeNetplan(roots);
  return root === undefined ? undefined : toPlain(root);
}

test('merges mappings deeply, takes later scalars, and joins lists', () => {
  expect(
    merged(
      'network: {version: 2, renderer: networkd, ethernets: {a: {mtu: 1500, addresses: [10.0.0.1/24], nameservers: {addresses: [10.0.0.53]}}}}',
      'network: {renderer: NetworkManager, ethernets: {a: {mtu: 9000, addresses: [10.0.0.2/24], nameservers: {addresses: [10.0.0.54], search: [x]}}, b: {dhcp4: true}}}',
    ),
  ).toEqual({
    network: {
      version: 2,
      renderer: 'NetworkManager',
      ethernets: {
        a: {
          mtu: 9000,
          addresses: ['10.0.0.1/24', '10.0.0.2/24'],
          nameservers: { addresses: ['10.0.0.53', '10.0.0.54'], search: ['x'] },
        },
        b: { dhcp4: true },
      },
    },
  });
});

test('adds nothing to a list that stands in it already', () => {
  const text =
    'network: {ethernets: {a: {addresses: [10.0.0.1/24], routes: [{to: default, via: 10.0.0.9}]}}}';
  expect(merged(text, text)).toEqual(merged(text));
});

test('keeps what an empty key would clear, and reads a network without its key', () => {
  expect(merged('network: {ethernets: {a: {mtu: 1400}}}', 'ethernets: {a: }\nbridges: {b: {}}')).toEqual({
    network: { ethernets: { a: { mtu: 1400 } }, bridges: { b: {} } },
  });
  expect(merged()).toBeUndefined();
});
