import type { HostProfile } from '../../../schema/host-profile.ts';
import { type Contribution, configurationFile } from '../contribution.ts';

/** sysctl.d(5). 60 comes after the distribution's own files, so that the profile wins. */
export const sysctlFile = '/etc/sysctl.d/60-siteforge.conf';

export function renderSysctl({ sysctl = {} }: HostProfile['spec']): Contribution {
  const lines = Object.entries(sysctl).map(([key, value]) => `${key} = ${value}`);
  return { files: configurationFile(sysctlFile, lines) };
}

/** One spelling of a key: where the first separator is a slash, dots belong to names (sysctl.d(5)). */
export function canonicalSysctlKey(key: string): string {
  const separator = /[./]/.exec(key)?.[0];
  if (separator === '/') return key;
  return key.replace(/[./]/g, (character) => (character === '.' ? '/' : '.'));
}
