import type { SecretList, SecretPlace } from '#shared/contract.ts';
import { storedName } from '#shared/secrets/stored-name.ts';
import type { SecretUse, UsedSecret } from '../authoring/protocol.ts';

export interface SecretRow {
  readonly name: string;
  /** Undefined: documents refer to it, and it has no value on this machine. */
  readonly where: SecretPlace | undefined;
  readonly uses: readonly SecretUse[];
}

/** What has a value and what is referred to, in one list: first what lacks a value, then by name. */
export function secretRows(list: SecretList | undefined, uses: readonly UsedSecret[]): SecretRow[] {
  const places = new Map((list?.secrets ?? []).map(({ name, where }) => [name, where]));
  const files = [...places.keys()];
  const used = new Map<string, SecretUse[]>();
  for (const { name, uses: some } of uses) {
    const key = storedName(name, files) ?? name;
    used.set(key, [...(used.get(key) ?? []), ...some]);
  }
  return [...new Set([...used.keys(), ...places.keys()])]
    .map((name) => ({ name, where: places.get(name), uses: used.get(name) ?? [] }))
    .sort(
      (a, b) =>
        Number(a.where !== undefined) - Number(b.where !== undefined) ||
        a.name.localeCompare(b.name, 'en', { numeric: true }),
    );
}

/** Who needs it, in a few words. */
export function neededBy(uses: readonly SecretUse[]): string {
  const hosts = [...new Set(uses.flatMap((use) => use.hosts))];
  if (uses.length === 0) return 'No document refers to it';
  if (hosts.length === 0) return 'No host uses what refers to it';
  return hosts.length > 3 ? `${hosts.length} hosts need it` : `For ${hosts.join(', ')}`;
}

export function placeWord(where: SecretPlace | undefined): string {
  if (where === undefined) return 'No value yet';
  return where === 'folder' ? 'secrets/' : 'Key store';
}
