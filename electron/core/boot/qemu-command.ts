import { resolve } from 'node:path';
import type { UefiFirmware } from './firmware.ts';

export type Accelerator = 'kvm' | 'tcg';

export interface Machine {
  readonly image: string;
  /** undefined is BIOS. The variables are the machine's own copy. */
  readonly uefi: UefiFirmware | undefined;
  readonly medium: 'cd' | 'usb';
  readonly memoryMiB: number;
  readonly cpus: number;
  readonly macs: readonly string[];
}

/** QEMU splits option values at commas; a doubled one stands for itself. */
function optionValue(path: string): string {
  return resolve(path).replaceAll(',', ',,');
}

export function acceleratorArguments(accelerator: Accelerator): string[] {
  // `max` is everything the emulator knows; `host` needs the hardware. A processor with fast strings (ERMS, FSRM) makes
  // Linux clear and copy memory with "rep stosb" and "rep movsb", which the emulator carries out byte by byte: of 100 s of
  // processor until systemd's first words, 62 s were that between two lines of the console, and 19 s without the flags.
  return accelerator === 'kvm'
    ? ['-accel', 'kvm', '-cpu', 'host']
    : ['-accel', 'tcg,thread=multi', '-cpu', 'max,erms=off,fsrm=off'];
}

/** A machine without screen whose firmware and kernel talk on the first serial port, here standard output. */
export const headlessArguments: readonly string[] = [
  // Without graphics SeaBIOS writes to the serial port too.
  ...['-machine', 'q35,graphics=off', '-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot'],
  ...['-chardev', 'stdio,id=console,signal=off', '-serial', 'chardev:console'],
];

function mediumArguments(machine: Machine): string[] {
  const drive = `if=none,id=medium,format=raw,file=${optionValue(machine.image)}`;
  if (machine.medium === 'cd') {
    return ['-drive', `${drive},media=cdrom,readonly=on`, '-device', 'ide-cd,drive=medium,bootindex=0'];
  }
  // The guest may write to a stick; the writes go to a file that QEMU unlinks when it has opened it.
  return [
    ...['-drive', `${drive},snapshot=on`, '-device', 'qemu-xhci,id=usb'],
    ...['-device', 'usb-storage,bus=usb.0,drive=medium,removable=on,bootindex=0'],
  ];
}

/** `restrict` lets nothing out but DHCP to QEMU itself. Without a boot ROM no time is lost with PXE. */
function networkArguments(macs: readonly string[]): string[] {
  return macs.flatMap((mac, at) => [
    ...['-netdev', `user,id=net${at},restrict=on`],
    ...['-device', `virtio-net-pci,netdev=net${at},mac=${mac},romfile=`],
  ]);
}

export function qemuArguments(machine: Machine, accelerator: Accelerator): string[] {
  const flash = (file: string, readOnly: boolean): string[] => [
    '-drive',
    `if=pflash,format=raw,readonly=${readOnly ? 'on' : 'off'},file=${optionValue(file)}`,
  ];
  const uefi = machine.uefi;
  return [
    ...acceleratorArguments(accelerator),
    ...headlessArguments,
    ...['-m', `${machine.memoryMiB}`, '-smp', `${machine.cpus}`, '-boot', 'strict=on'],
    ...(uefi === undefined ? [] : [...flash(uefi.code, true), ...flash(uefi.variables, false)]),
    ...mediumArguments(machine),
    ...networkArguments(machine.macs),
    ...['-vga', 'std', '-device', 'virtio-rng-pci'],
  ];
}
