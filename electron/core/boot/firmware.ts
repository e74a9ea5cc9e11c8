import { access } from 'node:fs/promises';
import { SiteforgeError } from '#shared/errors.ts';

/** UEFI for QEMU comes as code, which is only read, and a template of the variables, of which each machine has a copy. */
export interface UefiFirmware {
  readonly code: string;
  readonly variables: string;
}

/** Without Secure Boot's keys, which a test boot has no need of. The larger 4 MiB builds first, where both exist. */
const known: readonly UefiFirmware[] = [
  { code: '/usr/share/OVMF/OVMF_CODE_4M.fd', variables: '/usr/share/OVMF/OVMF_VARS_4M.fd' }, // Debian 12, Ubuntu
  { code: '/usr/share/OVMF/OVMF_CODE.fd', variables: '/usr/share/OVMF/OVMF_VARS.fd' }, // older Debian, Ubuntu
  { code: '/usr/share/edk2/ovmf/OVMF_CODE.fd', variables: '/usr/share/edk2/ovmf/OVMF_VARS.fd' }, // Fedora, RHEL
  { code: '/usr/share/edk2/x64/OVMF_CODE.4m.fd', variables: '/usr/share/edk2/x64/OVMF_VARS.4m.fd' }, // Arch
  { code: '/usr/share/edk2-ovmf/x64/OVMF_CODE.fd', variables: '/usr/share/edk2-ovmf/x64/OVMF_VARS.fd' }, // older Arch
  { code: '/usr/share/edk2-ovmf/OVMF_CODE.fd', variables: '/usr/share/edk2-ovmf/OVMF_VARS.fd' }, // Gentoo
  { code: '/usr/share/qemu/ovmf-x86_64-code.bin', variables: '/usr/share/qemu/ovmf-x86_64-vars.bin' }, // openSUSE
  { code: '/usr/share/qemu/edk2-x86_64-code.fd', variables: '/usr/share/qemu/edk2-i386-vars.fd' }, // QEMU's own
  { code: '/usr/local/share/qemu/edk2-x86_64-code.fd', variables: '/usr/local/share/qemu/edk2-i386-vars.fd' },
  {
    code: '/opt/homebrew/share/qemu/edk2-x86_64-code.fd',
    variables: '/opt/homebrew/share/qemu/edk2-i386-vars.fd',
  },
];

async function isReadable(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** The first complete pair of those places; `firmware-missing` names the package to install. */
export async function findUefiFirmware(places: readonly UefiFirmware[] = known): Promise<UefiFirmware> {
  for (const place of places) {
    if ((await isReadable(place.code)) && (await isReadable(place.variables))) return place;
  }
  throw new SiteforgeError('firmware-missing', {
    detail: `Looked for:\n${places.map((place) => place.code).join('\n')}`,
  });
}
