import { childOf, stringOf } from '../source/source-node.ts';
import type { NetworkLink, NetworkModel, PassedThrough } from './model.ts';
import { nameUuid } from './name-uuid.ts';

/** A link as NetworkManager knows it. */
export interface KeyfileLink {
  readonly link: NetworkLink;
  /** Name of the connection. */
  readonly id: string;
  readonly uuid: string;
  /** NetworkManager’s type of connection. */
  readonly type: string;
  /** Undefined where only the machine knows it. */
  readonly interfaceName?: string;
  /** The name of the interface where that is known, the UUID otherwise: NetworkManager takes either. */
  readonly reference: string;
}

const typeOfKind: Readonly<Record<string, string>> = {
  physical: 'ethernet',
  loopback: 'loopback',
  bond: 'bond',
  vlan: 'vlan',
  bridge: 'bridge',
  dummy: 'dummy',
};
const typeOfSection: Readonly<Record<string, string>> = {
  vrfs: 'vrf',
  'virtual-ethernets': 'veth',
  veth: 'veth',
  vxlan: 'vxlan',
};

export function passedOf(link: NetworkLink, key: string): PassedThrough | undefined {
  return link.passedThrough.find((entry) => entry.key.value === key);
}

/** The connections of all links that NetworkManager has a type for; undefined for the others. */
export function keyfileLinkOf(link: NetworkLink, model: NetworkModel): KeyfileLink | undefined {
  const type = link.section === undefined ? typeOfKind[link.kind] : typeOfSection[link.section];
  if (type === undefined) return undefined;
  const interfaceName = interfaceNameOf(link);
  const id = connectionName(link, model) ?? interfaceName ?? link.setName?.value ?? link.id.value;
  const uuid =
    stringOf(passedOf(link, 'networkmanager')?.value, 'uuid') ??
    uuidOf(type, interfaceName ?? link.setName?.value ?? link.id.value);
  return {
    link,
    id,
    uuid,
    type,
    ...(interfaceName === undefined ? {} : { interfaceName }),
    reference: interfaceName ?? uuid,
  };
}

/**
 * The UUID that `nmstatectl gc` gives: of version 5, of the type and the name of the interface as a URL. Rendered again,
 * a connection replaces itself instead of standing beside itself.
 */
function uuidOf(type: string, name: string): string {
  return nameUuid(`${type === 'bridge' ? 'linux-bridge' : type}://${name}`);
}

/** The name by which a card is found. NetworkManager renames none, so `set-name` says nothing here. */
function interfaceNameOf({ id, match }: NetworkLink): string | undefined {
  if (match === undefined) return id.value;
  const name = match.name?.value;
  return name === undefined || isGlob(name) ? undefined : name;
}

export function isGlob(name: string): boolean {
  return /[*?[]/.test(name);
}

function connectionName(link: NetworkLink, model: NetworkModel): string | undefined {
  if (model.format === 'nmstate') {
    const value = passedOf(link, 'profile-name')?.value;
    return value?.type === 'scalar' && value.value !== null ? String(value.value) : undefined;
  }
  const settings = passedOf(link, 'networkmanager')?.value;
  return childOf(settings, 'name') === undefined ? undefined : stringOf(settings, 'name');
}
