import { installedPackages, type ProfileCheck } from '../profile-check.ts';
import { appended } from '../remedy.ts';
import { packagesOfUnit } from './unit-packages.ts';

export function checkUnitPackages(check: ProfileCheck): void {
  const { spec, at, isRead, value } = check;
  const installed = installedPackages(check);
  if (installed === undefined || !isRead('systemd', 'units') || !isRead('files')) return;
  const own = new Set(spec.systemd?.units.map(({ name }) => name));
  const files = new Set(spec.files?.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)));
  for (const [index, name] of (spec.systemd?.enable ?? []).entries()) {
    const packages = packagesOfUnit(name);
    if (packages === undefined || own.has(name) || files.has(name)) continue;
    if (packages.some((each) => installed.has(each))) continue;
    value(
      at('systemd', 'enable', index),
      `${name} comes with the package ${packages[0]}, which the profile does not install. A unit that is not there ends the build.`,
      appended(packages[0] ?? '', spec.packages?.install, 'packages', 'install'),
    );
  }
}
