import { argumentText } from '../kernel/kernel-arguments.ts';
import type { ProfileCheck } from '../profile-check.ts';
import { removed, replaced } from '../remedy.ts';
import { canonicalSysctlKey } from '../sysctl/sysctl.ts';
import { readHugepages } from './hugepages.ts';

export function checkHugepages({
  spec: { hugepages, sysctl = {} },
  at,
  isRead,
  contradiction,
  value,
}: ProfileCheck): void {
  if (hugepages === undefined) return;
  const areAllRead = isRead('hugepages', 'pages');
  if (areAllRead && hugepages.pages.length === 0 && hugepages.default !== undefined)
    value(
      at('hugepages', 'default'),
      'No pages are reserved, so that the default size has no effect.',
      removed('hugepages', 'default'),
    );
  const sizes = new Set<string>();
  for (const [index, { size, count }] of hugepages.pages.entries()) {
    const isSame = hugepages.pages.slice(0, index).some((each) => each.size === size && each.count === count);
    if (sizes.has(size))
      contradiction(
        at('hugepages', 'pages', index),
        `Pages of ${size} are reserved twice.`,
        ...(isSame ? [removed('hugepages', 'pages', index)] : []),
      );
    sizes.add(size);
  }
  const standing = hugepages.default;
  if (areAllRead && standing !== undefined && sizes.size > 0 && !sizes.has(standing))
    value(
      at('hugepages', 'default'),
      `The default size is ${standing}, but no pages of this size are reserved.`,
      ...(sizes.size === 1 ? [replaced([...sizes].join(''), 'hugepages', 'default')] : []),
    );
  const key = Object.keys(sysctl).find((name) => canonicalSysctlKey(name) === 'vm/nr_hugepages');
  if (key !== undefined && sizes.size > 0)
    contradiction(
      at('sysctl', key),
      `${key} changes at boot what hugepages.pages reserves. Keep one of both.`,
      removed('sysctl', key),
    );
}

/** Sizes and numbers of pages that the kernel passes over; those of sections are told where they clash. */
export function checkHugepageArguments({ spec: { kernel }, at, value }: ProfileCheck): void {
  const texts = kernel.arguments.map(argumentText);
  for (const { index, why } of readHugepages(texts).passedOver)
    value(
      at('kernel', 'arguments', index),
      `The kernel passes over ${texts[index]}: ${why}.`,
      removed('kernel', 'arguments', index),
    );
}
