import { suggest } from '../../../diagnostics/suggest.ts';
import { entryOf } from '../../../source/source-node.ts';
import type { ProfileCheck } from '../profile-check.ts';
import { removed, replaced } from '../remedy.ts';
import { whyGone } from './gone-sysctls.ts';
import { canonicalSysctlKey } from './sysctl.ts';
import { areNumbers, sysctlRange, sysctlRow, takesNumbers } from './sysctl-values.ts';

/** Told with the number that is meant, where names are judged. */
const truth = /^(?:yes|no|on|off|true|false)$/i;

/** Setting one of two clears the other (Documentation/admin-guide/sysctl/vm.rst). */
const counterparts = [
  ['vm/dirty_bytes', 'vm/dirty_ratio'],
  ['vm/dirty_background_bytes', 'vm/dirty_background_ratio'],
] as const;

/** Disciplines of net/sched that take every packet without being set up. */
const disciplines = [
  'bfifo',
  'cake',
  'codel',
  'fq',
  'fq_codel',
  'fq_pie',
  'mq',
  'noqueue',
  'pfifo',
  'pfifo_fast',
  'pie',
  'sfq',
];

/** mm/page-writeback.c, `domain_dirty_limits`: where the first is not below the second, it is half of it. */
const writebacks = [
  ['vm/dirty_background_ratio', 'vm/dirty_ratio'],
  ['vm/dirty_background_bytes', 'vm/dirty_bytes'],
] as const;

/** Values that the kernel refuses when a host starts, which only its log tells, or takes otherwise than they were meant. */
export function checkSysctlValues({ spec, at, value }: ProfileCheck): void {
  const known = new Map<string, { readonly key: string; readonly number: number }>();
  for (const [key, text] of Object.entries(spec.sysctl ?? {})) {
    const name = canonicalSysctlKey(key);
    const why = whyGone(name);
    if (why !== undefined) {
      const node = entryOf(at('sysctl'), key)?.key ?? at('sysctl');
      value(node, `There is no ${key}: ${why}.`, removed('sysctl', key));
      continue;
    }
    if (name === 'net/core/default_qdisc' && !disciplines.includes(text)) {
      const meant = suggest(text, disciplines);
      if (meant !== undefined)
        value(
          at('sysctl', key),
          `There is no discipline “${text}”. Did you mean “${meant}”?`,
          replaced(meant, 'sysctl', key),
        );
    }
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
  for (const [background, all] of writebacks) {
    const [one, other] = [known.get(background), known.get(all)];
    if (one === undefined || other === undefined || other.number === 0 || one.number < other.number) continue;
    value(
      at('sysctl', one.key),
      `${one.key} (${one.number}) is not below ${other.key} (${other.number}): the kernel takes half of that in its place.`,
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
