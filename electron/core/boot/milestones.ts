/** How far a machine came, in the order in which a boot that goes well passes them. */
export const milestoneIds = [
  'firmware',
  'boot-loader',
  'kernel',
  'initramfs',
  'systemd',
  'cloud-init',
  'login',
  'status',
  'until',
] as const;
export type MilestoneId = (typeof milestoneIds)[number];

export interface Milestone {
  readonly id: MilestoneId;
  /** Since the machine was switched on. */
  readonly seconds: number;
  /** The console line that told it. */
  readonly line: string;
}

/** Ends that a machine does not come back from by itself. */
export type BootFailure = 'no-boot' | 'no-root' | 'panic' | 'emergency';

/** Phrases of the programs themselves; kernel lines may have a time stamp in front. */
const milestonePatterns: readonly (readonly [MilestoneId, RegExp])[] = [
  ['firmware', /SeaBIOS \(version|^iPXE|BdsDxe: (?:loading|starting)|UEFI firmware/],
  ['boot-loader', /^GRUB |GNU GRUB|Welcome to GRUB|^ISOLINUX|^SYSLINUX|Booting `|EFI stub:|^Loading Linux/],
  ['kernel', /^(?:\[ *[\d.]+\] )?Linux version \d/],
  ['initramfs', /Run \/init as init process|^Loading, please wait|^Begin: /],
  [
    'systemd',
    /systemd\[1\]: systemd \d+.*running in system mode|^Welcome to .+!$|systemd\[1\]: Hostname set to/,
  ],
  ['cloud-init', /\bCloud-init v\. \d/],
  ['login', /^\S+ login:/],
];

const failurePatterns: readonly (readonly [BootFailure, RegExp])[] = [
  [
    'no-boot',
    /No bootable (?:device|option)|^grub(?: rescue)?>|UEFI Interactive Shell|Operating System not found/i,
  ],
  ['panic', /Kernel panic - not syncing|end Kernel panic/],
  ['no-root', /^\(initramfs\)|Unable to find a (?:live file system|medium containing a live)/],
  ['emergency', /You are in (?:emergency|rescue) mode|Give root password for maintenance/],
];

export function milestoneOf(line: string): MilestoneId | undefined {
  return milestonePatterns.find(([, pattern]) => pattern.test(line))?.[0];
}

export function failureOf(line: string): BootFailure | undefined {
  return failurePatterns.find(([, pattern]) => pattern.test(line))?.[0];
}
