import { childOf, type MapEntry, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { inlineNetworkOf, type SiteDocument } from './document.ts';
import type { ReferenceValues } from './substitute.ts';

/**
 * What a host document says, read leniently: a host with a mistake in one place is still shown, checked and rendered
 * in all others while the engineer types.
 */
export interface HostReading {
  readonly document: SiteDocument;
  readonly name: ScalarNode | undefined;
  readonly domain: ScalarNode | undefined;
  readonly role: ScalarNode | undefined;
  readonly profile: ScalarNode | undefined;
  readonly networkReference: ScalarNode | undefined;
  readonly inlineNetwork: SourceNode | undefined;
  readonly userData: readonly ScalarNode[];
  readonly macs: readonly TextEntry[];
  readonly bmcMac: ScalarNode | undefined;
  readonly bmcAddress: ScalarNode | undefined;
  readonly bmcCredentials: ScalarNode | undefined;
  readonly kernelArguments: readonly string[];
  /** What references stand for, without those of the site. */
  readonly values: ReferenceValues;
}

export interface TextEntry {
  readonly key: string;
  readonly value: ScalarNode;
}

export function readHost(document: SiteDocument): HostReading {
  const spec = childOf(document.root, 'spec');
  const name = textUnder(childOf(document.root, 'metadata'), 'name');
  const domain = textUnder(spec, 'domain');
  const role = textUnder(spec, 'role');
  const macs = scalarEntries(childOf(spec, 'macs'));
  const network = childOf(spec, 'network');
  const bmc = childOf(spec, 'bmc');
  return {
    document,
    name,
    domain,
    role,
    profile: textUnder(spec, 'profile'),
    networkReference: textUnder(network, 'ref'),
    inlineNetwork: document.root === undefined ? undefined : inlineNetworkOf(document.root),
    userData: textItems(childOf(spec, 'userData')),
    macs,
    bmcMac: textUnder(bmc, 'mac'),
    bmcAddress: textUnder(bmc, 'address'),
    bmcCredentials: textUnder(bmc, 'credentials'),
    kernelArguments: textItems(childOf(spec, 'kernelArguments')).map(({ value }) => String(value)),
    values: hostValues({ name, domain, role, macs, variables: scalarEntries(childOf(spec, 'variables')) }),
  };
}

function hostValues(host: {
  name: ScalarNode | undefined;
  domain: ScalarNode | undefined;
  role: ScalarNode | undefined;
  macs: readonly TextEntry[];
  variables: readonly TextEntry[];
}): ReferenceValues {
  const values = new Map<string, ScalarNode>();
  const { name, domain, role } = host;
  if (name !== undefined) {
    values.set('host.name', name);
    const fqdn = domain === undefined ? String(name.value) : `${String(name.value)}.${String(domain.value)}`;
    values.set('host.fqdn', { ...name, value: fqdn });
  }
  if (domain !== undefined) values.set('host.domain', domain);
  if (role !== undefined) values.set('host.role', role);
  for (const { key, value } of host.macs) values.set(`mac.${key}`, value);
  for (const { key, value } of host.variables) values.set(`var.${key}`, value);
  return values;
}

export function textUnder(node: SourceNode | undefined, key: string): ScalarNode | undefined {
  const value = childOf(node, key);
  return value?.type === 'scalar' && typeof value.value === 'string' ? value : undefined;
}

export function textItems(node: SourceNode | undefined): ScalarNode[] {
  if (node?.type !== 'sequence') return [];
  return node.items.filter(
    (item): item is ScalarNode => item.type === 'scalar' && typeof item.value === 'string',
  );
}

function scalarEntries(node: SourceNode | undefined): TextEntry[] {
  if (node?.type !== 'map') return [];
  const isFilled = (entry: MapEntry): entry is MapEntry & { value: ScalarNode } =>
    entry.value.type === 'scalar' && entry.value.value !== null;
  return node.entries.filter(isFilled).map(({ key, value }) => ({ key: String(key.value), value }));
}
