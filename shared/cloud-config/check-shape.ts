import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { place as placeName } from '../schema/check-against-schema.ts';
import { cloudConfigSchema } from '../schema/cloud-config.ts';
import type { MapNode, PathSegment, ScalarNode, SourceNode } from '../source/source-node.ts';
import { cloudInitRootSchema, ownRootSchema, type RootSchema } from './cloud-init-schema.ts';
import { placeOf, reportProblem } from './report-problem.ts';
import { type Problem, SchemaCheck } from './schema-check.ts';

export interface ShapeOptions {
  /** Scalars that stand for values that are not known yet: they fit everywhere. */
  readonly isOpen: (node: ScalarNode) => boolean;
  /** Nodes and keys of which something was said already, by a check that knows more. */
  readonly isTold: (node: SourceNode) => boolean;
  /** Default: cloud-init's own where the build had it, else our description. */
  readonly schema?: RootSchema;
}

/**
 * Checks the shape of a cloud-config. cloud-init's own schema decides where it is at hand, ours elsewhere; never both,
 * so that one mistake is told once. Ours still names the keys that newer versions know.
 */
export function checkShape(root: MapNode, sink: DiagnosticSink, options: ShapeOptions): void {
  const schema = options.schema ?? cloudInitRootSchema();
  const check = new SchemaCheck(schema.root, options.isOpen);
  const found: Problem[] = [];
  const siblings = [...schema.keys.keys()];
  for (const { key, value } of root.entries) {
    const name = String(key.value);
    const schemas = schema.keys.get(name);
    if (schemas === undefined) {
      if (!options.isOpen(key) && !options.isTold(key)) reportUnknownKey(root, key, sink, schema);
      continue;
    }
    for (const each of schemas)
      check.check(each, { node: value, key, segment: name, isNamed: true, mapping: root, siblings }, found);
  }
  const meant = meantKeys(found);
  for (const each of found) {
    const isTold = options.isTold(each.node) || options.isTold(placeOf(each));
    const isMeant =
      each.kind === 'missing' && each.names.some((name) => meant.has(identityOf(each.path, name)));
    if (!isTold && !isMeant) reportProblem(each, sink);
  }
}

/** Keys that are written, but misspelt: they are not missing, in whichever alternative they are asked for. */
function meantKeys(found: readonly Problem[]): ReadonlySet<string> {
  const meant = new Set<string>();
  for (const each of found)
    if (each.meant !== undefined) meant.add(identityOf(each.path.slice(0, -1), each.meant));
  return meant;
}

function identityOf(path: readonly PathSegment[], name: string): string {
  return [...path, name].join('\n');
}

/**
 * Keys that cloud-init reads although no schema names them: its own settings (cloudinit/settings.py, the documentation
 * of /etc/cloud/cloud.cfg), those of merging, and of parts.
 */
function isKnown(name: string, { keys }: RootSchema): boolean {
  return keys.has(name) || Object.hasOwn(cloudConfigSchema.shape, name);
}

/** cloud-init ignores keys that it does not know, and says nothing; whoever wrote it meant something. */
function reportUnknownKey(root: MapNode, key: ScalarNode, sink: DiagnosticSink, schema: RootSchema): void {
  const name = String(key.value);
  if (isKnown(name, schema)) return;
  const present = new Set(root.entries.map((entry) => String(entry.key.value)));
  const known = [...schema.keys.keys(), ...ownRootSchema().keys.keys()].filter((each) => !present.has(each));
  const { hint, fixes } = didYouMean(key, name, known);
  const message = `The key “${name}” does not exist ${placeName([])}; cloud-init ignores it.${hint}`;
  sink.at(key, 'warning', 'key-unknown', message, fixes);
}
