import type { HostProfile } from '../../../schema/host-profile.ts';
import { type Contribution, configurationFile, shellQuoted } from '../contribution.ts';

/**
 * /etc/default/grub.d of Debian: read when GRUB writes the menu of an installed disk. `kernelArguments` are all others
 * of the profile. The file is shell (GRUB manual, "Simple configuration").
 */
export function renderGrub(spec: HostProfile['spec'], kernelArguments: readonly string[]): Contribution {
  const { grub } = spec;
  if (grub === undefined) return {};
  const lines = [
    `GRUB_TIMEOUT=${grub.timeout}`,
    `GRUB_CMDLINE_LINUX_DEFAULT=${shellQuoted([...kernelArguments, ...grub.arguments].join(' '))}`,
  ];
  const unit = /^ttyS(\d+)$/.exec(spec.console.serial?.port ?? '')?.[1];
  if (grub.serial && unit !== undefined)
    lines.push(
      "GRUB_TERMINAL='console serial'",
      `GRUB_SERIAL_COMMAND='serial --unit=${unit} --speed=${spec.console.serial?.baud}'`,
    );
  return { files: configurationFile('/etc/default/grub.d/60-siteforge.cfg', lines) };
}
