import type { ProfileCheck } from '../profile-check.ts';
import { removed } from '../remedy.ts';
import { defaultRegistry, runtimes } from './containers.ts';

export function checkRuntime(check: ProfileCheck): void {
  const { spec, at, isRead, contradiction, value } = check;
  const { containers } = spec;
  if (containers === undefined) return;
  const seen = new Set<string>();
  for (const [index, { name, mirrors, insecure, certificate }] of containers.registries.entries()) {
    const node = at('containers', 'registries', index);
    if (seen.has(name))
      contradiction(
        at('containers', 'registries', index, 'name'),
        `The registry ${name} is described twice.`,
      );
    seen.add(name);
    const isAll = isRead('containers', 'registries', index);
    if (isAll && mirrors.length === 0 && !insecure && certificate === undefined)
      value(node, `Nothing is said of ${name} that would make a difference: add mirrors or a certificate.`);
    if (containers.runtime === 'docker' && mirrors.length > 0 && name !== defaultRegistry)
      value(
        at('containers', 'registries', index, 'mirrors'),
        `docker knows mirrors of ${defaultRegistry} alone; these are never asked.`,
      );
  }
  if (containers.runtime === 'none') {
    const idle = (['configuration', 'registries', 'proxy'] as const).find((key) =>
      key === 'registries' ? containers.registries.length > 0 : containers[key] !== undefined,
    );
    if (idle !== undefined)
      value(
        at('containers', idle),
        `With runtime: none nothing reads “${idle}”.`,
        removed('containers', idle),
      );
    return;
  }
  const { unit } = runtimes[containers.runtime];
  for (const verb of ['disable', 'mask'] as const) {
    const index = spec.systemd?.[verb].indexOf(unit) ?? -1;
    if (index >= 0)
      contradiction(
        at('systemd', verb, index),
        `containers needs ${unit}, which is started at boot.`,
        removed('systemd', verb, index),
      );
  }
  if (containers.runtime === 'cri-o' && lacksRepositories(check))
    value(
      at('containers', 'runtime'),
      'Debian has no package cri-o. Add the repository that it comes from under “repositories”.',
    );
}

export function lacksRepositories({ spec, isRead }: ProfileCheck): boolean {
  return isRead('repositories') && (spec.repositories ?? []).length === 0;
}
