import { replacementFix } from '../../diagnostics/suggest.ts';
import type { ProfileCheck } from './profile-check.ts';

/** Names under Alias= in the units of Debian's packages, which are habits from other distributions. */
const unitOfAlias: ReadonlyMap<string, string> = new Map([
  ['chronyd.service', 'chrony.service'],
  ['iscsi.service', 'open-iscsi.service'],
  ['multipath-tools.service', 'multipathd.service'],
  ['smartd.service', 'smartmontools.service'],
  ['sshd.service', 'ssh.service'],
  ['syslog.service', 'rsyslog.service'],
]);

export const unitAliases: readonly string[] = [...unitOfAlias.keys()];

/** The name under which systemctl enables a unit. */
export function ownNameOf(unit: string): string {
  return unitOfAlias.get(unit) ?? unit;
}

/** systemctl(1), enable: “refusing to operate on linked unit file”. The package has enabled the unit and made the link. */
export function checkUnitAliases({ spec: { systemd, files }, at, isRead, misspelt }: ProfileCheck): void {
  if (!isRead('systemd', 'units') || !isRead('files')) return;
  for (const [index, name] of (systemd?.enable ?? []).entries()) {
    const unit = unitOfAlias.get(name);
    const isOwn =
      systemd?.units.some((each) => each.name === name) ||
      files?.some(({ path }) => path.endsWith(`/${name}`));
    if (unit === undefined || isOwn) continue;
    const node = at('systemd', 'enable', index);
    const fixes = node.type === 'scalar' && node.value === name ? [replacementFix(node, unit)] : undefined;
    misspelt(
      node,
      `${name} is another name of ${unit}, and systemctl enables no unit by such a name: the build would end here. Write ${unit}.`,
      fixes,
    );
  }
}
