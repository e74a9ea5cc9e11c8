import type { HostProfile } from '../../../schema/host-profile.ts';
import type { BakedFile, Contribution } from '../contribution.ts';

export const issuePath = '/etc/issue';
export const motdPath = '/etc/motd';
/** pam_motd(8) of Debian runs these at login and shows what they print. */
const motdScriptPath = '/etc/update-motd.d/60-siteforge';

export function renderBanners({ banners }: HostProfile['spec']): Contribution {
  const files: BakedFile[] = [];
  const add = (path: string, mode: string, content: string) =>
    files.push({ path, owner: 'root', group: 'root', mode, content });
  if (banners?.login !== undefined) add(issuePath, '0644', banners.login);
  if (banners?.motd?.startsWith('#!')) {
    add(motdScriptPath, '0755', banners.motd);
    add(motdPath, '0644', '');
  } else if (banners?.motd !== undefined) add(motdPath, '0644', banners.motd);
  return { files };
}
