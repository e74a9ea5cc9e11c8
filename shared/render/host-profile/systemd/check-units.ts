import type { ProfileCheck } from '../profile-check.ts';
import { removed } from '../remedy.ts';

export function checkUnits({ spec: { systemd }, at, contradiction }: ProfileCheck): void {
  if (systemd === undefined) return;
  const enabled = new Set(systemd.enable);
  for (const verb of ['disable', 'mask'] as const) {
    for (const [index, name] of systemd[verb].entries()) {
      if (enabled.has(name))
        contradiction(
          at('systemd', verb, index),
          `The unit ${name} stands in enable and in ${verb}.`,
          removed('systemd', verb, index),
        );
    }
  }
}
