import type { HostProfile } from '../../../schema/host-profile.ts';
import type { Contribution } from '../contribution.ts';

/**
 * The last console= becomes /dev/console, where services write (Documentation/admin-guide/serial-console.rst): the
 * serial port, because that is what the engineer at a distance sees. systemd starts a login on every kernel console.
 */
export function renderConsole({ console: { serial, video } }: HostProfile['spec']): Contribution {
  const kernelArguments: string[] = [];
  if (video) kernelArguments.push('console=tty0');
  if (serial !== undefined) kernelArguments.push(`console=${serial.port},${serial.baud}n8`);
  return { kernelArguments };
}
