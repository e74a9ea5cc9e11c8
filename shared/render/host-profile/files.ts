import type { HostProfile } from '../../schema/host-profile.ts';
import type { Contribution } from './contribution.ts';

/** Folders are made by the first script: it runs behind the packages that create their owners. */
export function renderFiles({
  files = [],
  directories = [],
  scripts = [],
}: HostProfile['spec']): Contribution {
  const lines = directories.map(
    ({ path, owner, group, mode }) => `install -d -m ${mode} -o ${owner} -g ${group} -- ${shellQuoted(path)}`,
  );
  const makeFolders = {
    name: '00-siteforge-directories',
    content: `#!/bin/sh\nset -eu\n${lines.join('\n')}\n`,
  };
  return { files, scripts: [...(lines.length === 0 ? [] : [makeFolders]), ...scripts] };
}

/** POSIX shell, section 2.2.2: nothing is special inside single quotes but the quote itself. */
function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
