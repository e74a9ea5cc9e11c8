import type { NamedSummary, SiteAnalysis } from '#shared/site/analysis.ts';
import type { Definition } from './protocol.ts';

/** The document that a name at an offset refers to: a host profile, a network, a user-data fragment. */
export function definitionAt(
  analysis: SiteAnalysis,
  path: string,
  text: string,
  offset: number,
): Definition | undefined {
  const word = wordAt(text, offset);
  if (word === '') return undefined;
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const found = namesFor(analysis, path, line).find(({ name }) => name === word);
  if (found === undefined) return undefined;
  const start = { line: 1, column: 1 };
  return { file: found.path, range: { start, end: start } };
}

function namesFor(analysis: SiteAnalysis, path: string, line: string): readonly NamedSummary[] {
  if (/\bprofile:/.test(line)) return analysis.profiles;
  if (!path.startsWith('hosts/')) return [];
  return /\bref:/.test(line) ? analysis.networks : analysis.userData;
}

function wordAt(text: string, offset: number): string {
  const before = /[\w.-]*$/.exec(text.slice(Math.max(0, offset - 200), offset))?.[0] ?? '';
  const after = /^[\w.-]*/.exec(text.slice(offset, offset + 200))?.[0] ?? '';
  return before + after;
}
