import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { editDistance, suggest } from '../diagnostics/suggest.ts';
import { checkHostProfile } from '../render/host-profile/check-host-profile.ts';
import { renderHostProfile } from '../render/host-profile/render-host-profile.ts';
import type { HostProfile } from '../schema/host-profile.ts';
import type { Image } from '../schema/image.ts';
import { wholePart } from '../schema/readable-part.ts';
import { bytesOfSize } from '../schema/scalars.ts';
import type { Site } from '../schema/site.ts';
import { childOf, entryOf, nodeAt, type SourceNode } from '../source/source-node.ts';
import type { AssembleConfig, BuilderConfig, ComposeConfig } from './builder-config.ts';

/** A checked document and the tree that it was read from. */
export interface Located<Value> {
  readonly value: Value;
  readonly node: SourceNode;
}

export interface ImageParts {
  readonly image: Located<Image>;
  readonly profile: Located<HostProfile>;
  readonly site: Located<Site>;
}

export interface ImagePlan {
  readonly builderConfig: BuilderConfig;
  /** Largest size of the image in bytes; a larger one fails the build. */
  readonly sizeLimit?: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Elements without which an image could not boot, take a seed, carry a profile or say how it came up. */
export const elementsOfEveryImage = [
  'siteforge-live',
  'siteforge-cloud-init',
  'siteforge-profile',
  'siteforge-console',
] as const;

/** Set by the builder from other settings; an element's environment must not say otherwise. */
const ownVariables: Readonly<Record<string, string>> = {
  DIB_RELEASE: 'release',
  DIB_DISTRIBUTION_MIRROR: 'mirror in site.yaml',
  DIB_APT_SOURCES_CONF: 'mirror and components in site.yaml',
  ARCH: 'architecture',
  ELEMENTS_PATH: 'elements/',
};

/** The smallest and largest seed area that the builder makes, in bytes. */
const seedAreaRange = { least: 4096, most: 256 * 2 ** 20 };
/** Below the size of any image that was measured, in bytes: kernel, initramfs and a minimal system. */
const smallestImage = 128 * 2 ** 20;
/** One GRUB script with the arguments of a host: longer than the kernel's command line can be. */
const kernelArgumentsAreaBytes = 4096;
/** COMMAND_LINE_SIZE of x86 without its closing zero (arch/x86/include/asm/setup.h). */
const longestCommandLine = 2047;
/** Any fixed time does: 14 November 2023. */
const sourceDateEpoch = 1_700_000_000;

/** What a builder gets to make an image, and what is wrong with it. Equal documents give equal plans. */
export function planImage(parts: ImageParts): ImagePlan {
  const sink = new DiagnosticSink();
  const { image, profile, site } = parts;
  const spec = childOf(profile.node, 'spec');
  if (spec !== undefined) checkHostProfile(wholePart(profile.value.spec, spec), sink);
  checkFirmware(parts, sink);
  checkEnvironment(image, sink);
  const builderConfig: BuilderConfig = {
    apiVersion: 'siteforge/v1',
    kind: 'BuilderConfig',
    builder: {
      imageType: 'iso',
      outputFileName: outputFileName(image.value),
      outputMetadataFileName: 'output-metadata.yaml',
    },
    compose: composeConfig(image.value, profile.value, site.value),
    assemble: assembleConfig(parts, sink),
  };
  const { sizeLimit } = image.value.spec;
  const limit = sizeLimit === undefined ? undefined : bytesOfSize(sizeLimit);
  if (limit !== undefined && limit < smallestImage) {
    const message =
      'No image is that small: one with hardly any packages has some 230 MiB. The build would fail at its end.';
    sink.at(nodeAt(image.node, ['spec', 'sizeLimit']), 'warning', 'value-range', message);
  }
  return { builderConfig, ...(limit === undefined ? {} : { sizeLimit: limit }), diagnostics: sink.list() };
}

function composeConfig({ spec }: Image, profile: HostProfile, site: Site): ComposeConfig {
  const rendered = renderHostProfile(profile.spec);
  const { mirror, securityMirror, components, release } = site.spec;
  return {
    base: spec.base,
    release: spec.release ?? release,
    architecture: spec.architecture,
    ...(mirror === undefined ? {} : { mirror }),
    ...(securityMirror === undefined ? {} : { securityMirror }),
    components,
    elements: [...new Set([...elementsOfEveryImage, ...spec.elements])],
    environment: spec.environment,
    kernelPackage: rendered.kernelPackage,
    packages: [...new Set([...rendered.packages, ...spec.packages])].sort(),
    files: rendered.files,
    units: rendered.units,
    scripts: rendered.scripts,
  };
}

function assembleConfig({ image, profile, site }: ImageParts, sink: DiagnosticSink): AssembleConfig {
  const { metadata, spec } = image.value;
  const { kernelArguments } = renderHostProfile(profile.value.spec);
  const commandLine = kernelArguments.join(' ');
  if (commandLine.length > longestCommandLine) {
    sink.at(
      nodeAt(profile.node, ['spec', 'kernel', 'arguments']),
      'error',
      'host-profile-value',
      `The kernel arguments are ${commandLine.length} characters long; the kernel reads ${longestCommandLine}.`,
    );
  }
  return {
    volumeId: spec.outputs[0]?.volumeId ?? volumeIdOf(metadata.name),
    origin: { site: site.value.metadata.name, image: metadata.name, profile: spec.profile },
    kernelArguments,
    menuTitle: spec.bootMenu.title ?? metadata.name,
    menuTimeout: spec.bootMenu.timeout,
    seedAreaBytes: seedAreaBytes(image, sink),
    kernelArgumentsAreaBytes,
    sourceDateEpoch,
  };
}

/** `edge-node` becomes `EDGE_NODE`: A to Z, 0 to 9 and _, at most 32 (ECMA-119 section 8.4.12). */
export function volumeIdOf(name: string): string {
  return name
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '_')
    .slice(0, 32);
}

