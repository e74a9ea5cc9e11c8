import { replacementFix } from '../../../diagnostics/suggest.ts';
import type { ProfileCheck } from '../profile-check.ts';

/** Names under Alias= in the units of Debian's packages, which are habits from other distributions. */
const unitOfAlias: ReadonlyMap<string, string> = new Map([
  ['chronyd.service', 'chrony.service'],
  ['iscsi.service', 'open-iscsi.service'],
  ['multipath-tools.service', 'multipathd.service'],
  ['ntp.service', 'ntpsec.service'],
  ['ntpd.service', 'ntpsec.service'],
  ['smartd.service', 'smartmontools.service'],
  ['sshd.service', 'ssh.service'],
  ['syslog.service', 'rsyslog.service'],
  ['vmtoolsd.service', 'open-vm-tools.service'],
]);

/** Units that Debian 12 has as templates alone (package linuxptp), each for one interface. */
const templates: ReadonlySet<string> = new Set(['phc2sys.service', 'ptp4l.service']);

export const unitAliases: readonly string[] = [...unitOfAlias.keys(), ...templates];

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
    if (isOwn) continue;
    const node = at('systemd', 'enable', index);
    if (templates.has(name)) {
      const [base] = name.split('.');
      misspelt(
        node,
        `The package linuxptp of Debian 12 has no ${name}, and the build would end here: the unit has its interface in its name, as in ${base}@eno1.service.`,
        undefined,
      );
    }
    if (unit === undefined) continue;
    const fixes = node.type === 'scalar' && node.value === name ? [replacementFix(node, unit)] : undefined;
    misspelt(
      node,
      `${name} is another name of ${unit}, and systemctl enables no unit by such a name: the build would end here. Write ${unit}.`,
      fixes,
    );
  }
}
