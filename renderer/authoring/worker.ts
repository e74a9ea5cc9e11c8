import '../no-code-from-strings.ts';
import { completionsAt } from '#shared/assist/completions.ts';
import { hoverAt } from '#shared/assist/hover.ts';
import { newDocumentText, renamedText } from '#shared/assist/new-document.ts';
import { createAuthoringSession, type SessionUpdate } from '#shared/site/session.ts';
import { definitionAt } from './definition.ts';
import { mergeUpdates } from './merge-updates.ts';
import type { WorkerQuestion, WorkerRequest, WorkerResponse } from './protocol.ts';
import { rehearsal } from './rehearsal.ts';
import { siteNamesOf } from './site-names.ts';

/** The thread that parses, checks and renders, so that typing never waits for it. */

const scope = globalThis as unknown as {
  postMessage(message: WorkerResponse): void;
  onmessage: ((event: { data: WorkerRequest }) => void) | null;
};

const session = createAuthoringSession();
let host: string | null = null;
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
  if (question.about === 'new-document') return newDocumentText(analysis, question.path);
  if (question.about === 'renamed') return renamedText(analysis, question.path, question.to);
  const { about, path, offset } = question;
  const text = analysis.documents.find((document) => document.path === path)?.source.text;
  if (text === undefined) return undefined;
  try {
    if (about === 'definition') return definitionAt(analysis, path, text, offset);
    const request = { path, text, offset, site: siteNamesOf(analysis) };
    return about === 'completions' ? completionsAt(request) : hoverAt(request);
  } catch {
    // Help at the caret of a half-typed text may fail; the verdict on that text is reported by `attempt`.
    return undefined;
  }
}
