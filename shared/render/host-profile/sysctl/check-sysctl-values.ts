import type { ProfileCheck } from '../profile-check.ts';
import { replaced } from '../remedy.ts';
import { canonicalSysctlKey } from './sysctl.ts';
import { areNumbers, sysctlRange, sysctlRow, takesNumbers } from './sysctl-values.ts';

/** Told with the number that is meant, where names are judged. */
const truth = /^(?:yes|no|on|off|true|false)$/i;

/** Setting one of two clears the other (Documentation/admin-guide/sysctl/vm.rst). */
const counterparts = [
  ['vm/dirty_bytes', 'vm/dirty_ratio'],
  ['vm/dirty_background_bytes', 'vm/dirty_background_ratio'],
] as const;

/** Values that the kernel refuses when a host starts, which only its log tells, or takes otherwise than they were meant. */
export function checkSysctlValues({ spec, at, value }: ProfileCheck): void {
  const known = new Map<string, { readonly key: string; readonly number: number }>();
  for (const [key, text] of Object.entries(spec.sysctl ?? {})) {
    const name = canonicalSysctlKey(key);
    const written = /^(-?\d[\d\s]*?)\s+[#;]/.exec(text)?.[1];
    if (written !== undefined) {
      // sysctl.d(5): a comment starts its line, and what stands behind a value belongs to it.
      const message = `The kernel would get all of “${text}”: there is no comment behind a value.`;
      value(at('sysctl', key), message, replaced(written, 'sysctl', key));
      continue;
    }
    const parts = sysctlRow(name);
    // A row of the wrong number of numbers is told as that, and so are words for on and off.
    if (takesNumbers(name) && parts === undefined && !truth.test(text) && !areNumbers(text)) {
      value(at('sysctl', key), `${key} takes numbers: the kernel refuses “${text}” and keeps its own value.`);
      continue;
    }
    const number = /^\s*-?\d+\s*$/.test(text) ? Number(text) : undefined;
    if (number !== undefined) known.set(name, { key, number });
    const [least, largest] = sysctlRange(name) ?? [];
    if (number !== undefined && least !== undefined && largest !== undefined)
      if (number < least || number > largest)
        value(
          at('sysctl', key),
          `${key} takes ${least} to ${largest}: the kernel refuses ${number} and keeps its own value.`,
        );
    if (parts !== undefined && !isRising(text, parts.length))
      value(
        at('sysctl', key),
        `${key} is ${parts.join(', ')}: ${parts.length} numbers with blanks between, none smaller than the one before it.`,
      );
  }
  for (const [bytes, ratio] of counterparts) {
    const [one, other] = [known.get(bytes), known.get(ratio)];
    if (one === undefined || other === undefined || one.number === 0 || other.number === 0) continue;
    value(
      at('sysctl', other.key),
      `${other.key} and ${one.key} say one thing in two ways: the kernel clears the one when it gets the other. Leave one of them out.`,
    );
  }
  for (const family of ['ipv4', 'ipv6'])
    for (const step of [2, 3]) {
      const above = known.get(`net/${family}/neigh/default/gc_thresh${step}`);
      const below = known.get(`net/${family}/neigh/default/gc_thresh${step - 1}`);
      if (above !== undefined && below !== undefined && below.number > above.number)
        value(
          at('sysctl', above.key),
          `${above.key} is below ${below.key} (${below.number}): neighbours are forgotten at the smaller number already.`,
        );
    }
}

function isRising(text: string, count: number): boolean {
  const numbers = text.trim().split(/\s+/);
  return (
    numbers.length === count &&
    numbers.every((each, index) => /^\d+$/.test(each) && Number(each) >= Number(numbers[index - 1] ?? 0))
  );
}
