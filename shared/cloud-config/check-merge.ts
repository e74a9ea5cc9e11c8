import { type Diagnostic, DiagnosticSink, type TextFix } from '../diagnostics/diagnostic.ts';
import { replacementFix } from '../diagnostics/suggest.ts';
import { childOf, entryOf, type MapNode, type SourceNode } from '../source/source-node.ts';
import { positionAt, rangeOf } from '../source/source-text.ts';
import { reportEndedFragments } from './check-power-commands.ts';
import { accountsToCome, madeTooLate, ownerOf } from './check-write-files.ts';
import { samePath } from './file-path.ts';
import { type DroppedValue, mergeCloudConfig } from './merge.ts';
import { keepingBoth, MergeFailure, mergeSetting, readMergers } from './mergers.ts';
import { itemsUnder, userEntries } from './user-entries.ts';

const advice = `To keep both, start the later fragment with merge_how: ${keepingBoth}.`;

/**
 * What is lost when these fragments are merged in this order. A text that another replaces is an information (that is
 * what a later fragment is often for); a list or mapping that vanishes is a warning.
 */
export function checkMerge(fragments: readonly SourceNode[]): readonly Diagnostic[] {
  const sink = new DiagnosticSink();
  const merged = mergeCloudConfig(fragments, {
    dropped: (value) => reportDropped(value, fragments, sink),
    failed: (fragment, { node, message }) => {
      // The check of the fragment alone has reported a merge setting that cannot be read.
      if (!hasReadableSetting(fragment)) return;
      sink.at(node, 'error', 'cloud-config-merge', `${message} cloud-init leaves out the whole fragment.`);
    },
  });
  for (const fragment of fragments) reportHostName(fragment, sink);
  if (merged !== undefined) {
    reportTwiceAcross(merged, sink);
    reportLateOwners(merged, sink);
    reportEndedFragments(itemsUnder(childOf(merged, 'runcmd')), sink);
  }
  return sink.list();
}

function hasReadableSetting(fragment: SourceNode): boolean {
  try {
    readMergers(fragment);
    return true;
  } catch (thrown) {
    if (thrown instanceof MergeFailure) return false;
    throw thrown;
  }
}

/**
 * Lists that are appended may hold one file or account twice, once from each fragment: of a file the later entry stays,
 * and of an account cloud-init puts both together, where the earlier counts. Twice in one fragment is told by its own check.
 */
function reportTwiceAcross(merged: MapNode, sink: DiagnosticSink): void {
  const files = new Map<string, SourceNode>();
  for (const file of itemsUnder(childOf(merged, 'write_files'))) {
    const path = childOf(file, 'path');
    const append = childOf(file, 'append');
    if (path?.type !== 'scalar' || typeof path.value !== 'string') continue;
    const earlier = files.get(samePath(path.value));
    const isAppended = append?.type === 'scalar' && append.value === true;
    if (earlier !== undefined && earlier.source.file !== path.source.file && !isAppended) {
      const message = `${path.value} is written by ${placeOf(earlier)} too; cloud-init writes this one over it.`;
      sink.at(path, 'warning', 'cloud-config-merge', message);
    }
    files.set(samePath(path.value), path);
  }
  const names = new Map<string, SourceNode>();
  for (const { name } of userEntries(childOf(merged, 'users'))) {
    const text = String(name.value);
    const earlier = names.get(text);
    if (earlier !== undefined && earlier.source.file !== name.source.file && text !== 'default') {
      const message = `The user “${text}” stands in ${placeOf(earlier)} too; cloud-init puts both together, and what both say is taken from there.`;
      sink.at(name, 'warning', 'cloud-config-merge', message);
    }
    if (earlier === undefined) names.set(text, name);
  }
}

/** The accounts of one fragment and the files of another; within one fragment its own check tells it. */
function reportLateOwners(merged: MapNode, sink: DiagnosticSink): void {
  const accounts = new Map<string, Set<string>>();
  for (const { value, source } of accountsToCome(merged)) {
    const files = accounts.get(String(value)) ?? new Set();
    accounts.set(String(value), files.add(source.file));
  }
  for (const file of itemsUnder(childOf(merged, 'write_files'))) {
    const owner = childOf(file, 'owner');
    const late = ownerOf(file).find((name) => accounts.has(name));
    if (owner === undefined || late === undefined || accounts.get(late)?.has(owner.source.file)) continue;
    sink.at(owner, 'warning', 'cloud-config-merge', madeTooLate(late));
  }
}

function placeOf({ source, span }: SourceNode): string {
  return `${source.file}, line ${positionAt(source, span.start).line},`;
}

/** A fragment goes to many hosts; a fixed name in it would give all of them the same one. */
function reportHostName(fragment: SourceNode, sink: DiagnosticSink): void {
  for (const key of ['hostname', 'fqdn']) {
    const entry = entryOf(fragment, key);
    if (entry?.value.type !== 'scalar' || String(entry.value.value).includes('((')) continue;
    const own = `((host.${key === 'fqdn' ? 'fqdn' : 'name'}))`;
    const message = `This “${key}” takes the place of the one from the document of the host. Remove it, or write ${own}.`;
    sink.at(entry.key, 'warning', 'cloud-config-merge', message, [replacementFix(entry.value, own)]);
  }
}

function reportDropped(
  { key, earlier, later, lost, place }: DroppedValue,
  fragments: readonly SourceNode[],
  sink: DiagnosticSink,
): void {
  const isContainer = (lost === 'earlier' ? earlier : later).type !== 'scalar';
  const other = earlier.source.file;
  const message =
    lost === 'earlier'
      ? `“${key}” replaces the one of ${other}${isContainer ? `: ${contentOf(earlier)} of it ${isOne(earlier) ? 'is' : 'are'} lost` : ''}.`
      : `This “${key}” has no effect: the one of ${other} comes first and stays.`;
  const severity = isContainer ? 'warning' : 'info';
  if (!isContainer) sink.at(place, severity, 'cloud-config-merge', message);
  else sink.at(place, severity, 'cloud-config-merge', `${message} ${advice}`, settingFor(later, fragments));
}

/** The setting in front of the fragment that a value comes from, where it has none and its keys stand at the margin. */
function settingFor(value: SourceNode, fragments: readonly SourceNode[]): TextFix[] | undefined {
  const fragment = fragments.find(({ source }) => source === value.source);
  const first = fragment?.type === 'map' ? fragment.entries[0]?.key : undefined;
  if (fragment === undefined || first === undefined || mergeSetting(fragment) !== undefined) return undefined;
  const { source, span } = first;
  const before = source.text.slice(0, span.start);
  if (first.source !== value.source || !/^#cloud-config[ \t]*\r?\n/.test(before) || !before.endsWith('\n'))
    return undefined;
  const range = rangeOf(source, { start: span.start, end: span.start });
  const newText = `merge_how: ${keepingBoth}${before.endsWith('\r\n') ? '\r\n' : '\n'}`;
  return [{ title: 'Keep both: append the lists of this fragment', file: source.file, range, newText }];
}

function sizeOf(node: SourceNode): number {
  return node.type === 'sequence' ? node.items.length : node.type === 'map' ? node.entries.length : 1;
}

function isOne(node: SourceNode): boolean {
  return sizeOf(node) === 1;
}

function contentOf(node: SourceNode): string {
  const size = sizeOf(node);
  const unit = node.type === 'sequence' ? 'entry' : 'key';
  return size === 1 ? `the only ${unit}` : `all ${size} ${unit === 'entry' ? 'entries' : 'keys'}`;
}
