import type { z } from 'zod';
import type { DiagnosticSink, Severity, TextFix } from '../diagnostics/diagnostic.ts';
import type { DiagnosticCode } from '../diagnostics/diagnostic-codes.ts';
import { didYouMean, didYouMeanKey, replacementFix, suggest } from '../diagnostics/suggest.ts';
import {
  entryOf,
  nodeAt,
  type PathSegment,
  type ScalarNode,
  type SourceNode,
  toPlain,
} from '../source/source-node.ts';
import { type Position, rangeOf } from '../source/source-text.ts';
import { listOf, nameOf, place, quotesAdvice, typeFix, withoutQuotes, written } from './finding-words.ts';
import { jsonSchemaOf, schemasAt } from './json-schema.ts';
import { keyOfPath, problemsOfQuotedText, type QuotedProblems, quotedText } from './quoted-text.ts';

export interface CheckOptions {
  /** Severity of keys that the schema does not know. Default `error`. */
  readonly unknownKeys?: Severity;
  /** Severity of everything else. Default `error`. */
  readonly severity?: Severity;
  /** Code for wrong types and values, for documents that have their own. Default `value-type` and `value-invalid`. */
  readonly code?: DiagnosticCode;
  /** A sentence on where a key of `spec` belongs that is none of this document, unless it was meant as one that is. */
  readonly homeOfKey?: (key: string, meant: string | undefined) => string | undefined;
  /** Nodes about which nothing is reported, for example variables that are not filled in yet. */
  readonly ignore?: (node: SourceNode) => boolean;
}

type Issue = z.core.$ZodIssue;

/**
 * Checks a tree against a schema. Every finding goes to the sink at the text that has to change, in the words of the
 * documents. Returns the value with its defaults filled in, or undefined when something is wrong.
 */
export function checkAgainstSchema<Schema extends z.ZodType>(
  node: SourceNode,
  schema: Schema,
  sink: DiagnosticSink,
  options: CheckOptions = {},
): z.output<Schema> | undefined {
  const result = schema.safeParse(toPlain(node));
  if (!result.success) {
    const reporter = new IssueReporter(node, schema, sink, options, result.error.issues);
    reporter.reportAll(result.error.issues, []);
  }
  const isUnread = reportPrototypes(node, sink, options.severity ?? 'error');
  return result.success && !isUnread ? result.data : undefined;
}

/** zod leaves keys of this name out wherever names are free. */
function reportPrototypes(root: SourceNode, sink: DiagnosticSink, severity: Severity): boolean {
  const keys = root.source.text.includes('__proto__') ? prototypeKeys(root) : [];
  // Where names are not free it is told as an unknown key.
  const told = new Set(keys.length === 0 ? [] : sink.list().map(({ range: { start } }) => placeOf(start)));
  for (const key of keys) {
    if (told.has(placeOf(rangeOf(key.source, key.span).start))) continue;
    const message = '“__proto__” can be no name: programs that read the document lose what stands under it.';
    sink.at(key, severity, 'value-invalid', message);
  }
  return keys.length > 0;
}

function placeOf({ line, column }: Position): string {
  return `${line}:${column}`;
}

function prototypeKeys(node: SourceNode): ScalarNode[] {
  if (node.type === 'scalar') return [];
  if (node.type === 'sequence') return node.items.flatMap(prototypeKeys);
  return node.entries.flatMap(({ key, value }) => (key.value === '__proto__' ? [key] : prototypeKeys(value)));
}

/** Keys of one mapping that are compared with the known ones. More are no slips, but another kind of text. */
const mostHints = 200;

const nameOfType: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

const countedUnits: Readonly<Record<string, readonly [one: string, more: string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
};

class IssueReporter {
  readonly #root: SourceNode;
  readonly #schema: z.ZodType;
  readonly #sink: DiagnosticSink;
  readonly #options: CheckOptions;
  /** Paths of keys that an unknown key was most likely meant to be. */
  readonly #meant = new Set<string>();
  readonly #issues: readonly Issue[];
  /** Made for the first text without quotes. */
  #quoted: QuotedProblems | undefined;

  constructor(
    root: SourceNode,
    schema: z.ZodType,
    sink: DiagnosticSink,
    options: CheckOptions,
    issues: readonly Issue[],
  ) {
    this.#root = root;
    this.#schema = schema;
    this.#sink = sink;
    this.#options = options;
    this.#issues = issues;
  }

  /** Unknown keys first: the key that was meant by one is not missing. Of a wrong type nothing else is said. */
  reportAll(issues: readonly Issue[], base: readonly PathSegment[]): void {
    const wrongTypes = new Set(
      issues.filter(({ code }) => code === 'invalid_type').map(({ path }) => path.join('\n')),
    );
    const isOfUnknownKeys = ({ code }: Issue) => code === 'unrecognized_keys';
    const rest = issues.filter(
      (issue) =>
        !isOfUnknownKeys(issue) && (issue.code === 'invalid_type' || !wrongTypes.has(issue.path.join('\n'))),
    );
    for (const issue of [...issues.filter(isOfUnknownKeys), ...rest]) this.#report(issue, base);
  }

