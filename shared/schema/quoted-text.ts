import type { z } from 'zod';
import type { TextFix } from '../diagnostics/diagnostic.ts';
import { replacementFix } from '../diagnostics/suggest.ts';
import {
  nodeAt,
  type PathSegment,
  type ScalarNode,
  type SourceNode,
  toPlain,
} from '../source/source-node.ts';

type Issue = z.core.$ZodIssue;

/** What is said of the places where text stands without its quotes, once they are there. */
export type QuotedProblems = ReadonlyMap<string, string>;

export function keyOfPath(path: readonly PathSegment[]): string {
  return path.join('\n');
}

/** A number or a boolean as it is written: 0755 is not 755. */
export function writtenText({ source, span }: ScalarNode): string {
  return source.text.slice(span.start, span.end);
}

/** Reads the document once more, as if every text that is missing its quotes had them. */
export function problemsOfQuotedText(
  root: SourceNode,
  schema: z.ZodType,
  issues: readonly Issue[],
): QuotedProblems {
  const plain = toPlain(root);
  for (const { path, issue } of withNested(issues, [])) {
    const node = nodeAt(root, path);
    if (issue.code !== 'invalid_type' || issue.expected !== 'string' || node.type !== 'scalar') continue;
    if (node.value !== null) write(plain, path, writtenText(node));
  }
  const result = schema.safeParse(plain);
  const problems = new Map<string, string>();
  if (result.success) return problems;
  for (const { path, issue } of withNested(result.error.issues, []))
    if (!problems.has(keyOfPath(path))) problems.set(keyOfPath(path), issue.message);
  return problems;
}

function withNested(
  issues: readonly Issue[],
  base: readonly PathSegment[],
): { path: PathSegment[]; issue: Issue }[] {
  return issues.flatMap((issue) => {
    const path = [...base, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))];
    const nested = issue.code === 'invalid_union' ? issue.errors : [];
    return [{ path, issue }, ...nested.flatMap((branch) => withNested(branch, path))];
  });
}

function write(root: unknown, path: readonly PathSegment[], text: string): void {
  let parent = root as Record<PathSegment, unknown>;
  for (const segment of path.slice(0, -1)) {
    if (typeof parent !== 'object' || parent === null) return;
    parent = parent[segment] as Record<PathSegment, unknown>;
  }
  const last = path.at(-1);
  if (last !== undefined && typeof parent === 'object' && parent !== null && Object.hasOwn(parent, last))
    parent[last] = text;
}

/** Modes that files and folders have, as numbers: JSON and some tools write them so. */
const usualModes = new Set([
  0o400, 0o440, 0o444, 0o500, 0o550, 0o555, 0o600, 0o640, 0o644, 0o660, 0o664, 0o700, 0o711, 0o750, 0o755,
  0o770, 0o775, 0o1777, 0o2755, 0o2775, 0o4755,
]);

/** 0750 of 488, which is the same number; undefined for what is hardly a mode. */
function meantMode(node: ScalarNode): string | undefined {
  const { value } = node;
  const text = writtenText(node);
  // Digits with a zero in front are octal already.
  if (typeof value !== 'number' || !usualModes.has(value) || /^0\d/.test(text)) return undefined;
  return value.toString(8).padStart(4, '0');
}

/** The advice on a text without quotes, and what mends it. */
export function quotedText(
  node: ScalarNode,
  path: readonly PathSegment[],
  problem: string | undefined,
): { advice: string; fixes: TextFix[] } {
  const mode = path.at(-1) === 'mode' ? meantMode(node) : undefined;
  const modeFix = mode === undefined ? [] : [replacementFix(node, `"${mode}"`)];
  const quotes = replacementFix(node, JSON.stringify(writtenText(node)), 'Put it in quotes');
  if (mode !== undefined && problem !== undefined)
    return { advice: ` In octal this is "${mode}".`, fixes: modeFix };
  if (problem !== undefined) return { advice: ` ${problem}`, fixes: [] };
  if (mode === undefined) return { advice: ' Put it in quotes.', fixes: [quotes] };
  return {
    advice: ` Put it in quotes; if it is no octal number yet, it is "${mode}".`,
    fixes: [...modeFix, quotes],
  };
}
