import type { ProfileCheck } from '../profile-check.ts';
import { sysctlSet, sysctlValue } from '../sysctl/written-sysctl.ts';

/** The default of fs.nr_open (Documentation/admin-guide/sysctl/fs.rst). */
const defaultOpenFiles = 1_048_576;

/** sysctl_nr_open_max of fs/file.c: INT_MAX, rounded down to whole words. */
const mostOpenFiles = 2 ** 31 - 64;

/** setrlimit(2) refuses more open files than fs.nr_open, and pam_limits then refuses the login. */
export function checkOpenFiles({ spec, at, isRead, contradiction }: ProfileCheck): void {
  if (!isRead('sysctl')) return;
  const most = Number(sysctlValue(spec.sysctl, 'fs.nr_open') ?? defaultOpenFiles);
  for (const [index, { item, value }] of (spec.limits ?? []).entries())
    if (item === 'nofile' && Number(value) > most)
      contradiction(
        at('limits', index, 'value'),
        `${value} open files are more than fs.nr_open allows (${most}): logins are refused. Raise fs.nr_open under “sysctl” too.`,
        ...(Number(value) <= mostOpenFiles ? [sysctlSet(spec.sysctl, 'fs.nr_open', Number(value))] : []),
      );
}
