import { replacementFix } from '../../../diagnostics/suggest.ts';
import { entryOf } from '../../../source/source-node.ts';
import { checkArgument } from '../kernel/check-argument-conflicts.ts';
import { hugePagesTaken, portOf, takesHugePages, turnsIommuOff } from '../kernel/check-kernel-arguments.ts';
import { argumentName } from '../kernel/kernel-arguments.ts';
import { excludeEachOther } from '../kernel/repeated-arguments.ts';
import { kernelArguments, meantName } from '../likely-names.ts';
import { readHugepages } from '../machine/hugepages.ts';
import type { ProfileCheck } from '../profile-check.ts';
import { removed, replaced } from '../remedy.ts';

/** GRUB's own arguments stand behind those of the profile on an installed disk, and are judged with them. */
export function checkGrub(check: ProfileCheck): void {
  const { spec, at, information } = check;
  if (spec.grub === undefined) return;
  information(
    entryOf(at(), 'grub')?.key ?? at('grub'),
    'GRUB’s settings count where it is installed on a disk, and this version makes ISOs only, whose menu is set under bootMenu of the image. They are baked as /etc/default/grub.d/60-siteforge.cfg and nothing else.',
  );
  checkGrubArguments(check, spec.grub.arguments);
}

function checkGrubArguments(check: ProfileCheck, written: readonly string[]): void {
  const { spec, rendered, at, contradiction, value, misspelt } = check;
  const before = [...rendered.kernelArguments];
  const whole = { ...check, rendered: { ...rendered, kernelArguments: [...before, ...written] } };
  const pages = readHugepages(whole.rendered.kernelArguments);
  const reserves = pages.reserved.some(({ count }) => count > 0);
  for (const { index, why } of pages.passedOver) {
    const place = index - before.length;
    if (place >= 0)
      value(
        at('grub', 'arguments', place),
        `The kernel passes over ${written[place]}: ${why}.`,
        removed('grub', 'arguments', place),
      );
  }
  for (const [index, text] of written.entries()) {
    const way = ['grub', 'arguments', index] as const;
    const node = at(...way);
    const name = argumentName(text);
    const meant = meantName(name, kernelArguments);
    if (meant !== undefined)
      misspelt(
        node,
        `“${name}” is not known. Did you mean “${meant}”?`,
        name === text && node.type === 'scalar' && node.value === text
          ? [replacementFix(node, meant)]
          : undefined,
      );
    // The disk of an installed system is named here.
    if (name !== 'root')
      checkArgument(whole, text, node, removed(...way), {
        value: (other) => replaced(`${name}=${other}`, ...way),
        whole: (other) => replaced(other, ...way),
      });
    if (reserves && takesHugePages(text)) contradiction(node, hugePagesTaken(text), removed(...way));
    const turnedOn = turnsIommuOff(spec, text, before);
    if (turnedOn !== undefined) contradiction(node, turnedOn, removed(...way));
    // Only a warning: a disk may want another value than a medium.
    const clash = countedArguments.has(name) ? undefined : besideOthers(text, before);
    if (clash !== undefined) value(node, clash, removed(...way));
    before.push(text);
  }
}

/** Arguments that mean something at each place where they stand. */
const countedArguments = new Set(['hugepages', 'hugepagesz']);

function besideOthers(text: string, before: readonly string[]): string | undefined {
  if (before.includes(text))
    return `${text} stands on the command line already: the profile or an argument before this one sets it.`;
  const name = argumentName(text);
  const port = portOf(text);
  const other = before.findLast((each) =>
    port === undefined
      ? argumentName(each) === name && excludeEachOther(name, each, text)
      : portOf(each) === port,
  );
  return (
    other &&
    `${text} is set here, but ${other} stands before it on the command line. The kernel takes only one of both.`
  );
}
