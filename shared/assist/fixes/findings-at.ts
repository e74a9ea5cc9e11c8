import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { DiagnosticCode } from '../../diagnostics/diagnostic-codes.ts';
import type { SiteDocument } from '../../site/document.ts';
import { comparePositions, offsetAt, type Range, type Span } from '../../source/source-text.ts';
import { type FoundNode, nodesOf } from './find-node.ts';

/** Findings that are underlined at a key, or at the name of a file, and mean all of the setting. */
export function isToldAtKey(code: DiagnosticCode): boolean {
  return code === 'realm-other' || code === 'key-unknown';
}

/** The findings that a range touches; where there is none, those of the settings that it stands in. */
export function findingsAt(
  all: readonly Diagnostic[],
  asked: Range,
  document: SiteDocument | undefined,
): readonly Diagnostic[] {
  const touching = all.filter(({ range }) => touches(range, asked));
  if (touching.length > 0 || document?.root === undefined) return touching;
  const { source, root } = document;
  const at = offsetAt(source, asked.start);
  const told = new Map<string, Diagnostic[]>();
  for (const diagnostic of all) {
    if (!isToldAtKey(diagnostic.code)) continue;
    const { start, end } = diagnostic.range;
    const key = `${offsetAt(source, start)} ${offsetAt(source, end)}`;
    told.set(key, [...(told.get(key) ?? []), diagnostic]);
  }
  if (told.size === 0) return [];
  return [...nodesOf(root)].flatMap((found) => {
    const { start, end } = found.node.span;
    const here = told.get(`${start} ${end}`) ?? [];
    const setting = here.length === 0 ? undefined : settingOf(found);
    const isInside = setting !== undefined && setting.start <= at && at <= endOf(source.text, setting);
    return isInside ? here.filter(({ code }) => found.isKey || code === 'realm-other') : [];
  });
}

/** A key with its value, or all that is said of a file whose path is underlined. */
function settingOf({ node, parent, entry, isKey }: FoundNode): Span | undefined {
  if (isKey && entry !== undefined) return { start: node.span.start, end: entry.value.span.end };
  return parent?.type === 'map' ? parent.span : undefined;
}

/** A block reaches to the start of what comes next. */
function endOf(text: string, { start, end }: Span): number {
  return start + text.slice(start, end).trimEnd().length;
}

function touches(one: Range, other: Range): boolean {
  return comparePositions(one.start, other.end) <= 0 && comparePositions(other.start, one.end) <= 0;
}