  #report(issue: Issue, base: readonly PathSegment[]): void {
    const path = [
      ...base,
      ...issue.path.map((segment) => (typeof segment === 'symbol' ? String(segment) : segment)),
    ];
    const node = nodeAt(this.#root, path);
    if (this.#options.ignore?.(node)) return;
    switch (issue.code) {
      case 'unrecognized_keys':
        this.#unknownKeys(node, issue.keys, path);
        return;
      case 'invalid_type':
        this.#invalidType(issue.expected, node, path);
        return;
      case 'invalid_value':
        this.#invalidValue(issue.values.map(String), node, path);
        return;
      case 'invalid_union':
        this.#union(issue, node, path);
        return;
      case 'invalid_key':
        this.#at(this.#keyNode(path) ?? node, 'value-invalid', issue.issues[0]?.message ?? issue.message);
        return;
      case 'too_small':
      case 'too_big':
        this.#range(issue, node, path);
        return;
      case 'custom':
        this.#custom(issue, node);
        return;
      default:
        this.#at(node, 'value-invalid', issue.message);
    }
  }

  /** A check of ours; `params.candidates` are values that may have been meant. */
  #custom({ message, params }: Extract<Issue, { code: 'custom' }>, node: SourceNode): void {
    const candidates: unknown = params?.candidates;
    const text = node.type === 'scalar' ? String(node.value) : '';
    const { hint, fixes } = Array.isArray(candidates)
      ? didYouMean(node, text, candidates.map(String))
      : { hint: '' };
    this.#at(node, 'value-invalid', `${message}${hint}`, fixes);
  }

