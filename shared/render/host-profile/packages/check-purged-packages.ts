import type { ProfileCheck } from '../profile-check.ts';
import { removed } from '../remedy.ts';

export function checkPurgedPackages({ spec, rendered, at, contradiction }: ProfileCheck): void {
  const ofRepositories = (spec.repositories ?? []).flatMap((each) => each.packages);
  const needed = new Set([...(spec.packages?.install ?? []), ...ofRepositories]);
  for (const [index, name] of (spec.packages?.purge ?? []).entries())
    if (needed.has(name))
      contradiction(
        at('packages', 'purge', index),
        `The package ${name} is installed and taken out again.`,
        removed('packages', 'purge', index),
      );
    else if (rendered.packages.includes(name))
      contradiction(
        at('packages', 'purge', index),
        `Another section of the profile needs the package ${name}.`,
        removed('packages', 'purge', index),
      );
}
