import { describe, expect, test } from 'vitest';
import { validateText } from '../site/validate-text.ts';
import { formatIpInterface } from './addresses.ts';
import { modelOf, verdictOf } from './testing/network-documents.ts';

/** A document of version 2; its body starts in line 2. */
const v2 = (body: string) => `version: 2\n${body}\n`;

describe('a netmask after the slash', () => {
  const text = v2('ethernets: {a: {addresses: [192.0.2.10/255.255.255.0]}}');

  test('is a warning with the prefix length as its fix', () => {
    const [found] = verdictOf(text).diagnostics;
    expect(found).toMatchObject({ severity: 'warning', code: 'network-address' });
    expect(found?.fixes?.[0]?.newText).toBe('192.0.2.10/24');
  });

  test('is read as cloud-init reads it', () => {
    const [address] = modelOf(text).links[0]?.addresses ?? [];
    expect(address && formatIpInterface(address.value)).toBe('192.0.2.10/24');
  });

  test('is refused when its ones do not come first', () => {
    const body = 'ethernets: {a: {addresses: [192.0.2.10/255.0.255.0]}}';
    expect(verdictOf(v2(body)).findings).toEqual(['2:29 error network-address']);
  });
});

describe('numbers to base 60', () => {
  const findings = (text: string) =>
    validateText('networks/a.yaml', text).map(({ severity, code, fixes }) => [
      severity,
      code,
      fixes?.[0]?.newText,
    ]);

  test('finds a MAC address that YAML 1.1 takes for a number', () => {
    const text = 'version: 1\nconfig:\n- {type: physical, name: a, mac_address: 52:54:00:12:34:56}\n';
    expect(findings(text)).toContainEqual(['warning', 'value-type', "'52:54:00:12:34:56'"]);
  });

  test('leaves those with letters or quotes alone, and NMState, whose reader knows YAML 1.2', () => {
    const address = (mac: string) =>
      `version: 1\nconfig:\n- {type: physical, name: a, mac_address: ${mac}}\n`;
    expect(findings(address('52:54:00:12:34:5a'))).toEqual([]);
    expect(findings(address('"52:54:00:12:34:56"'))).toEqual([]);
    const nmstate = 'interfaces:\n- {name: a, type: ethernet, mac-address: 52:54:00:12:34:56}\n';
    expect(findings(nmstate)).toEqual([]);
  });
});
