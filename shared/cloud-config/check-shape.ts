import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { didYouMeanKey } from '../diagnostics/suggest.ts';
import { cloudConfigSchema } from '../schema/cloud-config.ts';
import { place as placeName } from '../schema/finding-words.ts';
import { homeOfKey } from '../schema/other-kinds.ts';
import type { MapNode, PathSegment, ScalarNode, SourceNode } from '../source/source-node.ts';
import { cloudInitRootSchema, type RootSchema } from './cloud-init-schema.ts';
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
  const unknown: ScalarNode[] = [];
  const siblings = [...schema.keys.keys()];
  for (const { key, value } of root.entries) {
    const name = String(key.value);
    const schemas = schema.keys.get(name);
    if (schemas === undefined) {
      if (!options.isOpen(key) && !options.isTold(key)) unknown.push(key);
      continue;
    }
    for (const each of schemas)
      check.check(each, { node: value, key, segment: name, isNamed: true, mapping: root, siblings }, found);
  }
  reportUnknownKeys(root, unknown, sink, schema);
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

/** Keys that are compared with the known ones. More are no slips, but another kind of text. */
const mostHints = 200;

/** cloud-init ignores keys that it does not know, and says nothing; whoever wrote it meant something. */
function reportUnknownKeys(
  root: MapNode,
  keys: readonly ScalarNode[],
  sink: DiagnosticSink,
  schema: RootSchema,
): void {
  const unknown = keys.filter((key) => !isKnown(String(key.value), schema));
  if (unknown.length === 0) return;
  const written = new Set(root.entries.map((entry) => String(entry.key.value)));
  const known = [...schema.keys.keys(), ...Object.keys(cloudConfigSchema.shape)];
  const absent = known.filter((each) => !written.has(each));
  const there = known.filter((each) => written.has(each));
  for (const [index, key] of unknown.entries()) {
    const name = String(key.value);
    const [near, present] = index < mostHints ? [absent, there] : [[], []];
    const { hint, fixes } = didYouMeanKey(key, name, near, present);
    const home = hint === '' ? homeOfKey('cloud-config', name) : undefined;
    const next = home === undefined ? hint : ` ${home}`;
    const message = `The key “${name}” does not exist ${placeName([])}; cloud-init ignores it.${next}`;
    sink.at(key, 'warning', 'key-unknown', message, fixes);
  }
}
