import type { ProfileCheck } from '../profile-check.ts';
import { removed, replaced } from '../remedy.ts';

/** Profiles of AppArmor that nothing ever loads, because the kernel is told to leave AppArmor off. */
export function checkAppArmor({ spec, rendered, at, value }: ProfileCheck): void {
  if (!rendered.kernelArguments.includes('apparmor=0')) return;
  const { apparmor } = spec;
  const isOff = apparmor?.enabled === false;
  const cause = isOff ? 'apparmor.enabled is false' : 'apparmor=0 stands in kernel.arguments';
  const turnedOn = isOff ? [replaced(true, 'apparmor', 'enabled')] : [];
  const wanted = Object.entries(apparmor?.profiles ?? {}).filter(([, mode]) => mode !== 'disable');
  if (isOff && wanted.length > 0)
    value(
      at('apparmor', 'profiles'),
      `AppArmor is off (${cause}): these profiles are never loaded, and services run unconfined.`,
      ...turnedOn,
      removed('apparmor', 'profiles'),
    );
  for (const [index, { path }] of (spec.files ?? []).entries())
    if (/^\/etc\/apparmor\.d\/(?!(disable|force-complain|cache)\/)./.test(path))
      value(
        at('files', index, 'path'),
        `AppArmor is off (${cause}): this profile is never loaded.`,
        ...turnedOn,
      );
}
