import '#shared/schema/no-code-from-strings.ts';
import { completionsAt } from '#shared/assist/completions.ts';
import { describeSymbolAt } from '#shared/assist/describe-symbol.ts';
import { fixesAt } from '#shared/assist/fixes/fixes.ts';
import { hoverAt } from '#shared/assist/hover.ts';
import { factsOf, newDocumentText, renamedText } from '#shared/assist/new-document.ts';
import { referenceFactsOf } from '#shared/assist/reference-facts.ts';
import { TableChecker } from '#shared/fleet/check-table.ts';
import { importIntoSite } from '#shared/import/import-into-site.ts';
import { convertDocument } from '#shared/refactor/convert-document.ts';
import { occurrencesIn } from '#shared/refactor/occurrences.ts';
import { planRename, renameSubject } from '#shared/refactor/rename.ts';
import { secretUses } from '#shared/secrets/secret-uses.ts';
import type { SiteAnalysis } from '#shared/site/analysis.ts';
import type { SiteDocument } from '#shared/site/document.ts';
import { createAuthoringSession, type SessionUpdate } from '#shared/site/session.ts';
import { contentOf } from '#shared/site/site-content.ts';
import { exportedHosts } from '../export/exported-hosts.ts';
import { answerPreview } from '../preview/preview-answers.ts';
import { mergeUpdates } from './merge-updates.ts';
import { definitionAt, highlightsAt, referencesAt, renameSubjectAt } from './places.ts';
import type { CaretQuestion, WorkerQuestion, WorkerRequest, WorkerResponse } from './protocol.ts';
import { rehearsal } from './rehearsal.ts';
import { siteNamesOf } from './site-names.ts';

/** The thread that parses, checks and renders, so that typing never waits for it. */

const scope = globalThis as unknown as {
  postMessage(message: WorkerResponse): void;
  onmessage: ((event: { data: WorkerRequest }) => void) | null;
};

const session = createAuthoringSession();
let host: string | null = null;
let content = contentOf([]);
let advancing: ReturnType<typeof setTimeout> | undefined;
let rehearsing: ReturnType<typeof setTimeout> | undefined;
let steps: Iterator<undefined> | undefined;

scope.onmessage = ({ data }) => {
  rehearseLater();
  if (data.type === 'ask') scope.postMessage({ type: 'answer', id: data.id, value: answer(data.question) });
  else attempt(data.sequence, () => (data.type === 'open' ? open(data) : work(data)));
};

function open({ documents, otherPaths }: Extract<WorkerRequest, { type: 'open' }>): SessionUpdate {
  host = null;
  content = contentOf(otherPaths);
  steps = rehearsal(documents);
  rehearseLater();
  return session.open(new Map(documents), otherPaths);
}

/** Milliseconds in which nothing was asked before a step of the rehearsal. */
const pause = 300;

function rehearseLater(delay = pause): void {
  clearTimeout(rehearsing);
  if (steps !== undefined) rehearsing = setTimeout(rehearse, delay);
}

/** One step at a time, so that what the engineer does comes first. */
function rehearse(): void {
  try {
    if (steps?.next().done) steps = undefined;
  } catch {
    // What breaks here breaks again, and is told, when the site itself is checked.
    steps = undefined;
  }
  rehearseLater(0);
}

function work({
  changes,
  host: wanted,
  otherPaths,
}: Extract<WorkerRequest, { type: 'work' }>): SessionUpdate {
  if (otherPaths !== undefined) content = contentOf(otherPaths);
  const changed =
    changes.length === 0 && otherPaths === undefined
      ? undefined
      : session.changeAll(
          changes.map(([path, text]) => [path, text ?? undefined] as const),
          otherPaths,
        );
  if (changed !== undefined && wanted === host) return changed;
  host = wanted;
  return mergeUpdates(changed, session.select(wanted ?? undefined));
}

function attempt(sequence: number, task: () => SessionUpdate, answers = true): void {
  clearTimeout(advancing);
  try {
    const update = task();
    scope.postMessage({ type: 'update', sequence, host, answers, update });
    // Between two portions, what was typed meanwhile is let in: the next message cancels this timer.
    if (update.pending > 0) advancing = setTimeout(() => attempt(sequence, () => session.advance(), false));
  } catch (thrown) {
    const detail = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    scope.postMessage({ type: 'broken', sequence, detail });
  }
}

function answer(question: WorkerQuestion): unknown {
  const analysis = session.analysis();
  try {
    switch (question.about) {
      case 'new-document':
        return newDocumentText(analysis, question.path);
      case 'check-table':
        return tableCheckerOf(analysis).check(question.grid);
      case 'import':
        return importIntoSite(
          question.request,
          new Map(analysis.documents.map(({ path, source }) => [path, source.text])),
        );
      case 'export':
        return exportedHosts(analysis, question.as);
      case 'convert':
        return convertDocument(analysis, question.path, question.to);
      case 'secret-uses':
        return secretUses(analysis);
      case 'renamed':
        return renamedText(analysis, question.path, question.to);
      case 'preview':
        return answerPreview(analysis, question.asked);
      case 'fixes': {
        const context = { analysis, site: siteNamesOf(analysis, content), chosenHost: host ?? undefined };
        return fixesAt(context, question.path, question.range);
      }
      case 'rename-subject':
        return renameSubject(analysis, question.symbol, content.secrets);
      case 'rename-plan':
        return planRename(analysis, question.symbol, question.to, content.secrets);
      default:
        return atCaret(analysis, question);
    }
  } catch {
    // Help at the caret of a half-typed text may fail; the verdict on that text is reported by `attempt`.
    return undefined;
  }
}

/** One for each state of the site: a table is edited cell by cell, the site meanwhile is not. */
const tableCheckers = new WeakMap<SiteAnalysis, TableChecker>();

function tableCheckerOf(analysis: SiteAnalysis): TableChecker {
  let checker = tableCheckers.get(analysis);
  if (checker === undefined) {
    checker = new TableChecker(new Map(analysis.documents.map(({ path, source }) => [path, source.text])));
    tableCheckers.set(analysis, checker);
  }
  return checker;
}

function atCaret(analysis: SiteAnalysis, { about, path, offset }: CaretQuestion): unknown {
  const caret = { path, offset, chosenHost: host ?? undefined, secrets: content.secrets ?? [] };
  if (about === 'definition') return definitionAt(analysis, caret);
  if (about === 'references') return referencesAt(analysis, caret);
  if (about === 'highlights') return highlightsAt(analysis, caret);
  if (about === 'rename-at-caret') return renameSubjectAt(analysis, caret);
  const document = analysis.documents.find((each) => each.path === path);
  if (document === undefined) return undefined;
  const { text } = document.source;
  const references = referenceFactsOf(analysis, caret.chosenHost);
  const request = { path, text, offset, site: siteNamesOf(analysis, content), references };
  if (about === 'completions') {
    const facts = text.trim() === '' ? { facts: factsOf(analysis) } : {};
    return completionsAt({ ...request, ...facts, links: linksIn(document) });
  }
  // What a name stands for says more than what its key means, which the key itself tells.
  return describeSymbolAt(analysis, path, offset, caret.chosenHost) ?? hoverAt(request);
}

function linksIn(document: SiteDocument): string[] {
  return occurrencesIn(document).flatMap(({ role, symbol }) =>
    role === 'definition' && symbol.kind === 'link' ? [symbol.name] : [],
  );
}
