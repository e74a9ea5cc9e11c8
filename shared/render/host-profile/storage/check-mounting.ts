import type { Partitions } from '../../../schema/host-profile-partitions.ts';
import { type Remedy, replaced, titled } from '../remedy.ts';
import { entriesPath, type PartitionCheck } from './partition-check.ts';

/** What is mounted later covers what lies below it: / first, and every folder before those inside. */
export function checkMounting({ partitions, of, at, isRead, contradiction }: PartitionCheck): void {
  const mounted = partitions.entries.flatMap((partition, index) => {
    const point = partition.filesystem?.mountpoint;
    return point === undefined ? [] : [{ point, index, order: partition.mountOrder }];
  });
  if (mounted.length > 0 && isRead('partitions') && !mounted.some(({ point }) => point === '/'))
    contradiction(at('partitions', 'entries'), 'No partition is mounted at /.', ...rootIn(partitions));
  for (const { point, index } of mounted) {
    const why = whyNoMountPoint(point);
    if (why !== undefined)
      contradiction(of(index, 'filesystem', 'mountpoint'), `${point} is no place for a partition: ${why}.`);
  }
  for (const inner of mounted) {
    const over = mounted.find(
      (outer) =>
        outer.point !== inner.point &&
        (outer.point === '/' || inner.point.startsWith(`${outer.point}/`)) &&
        outer.order !== undefined &&
        inner.order !== undefined &&
        outer.order >= inner.order,
    );
    if (over !== undefined)
      contradiction(
        of(inner.index, 'mountOrder'),
        `${inner.point} lies in ${over.point}, but is mounted ${over.order === inner.order ? 'at the same time' : 'before it'}, and ${over.point} would cover it.`,
        ...mountedAfter(over.order ?? 0, inner.index),
      );
  }
}

/** hier(7), and systemd's `mount_point_is_api`: what the kernel or / itself has to bring. Below /dev and /run it mounts. */
function whyNoMountPoint(point: string): string | undefined {
  if (/^\/((proc|sys)(\/|$)|(dev|run)$)/.test(point))
    return 'the kernel’s own file systems are there, and it is not mounted';
  if (/^\/(bin|sbin|lib|lib64)$/.test(point))
    return 'it is a link into /usr, and programs of the start are in it';
  return point === '/etc' ? 'the table of mounts is in it, so that it has to be part of /' : undefined;
}

/** The only partition that is named after the root and mounted nowhere. */
function rootIn({ entries }: Partitions): Remedy[] {
  const meant = entries.flatMap(({ name, filesystem }, index) => {
    const mayBeRoot = /root|^\/$/i.test(name) && ['ext4', 'xfs', 'btrfs'].includes(filesystem?.type ?? '');
    return mayBeRoot && filesystem?.mountpoint === undefined ? [index] : [];
  });
  const [only, other] = meant;
  if (only === undefined || other !== undefined) return [];
  const remedy = replaced('/', ...entriesPath, only, 'filesystem', 'mountpoint');
  return [titled(`Mount partition ${only + 1} at /`, remedy)];
}

function mountedAfter(order: number, index: number): Remedy[] {
  return order >= 99 ? [] : [replaced(order + 1, ...entriesPath, index, 'mountOrder')];
}
