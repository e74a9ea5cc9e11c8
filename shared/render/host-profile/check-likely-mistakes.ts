import type { TextFix } from '../../diagnostics/diagnostic.ts';
import { editDistance, replacementFix } from '../../diagnostics/suggest.ts';
import { entryOf, type SourceNode } from '../../source/source-node.ts';
import { argumentName, argumentText } from './kernel/kernel-arguments.ts';
import {
  kernelArguments,
  kernelModules,
  kernelPackages,
  knownFirmwarePackages,
  kubeletArguments,
  meantName,
  packages,
  sysctlAreas,
  sysctlKeys,
  units,
} from './likely-names.ts';
import type { ProfileCheck } from './profile-check.ts';
import { moved, type Remedy, removed, replaced, titled } from './remedy.ts';
import { unitAliases } from './systemd/check-unit-aliases.ts';
import { checkUnitText } from './systemd/check-unit-text.ts';

/** What is allowed everywhere but meant nowhere: misspelt names, files that a host loses or replaces, dead units. */
export function checkLikelyMistakes(check: ProfileCheck): void {
  checkNames(check);
  checkSysctl(check);
  checkLimits(check);
  checkUnitNames(check);
  checkConsole(check);
  checkKubeletArguments(check);
}

function checkNames({ spec, at, isRead, value, misspelt }: ProfileCheck): void {
  const judge = (name: string, known: readonly string[], node: SourceNode) => {
    const meant = meantName(name, known);
    if (meant !== undefined) misspelt(node, unknownName(name, meant), fixOf(node, name, meant));
  };
  judge(spec.kernel.package, kernelPackages, at('kernel', 'package'));
  if (/^linux-image-.*(arm64|armhf|i386|686|ppc64el|s390x)$/.test(spec.kernel.package))
    value(
      at('kernel', 'package'),
      'This kernel is of another architecture; images are made for amd64.',
      replaced('linux-image-amd64', 'kernel', 'package'),
    );
  for (const [index, argument] of spec.kernel.arguments.entries())
    judge(argumentName(argumentText(argument)), kernelArguments, at('kernel', 'arguments', index));
  for (const [index, name] of spec.kernel.modules.load.entries())
    judge(name, kernelModules, at('kernel', 'modules', 'load', index));
  const installed = new Set<string>();
  for (const [index, name] of (spec.packages?.install ?? []).entries()) {
    const node = at('packages', 'install', index);
    judge(name, packages, node);
    if (installed.has(name))
      value(node, `The package ${name} stands here twice.`, removed('packages', 'install', index));
    installed.add(name);
  }
  for (const [index, repository] of (spec.repositories ?? []).entries())
    for (const [place, name] of repository.packages.entries())
      judge(name, packages, at('repositories', index, 'packages', place));
  for (const [index, name] of (spec.firmware ?? []).entries()) {
    const node = at('firmware', index);
    if (/^firmware-|-firmware$|-microcode$/.test(name)) judge(name, knownFirmwarePackages, node);
    else if (knownFirmwarePackages.includes(`firmware-${name}`))
      misspelt(node, unknownName(name, `firmware-${name}`), fixOf(node, name, `firmware-${name}`));
    else {
      const isOnly = spec.firmware?.length === 1 && isRead('firmware');
      value(
        node,
        `${name} does not look like firmware. Other packages stand under “packages”.`,
        moved(name, ['firmware', index], isOnly, ['packages', 'install']),
      );
    }
  }
}

/** The kubelet ends at an argument that it does not know, so that a slip keeps the node down. */
function checkKubeletArguments({ spec: { kubernetes }, at, misspelt }: ProfileCheck): void {
  const place = at('kubernetes', 'kubeletArguments');
  for (const name of Object.keys(kubernetes?.kubeletArguments ?? {})) {
    const node = entryOf(place, name)?.key ?? place;
    const meant = meantArgument(name);
    if (meant !== undefined)
      misspelt(
        node,
        `The kubelet has no argument --${name}, and does not start with one that it does not know. Did you mean “${meant}”?`,
        fixOf(node, name, meant),
      );
  }
}

/** Two slips are allowed in long names, which are far from each other. */
function meantArgument(name: string): string | undefined {
  if (kubeletArguments.includes(name)) return undefined;
  const near = meantName(name, kubeletArguments);
  if (near !== undefined || name.length < 10) return near;
  return kubeletArguments.find(
    (known) => Math.abs(known.length - name.length) <= 2 && editDistance(name, known) <= 2,
  );
}

function unknownName(name: string, meant: string): string {
  return `“${name}” is not known. Did you mean “${meant}”?`;
}

function fixOf(node: SourceNode, name: string, meant: string): readonly TextFix[] | undefined {
  return node.type === 'scalar' && node.value === name ? [replacementFix(node, meant)] : undefined;
}

