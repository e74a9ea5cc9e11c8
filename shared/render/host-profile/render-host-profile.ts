import type { HostProfile } from '../../schema/host-profile.ts';
import { renderBanners } from './banners.ts';
import { renderConsole } from './console.ts';
import type { BakedFile, BakedScript, Contribution } from './contribution.ts';
import { renderCpu } from './cpu.ts';
import { renderFiles } from './files.ts';
import { renderHugepages } from './hugepages.ts';
import { argumentText, withoutRepetition } from './kernel-arguments.ts';
import { renderLimits } from './limits.ts';
import { renderModules } from './modules.ts';
import { renderSysctl } from './sysctl.ts';
import { renderSystemd } from './systemd.ts';

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

/** In the order of the kernel command line: consoles last, because the last one is /dev/console. */
const topics: readonly ((spec: HostProfile['spec']) => Contribution)[] = [
  ({ kernel }) => ({ kernelArguments: kernel.arguments.map(argumentText) }),
  renderCpu,
  renderHugepages,
  renderModules,
  renderSysctl,
  renderLimits,
  renderSystemd,
  renderBanners,
  renderFiles,
  renderConsole,
];

export function renderHostProfile({ spec }: HostProfile): RenderedHostProfile {
  const contributions = topics.map((render) => render(spec));
  const { enable = [], disable = [], mask = [] } = spec.systemd ?? {};
  return {
    kernelPackage: spec.kernel.package,
    packages: [...new Set([...(spec.packages?.install ?? []), ...(spec.firmware ?? [])])].sort(),
    files: contributions.flatMap(({ files = [] }) => files),
    units: { enable: [...new Set(enable)], disable: [...new Set(disable)], mask: [...new Set(mask)] },
    scripts: contributions.flatMap(({ scripts = [] }) => scripts),
    kernelArguments: withoutRepetition(contributions.flatMap(({ kernelArguments = [] }) => kernelArguments)),
  };
}
