import { missingProgram, whyMissing } from '../files/programs.ts';
import { installedPackages, type ProfileCheck } from '../profile-check.ts';
import { appended, replaced } from '../remedy.ts';

/** useradd(8) takes a shell that is not there with a warning, and sshd then lets the user not in. */
export function checkShells(check: ProfileCheck): void {
  const { spec, at, value } = check;
  const installed = installedPackages(check);
  for (const [index, { name, shell }] of (spec.users ?? []).entries()) {
    if (installed === undefined || shell === undefined) continue;
    if ((spec.files ?? []).some(({ path }) => path === shell)) continue;
    const missing = missingProgram(shell, installed);
    if (missing === undefined) continue;
    const [first] = missing.packages;
    value(
      at('users', index, 'shell'),
      `There is no ${shell} in the image, so that ${name} cannot log in. ${whyMissing(missing)}`.trim(),
      ...(first === undefined ? [] : [appended(first, spec.packages?.install, 'packages', 'install')]),
      replaced('/bin/bash', 'users', index, 'shell'),
    );
  }
}
