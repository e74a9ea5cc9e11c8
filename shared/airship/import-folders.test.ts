import { expect, test } from 'vitest';
import { findings, imported } from './document-set.test-support.ts';

const kustomization = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [baremetalhost.yaml]
generatorOptions: {disableNameSuffixHash: true}
secretGenerator:
  - name: node01-netdata
    files: [networkData]
  - name: node01-bmc
    literals: [username=root, 'password="r00t=me"']
`;
const node = `apiVersion: metal3.io/v1alpha1
kind: BareMetalHost
metadata:
  name: node01
  labels: {airshipit.org/k8s-role: controlplane-host}
spec:
  bmc: {address: ipmi://10.10.0.1, credentialsName: node01-bmc}
  networkData: {name: node01-netdata, namespace: default}
`;
const network = 'links: [{id: eno1, type: phy, ethernet_mac_address: "52:54:00:20:30:01"}]\nnetworks: []\n';
const onlyOthers = 'warning airship-ephemeral at node01';

test('carries out the generators of Secrets of a folder', () => {
  const files = [
    ['n/baremetalhost.yaml', node],
    ['n/kustomization.yaml', kustomization],
    ['n/networkData', network],
  ] as const;
  expect(findings(...files)).toEqual([onlyOthers]);
  const { site } = imported(...files);
  expect(site.hosts).toMatchObject([{ role: 'control-plane', cards: [['eno1', '52:54:00:20:30:01']] }]);
  expect(site.secrets).toMatchObject([{ text: 'username: "root"\npassword: "r00t=me"\n' }]);
});

test('finds the files of folders that were put into one', () => {
  expect(
    findings(
      ['n__baremetalhost.yaml', node],
      ['n__kustomization.yaml', kustomization],
      ['n__networkData', network],
    ),
  ).toEqual([onlyOthers]);
});

test.each([
  [
    'a file that is not there',
    [['n/kustomization.yaml', kustomization]],
    ['error reference-unknown at networkData]'],
  ],
  [
    'a file outside of the set',
    [['n/kustomization.yaml', kustomization.replace('[networkData]', '[networkData=../../../etc/shadow]')]],
    ['error reference-unknown at networkData=../../../etc/shadow]'],
  ],
  [
    'what is not carried out',
    [
      ['n/kustomization.yaml', `${kustomization}patches: []\n`],
      ['n/networkData', network],
    ],
    ['warning airship-not-imported at patches: []'],
  ],
  [
    'a file that nothing refers to',
    [
      ['n/kustomization.yaml', kustomization],
      ['n/networkData', network],
      ['n/userData', ''],
    ],
    ['warning airship-not-imported at '],
  ],
] as const)('finds in a folder %s', (_name, files, expected) => {
  expect(findings(['n/baremetalhost.yaml', node], ...files)).toEqual([onlyOthers, ...expected]);
});

test('judges the network of a file, at its place there', () => {
  const files = [
    ['n/baremetalhost.yaml', node],
    ['n/kustomization.yaml', kustomization],
    ['n/networkData', network.replace('networks: []', 'networks:\n- {id: a, type: ipv4, link: eno9}')],
  ] as const;
  expect(findings(...files).filter((each) => each.includes('network-'))).toEqual([
    'warning network-link-unknown at eno9}',
  ]);
});

test('takes the file beside a host for the Secret that is missing', () => {
  const files = [
    ['n/baremetalhost.yaml', node.replace('credentialsName: node01-bmc', 'credentialsName: node01-bmc')],
    ['n/networkData', network],
  ] as const;
  expect(findings(...files)).toEqual([
    onlyOthers,
    'warning reference-unknown at node01-bmc}',
    'warning reference-unknown at node01-netdata, namespace: default}',
  ]);
  expect(imported(...files).site.networks).toMatchObject([{ name: 'node01-netdata', text: network }]);
});

test('reads what kubectl prints', () => {
  const items = node.replaceAll(/^/gm, '    ').replace('    ', '  - ').trimEnd();
  expect(imported(['set.yaml', `apiVersion: v1\nkind: List\nitems:\n${items}\n`]).site.hosts).toMatchObject([
    { name: 'node01' },
  ]);
});
