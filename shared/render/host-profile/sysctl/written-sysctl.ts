import { type Remedy, replaced, titled } from '../remedy.ts';
import { canonicalSysctlKey } from './sysctl.ts';

export function sysctlValue(
  sysctl: Readonly<Record<string, string>> | undefined,
  key: string,
): string | undefined {
  const wanted = canonicalSysctlKey(key);
  for (const [name, text] of Object.entries(sysctl ?? {}))
    if (canonicalSysctlKey(name) === wanted) return text;
  return undefined;
}

/** Sets a key in the spelling in which it stands there. */
export function sysctlSet(
  sysctl: Readonly<Record<string, string>> | undefined,
  key: string,
  value: number,
): Remedy {
  const wanted = canonicalSysctlKey(key);
  const written = Object.keys(sysctl ?? {}).find((name) => canonicalSysctlKey(name) === wanted) ?? key;
  return titled(`Set ${key} to ${value}`, replaced(value, 'sysctl', written));
}
