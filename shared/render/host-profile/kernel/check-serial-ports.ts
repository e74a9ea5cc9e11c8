import type { ProfileCheck } from '../profile-check.ts';
import { serialConsoleOf } from './early-console.ts';
import { argumentText } from './kernel-arguments.ts';

/** SERIAL_8250_RUNTIME_UARTS of Debian's kernels. */
const standingPorts = 4;

/** drivers/tty/serial/8250/8250_core.c: a port behind these is there with 8250.nr_uarts= alone. */
export function checkSerialPorts({ spec, rendered, at, value }: ProfileCheck): void {
  const asked = rendered.kernelArguments.findLast((text) => /^8250(_core)?\.nr_uarts=\d+$/.test(text));
  const count = asked === undefined ? standingPorts : Number(asked.slice(asked.indexOf('=') + 1));
  const whyNot = (port: number) =>
    `ttyS${port} is not there: the kernel sets up ttyS0 to ttyS${count - 1}. Add 8250.nr_uarts=${port + 1} to kernel.arguments.`;
  const own = /^ttyS(\d+)$/.exec(spec.console.serial?.port ?? '')?.[1];
  if (own !== undefined && Number(own) >= count) value(at('console', 'serial', 'port'), whyNot(Number(own)));
  for (const [index, argument] of spec.kernel.arguments.entries()) {
    const port = serialConsoleOf(argumentText(argument))?.port ?? 0;
    if (port >= count) value(at('kernel', 'arguments', index), whyNot(port));
  }
}
