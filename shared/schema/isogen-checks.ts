import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { childOf, entryOf, type SourceNode, stringOf } from '../source/source-node.ts';
import { checkAgainstSchema } from './check-against-schema.ts';
import { type Isogen, type IsogenShape, isogenKinds, isogenSchemas, volumeSides } from './isogen.ts';

/** What airshipctl writes into the volume itself (pkg/bootstrap/isogen/command.go). */
const builderConfigFile = 'builder-conf.yaml';

/** Checks airshipctl's isogen configuration in the shape that it has. `undefined` when something is wrong. */
export function checkIsogen(root: SourceNode, sink: DiagnosticSink): Isogen | undefined {
  const shape = shapeOf(root);
  const value = checkAgainstSchema(root, isogenSchemas[shape], sink);
  checkFileNames(root, sink);
  // Of a kind that does not exist it cannot be told what its builder needs.
  const kind = stringOf(root, 'kind');
  const isKnown = kind === undefined || isogenKinds.some((each) => each === kind);
  if (shape !== 'IsoConfiguration' && isKnown) checkInputs(root, sink);
  return value;
}

function shapeOf(root: SourceNode): IsogenShape {
  const kind = stringOf(root, 'kind');
  const meant = kind === undefined ? undefined : isogenKinds.find((each) => each === kind);
  if (meant !== undefined) return meant;
  const near = kind === undefined ? undefined : suggest(kind, isogenKinds);
  if (near !== undefined) return near as IsogenShape;
  const hasHead = ['apiVersion', 'kind', 'metadata'].some((key) => entryOf(root, key) !== undefined);
  return hasHead ? 'ImageConfiguration' : 'plain';
}

/** airshipctl's verifyInputs: an ISO needs both files. A qcow takes none of them. */
function checkInputs(root: SourceNode, sink: DiagnosticSink): void {
  const builder = entryOf(root, 'builder');
  if (builder?.value.type !== 'map') return;
  const isQcow = stringOf(builder.value, 'imageType') === 'qcow';
  const present = builder.value.entries.map(({ key }) => String(key.value));
  for (const key of ['userDataFileName', 'networkConfigFileName']) {
    if (isQcow || present.includes(key)) continue;
    // A misspelt key is reported as what it is.
    if (present.some((other) => suggest(other, [key]) !== undefined)) continue;
    const what = key === 'userDataFileName' ? 'user-data' : 'the network configuration';
    const message = `“${key}” is missing in “builder”. An ISO needs the name of the file of ${what}.`;
    sink.at(builder.key, 'error', 'key-missing', message);
  }
  const qcowVariables = entryOf(builder.value, 'qcowVarsFileName');
  if (!isQcow && qcowVariables !== undefined) {
    const message = 'The builder reads “qcowVarsFileName” only when “imageType” is qcow.';
    sink.at(qcowVariables.key, 'warning', 'isogen-file', message);
  }
}

/** All files lie in the one folder of the volume: of two with the same name, one is written over. */
function checkFileNames(root: SourceNode, sink: DiagnosticSink): void {
  const builder = childOf(root, 'builder');
  if (builder?.type !== 'map') return;
  const taken = new Map<string, string>([[builderConfigFile, 'the configuration that airshipctl writes']]);
  for (const { key, value } of builder.entries) {
    if (!/FileName$/.test(String(key.value)) || value.type !== 'scalar') continue;
    const name = String(value.value);
    const other = taken.get(name);
    if (other !== undefined) {
      const message = `“${name}” is also the name of ${other}: in one folder, one is written over the other.`;
      sink.at(value, 'error', 'isogen-file', message);
    } else taken.set(name, `the file of “${String(key.value)}”`);
  }
  checkEnding(builder, sink);
}

function checkEnding(builder: SourceNode, sink: DiagnosticSink): void {
  const output = childOf(builder, 'outputFileName');
  if (output?.type !== 'scalar') return;
  const isQcow = stringOf(builder, 'imageType') === 'qcow';
  const name = String(output.value);
  const isOther = isQcow ? /\.iso$/i.test(name) : /\.(qcow2?|raw|img)$/i.test(name);
  if (!isOther) return;
  const made = isQcow ? 'a qcow2 image' : 'an ISO';
  sink.at(output, 'warning', 'isogen-file', `“${name}” will hold ${made}, which its ending does not say.`);
}

/** A file, or the folder of the volume, that the configuration names on this machine. */
export interface NamedFile {
  readonly path: string;
  readonly isFolder: boolean;
  readonly place: SourceNode;
}

/** What must be there before a build: whether it is, only the machine that builds can tell. */
export function inputsOfIsogen(root: SourceNode | undefined): readonly NamedFile[] {
  const volume = childOf(childOf(root, 'container'), 'volume');
  if (volume?.type !== 'scalar' || typeof volume.value !== 'string') return [];
  const { host } = volumeSides(volume.value);
  if (!host.startsWith('/') || host.includes('\0')) return [];
  const builder = childOf(root, 'builder');
  const names = ['userDataFileName', 'networkConfigFileName', 'osconfigVarsFileName', 'qcowVarsFileName'];
  const files = names.flatMap((key) => {
    const place = childOf(builder, key);
    const name = stringOf(builder, key);
    const isName = name !== undefined && !/[/\\\0]/.test(name) && name !== '' && !/^\.{1,2}$/.test(name);
    return place === undefined || !isName ? [] : [{ path: `${host}/${name}`, isFolder: false, place }];
  });
  return [{ path: host, isFolder: true, place: volume }, ...files];
}