  #at(node: SourceNode, code: DiagnosticCode, message: string, fixes?: readonly TextFix[]): void {
    const ownCode = code === 'value-type' || code === 'value-invalid' ? this.#options.code : undefined;
    this.#sink.at(node, this.#options.severity ?? 'error', ownCode ?? code, message, fixes);
  }

  #unknownKeys(node: SourceNode, keys: readonly string[], path: readonly PathSegment[]): void {
    const entries = node.type === 'map' ? node.entries : [];
    const keyNodes = new Map(entries.map((entry) => [String(entry.key.value), entry.key]));
    const known = this.#keysAt(path);
    const absent = known.filter((name) => !keyNodes.has(name));
    const present = known.filter((name) => keyNodes.has(name));
    for (const [index, key] of keys.entries()) {
      const keyNode = keyNodes.get(key) ?? node;
      const [near, there] = index < mostHints ? [absent, present] : [[], []];
      const { hint, meant, fixes } = didYouMeanKey(keyNode, key, near, there);
      if (meant !== undefined) this.#meant.add([...path, meant].join('\n'));
      const listed =
        hint === '' && known.length > 0 && known.length <= 12 ? ` Known are ${listOf(known)}.` : hint;
      const home = path.join('.') === 'spec' ? this.#options.homeOfKey?.(key, meant) : undefined;
      const next = home === undefined ? listed : ` ${home}`;
      const message = `The key “${key}” does not exist ${place(path)}.${next}`;
      this.#sink.at(keyNode, this.#options.unknownKeys ?? 'error', 'key-unknown', message, fixes);
    }
  }

  #invalidType(expected: string, node: SourceNode, path: readonly PathSegment[]): void {
    if (!this.#exists(path)) {
      this.#missing(path);
      return;
    }
    if (node.type === 'scalar' && node.value === null) {
      const message = `${nameOf(path)} is empty. Write ${nameOfType[expected] ?? expected}, or remove the key.`;
      this.#at(this.#keyNode(path) ?? node, 'value-type', message);
      return;
    }
    const wanted = nameOfType[expected] ?? expected;
    const { advice, fixes } =
      expected === 'string' && node.type === 'scalar'
        ? quotedText(node, path, this.#quotedProblems().get(keyOfPath(path)))
        : { advice: quotesAdvice(expected, node), fixes: typeFix(expected, node) };
    const message = `${nameOf(path)} must be ${wanted}, but ${written(node)} is written here.${advice}`;
    this.#at(node, 'value-type', message, fixes);
  }

  #quotedProblems(): QuotedProblems {
    this.#quoted ??= problemsOfQuotedText(this.#root, this.#schema, this.#issues);
    return this.#quoted;
  }

  #missing(path: readonly PathSegment[]): void {
    if (this.#meant.has(path.join('\n'))) return;
    const parent = path.slice(0, -1);
    const mapping = nodeAt(this.#root, parent);
    const firstKey = mapping.type === 'map' ? mapping.entries[0]?.key : undefined;
    const placeNode = this.#keyNode(parent) ?? firstKey ?? mapping;
    const description = this.#schemasAt(path).find((schema) => schema.description)?.description;
    // Hover shows it with its marks for code; a message is plain text.
    const help = description === undefined ? '' : ` ${description.replace(/`([^`]+)`/g, '“$1”')}`;
    this.#at(placeNode, 'key-missing', `“${path.at(-1)}” is missing ${place(parent)}.${help}`);
  }

  #invalidValue(values: readonly string[], node: SourceNode, path: readonly PathSegment[]): void {
    if (!this.#exists(path)) {
      this.#missing(path);
      return;
    }
    const text = node.type === 'scalar' ? String(node.value) : '';
    if (values.includes(text)) {
      const message = `${nameOf(path)} must be a number, but ${written(node)} is written here.`;
      this.#at(node, 'value-type', `${message}${withoutQuotes}`, [replacementFix(node, text)]);
      return;
    }
    const { hint, fixes } =
      values.length === 1
        ? { hint: '', fixes: onlyValueFix(node, values[0]) }
        : didYouMean(node, text, values);
    this.#at(
      node,
      'value-invalid',
      `${nameOf(path)} must be ${listOf(values, 'or')}, but ${written(node)} is written here.${hint}`,
      fixes,
    );
  }

  #union(
    issue: Extract<Issue, { code: 'invalid_union' }>,
    node: SourceNode,
    path: readonly PathSegment[],
  ): void {
    if (!this.#exists(path)) {
      this.#missing(path);
      return;
    }
    const branches = [...issue.errors] as Issue[][];
    const fitting = branches.filter(
      (branch) => !branch.some(({ code, path: at }) => code === 'invalid_type' && at.length === 0),
    );
    const best = fitting.sort((one, other) => one.length - other.length)[0];
    if (best !== undefined && node.type !== 'scalar' && !this.#isForeign(node, best, path)) {
      this.reportAll(best, path);
      return;
    }
    if (issue.message !== 'Invalid input') {
      this.#at(node, 'value-invalid', issue.message);
      return;
    }
    const enumerated = branches
      .flat()
      .flatMap((inner) => (inner.code === 'invalid_value' ? inner.values.map(String) : []));
    if (best !== undefined && enumerated.length === 0) {
      this.reportAll(best, path);
      return;
    }
    const types = branches
      .flat()
      .flatMap((inner) => (inner.code === 'invalid_type' ? [nameOfType[inner.expected]] : []));
    const expected = [...enumerated, ...types.filter((name) => name !== undefined)];
    const message = `${nameOf(path)} must be ${[...new Set(expected)].join(' or ')}, but ${written(node)} is written here.`;
    this.#at(node, 'value-type', message);
  }

  /** A mapping with no key that the alternative has or nearly has, such as `- panic: 60` among kernel arguments. */
  #isForeign(node: SourceNode, best: readonly Issue[], path: readonly PathSegment[]): boolean {
    const unknown = best.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : []));
    if (node.type !== 'map' || unknown.length !== node.entries.length) return false;
    const known = this.#keysAt(path);
    return unknown.every((key) => suggest(key, known) === undefined);
  }

  #range(
    issue: Extract<Issue, { code: 'too_small' | 'too_big' }>,
    node: SourceNode,
    path: readonly PathSegment[],
  ): void {
    const least = issue.code === 'too_small' ? issue.minimum : undefined;
    const most = issue.code === 'too_big' ? issue.maximum : undefined;
    const bound = least === undefined ? `at most ${most}` : `at least ${least}`;
    const counted = countedUnits[issue.origin];
    if (counted !== undefined) {
      this.#at(
        node,
        'value-range',
        `${nameOf(path)} must have ${bound} ${counted[(least ?? most) === 1 ? 0 : 1]}.`,
      );
      return;
    }
    const range = this.#schemasAt(path).find(
      ({ minimum, maximum }) => minimum !== undefined && maximum !== undefined,
    );
    const words = range === undefined ? bound : `from ${range.minimum} to ${range.maximum}`;
    this.#at(node, 'value-range', `${nameOf(path)} must be ${words}, but ${written(node)} is written here.`);
  }

  #schemasAt(path: readonly PathSegment[]) {
    return schemasAt(jsonSchemaOf(this.#schema), path);
  }

  #keysAt(path: readonly PathSegment[]): string[] {
    return [...new Set(this.#schemasAt(path).flatMap(({ properties }) => Object.keys(properties ?? {})))];
  }

  /** The key under which the value at a path stands; none for the root and for items of a list. */
  #keyNode(path: readonly PathSegment[]): ScalarNode | undefined {
    const last = path.at(-1);
    return last === undefined ? undefined : entryOf(nodeAt(this.#root, path.slice(0, -1)), String(last))?.key;
  }

  #exists(path: readonly PathSegment[]): boolean {
    const last = path.at(-1);
    if (last === undefined) return true;
    const parent = nodeAt(this.#root, path.slice(0, -1));
    return parent.type === 'sequence'
      ? Number(last) < parent.items.length
      : entryOf(parent, String(last)) !== undefined;
  }
}

function onlyValueFix(node: SourceNode, value: string | undefined): TextFix[] | undefined {
  return node.type === 'scalar' && value !== undefined ? [replacementFix(node, value)] : undefined;
}
