import { bootImage } from '../core/boot/boot-image.ts';
import { describeBoot } from '../core/boot/describe-boot.ts';
import { type Command, parse, single, wrongUse } from './arguments.ts';
import { printable, styleFor } from './terminal-text.ts';

const defaultTimeoutSeconds = 300;

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
      nics: (values.mac ?? []).map((mac) => ({ mac })),
      signal: output.signal,
      ...(values.until === undefined ? {} : { until: parsePattern(values.until) }),
      onLine: (line) => {
        if (values.console) output.error(`${dim(printable(line))}\n`);
      },
    });
    output.out(values.json ? `${JSON.stringify(result)}\n` : `${printable(describeBoot(result))}\n`);
    return result.outcome === 'reached' ? 0 : 1;
  },
};

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
