import type { HostProfile } from '../../schema/host-profile.ts';
import { type Contribution, configurationFile } from './contribution.ts';

/** kdump-tools(5). The memory is set aside by the running kernel, so that it must stand on its command line. */
export function renderKdump({ kdump }: HostProfile['spec']): Contribution {
  if (kdump === undefined) return {};
  const lines = ['USE_KDUMP=1', `KDUMP_COREDIR='${kdump.folder.replaceAll("'", "'\\''")}'`];
  if (kdump.nfs !== undefined) lines.push(`NFS='${kdump.nfs}'`);
  return {
    packages: ['kdump-tools', ...(kdump.nfs === undefined ? [] : ['nfs-common'])],
    kernelArguments: [`crashkernel=${kdump.memory}`],
    files: configurationFile('/etc/default/kdump-tools', lines),
  };
}
