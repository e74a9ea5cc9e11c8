import { describe, expect, test } from 'vitest';
import { createSiteAnalyser } from './analyser.ts';
import { validateText } from './validate-text.ts';

const host = (name: string, more: string, role = 'worker') =>
  `apiVersion: siteforge/v1\nkind: Host\nmetadata: {name: ${name}}\nspec:\n  role: ${role}\n  profile: p\n  macs: {}\n  network: {ref: n}\n${more}`;
const found = (address: string) =>
  validateText('hosts/a.yaml', host('a', `  bmc:\n    address: ${address}\n`));

describe('the address of a BMC', () => {
  test.each([
    ['redfish://10.0.9.11/redfish/v1/System/1', 'redfish://10.0.9.11/redfish/v1/Systems/1'],
    [
      'redfish-virtualmedia+https://[2001:db8::1]:8443/redfish/v1/systems/a-b/',
      'redfish-virtualmedia+https://[2001:db8::1]:8443/redfish/v1/Systems/a-b',
    ],
  ])('is mended where the machine stands under a slip: %s', (address, instead) => {
    expect(found(`"${address}"`)).toMatchObject([
      { severity: 'warning', code: 'value-invalid', fixes: [{ newText: `"${instead}"` }] },
    ]);
  });

  test.each([
    'redfish://10.0.9.11',
    'redfish+http://10.0.9.11/',
    'idrac-virtualmedia://bmc-1/redfish/v1/Systems/',
    'ilo5-redfish://bmc-1/redfish/v1',
  ])('is told where no machine is named: %s', (address) => {
    expect(found(address)).toMatchObject([
      { severity: 'warning', message: expect.stringMatching(/which machine/) },
    ]);
  });

  test.each([
    'redfish://10.0.9.11/redfish/v1/Systems/1',
    'idrac-redfish://bmc-1/redfish/v1/Systems/System.Embedded.1',
    'ipmi://10.0.9.11:6230',
    'idrac://10.0.9.11',
    'ilo4://10.0.9.11',
  ])('is taken: %s', (address) => expect(found(address)).toEqual([]));

  test('is refused with an impossible port, once', () => {
    expect(found('ipmi://host:99999')).toMatchObject([{ severity: 'error' }]);
    expect(found('redfish://host:99999')).toMatchObject([{ severity: 'error' }]);
  });
});

test('tells of a second ephemeral host, as an information', () => {
  const analyser = createSiteAnalyser();
  for (const name of ['a', 'b', 'c'])
    analyser.update(`hosts/${name}.yaml`, host(name, '', name === 'b' ? 'worker' : 'ephemeral'));
  const told = analyser.analyse().diagnostics.filter(({ code }) => code === 'airship-ephemeral');
  expect(told).toMatchObject(
    [
      { file: 'hosts/c.yaml', severity: 'info', range: { start: { line: 5 } }, message: /hosts\/a\.yaml/ },
    ].map((each) => ({ ...each, message: expect.stringMatching(each.message) })),
  );
});
