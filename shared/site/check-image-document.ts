import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { editDistance, suggest } from '../diagnostics/suggest.ts';
import { bytesOfSize } from '../schema/scalars.ts';
import { childOf, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { reportFormatsNotMade } from './check-output-formats.ts';
import { textUnder } from './host-document.ts';

/** The smallest and largest seed area that the builder makes, in bytes. */
const seedAreaRange = { least: 4096, most: 256 * 2 ** 20 };
/** Below the size of any image that was measured, in bytes: kernel, initramfs and a minimal system. */
const smallestImage = 128 * 2 ** 20;

/** Set by the builder from other settings; an element's environment must not say otherwise. */
const ownVariables: Readonly<Record<string, string>> = {
  DIB_RELEASE: 'release',
  DIB_DISTRIBUTION_MIRROR: 'mirror in site.yaml',
  DIB_APT_SOURCES_CONF: 'mirror and components in site.yaml',
  ARCH: 'architecture',
  ELEMENTS_PATH: 'elements/',
};

/** What the schema of an image allows, but nobody means. */
export function checkImageDocument(root: SourceNode, sink: DiagnosticSink): void {
  const spec = childOf(root, 'spec');
  reportFormatsNotMade(root, sink);
  checkEnvironment(childOf(spec, 'environment'), sink);
  checkSizes(spec, sink);
}

function checkSizes(spec: SourceNode | undefined, sink: DiagnosticSink): void {
  const sizeOf = (node: ScalarNode | undefined) => bytesOfSize(String(node?.value ?? ''));
  const area = textUnder(spec, 'stampArea');
  const bytes = sizeOf(area);
  if (
    area !== undefined &&
    bytes !== undefined &&
    !(bytes >= seedAreaRange.least && bytes <= seedAreaRange.most)
  )
    sink.at(area, 'error', 'value-range', 'The stamp area must be from 4 KiB to 256 MiB.');
  const limit = textUnder(spec, 'sizeLimit');
  if (limit === undefined || (sizeOf(limit) ?? smallestImage) >= smallestImage) return;
  const message =
    'No image is that small: one with hardly any packages has some 230 MiB. The build would fail at its end.';
  sink.at(limit, 'warning', 'value-range', message);
}

function checkEnvironment(environment: SourceNode | undefined, sink: DiagnosticSink): void {
  if (environment?.type !== 'map') return;
  for (const { key } of environment.entries) {
    const name = String(key.value);
    const setting = Object.hasOwn(ownVariables, name) ? ownVariables[name] : undefined;
    if (setting !== undefined) {
      const message = `${name} is set from ${setting}. Change it there and remove it here.`;
      sink.at(key, 'error', 'value-invalid', message);
      continue;
    }
    const meant = suggest(
      name,
      Object.keys(ownVariables).filter((own) => own.startsWith('DIB_')),
    );
    if (meant === undefined || editDistance(name, meant) > 2) continue;
    const message = `No element reads ${name}. ${meant} is set from ${ownVariables[meant]}.`;
    sink.at(key, 'warning', 'value-invalid', message);
  }
}
