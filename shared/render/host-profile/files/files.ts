import type { HostProfile } from '../../../schema/host-profile.ts';
import { bakedUserNames } from '../accounts/users.ts';
import { type BakedFile, type Contribution, shellQuoted, shellScript } from '../contribution.ts';

/**
 * Folders are made by the first script: it runs behind the packages that create their owners. Files are written before,
 * so that those of an account of the profile belong to root, closed to others, until the script hands them over.
 */
export function renderFiles(spec: HostProfile['spec']): Contribution {
  const { files = [], directories = [], scripts = [] } = spec;
  const users = bakedUserNames(spec);
  // The builder looks names up; a number has no name that it would find.
  const comesLate = (account: string) => users.has(account) || /^\d+$/.test(account);
  const written: BakedFile[] = [];
  const commands = directories.map(
    ({ path, owner, group, mode }) => `install -d -m ${mode} -o ${owner} -g ${group} -- ${shellQuoted(path)}`,
  );
  for (const file of files) {
    if (!comesLate(file.owner) && !comesLate(file.group)) {
      written.push(file);
      continue;
    }
    written.push({ ...file, owner: 'root', group: 'root', mode: '0600' });
    // chown takes the set-user-ID bit away (chown(2)), so that the mode follows.
    commands.push(
      `chown ${file.owner}:${file.group} -- ${shellQuoted(file.path)}`,
      `chmod ${file.mode} -- ${shellQuoted(file.path)}`,
    );
  }
  return { files: written, scripts: [...shellScript('00-siteforge-directories', commands), ...scripts] };
}
