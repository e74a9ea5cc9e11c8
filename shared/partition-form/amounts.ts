import { bytesOfAmount } from '../schema/host-profile-partitions.ts';

/** The least that a partition has here, in bytes: what partitioning tools align to. */
export const smallestPartition = 2 ** 20;

const suffixes = {
  letters: ['m', 'g', 't'],
  binary: ['MiB', 'GiB', 'TiB'],
  decimal: ['MB', 'GB', 'TB'],
} as const;

/** How an amount is written: its suffix, and whether a space stands in front of it. */
export interface AmountStyle {
  readonly family: keyof typeof suffixes;
  readonly upperCase: boolean;
  readonly spaced: boolean;
}

const usualStyle: AmountStyle = { family: 'letters', upperCase: false, spaced: false };

/** The style of `30g`, `>100 GiB` or `480GB`; that of `30g` for anything else. */
export function styleOfAmount(text: string | undefined): AmountStyle {
  const [, space = '', unit = ''] = /^>? ?\d+( ?)([A-Za-z]+)$/.exec(text ?? '') ?? [];
  if (unit === '') return usualStyle;
  const family = unit.length === 1 ? 'letters' : /i/i.test(unit) ? 'binary' : 'decimal';
  return { family, upperCase: unit.length === 1 && unit === unit.toUpperCase(), spaced: space !== '' };
}

function baseOf({ family }: AmountStyle): number {
  return family === 'decimal' ? 1000 : 1024;
}

/** Bytes as a whole number of the largest unit that fits: `30g`, `512MiB`. Rounded down to a whole mebi- or megabyte. */
export function amountText(bytes: number, style: AmountStyle = usualStyle): string {
  const base = baseOf(style);
  let count = Math.max(1, Math.floor(bytes / base ** 2));
  let unit = 0;
  while (unit < 2 && count % base === 0) {
    count /= base;
    unit += 1;
  }
  const written = suffixes[style.family][unit] ?? '';
  return `${count}${style.spaced ? ' ' : ''}${style.upperCase ? written.toUpperCase() : written}`;
}

/** Steps in which sizes are given, in the smallest unit that is written. */
const roundSteps = [1, 2, 4, 8, 16, 32, 64, 128, 256];
const roundThousands = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

/** The step in which a size is changed, in bytes: round in its unit, and not finer than `finest`. */
export function stepOf(bytes: number, finest: number, style: AmountStyle): number {
  const base = baseOf(style);
  const mega = base ** 2;
  const steps = [
    ...roundSteps.map((step) => step * mega),
    ...roundThousands.map((step) => step * base * mega),
  ];
  // From 4 units on, people say whole ones.
  const wanted = bytes >= 4 * base * mega ? Math.max(finest, base * mega) : finest;
  return steps.find((step) => step >= wanted) ?? steps.at(-1) ?? mega;
}

/** `30 GiB`, `512 MiB`, `1.5 TiB`: for people, in binary units unless the profile counts in decimal ones. */
export function amountWords(bytes: number, style: AmountStyle = usualStyle): string {
  const base = baseOf(style);
  const units = style.family === 'decimal' ? suffixes.decimal : suffixes.binary;
  let amount = Math.max(0, bytes) / base ** 2;
  let unit = 0;
  while (unit < 2 && amount >= base) {
    amount /= base;
    unit += 1;
  }
  const digits = amount >= 100 || Number.isInteger(amount) ? 0 : amount >= 10 ? 1 : 2;
  return `${Number(amount.toFixed(digits))} ${units[unit]}`;
}

/** What kind of thing a size says; `other` for text that is none. */
export type SizeKind = 'fixed' | 'least' | 'share' | 'rest' | 'other';

export function sizeKindOf(size: string): SizeKind {
  if (size === '-1') return 'rest';
  if (/^(100|[1-9]?\d)%$/.test(size)) return 'share';
  if (bytesOfAmount(size.replace(/^> ?/, '')) === undefined) return 'other';
  return size.startsWith('>') ? 'least' : 'fixed';
}
