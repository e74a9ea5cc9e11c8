import { expect, test } from 'vitest';
import { type HelpSchema, networkHelp } from './network-help.ts';

function at(schema: HelpSchema | undefined, ...path: string[]): HelpSchema | undefined {
  return path.reduce<HelpSchema | undefined>((current, key) => {
    const next = current?.properties?.[key] ?? current?.additionalProperties;
    return typeof next === 'object' ? next : undefined;
  }, schema);
}

test('describes every key of both formats', () => {
  const undescribed: string[] = [];
  const walk = (schema: HelpSchema, path: string) => {
    for (const [key, value] of Object.entries(schema.properties ?? {})) {
      if ((value.description ?? '').length < 8) undescribed.push(`${path}.${key}`);
      walk(value, `${path}.${key}`);
    }
    for (const [index, option] of (schema.anyOf ?? []).entries()) walk(option, `${path}|${index}`);
    if (schema.items !== undefined) walk(schema.items, `${path}[]`);
    if (typeof schema.additionalProperties === 'object') walk(schema.additionalProperties, `${path}.*`);
  };
  for (const [format, schema] of Object.entries(networkHelp)) walk(schema, format);
  expect(undescribed).toEqual([]);
});

test('gives ranges, choices and defaults from the parser’s tables', () => {
  const v2 = networkHelp['network-config-v2'];
  expect(at(v2, 'vlans', 'any', 'id')).toMatchObject({ type: 'integer', minimum: 0, maximum: 4094 });
  expect(at(v2, 'network', 'bonds', 'any', 'parameters', 'lacp-rate')).toMatchObject({
    enum: ['slow', 'fast'],
    default: 'slow',
  });
  expect(at(v2, 'bonds', 'any', 'parameters', 'all-slaves-active')).toMatchObject({ deprecated: true });
});

test('has one alternative for each type of version 1', () => {
  const items = networkHelp['network-config-v1'].properties?.config?.items;
  expect(items?.anyOf?.map(({ properties }) => properties?.type?.const)).toEqual([
    ...['physical', 'infiniband', 'loopback', 'bond', 'bridge', 'vlan', 'route', 'nameserver'],
  ]);
});

test('knows the interfaces of NMState by their type', () => {
  const items = networkHelp.nmstate.properties?.interfaces?.items;
  const bond = items?.anyOf?.find(({ properties }) => properties?.type?.const === 'bond');
  expect(at(bond, 'link-aggregation', 'options', 'miimon')).toMatchObject({ type: 'integer', minimum: 0 });
  expect(at(bond, 'link-aggregation', 'mode')?.enum).toContain('802.3ad');
  expect(at(bond, 'ipv4', 'address')?.items?.properties?.['prefix-length']).toMatchObject({ maximum: 32 });
  expect(at(bond, 'vlan')).toBeUndefined();
});

test('is plain data', () => {
  expect(JSON.parse(JSON.stringify(networkHelp))).toEqual(networkHelp);
});
