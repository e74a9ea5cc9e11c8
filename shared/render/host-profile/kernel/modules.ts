import type { HostProfile } from '../../../schema/host-profile.ts';
import { type Contribution, configurationFile } from '../contribution.ts';

/** modules-load.d(5) and modprobe.d(5). */
export function renderModules({ kernel: { modules } }: HostProfile['spec']): Contribution {
  const modprobe = [
    ...modules.blacklist.map((name) => `blacklist ${name}`),
    ...Object.entries(modules.options).map(([name, options]) => `options ${name} ${options}`),
  ];
  return {
    files: [
      ...configurationFile('/etc/modules-load.d/siteforge.conf', modules.load),
      ...configurationFile('/etc/modprobe.d/siteforge.conf', modprobe),
    ],
  };
}
