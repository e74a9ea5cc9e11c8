import type { HostProfile } from '../../../schema/host-profile.ts';
import { type Contribution, shellScript } from '../contribution.ts';

/** apparmor_parser(8) looks for links of the profile's name in these two folders. */
const folderOfMode = { complain: 'force-complain', disable: 'disable' } as const;

export function renderApparmor({ apparmor }: HostProfile['spec']): Contribution {
  if (apparmor === undefined) return {};
  if (!apparmor.enabled) return { kernelArguments: ['apparmor=0'] };
  const commands = Object.entries(apparmor.profiles).flatMap(([name, mode]) => {
    const missing = `echo "There is no AppArmor profile ${name} in the image." >&2`;
    const setting = [
      `[ -f /etc/apparmor.d/${name} ] || { ${missing}; exit 1; }`,
      `rm -f /etc/apparmor.d/force-complain/${name} /etc/apparmor.d/disable/${name}`,
    ];
    if (mode === 'enforce') return setting;
    const folder = `/etc/apparmor.d/${folderOfMode[mode]}`;
    return [...setting, `mkdir -p ${folder}`, `ln -s /etc/apparmor.d/${name} ${folder}/${name}`];
  });
  return {
    packages: ['apparmor'],
    kernelArguments: ['apparmor=1'],
    scripts: shellScript('00-siteforge-apparmor', commands),
  };
}