function outputFileName({ metadata, spec }: Image): string {
  const name = spec.outputs[0]?.name ?? metadata.name;
  return name.endsWith('.iso') ? name : `${name}.iso`;
}

function seedAreaBytes({ value, node }: Located<Image>, sink: DiagnosticSink): number {
  const bytes = bytesOfSize(value.spec.stampArea) ?? 0;
  const { least, most } = seedAreaRange;
  if (bytes >= least && bytes <= most) return bytes;
  sink.at(
    nodeAt(node, ['spec', 'stampArea']),
    'error',
    'value-range',
    'The stamp area must be from 4 KiB to 256 MiB.',
  );
  return Math.min(Math.max(bytes, least), most);
}

function checkFirmware({ profile, site }: ImageParts, sink: DiagnosticSink): void {
  if (site.value.spec.components.includes('non-free-firmware')) return;
  for (const [index, name] of (profile.value.spec.firmware ?? []).entries()) {
    sink.at(
      nodeAt(profile.node, ['spec', 'firmware', index]),
      'warning',
      'host-profile-value',
      `${name} is hardly found without non-free-firmware in components of site.yaml.`,
    );
  }
}

function checkEnvironment({ value, node }: Located<Image>, sink: DiagnosticSink): void {
  const mapping = childOf(childOf(node, 'spec'), 'environment');
  for (const name of Object.keys(value.spec.environment)) {
    const setting = Object.hasOwn(ownVariables, name) ? ownVariables[name] : undefined;
    const key = entryOf(mapping, name)?.key;
    if (setting === undefined || key === undefined) {
      const meant = suggest(
        name,
        Object.keys(ownVariables).filter((own) => own.startsWith('DIB_')),
      );
      if (key !== undefined && meant !== undefined && editDistance(name, meant) <= 2)
        sink.at(
          key,
          'warning',
          'value-invalid',
          `No element reads ${name}. ${meant} is set from ${ownVariables[meant]}.`,
        );
      continue;
    }
    sink.at(
      key,
      'error',
      'value-invalid',
      `${name} is set from ${setting}. Change it there and remove it here.`,
    );
  }
}
