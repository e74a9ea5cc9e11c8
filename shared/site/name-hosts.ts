import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { rangeOf } from '../source/source-text.ts';
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
  for (const host of hosts) {
    const path = host.networkDocument?.path;
    if (path === undefined) continue;
    users.set(path, (users.get(path) ?? 0) + 1);
    const keys = new Set(host.diagnostics.filter((each) => isOfNetwork(each, host)).map(keyOf));
    for (const key of keys) affected.set(key, [...(affected.get(key) ?? []), host.reading.document.name]);
  }
  return hosts.map((host) =>
    host.diagnostics.map((each) => {
      const names = isOfNetwork(each, host) ? affected.get(keyOf(each)) : undefined;
      if (names === undefined || names.length === users.get(each.file)) return each;
      return atHost(each, host, names);
    }),
  );
}

function isOfNetwork({ file }: Diagnostic, { networkDocument }: CheckedHost): boolean {
  return file === networkDocument?.path;
}

function keyOf({ file, code, range: { start } }: Diagnostic): string {
  return `${file}:${start.line}:${start.column}:${code}`;
}

function atHost(diagnostic: Diagnostic, host: CheckedHost, names: readonly string[]): Diagnostic {
  const { start } = diagnostic.range;
  const value = host.valuePlaces.get(`${diagnostic.file}:${start.line}:${start.column}`);
  // A fix would write into the network what is meant for the host.
  const { fixes: _ofTheNetwork, ...rest } = diagnostic;
  if (value !== undefined)
    return { ...rest, file: value.source.file, range: rangeOf(value.source, value.span) };
  const listed =
    names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
  return { ...rest, message: `${diagnostic.message} Only for ${listed}: look at the values there.` };
}
