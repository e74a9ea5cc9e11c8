import { passedOver } from '../../../cloud-config/check-read-folders.ts';
import type { PathSegment } from '../../../source/source-node.ts';
import type { ProfileCheck } from '../profile-check.ts';
import { removed, replaced } from '../remedy.ts';
import { bareName } from '../systemd/unit-packages.ts';

/** Parts of the image that every host needs, and files of the profile that would do nothing where they stand. */
export function checkNeededParts(check: ProfileCheck): void {
  checkPurged(check);
  checkKernels(check);
  checkMasked(check);
  checkPrograms(check);
  checkReadFiles(check);
}

/** Packages of the elements that every image has, and what nothing starts without. */
const neededPackages: ReadonlyMap<string, string> = new Map([
  ['cloud-init', 'without it no host reads its seed'],
  ['netplan.io', 'without it no host gets its network'],
  ['systemd', 'without it nothing starts'],
  ['systemd-sysv', 'without it nothing starts'],
  ['udev', 'without it no card has its name'],
  ['dbus', 'without it no host gets its name and network'],
  ['iproute2', 'without it no host gets its network'],
  ['initramfs-tools', 'without it the medium is not found at boot'],
  ['live-boot', 'without it the medium is not found at boot'],
  ['live-boot-initramfs-tools', 'without it the medium is not found at boot'],
  ['python3', 'cloud-init is written in it'],
  ['openssh-server', 'without it nobody can log in from elsewhere'],
]);

function checkPurged({ spec, at, isRead, contradiction }: ProfileCheck): void {
  const kernel = isRead('kernel', 'package') ? spec.kernel.package : undefined;
  for (const [index, name] of (spec.packages?.purge ?? []).entries()) {
    const why = name === kernel ? 'it is the kernel of the image' : neededPackages.get(name);
    if (why !== undefined)
      contradiction(
        at('packages', 'purge', index),
        `The package ${name} cannot be taken out: ${why}.`,
        removed('packages', 'purge', index),
      );
  }
}

function checkKernels({ spec, at, isRead, value }: ProfileCheck): void {
  if (!isRead('kernel', 'package')) return;
  const own = bareName(spec.kernel.package);
  const judge = (names: readonly string[], ...path: PathSegment[]) => {
    for (const [index, name] of names.entries())
      if (/^linux-image-(?!.*-dbg$)/.test(name) && bareName(name) !== own)
        value(
          at(...path, index),
          `This is a second kernel beside ${own}, and an image has one. Name it under kernel.package instead.`,
          removed(...path, index),
        );
  };
  judge(spec.packages?.install ?? [], 'packages', 'install');
  for (const [index, repository] of (spec.repositories ?? []).entries())
    judge(repository.packages, 'repositories', index, 'packages');
}

/** Units of the elements that every image has; systemd names (systemd.special(7)). */
const neededUnits: ReadonlyMap<string, string> = new Map([
  ...['cloud-init-local.service', 'cloud-init.service', 'cloud-config.service', 'cloud-final.service'].map(
    (name) => [name, 'without it a host takes over nothing, or only a part, of its seed'] as const,
  ),
  ...['systemd-networkd.service', 'systemd-udevd.service'].map(
    (name) => [name, 'without it no host gets its network'] as const,
  ),
  ...['multi-user.target', 'basic.target', 'sysinit.target', 'default.target', 'local-fs.target'].map(
    (name) => [name, 'without it the start of a host never ends'] as const,
  ),
  ['dbus.service', 'without it no host gets its name and network'],
  ['dbus.socket', 'without it no host gets its name and network'],
]);

function checkMasked({ spec, at, contradiction }: ProfileCheck): void {
  for (const verb of ['mask', 'disable'] as const)
    for (const [index, name] of (spec.systemd?.[verb] ?? []).entries()) {
      const why = neededUnits.get(name);
      // What is disabled is still started by what wants it; that holds for all but these.
      const isOff = verb === 'mask' || /^(cloud-.*|systemd-networkd)\.service$/.test(name);
      if (why !== undefined && isOff)
        contradiction(
          at('systemd', verb, index),
          `${name} is needed: ${why}.`,
          removed('systemd', verb, index),
        );
    }
}

/** execve(2): what has no execute bit is not started, and systemd gives up with status 203. */
function checkPrograms({ spec, at, isRead, value }: ProfileCheck): void {
  const files = spec.files ?? [];
  const cannotRun = new Map(
    files.flatMap(({ path, mode }, index) => (/[1357]/.test(mode.slice(-3)) ? [] : [[path, index] as const])),
  );
  const told = new Set<string>();
  for (const { name, content } of spec.systemd?.units ?? [])
    for (const [, path = ''] of content.matchAll(/^Exec[A-Z]\w+\s*=\s*[-+!:@]*(\/[^\s"']+)/gm)) {
      const index = cannotRun.get(path);
      if (index === undefined || told.has(path) || !isRead('files', index)) continue;
      told.add(path);
      value(
        at('files', index, 'path'),
        `${name} starts ${path}, which nobody may run with the mode ${files[index]?.mode}. Write mode: "0755".`,
        replaced('0755', 'files', index, 'mode'),
      );
    }
}

function checkReadFiles({ spec, at, value }: ProfileCheck): void {
  for (const [index, { path }] of (spec.files ?? []).entries()) {
    const message = passedOver(path);
    if (message !== undefined) value(at('files', index, 'path'), message);
  }
}
