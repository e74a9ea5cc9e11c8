import type { HostProfile } from '../../../schema/host-profile.ts';
import type { Contribution } from '../contribution.ts';

export const unitPath = (name: string) => `/etc/systemd/system/${name}`;

/** Units of the profile go where the administrator's are looked for: before those of packages (systemd.unit(5)). */
export function renderSystemd({ systemd }: HostProfile['spec']): Contribution {
  const files = (systemd?.units ?? []).map(({ name, content }) => ({
    path: unitPath(name),
    owner: 'root',
    group: 'root',
    mode: '0644',
    content,
  }));
  return { files };
}
