/** Partitions of a profile, as its author writes them. */
export const partitions = (entries: string, more = '') =>
  `partitions:\n  ${more}entries:\n${entries.replace(/^/gm, '  ')}`;
export const root = '- {name: root, size: "-1", filesystem: {type: ext4, mountpoint: /}}';
export const esp = '- {name: esp, size: 512m, flags: [esp], filesystem: {type: vfat, mountpoint: /boot/efi}}';
/** What is said of all of them. */
export const used = /^info Partitions are used by qcow2 and raw images/;
