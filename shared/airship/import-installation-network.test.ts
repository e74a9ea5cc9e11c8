import { expect, test } from 'vitest';
import { findings, imported } from './document-set.test-support.ts';

const of = (text: string) => findings(['set.yaml', text]);

const installed = (spec: string, key: string) => `apiVersion: metal3.io/v1alpha1
kind: BareMetalHost
metadata:
  name: master-0
  namespace: openshift-machine-api
  labels: {installer.openshift.io/role: control-plane}
spec:
  bootMACAddress: "52:54:00:20:21:01"
${spec}
---
apiVersion: v1
kind: Secret
metadata: {name: master-0-network, namespace: openshift-machine-api}
stringData:
  ${key}: |
    interfaces:
      - {name: eno1, type: ethernet, state: up, mac-address: "52:54:00:20:21:01"}
      - {name: bond0, type: bond, state: up, link-aggregation: {mode: active-backup, port: [eno1]}}
`;

test.each(['nmstate', 'networkData', 'value'])(
  'takes the network of the installation from the key %s where a host names no other',
  (key) => {
    const text = installed('  preprovisioningNetworkDataName: master-0-network', key);
    const { site, diagnostics } = imported(['set.yaml', text]);
    expect(diagnostics).toMatchObject([{ severity: 'warning', code: 'airship-ephemeral' }]);
    const [host] = site.hosts;
    expect(host).toMatchObject({ role: 'control-plane', network: 'master-0-network' });
    expect(host?.cards).toEqual([['eno1', '52:54:00:20:21:01']]);
    expect(site.networks[0]?.text).toMatch(/^interfaces:/);
  },
);

test('says that the network of the installation is left out where the host has one of its own', () => {
  const text = installed(
    '  preprovisioningNetworkDataName: master-0-network\n  networkData: {name: own}',
    'nmstate',
  );
  const own = `---\napiVersion: v1\nkind: Secret\nmetadata: {name: own}\nstringData: {networkData: 'links: []'}\n`;
  expect(imported(['set.yaml', `${text}${own}`]).site.hosts[0]?.network).toBe('own');
  expect(of(`${text}${own}`)).toEqual([
    'warning airship-ephemeral at master-0',
    'info airship-not-imported at master-0-network',
  ]);
});

test.each([
  ['no text', '[a]', 'error value-type at [a]'],
  ['a Secret that is missing', 'nowhere', 'error reference-unknown at nowhere'],
])('finds %s under preprovisioningNetworkDataName', (_name, written, expected) => {
  const text = installed(`  preprovisioningNetworkDataName: ${written}`, 'nmstate');
  expect(of(text)).toContain(expected);
});
