import { linesOfText } from '../../../source/line-of-text.ts';
import { serialConsoleOf } from '../kernel/early-console.ts';
import type { ProfileCheck } from '../profile-check.ts';

/** GRUB manual, "serial": --speed is 9600 where it is left out, and --unit 0. */
const standingSpeed = 9600;

/** A line of shell whose value has a blank outside quotes: what stands behind it is started as a program. */
const tornLine = /^\s*(GRUB_\w+)=[^\s"'\\$`;&|#]+[ \t]+(?!\w+=)([^\s#;&|<>]\S*)/;

/** A menu of another speed than the kernel's console on the same port cannot be read. */
export function checkGrubFiles({ spec, rendered, at, value }: ProfileCheck): void {
  const consoles = rendered.kernelArguments.flatMap((text) => serialConsoleOf(text) ?? []);
  for (const [index, { path, content }] of (spec.files ?? []).entries()) {
    if (!/^\/etc\/default\/grub(\.d\/[^/]+\.cfg)?$/.test(path)) continue;
    const lineAt = linesOfText(at('files', index, 'content'));
    for (const [number, line] of content.split(/\r?\n/).entries()) {
      const [, name, rest] = tornLine.exec(line) ?? [];
      if (name !== undefined)
        value(
          lineAt(number),
          `This is shell: ${rest} would be started as a program, and update-grub ends. Write the value of ${name} in quotes.`,
        );
      const [, command] = /^\s*GRUB_SERIAL_COMMAND=(.*)$/.exec(line) ?? [];
      if (command === undefined || !/\bserial\b/.test(command)) continue;
      const unit = Number(/--unit[= ](\d+)/.exec(command)?.[1] ?? 0);
      const speed = Number(/--speed[= ](\d+)/.exec(command)?.[1] ?? standingSpeed);
      const other = consoles.find(({ port }) => port === unit)?.baud ?? speed;
      if (other !== speed && !/--port/.test(command))
        value(
          lineAt(number),
          `The menu of GRUB is written to ttyS${unit} with ${speed} baud, and the kernel writes there with ${other}: one of both cannot be read.`,
        );
    }
  }
}
