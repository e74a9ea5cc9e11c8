import type { ProfileCheck } from '../profile-check.ts';
import { removed } from '../remedy.ts';

/** A unit that a section of the profile is of no use without. */
interface NeededUnit {
  readonly unit: string;
  readonly why: string;
  /** Whether the section may do with it all the same: then it is only a warning. */
  readonly isOptional?: boolean;
}

/** Units that the profile turns off although a section of it needs them; those of runtimes are told with them. */
export function checkSectionUnits({ spec, at, contradiction, value }: ProfileCheck): void {
  const port = spec.console.serial?.port;
  const needed: NeededUnit[] = [
    ...(spec.kdump === undefined
      ? []
      : [
          {
            unit: 'kdump-tools.service',
            why: 'kdump: it loads the crash kernel, and without it there is never a dump',
          },
        ]),
    ...(spec.kubernetes?.packages.includes('kubelet')
      ? [{ unit: 'kubelet.service', why: 'kubernetes: without it the node does not come back after a start' }]
      : []),
    ...(port === undefined
      ? []
      : [
          {
            unit: `serial-getty@${port}.service`,
            why: 'console.serial: without it there is no login on the port',
            isOptional: true,
          },
        ]),
  ];
  for (const { unit, why, isOptional } of needed)
    for (const verb of ['disable', 'mask'] as const) {
      const index = spec.systemd?.[verb].indexOf(unit) ?? -1;
      // systemd-getty-generator starts it for a console of the kernel, disabled or not.
      if (index < 0 || (isOptional && verb === 'disable')) continue;
      // Whoever joins the node may enable what is disabled, and start it; what is masked starts for nobody.
      const tell = isOptional || verb === 'disable' ? value : contradiction;
      tell(at('systemd', verb, index), `${unit} is needed by ${why}.`, removed('systemd', verb, index));
    }
}
