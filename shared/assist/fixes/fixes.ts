import { type Diagnostic, DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import type { DiagnosticCode } from '../../diagnostics/diagnostic-codes.ts';
import { otherKindFixes } from '../../realms/other-kind-fixes.ts';
import { realmFixes } from '../../realms/realm-fixes.ts';
import type { TextEdit } from '../../refactor/rename.ts';
import type { SiteAnalysis } from '../../site/analysis.ts';
import { parseYaml } from '../../source/parse-yaml.ts';
import {
  comparePositions,
  createSourceText,
  offsetAt,
  type Range,
  type SourceText,
} from '../../source/source-text.ts';
import { bondMonitoringFixes } from './bond-monitoring.ts';
import { findingsAt } from './findings-at.ts';
import { editOfRange, type Finding, type Fix, type FixContext, findingOf } from './fix.ts';
import { gatewayRouteFixes } from './gateway-routes.ts';
import { listFormFixes } from './list-form.ts';
import { emptyKeyFixes, missingKeyFixes } from './missing-key.ts';
import { missingValueFixes } from './missing-value.ts';
import { profileRemedyFixes } from './profile-remedies.ts';
import { repeatedItemFixes } from './repeated-item.ts';
import { uniqueValueFixes } from './unique-value.ts';
import { unknownReferenceFixes } from './unknown-reference.ts';

export type { Fix };

type Mender = (finding: Finding, context: FixContext) => Fix[];

/** By code; the fixes that a finding brings along itself come before these. */
const menders: Readonly<Partial<Record<DiagnosticCode, readonly Mender[]>>> = {
  'key-unknown': [otherKindFixes],
  'key-missing': [missingKeyFixes],
  'network-link-unknown': [missingKeyFixes],
  'network-vlan': [missingKeyFixes],
  'network-bond': [missingKeyFixes, bondMonitoringFixes],
  'network-bridge': [missingKeyFixes],
  'network-route': [missingKeyFixes],
  'network-dns': [missingKeyFixes],
  'network-version': [missingKeyFixes],
  'network-deprecated': [gatewayRouteFixes],
  'value-type': [emptyKeyFixes, listFormFixes],
  'cloud-config-type': [emptyKeyFixes, listFormFixes],
  'network-mac-duplicate': [uniqueValueFixes],
  'network-address-duplicate': [uniqueValueFixes],
  'reference-unknown': [unknownReferenceFixes],
  'variable-unknown': [missingValueFixes],
  'name-duplicate': [repeatedItemFixes],
  'network-link-reused': [repeatedItemFixes],
  'host-profile-contradiction': [profileRemedyFixes],
  // What can move is not removed.
  'host-profile-value': [realmFixes, profileRemedyFixes],
  'realm-other': [realmFixes],
};

/**
 * What mends the findings at a range of a document, or of the setting that it stands in, and others of their kind there.
 * Only for an asked question.
 */
export function fixesAt(context: Omit<FixContext, 'given'>, path: string, range: Range): readonly Fix[] {
  const all = context.analysis.diagnosticsByFile.get(path) ?? [];
  const touching = findingsAt(
    all,
    range,
    context.analysis.documents.find((each) => each.path === path),
  );
  const own = touching.flatMap((each) => fixesOf(each, { ...context, given: new Set() }));
  const codes = new Set(touching.map(({ code }) => code));
  const ofKind = [...codes].flatMap((code) => fixesOfKind(all, code, context));
  const titles = new Set<string>();
  return [...own, ...ofKind].filter(({ title }) => !titles.has(title) && titles.add(title));
}

function fixesOf(diagnostic: Diagnostic, context: FixContext): Fix[] {
  const finding = findingOf(context.analysis, diagnostic);
  const more =
    finding === undefined
      ? []
      : (menders[diagnostic.code] ?? []).flatMap((mender) => mender(finding, context));
  return [...broughtAlong(diagnostic, context.analysis), ...more];
}

function broughtAlong({ fixes = [] }: Diagnostic, { documents }: SiteAnalysis): Fix[] {
  return fixes.flatMap(({ title, file, range, newText }, index): Fix[] => {
    const source = documents.find(({ path }) => path === file)?.source;
    if (source === undefined) return [];
    const edits = [editOfRange(source, range, newText)];
    return [{ title, isPreferred: index === 0, documents: [{ path: file, edits }] }];
  });
}

/**
 * The first fix of each finding of a code, as one: those that are sure and stay in the document. Moves to another realm
 * do not, or meet at the place to which they go; each of them reads whole documents, of which there would be thousands.
 */
function fixesOfKind(
  all: readonly Diagnostic[],
  code: DiagnosticCode,
  context: Omit<FixContext, 'given'>,
): Fix[] {
  const alike = all.filter((each) => each.code === code);
  if (alike.length < 2 || code === 'realm-other') return [];
  const shared = { ...context, given: new Set<string>() };
  const edits: TextEdit[] = [];
  let mended = 0;
  for (const diagnostic of alike) {
    const fix = fixesOf(diagnostic, shared).find(({ isPreferred }) => isPreferred);
    const [only, other] = fix?.documents ?? [];
    if (only?.path !== diagnostic.file || other !== undefined || fix?.creates !== undefined) continue;
    if (edits.some((edit) => only.edits.some((each) => overlap(edit, each)))) continue;
    edits.push(...only.edits);
    mended += 1;
  }
  const [first] = alike;
  if (mended < 2 || first === undefined) return [];
  edits.sort((a, b) => comparePositions(a.range.start, b.range.start));
  const source = context.analysis.documents.find(({ path }) => path === first.file)?.source;
  if (source === undefined || doublesKeys(source, edits)) return [];
  const title = `Mend all ${mended} of this kind (${code})`;
  return [{ title, isPreferred: false, documents: [{ path: first.file, edits }] }];
}

/** Two findings may be mended by one key, which one of them renames and the other adds. */
function doublesKeys(source: SourceText, edits: readonly TextEdit[]): boolean {
  let { text } = source;
  for (const { range, newText } of edits.toReversed())
    text = text.slice(0, offsetAt(source, range.start)) + newText + text.slice(offsetAt(source, range.end));
  return doubleKeysIn(createSourceText(source.file, text)) > doubleKeysIn(source);
}

function doubleKeysIn(source: SourceText): number {
  const sink = new DiagnosticSink();
  parseYaml(source, sink);
  return sink.list().filter(({ code }) => code === 'yaml-duplicate-key').length;
}

/** Two lines, or two entries behind a comma, may be inserted at one place. */
function overlap({ range: one, newText }: TextEdit, { range: other }: TextEdit): boolean {
  const arePoints =
    comparePositions(one.start, one.end) === 0 && comparePositions(other.start, other.end) === 0;
  if (arePoints) return comparePositions(one.start, other.start) === 0 && !/^(\r?\n|, )/.test(newText);
  return comparePositions(one.start, other.end) < 0 && comparePositions(other.start, one.end) < 0;
}
