import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import type { HostProfile } from '../../schema/host-profile.ts';
import type { ReadablePart } from '../../schema/readable-part.ts';
import { nodeAt, type SourceNode } from '../../source/source-node.ts';
import { checkLimitsFiles } from './accounts/check-limits-files.ts';
import { checkOpenFiles } from './accounts/check-open-files.ts';
import { checkOwners } from './accounts/check-owners.ts';
import { checkShells } from './accounts/check-shells.ts';
import { checkSudoersFiles } from './accounts/check-sudoers-files.ts';
import { checkAppArmor } from './apparmor/check-apparmor.ts';
import { checkAppArmorProfiles } from './apparmor/check-apparmor-profiles.ts';
import { checkGrub } from './boot/check-grub.ts';
import { checkGrubFiles } from './boot/check-grub-files.ts';
import { checkLikelyMistakes } from './check-likely-mistakes.ts';
import { checkRepetitions } from './check-repetitions.ts';
import { checkCloudInitFiles } from './files/check-cloud-init-files.ts';
import { checkFiles } from './files/check-files.ts';
import { checkGeneratedFiles } from './files/check-generated-files.ts';
import { checkInterpreters } from './files/check-interpreters.ts';
import { checkArgumentConflicts } from './kernel/check-argument-conflicts.ts';
import { checkKernelArguments } from './kernel/check-kernel-arguments.ts';
import { checkModuleFiles } from './kernel/check-module-files.ts';
import { checkModuleOptions } from './kernel/check-module-options.ts';
import { checkModules } from './kernel/check-modules.ts';
import { checkRefusedModules } from './kernel/check-refused-modules.ts';
import { checkSerialPorts } from './kernel/check-serial-ports.ts';
import { checkContainers } from './kubernetes/check-containers.ts';
import { checkKubelet } from './kubernetes/check-kubelet.ts';
import { checkKubeletValues } from './kubernetes/check-kubelet-values.ts';
import { checkNode } from './kubernetes/check-node.ts';
import { checkRuntime } from './kubernetes/check-runtime.ts';
import { checkRuntimeConfiguration } from './kubernetes/check-runtime-configuration.ts';
import { checkCpu } from './machine/check-cpu.ts';
import { checkCrashMemory } from './machine/check-crash-memory.ts';
import { checkHugepageArguments, checkHugepages } from './machine/check-hugepages.ts';
import { checkKdump } from './machine/check-kdump.ts';
import { checkMachine } from './machine/check-machine.ts';
import { checkNeededParts } from './packages/check-needed-parts.ts';
import { checkPurgedPackages } from './packages/check-purged-packages.ts';
import { checkSources } from './packages/check-sources.ts';
import type { ProfileCheck } from './profile-check.ts';
import type { Remedy } from './remedy.ts';
import { renderHostProfile } from './render-host-profile.ts';
import { checkMountOptions } from './storage/check-mount-options.ts';
import { checkPartitions } from './storage/check-partitions.ts';
import { checkModulesOfSysctl } from './sysctl/check-modules-of-sysctl.ts';
import { checkSysctlFiles } from './sysctl/check-sysctl-files.ts';
import { checkSysctlValues } from './sysctl/check-sysctl-values.ts';
import { checkSectionUnits } from './systemd/check-section-units.ts';
import { checkUnitAccounts } from './systemd/check-unit-accounts.ts';
import { checkUnitAliases } from './systemd/check-unit-aliases.ts';
import { checkUnitPackages } from './systemd/check-unit-packages.ts';
import { checkUnits } from './systemd/check-units.ts';

/** Gets what mends a finding, which is told by its place and message. */
export type RemedyListener = (node: SourceNode, message: string, remedies: readonly Remedy[]) => void;

export interface ProfileCheckOptions {
  readonly onRemedies?: RemedyListener;
  /** Packages that come into the image from elsewhere. */
  readonly brought?: readonly string[];
}

/** What can be read of the `spec` of a profile. */
export type ReadableProfile = ReadablePart<HostProfile['spec']>;

/** What a profile says against itself, and what is allowed but hardly meant. */
export function checkHostProfile(
  { value: spec, node: root, isRead, writtenPath }: ReadableProfile,
  sink: DiagnosticSink,
  { onRemedies = () => undefined, brought = [] }: ProfileCheckOptions = {},
): void {
  const check: ProfileCheck = {
    spec,
    rendered: renderHostProfile(spec),
    brought,
    at: (...path) => nodeAt(root, path),
    isRead,
    numberOf: (...path) => Number(writtenPath(path)?.at(-1) ?? path.at(-1)) + 1,
    contradiction: (node, message, ...remedies) => {
      sink.at(node, 'error', 'host-profile-contradiction', message);
      onRemedies(node, message, remedies);
    },
    value: (node, message, ...remedies) => {
      sink.at(node, 'warning', 'host-profile-value', message);
      onRemedies(node, message, remedies);
    },
    misspelt: (node, message, fixes) => sink.at(node, 'warning', 'host-profile-value', message, fixes),
    information: (node, message) => sink.at(node, 'info', 'host-profile-value', message),
  };
  for (const topic of [
    checkKernelArguments,
    checkArgumentConflicts,
    checkSerialPorts,
    checkCpu,
    checkHugepages,
    checkHugepageArguments,
    checkModules,
    checkModuleFiles,
    checkModuleOptions,
    checkRefusedModules,
    checkUnits,
    checkUnitAliases,
    checkUnitAccounts,
    checkRepetitions,
    checkLikelyMistakes,
    checkSysctlValues,
    checkSysctlFiles,
    checkSudoersFiles,
    checkLimitsFiles,
    checkFiles,
    checkInterpreters,
    checkShells,
    checkCloudInitFiles,
    checkMachine,
    checkCrashMemory,
    checkAppArmor,
    checkAppArmorProfiles,
    checkContainers,
    checkRuntimeConfiguration,
    checkOwners,
    checkPartitions,
    checkMountOptions,
    checkPurgedPackages,
    checkUnitPackages,
    checkKdump,
    checkRuntime,
    checkNode,
    checkModulesOfSysctl,
    checkOpenFiles,
    checkSectionUnits,
    checkKubelet,
    checkKubeletValues,
    checkNeededParts,
    checkSources,
    checkGrub,
    checkGrubFiles,
  ])
    topic(check);
  checkGeneratedFiles(check);
}
