import type { HostProfile } from '../../../schema/host-profile.ts';
import { type Contribution, shellScript } from '../contribution.ts';

/** apt-get fails at names that it does not know, and a package that is not there needs no removing. */
export function renderPackages({ packages, firmware = [] }: HostProfile['spec']): Contribution {
  const { install = [], purge = [] } = packages ?? {};
  const commands =
    purge.length === 0
      ? []
      : [
          `for package in ${purge.join(' ')}; do`,
          `  case $(dpkg-query --show --showformat='\${db:Status-Status}' "$package" 2>/dev/null) in`,
          '    installed | config-files) apt-get purge --yes --auto-remove "$package" ;;',
          '  esac',
          'done',
        ];
  return { packages: [...install, ...firmware], scripts: shellScript('00-siteforge-purge', commands) };
}
