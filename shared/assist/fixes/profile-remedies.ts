import { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import { addSettings, readTree } from '../../realms/add-settings.ts';
import { changeOf } from '../../realms/realm-fixes.ts';
import { checkHostProfile, type ReadableProfile } from '../../render/host-profile/check-host-profile.ts';
import type { Remedy } from '../../render/host-profile/remedy.ts';
import type { SiteDocument } from '../../site/document.ts';
import { commentsOf } from '../../source/comments.ts';
import { editValues, replacementsAsEdits } from '../../source/edit-value.ts';
import { createSourceText, type SourceText } from '../../source/source-text.ts';
import type { Finding, Fix } from './fix.ts';

/** What the checks of a profile know to mend. The text is changed only for a finding that is asked about. */
export function profileRemedyFixes({ document, span, diagnostic }: Finding): Fix[] {
  const remedies = remediesOf(document).get(keyOf(span.start, diagnostic.message)) ?? [];
  const { path, source } = document;
  return remedies.flatMap(({ title, changes, movedTo }, index): Fix[] => {
    const result = editValues(source.text, changes);
    if (!result.ok) return [];
    const isPreferred = index === 0;
    if (movedTo === undefined) {
      const edits = replacementsAsEdits(source.text, result.replacements);
      return [{ title, isPreferred, documents: [{ path, edits }] }];
    }
    const text = withItem(source, result.text, movedTo);
    return text === undefined ? [] : [{ title, isPreferred, documents: [changeOf(document, text)] }];
  });
}

/** The item at its new place, with the comments that were taken out with it. */
function withItem(
  source: SourceText,
  without: string,
  { path, item }: NonNullable<Remedy['movedTo']>,
): string | undefined {
  const left = commentsOf(createSourceText('', without)).map(({ text }) => text);
  const lost = commentsOf(source).flatMap(({ text }) => {
    const index = left.indexOf(text);
    if (index < 0) return [text.trimEnd()];
    left.splice(index, 1);
    return [];
  });
  const text = addSettings(without, [{ path, item }], lost);
  return text === undefined || readTree(text) === undefined ? undefined : text;
}

type Remedies = ReadonlyMap<string, readonly Remedy[]>;

const known = new WeakMap<SiteDocument, Remedies>();

function remediesOf(document: SiteDocument): Remedies {
  const before = known.get(document);
  if (before !== undefined) return before;
  const found = new Map<string, readonly Remedy[]>();
  const { readableProfile } = document;
  if (readableProfile !== undefined)
    checkHostProfile(readableProfile, new DiagnosticSink(), {
      onRemedies: ({ span }, message, remedies) =>
        found.set(
          keyOf(span.start, message),
          remedies.flatMap((remedy) => inText(remedy, readableProfile)),
        ),
    });
  known.set(document, found);
  return found;
}

/** Of a profile with mistakes only a part is judged: places in its lists are others in the text. */
function inText({ changes, ...remedy }: Remedy, { writtenPath }: ReadableProfile): Remedy[] {
  const written = changes.flatMap((change) => {
    const [spec, ...path] = change.path;
    const inside = writtenPath(path);
    return spec === undefined || inside === undefined ? [] : [{ ...change, path: [spec, ...inside] }];
  });
  return written.length === changes.length ? [{ ...remedy, changes: written }] : [];
}

function keyOf(start: number, message: string): string {
  return `${start} ${message}`;
}
