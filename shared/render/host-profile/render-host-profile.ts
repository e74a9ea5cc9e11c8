import type { HostProfile } from '../../schema/host-profile.ts';
import { renderLimits } from './accounts/limits.ts';
import { renderUsers } from './accounts/users.ts';
import { renderApparmor } from './apparmor/apparmor.ts';
import { renderGrub } from './boot/grub.ts';
import type { BakedFile, BakedScript, Contribution } from './contribution.ts';
import { renderBanners } from './files/banners.ts';
import { renderFiles } from './files/files.ts';
import { renderPermissions } from './files/permissions.ts';
import { renderConsole } from './kernel/console.ts';
import { renderDkms } from './kernel/dkms.ts';
import { argumentText, withoutRepetition } from './kernel/kernel-arguments.ts';
import { renderModules } from './kernel/modules.ts';
import { renderContainers } from './kubernetes/containers.ts';
import { renderKubernetes } from './kubernetes/kubernetes.ts';
import { renderCpu } from './machine/cpu.ts';
import { renderHugepages } from './machine/hugepages.ts';
import { renderKdump } from './machine/kdump.ts';
import { renderPackages } from './packages/packages.ts';
import { renderBuildRepositories, renderRepositories } from './packages/repositories.ts';
import { renderSysctl } from './sysctl/sysctl.ts';
import { renderSystemd } from './systemd/systemd.ts';

/** Everything that a profile bakes into an image, in the builder's terms. */
export interface RenderedHostProfile {
  readonly kernelPackage: string;
  /** Sorted, each once; firmware included. */
  readonly packages: readonly string[];
  readonly files: readonly BakedFile[];
  readonly units: {
    readonly enable: readonly string[];
    readonly disable: readonly string[];
    readonly mask: readonly string[];
  };
  readonly scripts: readonly BakedScript[];
  readonly kernelArguments: readonly string[];
}

/**
 * In the order of the kernel command line: consoles last, because the last one is /dev/console. Scripts of the profile
 * stand in `renderFiles`, behind those that packages and accounts need.
 */
const topics: readonly ((spec: HostProfile['spec']) => Contribution)[] = [
  ({ kernel }) => ({ kernelArguments: kernel.arguments.map(argumentText) }),
  renderCpu,
  renderHugepages,
  renderApparmor,
  renderKdump,
  renderModules,
  renderSysctl,
  renderLimits,
  renderSystemd,
  renderRepositories,
  renderPackages,
  renderDkms,
  renderContainers,
  renderKubernetes,
  renderUsers,
  renderBanners,
  renderFiles,
  renderConsole,
];

export function renderHostProfile(spec: HostProfile['spec']): RenderedHostProfile {
  const contributions = topics.map((render) => render(spec));
  const kernelArguments = withoutRepetition(
    contributions.flatMap(({ kernelArguments: added = [] }) => added),
  );
  contributions.push(
    renderGrub(spec, kernelArguments),
    renderBuildRepositories(spec),
    renderPermissions(spec),
  );
  const { enable = [], disable = [], mask = [] } = spec.systemd ?? {};
  return {
    kernelPackage: spec.kernel.package,
    packages: [...new Set(contributions.flatMap(({ packages = [] }) => packages))].sort(),
    files: contributions.flatMap(({ files = [] }) => files),
    units: {
      enable: [...new Set([...enable, ...contributions.flatMap((each) => each.enable ?? [])])],
      disable: [...new Set(disable)],
      mask: [...new Set(mask)],
    },
    scripts: contributions.flatMap(({ scripts = [] }) => scripts),
    kernelArguments,
  };
}
