import { bootImage } from '../core/boot/boot-image.ts';
import { describeBoot } from '../core/boot/describe-boot.ts';
import { inspectImage } from '../core/stamp/inspect-image.ts';
import { openStampable } from '../core/stamp/stampable-image.ts';
import { type Command, parse, single, wrongUse } from './arguments.ts';
import { printable, styleFor } from './terminal-text.ts';

/** Without hardware support a boot of the example takes two minutes, and up to eight on a busy machine. */
const defaultTimeoutSeconds = 600;

export const boot: Command = {
  usage:
    'siteforge boot IMAGE [--uefi] [--usb] [--mac ADDRESS]... [--until REGEX] [--timeout S] [--console] [--json]',
  summary:
    'Boots an image in QEMU until it tells its status, or until a line of its console matches REGEX. The image is not written to.',
  async run(parameters, output) {
    const { values, positionals } = parse(parameters, {
      uefi: { type: 'boolean' },
      usb: { type: 'boolean' },
      mac: { type: 'string', multiple: true },
      until: { type: 'string' },
      timeout: { type: 'string' },
      console: { type: 'boolean' },
      json: { type: 'boolean' },
    });
    const image = single(positionals, 'IMAGE');
    const { dim } = styleFor(output.terminal);
    const result = await bootImage({
      image,
      firmware: values.uefi ? 'uefi' : 'bios',
      medium: values.usb ? 'usb' : 'cd',
      timeoutSeconds: values.timeout === undefined ? defaultTimeoutSeconds : parseSeconds(values.timeout),
      nics: (values.mac ?? (await stampedMacs(image))).map((mac) => ({ mac })),
      signal: output.signal,
      ...(values.until === undefined ? {} : { until: parsePattern(values.until) }),
      onLine: (line) => {
        if (values.console) output.error(`${dim(printable(line))}\n`);
      },
    });
    output.out(values.json ? `${JSON.stringify(result)}\n` : `${printable(describeBoot(result))}\n`);
    const unwell = result.status !== undefined && result.status.cloudInit.status !== 'done';
    return result.outcome === 'reached' && !unwell ? 0 : 1;
  },
};

/** The network interfaces that the stamped host is known by: without them its seed would configure nothing. */
async function stampedMacs(path: string): Promise<string[]> {
  const inspection = await openStampable(path).then(inspectImage, () => undefined);
  if (inspection?.seed.state !== 'stamped') return [];
  const text = inspection.seed.seed.networkConfig;
  return [...text.matchAll(/macaddress:\s*["']?((?:[0-9a-f]{2}:){5}[0-9a-f]{2})/gi)].map(
    ([, mac = '']) => mac,
  );
}

function parseSeconds(text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(seconds > 0)) throw wrongUse(`--timeout ${text}: a number of seconds is needed.`);
  return seconds;
}

function parsePattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch (thrown) {
    throw wrongUse(`--until: ${thrown instanceof Error ? thrown.message : thrown}`);
  }
}
