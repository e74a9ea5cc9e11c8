/** A serial port that an argument writes to, and its speed. */
interface SerialLine {
  /** N of ttySN. */
  readonly port: number;
  readonly baud: number;
}

/** drivers/tty/serial/8250 and arch/x86/kernel/early_printk.c: what none of them is told. */
const standingBaud = 9600;
const portsByAddress: ReadonlyMap<number, number> = new Map([
  [0x3f8, 0],
  [0x2f8, 1],
]);

/** `console=ttyS0,115200n8`. */
export function serialConsoleOf(text: string): SerialLine | undefined {
  const [, port, baud] = /^console=ttyS(\d{1,2})(?:,(\d{1,7}))?(?!\d)/.exec(text) ?? [];
  return port === undefined ? undefined : { port: Number(port), baud: Number(baud ?? standingBaud) };
}

/** Undefined for what does not name a serial port, or takes the speed that the firmware has set. */
export function earlyConsoleOf(text: string): SerialLine | undefined {
  if (text.startsWith('earlyprintk=')) return earlyPrintkOf(text.slice('earlyprintk='.length));
  // drivers/tty/serial/8250/8250_early.c: without a speed that of the port is kept.
  const [, address, baud] = /^earlycon=uart(?:8250)?,io,(0x[\da-f]{3}),(\d{1,7})/i.exec(text) ?? [];
  const port = portsByAddress.get(Number(address));
  return port === undefined ? undefined : { port, baud: Number(baud) };
}

/** arch/x86/kernel/early_printk.c, `early_serial_init`: serial[,ttySN|,0xADDRESS][,BAUD] or ttySN[,BAUD]. */
function earlyPrintkOf(value: string): SerialLine | undefined {
  const [, named] = /(?:^|,)(ttyS\d+(?:,.*)?)$/.exec(value) ?? [];
  const [, behind] = /(?:^|,)serial(?:,(.*))?$/.exec(value) ?? [];
  if (!/(^|,)serial(,|$)/.test(value) && named === undefined) return undefined;
  const [place = '', speed = ''] = (behind ?? named ?? '').split(',');
  const read = Number(/^\d{1,7}/.exec(speed)?.[0] ?? 0);
  const baud = read === 0 ? standingBaud : read;
  if (place.startsWith('0x')) {
    const port = portsByAddress.get(Number(place));
    return port === undefined ? undefined : { port, baud };
  }
  const number = Number(/^(?:ttyS)?(\d+)/.exec(place)?.[1] ?? 0);
  return { port: number > 1 ? 0 : number, baud };
}

/** The argument with another speed. */
export function withBaud(text: string, { port }: SerialLine, baud: number): string {
  const keep = /(^|,)keep$/.test(text) ? ',keep' : '';
  if (text.startsWith('earlycon=')) return text.replace(/,\d+([noe]\d?r?)?$/, `,${baud}$1`);
  return `earlyprintk=serial,ttyS${port},${baud}${keep}`;
}
