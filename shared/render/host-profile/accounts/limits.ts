import type { HostProfile } from '../../../schema/host-profile.ts';
import { type Contribution, configurationFile } from '../contribution.ts';

/** limits.conf(5). It holds for logins through PAM; systemd services have their own Limit settings. */
export function renderLimits({ limits = [] }: HostProfile['spec']): Contribution {
  const lines = limits.map(({ domain, type, item, value }) => [domain, type, item, value].join(' '));
  return { files: configurationFile('/etc/security/limits.d/60-siteforge.conf', lines) };
}
