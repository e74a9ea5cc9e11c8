import type { HostProfile } from '../../../schema/host-profile.ts';
import { type Contribution, configurationFile, rootFile } from '../contribution.ts';

/**
 * What kdump-config(8) asks for the initramfs of the crash kernel, with the version of the kernel. That of the package
 * makes one for the device behind /, which a system that runs from its medium does not have: it gets the medium's, with
 * the seed, without which there were no network for a dump to go out by. In a build there is no medium yet.
 */
const initramfsHook = `#!/bin/sh
set -e
medium=/run/live/medium/live
[ -e "$medium/initrd" ] || exit 0
cat "$medium/initrd" "$medium/site-seed.img" > "/var/lib/kdump/initrd.img-$1"
`;

/**
 * kdump-tools(5). The memory is set aside by the running kernel, so that it must stand on its command line. The medium
 * may be a stick or a BMC's virtual one, which Debian's own "usbcore.nousb" would hide from the crash kernel.
 */
export function renderKdump({ kdump }: HostProfile['spec']): Contribution {
  if (kdump === undefined) return {};
  const lines = [
    'USE_KDUMP=1',
    'KDUMP_KERNEL=/var/lib/kdump/vmlinuz',
    'KDUMP_INITRD=/var/lib/kdump/initrd.img',
    "KDUMP_CMDLINE_APPEND='reset_devices systemd.unit=kdump-tools-dump.service nr_cpus=1 irqpoll'",
    `KDUMP_COREDIR='${kdump.folder.replaceAll("'", "'\\''")}'`,
  ];
  if (kdump.nfs !== undefined) lines.push(`NFS='${kdump.nfs}'`);
  return {
    packages: ['kdump-tools', ...(kdump.nfs === undefined ? [] : ['nfs-common'])],
    kernelArguments: [`crashkernel=${kdump.memory}`],
    files: [
      ...configurationFile('/etc/default/kdump-tools', lines),
      rootFile('/etc/kernel/postinst.d/kdump-tools', initramfsHook, '0755'),
      // The network of the seed, in the crash kernel too.
      ...configurationFile('/etc/systemd/system/kdump-tools-dump.service.d/60-siteforge.conf', [
        '[Unit]',
        'Wants=cloud-init-local.service',
        'After=cloud-init-local.service',
      ]),
    ],
  };
}
