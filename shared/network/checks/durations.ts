import type { PlainValue } from '../model.ts';

const millisecondsPerUnit: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1000,
  sec: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  hr: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** A duration in milliseconds; a bare number counts in `unit`. 0 for what is absent or no duration. */
export function durationInMilliseconds(value: PlainValue | undefined, unit = 'ms'): number {
  const match = /^(\d+(?:\.\d+)?)\s?([a-z]*)$/.exec(String(value ?? ''));
  if (match === null) return 0;
  const [, number = '0', suffix = ''] = match;
  return Number(number) * (millisecondsPerUnit[suffix === '' ? unit : suffix] ?? 0);
}
