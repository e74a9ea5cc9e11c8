import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { wordFix } from '../diagnostics/suggest.ts';
import { childOf, type MapNode, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { itemsUnder } from './user-entries.ts';

type IsOpen = (node: ScalarNode) => boolean;

/** Partitions and file systems against each other. */
export function checkDisks(root: MapNode, sink: DiagnosticSink, isOpen: IsOpen): void {
  const disks = childOf(root, 'disk_setup');
  const counts = new Map<string, number>();
  const aliases = childOf(root, 'device_aliases');
  for (const { key, value } of disks?.type === 'map' ? disks.entries : []) {
    checkDevice(key, aliases, sink, isOpen);
    const count = checkLayout(value, sink, isOpen);
    if (count !== undefined) counts.set(String(key.value), count);
  }
  for (const each of itemsUnder(childOf(root, 'fs_setup'))) {
    checkPartition(each, counts, sink);
    const device = childOf(each, 'device');
    if (device?.type === 'scalar') checkDevice(device, aliases, sink, isOpen);
    else if (each.type === 'map' && device === undefined) {
      const message =
        'A file system needs a “device” to be made on, such as /dev/sdb; without one cloud-init makes none.';
      sink.at(each.entries[0]?.key ?? each, 'warning', 'cloud-config-type', message);
    }
  }
}

/** cc_disk_setup takes aliases and paths; unlike cc_mounts, it puts no /dev/ before a name of the kernel. */
function checkDevice(
  node: ScalarNode,
  aliases: SourceNode | undefined,
  sink: DiagnosticSink,
  isOpen: IsOpen,
): void {
  const name = String(node.value);
  if (!/^(?:(?:[hsv]d|xvd)[a-z]\d*|(?:nvme\d+n|mmcblk)\d+(?:p\d+)?)$/.test(name)) return;
  if (isOpen(node) || childOf(aliases, name) !== undefined) return;
  const message = `A disk is a path, /dev/${name}: cloud-init finds no “${name}”, and leaves it as it is.`;
  sink.at(node, 'warning', 'cloud-config-type', message, [wordFix(node, `/dev/${name}`)]);
}

/** The number of partitions that a disk gets, where the layout can be read. */
function checkLayout(disk: SourceNode, sink: DiagnosticSink, isOpen: IsOpen): number | undefined {
  const layout = childOf(disk, 'layout');
  // `true` is one partition over all of the disk; “remove” and false are none that could be counted.
  if (layout?.type === 'scalar') return layout.value === true ? 1 : undefined;
  if (layout?.type !== 'sequence' || layout.items.length === 0) return undefined;
  const sizes = layout.items.map((item) => percentOf(item, isOpen));
  if (sizes.some((size) => size === undefined)) return undefined;
  const all = sumOf(sizes);
  const rest = 100 - sumOf(sizes.slice(0, -1));
  if (rest <= 0) {
    const message = `The partitions before the last take ${100 - rest} % of the disk and leave nothing for it; cloud-init fails at this disk.`;
    sink.at(layout, 'warning', 'cloud-config-type', message);
  } else if (all > 100) {
    const message = `The sizes are percentages of the disk, and they come to ${all}. The last partition gets what is left: ${rest} %.`;
    sink.at(layout, 'warning', 'cloud-config-type', message);
  }
  const table = childOf(disk, 'table_type');
  const isMbr = table === undefined || (table.type === 'scalar' && table.value === 'mbr');
  if (isMbr && sizes.length > 4) {
    const message = `A table of the type mbr holds 4 partitions, not ${sizes.length}; cloud-init makes none of them. Write “table_type: gpt”.`;
    sink.at(layout, 'warning', 'cloud-config-type', message);
  }
  return sizes.length;
}

/** A percentage alone, or with the type of the partition behind it. */
function percentOf(item: SourceNode, isOpen: IsOpen): number | undefined {
  const size = item.type === 'sequence' ? item.items[0] : item;
  if (size?.type !== 'scalar' || size.value === null || isOpen(size)) return undefined;
  const percent = Number(size.value);
  return Number.isFinite(percent) && percent >= 0 ? percent : undefined;
}

function sumOf(sizes: readonly (number | undefined)[]): number {
  const sum = sizes.reduce<number>((total, size) => total + (size ?? 0), 0);
  return Math.round(sum * 1000) / 1000;
}

/** A file system on a partition that the table of the same document does not have (`find_device_node` of cc_disk_setup). */
function checkPartition(
  fileSystem: SourceNode,
  counts: ReadonlyMap<string, number>,
  sink: DiagnosticSink,
): void {
  const device = childOf(fileSystem, 'device');
  if (device?.type !== 'scalar' || typeof device.value !== 'string') return;
  const partition = childOf(fileSystem, 'partition');
  const [disk, number, place] = diskAndNumber(device, partition, counts);
  const count = disk === undefined ? undefined : counts.get(disk);
  if (count === undefined || number === undefined || place === undefined || number <= count) return;
  const has = count === 1 ? 'one partition' : `${count} partitions`;
  const message = `disk_setup makes ${has} on ${disk}, so that there is no partition ${number} for a file system.`;
  sink.at(place, 'warning', 'cloud-config-type', message);
}

/** `/dev/sdb` with “partition: 2”, `ephemeral0.2` (`util.expand_dotted_devname`), or `/dev/sdb2` itself. */
function diskAndNumber(
  device: ScalarNode,
  partition: SourceNode | undefined,
  counts: ReadonlyMap<string, number>,
): [string | undefined, number | undefined, SourceNode | undefined] {
  const name = String(device.value);
  if (counts.has(name)) {
    const written = partition?.type === 'scalar' ? String(partition.value) : '';
    return [name, /^\d+$/.test(written) ? Number(written) : undefined, partition];
  }
  const [, before = '', digits = ''] = /^(.*?)(\d{1,3})$/.exec(name.slice(0, 256)) ?? [];
  // `/dev/nvme0n1p2` is a partition of a disk whose name ends with a digit.
  const disk = [before, before.replace(/\.$/, ''), before.replace(/(?<=\d)p$/, '')].find(
    (each) => counts.has(each) && (each !== before || !/\d$/.test(each)),
  );
  const number = disk === undefined ? undefined : Number(digits);
  return [disk, number, device];
}
