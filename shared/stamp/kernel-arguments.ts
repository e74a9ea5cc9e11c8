import { SiteforgeError } from '#shared/errors.ts';

/**
 * The kernel-arguments area of format `grub-set`: a GRUB script of a fixed length that sets one variable. grub.cfg
 * sources it and puts the variable, unquoted, on the linux line, where GRUB splits it at blanks.
 */
export interface KernelArgumentsArea {
  readonly length: number;
  readonly variable: string;
}

/** COMMAND_LINE_SIZE on x86 is 2048 with the final NUL (arch/x86/include/asm/setup.h); the kernel cuts the rest off. */
const longestCommandLine = 2047;
/** GRUB puts this in front; the kernel's path is at most so long in practice. */
const bootImageArgument = 'BOOT_IMAGE=/live/vmlinuz ';

const paddingLine = 63;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * What one argument may hold. GRUB puts a backslash before quotes and backslashes when it builds the command line
 * (grub-core/lib/cmdline.c), so those never arrive as written; control and non-ASCII characters have no meaning there.
 */
const argumentPattern = /^[!#-&(-[\]^_a-~]+$/;

function refuseArgument(argument: string): SiteforgeError {
  return new SiteforgeError('kernel-arguments-invalid', {
    message: `The kernel argument ${JSON.stringify(argument)} cannot be passed through GRUB: no quotes, backslashes, backticks, blanks or non-ASCII characters.`,
  });
}

/** Splits a line of kernel arguments at blanks. */
export function splitKernelArguments(line: string): string[] {
  return line.split(/[ \t\r\n]+/).filter((part) => part !== '');
}

/** Refuses what would be cut off in silence at boot: the baked and the stamped arguments share one line. */
export function checkCommandLine(baked: string, stamped: readonly string[]): void {
  const length = encoder.encode(`${bootImageArgument}${baked} ${stamped.join(' ')}`).length;
  if (length <= longestCommandLine) return;
  throw new SiteforgeError('kernel-arguments-too-long', {
    message: `The kernel command line would have ${length} bytes (${baked.length} of them baked); the kernel reads ${longestCommandLine}.`,
  });
}

/** The padding that the builder writes too, so that a reset image is the built one: lines of 63 `#`, the last cut. */
function padded(script: string, length: number): string {
  const line = `${'#'.repeat(paddingLine)}\n`;
  return (script + line.repeat(Math.ceil(length / line.length))).slice(0, length);
}

/** Exactly `area.length` bytes of ASCII. No arguments give the area as the builder leaves it. */
export function renderKernelArguments(
  args: readonly string[],
  area: KernelArgumentsArea,
): Uint8Array<ArrayBuffer> {
  for (const argument of args) {
    if (!argumentPattern.test(argument)) throw refuseArgument(argument);
  }
  // In double quotes GRUB gives meaning to " \ $ and newline only; the pattern leaves $ of these.
  const script = `set ${area.variable}="${args.join(' ').replaceAll('$', '\\$')}"\n`;
  if (script.length > area.length) {
    throw new SiteforgeError('kernel-arguments-too-long', {
      message: `The kernel arguments take ${script.length} bytes, their area in the image has ${area.length}.`,
    });
  }
  return encoder.encode(padded(script, area.length));
}

/** The arguments in an area; `image-damaged` for anything that this format does not write. */
export function parseKernelArguments(bytes: Uint8Array, area: KernelArgumentsArea): string[] {
  const refuse = (message: string): SiteforgeError =>
    new SiteforgeError('image-damaged', { message: `The kernel-arguments area ${message}.` });
  if (bytes.length !== area.length) throw refuse(`has ${bytes.length} bytes instead of ${area.length}`);
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw refuse('is not text');
  }
  const end = text.indexOf('\n');
  const [opening, closing] = [`set ${area.variable}="`, '"'];
  const first = text.slice(0, end);
  if (end < 0 || !first.startsWith(opening) || !first.endsWith(closing) || first.length <= opening.length) {
    throw refuse(`does not begin with the setting of ${area.variable}`);
  }
  const quoted = first.slice(opening.length, -1);
  if (/(?<!\\)\$|\\(?!\$)/.test(quoted)) throw refuse('has an expansion or an unknown escape in it');
  const args = splitKernelArguments(quoted.replaceAll('\\$', '$'));
  const odd = args.find((argument) => !argumentPattern.test(argument));
  if (odd !== undefined) throw refuse(`has ${JSON.stringify(odd)} in it`);
  if (!/^[#\n]*$/.test(text.slice(end + 1))) throw refuse('has more than one command in it');
  return args;
}
