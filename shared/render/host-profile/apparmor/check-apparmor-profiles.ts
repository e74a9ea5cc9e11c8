import { editDistance, replacementFix } from '../../../diagnostics/suggest.ts';
import { entryOf } from '../../../source/source-node.ts';
import { installedPackages, type ProfileCheck } from '../profile-check.ts';
import { appended } from '../remedy.ts';

/** Files of /etc/apparmor.d with the packages of Debian 12 that bring them; - where images may have it anyway. */
const packageOfProfile: ReadonlyMap<string, string> = new Map(
  `
  usr.bin.man -
  usr.bin.tcpdump tcpdump
  usr.lib.libvirt.virt-aa-helper libvirt-daemon-system
  usr.sbin.chronyd chrony
  usr.sbin.haveged haveged
  usr.sbin.libvirtd libvirt-daemon-system
  usr.sbin.named bind9
  usr.sbin.ntpd ntpsec
  usr.sbin.squid squid
  usr.sbin.unbound unbound
  `
    .trim()
    .split('\n')
    .map((line) => line.trim().split(' ') as [string, string]),
);

/** The build ends at a profile that the image does not have. */
export function checkAppArmorProfiles(check: ProfileCheck): void {
  const { spec, at, isRead, value, misspelt } = check;
  // Where AppArmor is off, nothing is done with them.
  if (!isRead('files') || !spec.apparmor?.enabled) return;
  const installed = installedPackages(check);
  const own = new Set((spec.files ?? []).map(({ path }) => path));
  const place = at('apparmor', 'profiles');
  for (const name of Object.keys(spec.apparmor.profiles)) {
    const node = entryOf(place, name)?.key ?? place;
    const bringer = packageOfProfile.get(name);
    if (own.has(`/etc/apparmor.d/${name}`)) continue;
    if (/^(docker-default|cri-containerd\.apparmor\.d|crio-default.*)$/.test(name)) {
      value(
        node,
        `${name} is made by the runtime when it starts: there is no file of it, and the build ends.`,
      );
    } else if (bringer === undefined) {
      const meant = [...packageOfProfile.keys()].find(
        (known) => editDistance(name, known) <= mostSlips(known),
      );
      if (meant !== undefined)
        misspelt(node, `There is no AppArmor profile “${name}”. Did you mean “${meant}”?`, [
          replacementFix(node, meant),
        ]);
    } else if (bringer !== '-' && installed !== undefined && !installed.has(bringer))
      value(
        node,
        `The AppArmor profile ${name} comes with the package ${bringer}, which the profile does not install: the build ends.`,
        appended(bringer, spec.packages?.install, 'packages', 'install'),
      );
  }
}

/** The folder of a program is often mistaken; of the short names behind it one letter makes another program. */
function mostSlips(known: string): number {
  return known === 'usr.bin.tcpdump' ? 2 : 1;
}
