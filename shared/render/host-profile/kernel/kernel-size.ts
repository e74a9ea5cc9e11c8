const exponents: Readonly<Record<string, number>> = { k: 10, m: 20, g: 30, t: 40, p: 50, e: 60 };

/**
 * Bytes of a size on the kernel's command line (lib/cmdline.c, `memparse`): decimal, hexadecimal or octal, with a unit in
 * letters of any size. What follows the unit, as in 1GB, is passed over, and what is no number is 0.
 */
export function kernelSize(text: string): number {
  const [, hexadecimal, octal, decimal, unit = ''] =
    /^(?:0x([\da-f]+)|0([0-7]+)|(\d+))([kmgtpe]?)/i.exec(text) ?? [];
  const number =
    hexadecimal === undefined
      ? Number.parseInt(octal ?? decimal ?? '0', octal === undefined ? 10 : 8)
      : Number.parseInt(hexadecimal, 16);
  return number * 2 ** (exponents[unit.toLowerCase()] ?? 0);
}
