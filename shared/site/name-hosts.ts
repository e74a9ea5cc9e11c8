import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type Place, placeKey } from '../source/source-place.ts';
import type { CheckedHost } from './check-host.ts';

/**
 * The findings of each host. What only some of the hosts of a network have is no fault of the network: it is moved to
 * the value that the host gave, or says which hosts it is about.
 */
export function findingsOfHosts(hosts: readonly CheckedHost[]): readonly (readonly Diagnostic[])[] {
  const lists = hosts.map(({ diagnostics }) => diagnostics);
  if (!hosts.some((host) => host.diagnostics.some((each) => isOfNetwork(each, host)))) return lists;
  const users = new Map<string, number>();
  const affected = new Map<string, string[]>();
  // Hosts whose values are wrong at one place may each be wrong in a way of their own.
  const affectedAlike = new Map<string, string[]>();
  const valuesAlike = new Map<string, Place[]>();
  for (const host of hosts) {
    const path = host.networkDocument?.path;
    if (path === undefined) continue;
    users.set(path, (users.get(path) ?? 0) + 1);
    const found = host.diagnostics.filter((each) => isOfNetwork(each, host));
    const { name } = host.reading.document;
    for (const key of new Set(found.map(keyOf))) add(affected, key, name);
    for (const key of new Set(found.map(keyWithMessage))) add(affectedAlike, key, name);
    for (const each of found)
      for (const value of each.values ?? []) add(valuesAlike, keyWithMessage(each), value);
  }
  return hosts.map((host) =>
    host.diagnostics.flatMap((each) => {
      const names = isOfNetwork(each, host) ? affected.get(keyOf(each)) : undefined;
      if (names === undefined) return [each];
      const absent = absentCard.exec(each.message)?.[1];
      if (absent !== undefined && names.length > 1 && !isOfHost(each, host))
        return names[0] === host.reading.document.name ? [absentInAll(each, absent, names)] : [];
      const alike = affectedAlike.get(keyWithMessage(each)) ?? names;
      const values = valuesAlike.get(keyWithMessage(each));
      const ofAll = values === undefined ? each : { ...each, values };
      return names.length === users.get(each.file)
        ? [{ ...ofAll, hosts: alike }]
        : [atHost(ofAll, host, alike)];
    }),
  );
}

const absentCard = /^No card of this host has ([^;]+);/;

/** A card that none of several hosts has is one mistake in their network, whatever cards each of them has. */
function absentInAll(diagnostic: Diagnostic, mac: string, names: readonly string[]): Diagnostic {
  const message = `No card of ${names.length} hosts has ${mac}: ${listed(names)}. A network of several hosts says ((mac.NAME)).`;
  return { ...diagnostic, message, hosts: names };
}

function isOfHost(diagnostic: Diagnostic, { valuePlaces }: CheckedHost): boolean {
  return valuePlaces.has(placeKey(diagnostic));
}

function listed(names: readonly string[]): string {
  return names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
}

function isOfNetwork({ file }: Diagnostic, { networkDocument }: CheckedHost): boolean {
  return file === networkDocument?.path;
}

function add<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

function keyWithMessage(diagnostic: Diagnostic): string {
  return `${keyOf(diagnostic)}:${diagnostic.message}`;
}

function keyOf(diagnostic: Diagnostic): string {
  return `${placeKey(diagnostic)}:${diagnostic.code}`;
}

function atHost(diagnostic: Diagnostic, host: CheckedHost, names: readonly string[]): Diagnostic {
  const value = isOfHost(diagnostic, host)
    ? diagnostic.values?.find(({ file }) => file === host.reading.document.path)
    : undefined;
  // A fix would write into the network what is meant for the host.
  const { fixes: _ofTheNetwork, ...rest } = diagnostic;
  if (value !== undefined) {
    const { values: _standThere, ...atValue } = rest;
    return { ...atValue, ...value };
  }
  const message = `${diagnostic.message} Only for ${listed(names)}: look at the values there.`;
  return { ...rest, message, hosts: names };
}