function checkSysctl({ spec, at, value, misspelt }: ProfileCheck): void {
  for (const [key, text] of Object.entries(spec.sysctl ?? {})) {
    const node = entryOf(at('sysctl'), key)?.key ?? at('sysctl');
    const dotted = key.includes('/') ? key.replaceAll('/', '.') : key;
    const area = dotted.slice(0, dotted.indexOf('.'));
    const meant = meantName(dotted, sysctlKeys);
    if (!sysctlAreas.includes(area))
      value(node, `No sysctl starts with “${area}”: they start with ${sysctlAreas.join(', ')}.`);
    else if (meant !== undefined) misspelt(node, unknownName(key, meant), fixOf(node, key, meant));
    if (!/^(yes|no|on|off|true|false)$/i.test(text)) continue;
    const number = /^(yes|on|true)$/i.test(text) ? 1 : 0;
    value(at('sysctl', key), `A sysctl takes numbers: write ${number}.`, replaced(number, 'sysctl', key));
  }
}

function checkLimits({ spec, at, contradiction }: ProfileCheck): void {
  const limits = spec.limits ?? [];
  const amount = (text: string) =>
    /^-?\d+$/.test(text) && text !== '-1' ? Number(text) : Number.POSITIVE_INFINITY;
  for (const [index, { item, value }] of limits.entries())
    if ((item === 'nproc' || item === 'nofile') && value === '0')
      contradiction(
        at('limits', index, 'value'),
        item === 'nproc'
          ? 'With no process at all nobody whom this is for can log in.'
          : 'With no open file at all nobody whom this is for can log in.',
      );
  for (const [index, soft] of limits.entries()) {
    // Priorities are the other way round, and the text says nothing of ranges.
    if (soft.type !== 'soft' || soft.item === 'nice' || soft.item === 'priority') continue;
    const hard = limits.find(
      ({ domain, item, type }) => type === 'hard' && domain === soft.domain && item === soft.item,
    );
    if (hard !== undefined && amount(soft.value) > amount(hard.value))
      contradiction(
        at('limits', index, 'value'),
        `The soft limit ${soft.value} of ${soft.item} is above the hard one, ${hard.value}.`,
        replaced(/^\d+$/.test(hard.value) ? Number(hard.value) : hard.value, 'limits', index, 'value'),
      );
  }
}

/** What a unit of a kind is wanted by (systemd.special(7)); the others are started by what needs them. */
const targetOfType: Readonly<Record<string, string>> = {
  service: 'multi-user.target',
  path: 'multi-user.target',
  timer: 'timers.target',
  socket: 'sockets.target',
};

function checkUnitNames({ spec: { systemd }, at, isRead, value, misspelt }: ProfileCheck): void {
  if (systemd === undefined) return;
  const own = new Map(systemd.units.map((unit) => [unit.name, unit]));
  const known = [...own.keys(), ...units, ...unitAliases];
  for (const verb of ['enable', 'disable', 'mask'] as const) {
    for (const [index, name] of systemd[verb].entries()) {
      const node = at('systemd', verb, index);
      const unit = own.get(name);
      if (unit === undefined) {
        const meant = isRead('systemd', 'units') ? meantName(name, known) : undefined;
        if (meant !== undefined) misspelt(node, unknownName(name, meant), fixOf(node, name, meant));
      } else if (verb === 'enable' && !/^\[Install\]\s*$/m.test(unit.content))
        value(
          node,
          `${name} has no [Install] section, so that enabling it does nothing. Add WantedBy= there.`,
          ...wantedBy(unit, systemd.units.indexOf(unit)),
        );
      else if (
        verb === 'enable' &&
        !/^(WantedBy|RequiredBy|UpheldBy|Also|Alias)\s*=\s*\S/m.test(unit.content)
      )
        value(
          node,
          `The section [Install] of ${name} says nothing, so that enabling it does nothing. Add WantedBy= there.`,
        );
    }
  }
  for (const [index, { name, content }] of systemd.units.entries()) {
    for (const message of checkUnitText(name, content)) value(at('systemd', 'units', index, 'name'), message);
  }
}

function wantedBy({ name, content }: { name: string; content: string }, index: number): Remedy[] {
  const target = targetOfType[name.slice(name.lastIndexOf('.') + 1)];
  if (target === undefined) return [];
  const text = `${content.trimEnd()}\n\n[Install]\nWantedBy=${target}\n`;
  return [titled(`Add WantedBy=${target}`, replaced(text, 'systemd', 'units', index, 'content'))];
}

function checkConsole({ spec: { console: consoles }, at, isRead, value }: ProfileCheck): void {
  if (isRead('console') && !consoles.video && consoles.serial === undefined)
    value(
      at('console', 'video'),
      'Without the screen and without a serial port nobody sees why a host does not boot.',
      replaced(true, 'console', 'video'),
    );
}
