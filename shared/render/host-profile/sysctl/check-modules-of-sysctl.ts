import type { ProfileCheck } from '../profile-check.ts';
import { appended } from '../remedy.ts';
import { canonicalSysctlKey } from './sysctl.ts';

/** Keys that exist only while a module is loaded; modules that bring another along are named with it. */
const modulesOfArea: readonly (readonly [area: RegExp, modules: RegExp, name: string])[] = [
  [/^net\/bridge\//, /^br_netfilter$/, 'br_netfilter'],
  [
    /^net\/(netfilter\/)?nf_conntrack_/,
    /^(nf_conntrack.*|nf_nat.*|ip_vs.*|iptable_nat|ip6table_nat|xt_(conntrack|connmark|CT|MASQUERADE|nat|state)|nft_ct|openvswitch|act_ct)$/,
    'nf_conntrack',
  ],
];

/** The module without which a kernel parameter does not exist. */
export function moduleOfSysctl(key: string): string | undefined {
  const canonical = canonicalSysctlKey(key);
  return modulesOfArea.find(([area]) => area.test(canonical))?.[2];
}

/** systemd-modules-load runs before systemd-sysctl, so that a module of the profile is there in time (sysctl.d(5)). */
export function checkModulesOfSysctl({ spec, at, isRead, value }: ProfileCheck): void {
  if (!isRead('kernel', 'modules', 'load')) return;
  const loaded = spec.kernel.modules.load.map((name) => name.replaceAll('-', '_'));
  const told = new Set<string>();
  for (const key of Object.keys(spec.sysctl ?? {})) {
    for (const [area, modules, name] of modulesOfArea) {
      if (told.has(name) || !area.test(canonicalSysctlKey(key)) || loaded.some((each) => modules.test(each)))
        continue;
      told.add(name);
      value(
        at('sysctl', key),
        `${key} exists only while the module ${name} is loaded: add it to kernel.modules.load, or the setting is skipped at boot.`,
        appended(name, spec.kernel.modules.load, 'kernel', 'modules', 'load'),
      );
    }
  }
}
