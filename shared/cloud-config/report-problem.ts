import type { DiagnosticSink, Severity, TextFix } from '../diagnostics/diagnostic.ts';
import { hintOfPresent, replacementFix } from '../diagnostics/suggest.ts';
import { listOf, nameOf, place as placeName, typeFix, written } from '../schema/finding-words.ts';
import { entryOf, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { rangeOf } from '../source/source-text.ts';
import type { Schema } from './cloud-init-schema.ts';
import type { Problem } from './schema-check.ts';
import { isFailing, mayBeEmpty, mayBeNumber, switchesOff } from './settings-that-fail.ts';
import { asPython } from './yaml-1-1.ts';

/** Tells a misfit at the text that has to change, in the words of the documents. */
export function reportProblem(problem: Problem, sink: DiagnosticSink): void {
  const { kind, node, schema, path } = problem;
  const name = nameOf(path);
  const severity: Severity = isFailing(problem) ? 'error' : 'warning';
  const type = (message: string, fixes?: readonly TextFix[]) =>
    sink.at(node, severity, 'cloud-config-type', message, fixes);
  switch (kind) {
    case 'type':
    case 'value':
      reportMisfit(problem, severity, sink);
      return;
    case 'form':
      type(`${name} does not have the right form: ${written(node)} is written here.${help(schema)}`);
      return;
    case 'range': {
      const least = schema.minimum === undefined ? '' : ` at least ${schema.minimum}`;
      const most = schema.maximum === undefined ? '' : ` at most ${schema.maximum}`;
      type(
        `${name} must be${least}${least && most ? ' and' : ''}${most}, but ${written(node)} is written here.`,
      );
      return;
    }
    case 'count':
      sink.at(placeOf(problem), severity, 'cloud-config-type', `${name} ${countOf(schema, node)}.`);
      return;
    case 'repeated':
      type(`${written(node)} stands twice in this list.`);
      return;
    case 'missing':
      sink.at(placeOf(problem), severity, 'key-missing', missingText(problem));
      return;
    case 'several':
      sink.at(placeOf(problem), severity, 'cloud-config-type', severalText(problem));
      return;
    case 'unknown':
      reportUnknown(problem, sink);
      return;
    case 'deprecated':
      reportDeprecated(problem, sink);
  }
}

function reportMisfit(problem: Problem, severity: Severity, sink: DiagnosticSink): void {
  const { node, path, expected, pattern, schema } = problem;
  const name = nameOf(path);
  const wanted = alternatives(expected);
  if (node.type !== 'scalar') {
    const fixes = commands.has(pattern) ? commandFix(node) : undefined;
    const advice =
      fixes === undefined ? '' : ' A colon and a blank make one of it: put the command in quotes.';
    const message = `${name} must be ${wanted}, but ${written(node)} is written here.${advice}`;
    sink.at(placeOf(problem, node), severity, 'cloud-config-type', message, fixes);
    return;
  }
  if (asPython(node).type === 'null') {
    if (mayBeEmpty(pattern)) {
      const message = `${name} is empty; cloud-init passes over it.`;
      sink.at(problem.key ?? node, 'info', 'cloud-config-type', message);
      return;
    }
    const message = `${name} is empty. Write ${wanted}, or remove the ${typeof path.at(-1) === 'number' ? 'entry' : 'key'}.`;
    sink.at(problem.key ?? node, severity, 'cloud-config-type', message);
    return;
  }
  if (switchesOff(pattern, node)) {
    sink.at(node, 'info', 'cloud-config-type', `cloud-init leaves the ${name} as the image has it.`);
    return;
  }
  const isText = expected.includes('text') || expected.some((each) => each.startsWith('“'));
  const reading = isText ? readingOf(node) : '';
  const isNumber = ['integer', 'number'].includes(asPython(node).type);
  if (isText && isNumber && mayBeNumber(pattern, reading === '')) {
    const asks = expected.includes('text') ? ' asks for text in quotes' : ` knows ${wanted} only`;
    const message = `${name} is a number here. cloud-init takes it, though its own check${asks}.`;
    const fixes = expected.includes('text') ? quoteFix(node) : undefined;
    sink.at(node, 'info', 'cloud-config-type', message, fixes);
    return;
  }
  const advice =
    isText && asPython(node).type !== 'string' ? ' Put it in quotes.' : helpOfForm(expected, schema);
  const message = `${name} must be ${wanted}, but ${written(node)} is written here.${reading}${advice}`;
  sink.at(node, severity, 'cloud-config-type', message, fixesOf(problem, node));
}

const commands: ReadonlySet<string> = new Set(['runcmd.*', 'bootcmd.*', 'runcmd.*.*', 'bootcmd.*.*']);

/** A command such as `echo a: b`, which YAML takes for a mapping of one key; undefined for what was meant as one. */
function commandFix({ type, source, span: { start, end } }: SourceNode): TextFix[] | undefined {
  // A value that is missing leaves its colon behind the end.
  const span = { start, end: source.text[end] === ':' ? end + 1 : end };
  const text = source.text.slice(span.start, span.end);
  if (type !== 'map' || /^[{?"'&!]|[\r\n]/.test(text) || !/^[^:]*[^:\s]\s/.test(text)) return undefined;
  const newText = `'${text.replaceAll("'", "''")}'`;
  return [{ title: 'Put the command in quotes', file: source.file, range: rangeOf(source, span), newText }];
}

/** What cloud-init takes an unquoted value for when that is not what stands there: YAML 1.1 knows more words. */
export function readingOf(node: ScalarNode): string {
  const { type, text } = asPython(node);
  if (type === 'string' || type === 'null') return '';
  const stands = node.source.text.slice(node.span.start, node.span.end);
  if (type === 'date') return ' cloud-init reads it as a date, not as text.';
  return text === stands ? '' : ` cloud-init reads it as ${text} (YAML 1.1).`;
}

export function quoteFix(node: ScalarNode): TextFix[] {
  const text = node.source.text.slice(node.span.start, node.span.end);
  return [replacementFix(node, `'${text}'`, 'Put it in quotes')];
}

function fixesOf({ expected, schema }: Problem, node: ScalarNode): TextFix[] | undefined {
  if (asPython(node).type !== 'string') {
    return expected.includes('text') || expected.some((each) => each === `“${String(node.value)}”`)
      ? quoteFix(node)
      : undefined;
  }
  const types = typeof schema.type === 'string' ? [schema.type] : [];
  const [type] = types;
  if (type !== undefined && type !== 'string') return typeFix(type === 'integer' ? 'int' : type, node);
  if (expected.length > 0 && expected.every((each) => each === 'a list')) return typeFix('array', node);
  if (expected.includes('a list') && expected.length === 2 && expected.includes('a mapping'))
    return undefined;
  return undefined;
}

/** A mapping or list is told at its key, so that not half the document is underlined. */
export function placeOf({ key, node }: Problem, instead?: SourceNode): SourceNode {
  if (key !== undefined) return key;
  if (instead !== undefined) return instead;
  return node.type === 'map' ? (node.entries[0]?.key ?? node) : node;
}

function alternatives(expected: readonly string[]): string {
  if (expected.length < 2) return expected[0] ?? 'something else';
  return `${expected.slice(0, -1).join(', ')} or ${expected.at(-1)}`;
}

function missingText({ names, path, pattern, node }: Problem): string {
  const verb = names.length > 1 ? 'is missing: one of them is needed' : 'is missing';
  return `${listOf(names, 'or')} ${verb} ${placeName(path)}.${effectOfMissing(pattern, node)}`;
}

/**
 * cc_write_files.write_files logs a warning for an entry without a path and goes on. Without content too, as in a
 * well-known example that puts a dash too many before `path`, nothing is lost.
 */
function effectOfMissing(pattern: string, node: SourceNode): string {
  if (pattern !== 'write_files.*') return '';
  return entryOf(node, 'content') === undefined
    ? ' cloud-init passes over the entry; what stands in it may be meant for the one that follows.'
    : ' cloud-init passes over the entry, and this file is not written.';
}

function severalText({ names, path }: Problem): string {
  return names.length > 1
    ? `Only one of ${listOf(names, 'and')} may be written ${placeName(path)}.`
    : `${nameOf(path)} can be understood in more than one way.`;
}

function countOf({ minItems, maxItems, minProperties }: Schema, node: SourceNode): string {
  const length = node.type === 'map' ? node.entries.length : node.type === 'sequence' ? node.items.length : 0;
  const least = node.type === 'map' ? minProperties : minItems;
  const unit = node.type === 'map' ? 'key' : 'entr';
  const words = (count: number) =>
    unit === 'key' ? `${count} key${count === 1 ? '' : 's'}` : `${count} entr${count === 1 ? 'y' : 'ies'}`;
  if (length === 0) return 'is empty';
  if (least !== undefined && length < least) return `must have at least ${words(least)}`;
  return maxItems === undefined ? 'has the wrong length' : `must have at most ${words(maxItems)}`;
}

function reportUnknown(problem: Problem, sink: DiagnosticSink): void {
  const { key, path, names, meant } = problem;
  const parent = path.slice(0, -1);
  const place = key ?? problem.node;
  const written = String(path.at(-1));
  // ug_util.normalize_users_groups of 22.4 reads a dash as an underscore in the settings of users.
  if (path[0] === 'users' && meant !== undefined && written.replaceAll('-', '_') === meant) {
    const message = `cloud-init 22.4 takes “${written}” for “${meant}”, which its schema does not know. Write it so.`;
    sink.at(place, 'warning', 'cloud-config-deprecated', message, [replacementFix(place, meant)]);
    return;
  }
  const hint =
    meant !== undefined
      ? ` Did you mean “${meant}”?`
      : hintOfPresent(written, names) ||
        (names.length > 0 && names.length <= 12 ? ` Known are ${listOf(names)}.` : '');
  const message = `The key “${written}” does not exist ${placeName(parent)}; cloud-init ignores it.${hint}`;
  const fixes = meant === undefined ? undefined : [replacementFix(place, meant)];
  sink.at(place, 'warning', 'key-unknown', message, fixes);
}

function reportDeprecated(problem: Problem, sink: DiagnosticSink): void {
  const { key, path, schema, node, place } = problem;
  const { siblings, mapping, isAlternative } = place;
  const text = schema.deprecated_description ?? deprecationIn(schema.description ?? '');
  const since =
    schema.deprecated_version === undefined ? '' : ` since cloud-init ${schema.deprecated_version}`;
  const subject = isAlternative === true ? `This form of ${nameOf(path)}` : nameOf(path);
  const message = `${subject} is deprecated${since}.${text === '' ? '' : ` ${plainText(text)}`}`;
  const named = /\b[Uu]se (?:``|\*\*)([\w-]+)(?:``|\*\*)/.exec(text)?.[1];
  const isRename =
    isAlternative !== true && key !== undefined && named !== undefined && siblings?.includes(named);
  const isFree = isRename && entryOf(mapping, named) === undefined;
  const fixes = isFree ? [replacementFix(key, named)] : undefined;
  sink.at(
    isAlternative === true ? node : (key ?? node),
    'warning',
    'cloud-config-deprecated',
    message,
    fixes,
  );
}

/** The sentences of a description that speak of the deprecation. */
function deprecationIn(description: string): string {
  return description
    .split(/(?<=\.)\s+/)
    .filter((sentence) => /deprecat|dropped|\buse\b/i.test(sentence))
    .join(' ');
}

/** The descriptions are reStructuredText. */
function plainText(text: string): string {
  return text
    .replace(
      /``([^`]+)``|\*\*([^*]+)\*\*/g,
      (_all, one: string | undefined, other: string | undefined) => `“${one ?? other}”`,
    )
    .replace(/\s+/g, ' ')
    .trim();
}

const longestHelp = 240;

function help({ description }: Schema): string {
  if (description === undefined) return '';
  const text = plainText(description);
  return ` ${text.length > longestHelp ? `${text.slice(0, longestHelp)}…` : text}`;
}

function helpOfForm(expected: readonly string[], schema: Schema): string {
  return expected.includes('text of the right form') ? help(schema) : '';
}
