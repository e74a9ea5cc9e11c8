import type { HostProfile } from '../../../schema/host-profile.ts';
import { type Contribution, shellScript } from '../contribution.ts';

/**
 * dkms(8). The packages build when they are installed, if the headers happen to be there already; the script builds
 * what is left, for the kernel of the image instead of the one that runs the build, and ends the build where a module
 * does not compile: on a host without network nothing could.
 */
export function renderDkms({ kernel }: HostProfile['spec']): Contribution {
  const headers = kernel.headers ?? (kernel.dkms.length === 0 ? undefined : headersOf(kernel.package));
  const packages = [...(headers === undefined ? [] : [headers]), ...kernel.dkms];
  if (kernel.dkms.length === 0) return { packages };
  return {
    packages: ['dkms', ...packages],
    scripts: shellScript('00-siteforge-dkms', [
      'for build in /lib/modules/*/build; do',
      '  dkms autoinstall -k "$(basename "$(dirname "$build")")"',
      'done',
      "if ! dkms status | grep -q ': installed' || dkms status | grep -v ': installed'; then",
      '  echo "A module of kernel.dkms was not built. Its log stands in /var/lib/dkms." >&2',
      '  exit 1',
      'fi',
    ]),
  };
}

/** Debian names them alike: linux-image-amd64 and linux-headers-amd64, versions and releases behind them included. */
export function headersOf(kernelPackage: string): string {
  return kernelPackage.replace(/^linux-image-(unsigned-)?/, 'linux-headers-');
}
