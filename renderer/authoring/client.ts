import type { ExportFormat } from '#shared/contract.ts';
import type { ImportIntoSite, ImportRequest } from '#shared/import/import-into-site.ts';
import type { DocumentTarget } from '#shared/network/convert-network.ts';
import type { Conversion } from '#shared/refactor/convert-document.ts';
import type { Range } from '#shared/source/source-text.ts';
import type { ExportedHosts } from '../export/exported-hosts.ts';
import type { AnswerOf, PreviewQuestion } from '../preview/preview-questions.ts';
import { showNotice } from '../state/notices.ts';
import { usePreview } from '../state/preview.ts';
import { applyVerdict } from '../state/problems.ts';
import { useSite } from '../state/site.ts';
import { createModuleWorker } from '../trusted-types.ts';
import type {
  CaretQuestion,
  CheckedTable,
  Completion,
  Definitions,
  DraftText,
  Fix,
  Grid,
  Highlight,
  Hover,
  Places,
  Preview,
  RenameAtCaret,
  RenamePlan,
  RenameSubject,
  SiteSymbol,
  UsedSecret,
  WorkerQuestion,
  WorkerRequest,
  WorkerResponse,
} from './protocol.ts';
import workerAddress from './worker.ts?worker&url';

/**
 * One worker, at most one piece of work in it: what is typed meanwhile is gathered and sent as one, so that a slow
 * analysis makes answers later but never longer in the queue, and an answer is never older than one piece of work.
 *
 * Performance entries (for measurements): `siteforge:verdict` is the time from a keystroke to its diagnostics in the
 * state, `siteforge:preview` to its preview, `siteforge:settled` to those of every document that it concerns, which may
 * be all hosts; `siteforge:checked` is when a site that was opened had its first verdict.
 */
let worker: Worker | undefined;
let busy = false;
/** How many are inside `asOneChange`. */
let gathering = 0;
let sequence = 0;
let lastQuestion = 0;
/** Sequence of the newest `open`: what is older is about another site. */
let openedAt = 0;
let newestPreview: Preview | null | undefined;
let keystrokeAt: number | undefined;
let keystrokeAtWork: number | undefined;
/** The oldest keystroke of which hosts are still to be checked. */
let unsettledSince: number | undefined;
const waiting = new Map<string, string | null>();
let waitingOtherPaths: readonly string[] | undefined;
const questions = new Map<number, (value: unknown) => void>();

type Texts = () => readonly (readonly [path: string, text: string])[];
let currentTexts: Texts = () => [];

/** Starts the worker before there is a site: its code is read while main reads the documents. */
export function startAuthoring(): void {
  worker ??= startWorker();
}

/** Gives the worker a site; `texts` is asked again should the worker have to be started anew. */
export function openInWorker(texts: Texts): void {
  currentTexts = texts;
  worker ??= startWorker();
  waiting.clear();
  waitingOtherPaths = undefined;
  keystrokeAt = undefined;
  unsettledSince = undefined;
  newestPreview = undefined;
  openedAt = sequence + 1;
  begin({ type: 'open', sequence: openedAt, documents: texts(), otherPaths: useSite.getState().otherPaths });
}

export function changeInWorker(path: string, text: string | null): void {
  if (text !== null) {
    keystrokeAt ??= performance.now();
    performance.mark('siteforge:keystroke');
  }
  if (worker === undefined) {
    openInWorker(currentTexts);
    return;
  }
  waiting.set(path, text);
  if (!busy && gathering === 0) work();
}

/** Changes of many documents that belong together get one verdict; what is in between is wrong in all of them. */
export function asOneChange(change: () => void): void {
  gathering += 1;
  try {
    change();
  } finally {
    gathering -= 1;
    if (gathering === 0 && !busy && waiting.size > 0) work();
  }
}

/** A document got another path: one verdict on both, so that no reference to it is lost in between. */
export function renameInWorker(from: string, to: string, text: string): void {
  waiting.set(from, null);
  changeInWorker(to, text);
}

/** Elements, secrets or files that are no documents came or went in the site's folder. */
export function changeOtherPathsInWorker(otherPaths: readonly string[]): void {
  if (worker === undefined) return;
  waitingOtherPaths = otherPaths;
  if (!busy) work();
}

/** The chosen host changed: the preview follows. */
export function workAgain(): void {
  if (worker !== undefined && !busy) work();
}

export function completionsFrom(path: string, offset: number): Promise<readonly Completion[]> {
  return atCaret<readonly Completion[]>('completions', path, offset).then((value) => value ?? []);
}

export function hoverFrom(path: string, offset: number): Promise<Hover | undefined> {
  return atCaret('hover', path, offset);
}

export function definitionFrom(path: string, offset: number): Promise<Definitions | undefined> {
  return atCaret('definition', path, offset);
}

export function referencesFrom(path: string, offset: number): Promise<Places | undefined> {
  return atCaret('references', path, offset);
}

export function highlightsFrom(path: string, offset: number): Promise<readonly Highlight[] | undefined> {
  return atCaret('highlights', path, offset);
}

/** The name at the caret; `subject` is undefined when it is one that cannot be changed. */
export function renameAtCaretFrom(path: string, offset: number): Promise<RenameAtCaret | undefined> {
  return atCaret('rename-at-caret', path, offset);
}

export function previewFrom<Question extends PreviewQuestion>(
  asked: Question,
): Promise<AnswerOf<Question> | undefined> {
  return question({ about: 'preview', asked }) as Promise<AnswerOf<Question> | undefined>;
}

/** What mends the findings that touch a range. */
export function fixesFrom(path: string, range: Range): Promise<readonly Fix[]> {
  return question({ about: 'fixes', path, range }).then((value) => (value ?? []) as readonly Fix[]);
}

/** What a rename would touch. */
export function renameSubjectFrom(symbol: SiteSymbol): Promise<RenameSubject | undefined> {
  return question({ about: 'rename-subject', symbol }) as Promise<RenameSubject | undefined>;
}

/** All edits of a rename, on the newest texts. */
export function renamePlanFrom(symbol: SiteSymbol, to: string): Promise<RenamePlan | undefined> {
  return question({ about: 'rename-plan', symbol, to }) as Promise<RenamePlan | undefined>;
}

export function newDocumentFrom(path: string): Promise<DraftText | undefined> {
  return question({ about: 'new-document', path }) as Promise<DraftText | undefined>;
}

/** What a table of hosts would make of the newest texts. */
export function checkTableFrom(grid: Grid): Promise<CheckedTable | undefined> {
  return question({ about: 'check-table', grid }) as Promise<CheckedTable | undefined>;
}

/** What files of other programs would become in the site of the newest texts. */
export function importFrom(request: ImportRequest): Promise<ImportIntoSite | undefined> {
  return question({ about: 'import', request }) as Promise<ImportIntoSite | undefined>;
}

/** The hosts that have no errors, in the newest texts; secrets are masked. */
export function exportFrom(as: ExportFormat): Promise<ExportedHosts | undefined> {
  return question({ about: 'export', as }) as Promise<ExportedHosts | undefined>;
}

/** A network document in another format; undefined for what is no network. */
export function conversionFrom(path: string, to: DocumentTarget): Promise<Conversion | undefined> {
  return question({ about: 'convert', path, to }) as Promise<Conversion | undefined>;
}

/** The secrets that documents refer to, in the newest texts. */
export function secretUsesFrom(): Promise<readonly UsedSecret[] | undefined> {
  return question({ about: 'secret-uses' }) as Promise<readonly UsedSecret[] | undefined>;
}

/** The text of a document under another path: what it says of its own name is changed with it. */
export function renamedFrom(path: string, to: string): Promise<DraftText | undefined> {
  return question({ about: 'renamed', path, to }) as Promise<DraftText | undefined>;
}

function atCaret<Value>(
  about: CaretQuestion['about'],
  path: string,
  offset: number,
): Promise<Value | undefined> {
  return question({ about, path, offset }) as Promise<Value | undefined>;
}

function question(asked: WorkerQuestion): Promise<unknown> {
  if (worker === undefined) return Promise.resolve(undefined);
  // Help at the caret is about the newest text: it goes along even while a verdict is under way.
  if ('path' in asked) flushTo(asked.path);
  else if (waiting.size > 0) work();
  lastQuestion += 1;
  const id = lastQuestion;
  return new Promise((resolve) => {
    questions.set(id, resolve);
    post({ type: 'ask', id, question: asked });
  });
}

function flushTo(path: string): void {
  if (waiting.has(path)) work();
}

function work(): void {
  const changes = [...waiting];
  const otherPaths = waitingOtherPaths;
  waiting.clear();
  waitingOtherPaths = undefined;
  begin({
    type: 'work',
    sequence: sequence + 1,
    changes,
    host: useSite.getState().chosenHost,
    ...(otherPaths === undefined ? {} : { otherPaths }),
  });
}

function begin(request: Exclude<WorkerRequest, { type: 'ask' }>): void {
  busy = true;
  sequence = request.sequence;
  keystrokeAtWork ??= keystrokeAt;
  unsettledSince ??= keystrokeAt;
  keystrokeAt = undefined;
  post(request);
}

function receive(response: WorkerResponse): void {
  if (response.type === 'answer') {
    questions.get(response.id)?.(response.value);
    questions.delete(response.id);
  } else if (response.type === 'broken') {
    showNotice({
      tone: 'failed',
      title: 'The documents could not be checked',
      next: 'Undo the last change; if it stays, report it with the copied detail.',
      detail: response.detail,
    });
    if (response.sequence === sequence) finishWork(undefined);
  } else {
    apply(response);
  }
}

/** An update says what changed since the one before, so each is applied; those of an earlier site are dropped. */
function apply({ sequence: of, host, answers, update }: Extract<WorkerResponse, { type: 'update' }>): void {
  if (of < openedAt) return;
  const newest = answers && of === sequence;
  applyVerdict(update);
  if (of === openedAt && answers) performance.mark('siteforge:checked');
  if (newest) measure('siteforge:verdict');
  if (of === sequence && update.pending === 0) settle();
  if (update.rendered !== undefined) newestPreview = update.rendered;
  // What was rendered for another host is never shown under the name of the chosen one.
  if (newestPreview !== undefined && host !== null && host === useSite.getState().chosenHost) {
    usePreview.setState({ preview: newestPreview });
    if (newest) measure('siteforge:preview');
  }
  if (newest) finishWork(host);
}

function finishWork(host: string | null | undefined): void {
  busy = false;
  keystrokeAtWork = undefined;
  const hostChanged = host !== undefined && host !== useSite.getState().chosenHost;
  if (waiting.size > 0 || waitingOtherPaths !== undefined || hostChanged) work();
}

function settle(): void {
  if (unsettledSince !== undefined) performance.measure('siteforge:settled', { start: unsettledSince });
  unsettledSince = undefined;
}

function measure(name: string): void {
  if (keystrokeAtWork !== undefined) performance.measure(name, { start: keystrokeAtWork });
}

function post(message: WorkerRequest): void {
  worker?.postMessage(message);
}

/** A worker that dies (out of memory on a hostile document) is started again with the texts of the window. */
function startWorker(): Worker {
  const started = createModuleWorker(workerAddress, 'authoring');
  started.onmessage = (event: MessageEvent<WorkerResponse>) => receive(event.data);
  started.onerror = (event) => {
    showNotice({
      tone: 'failed',
      title: 'Checking documents stopped',
      next: 'Your text is safe. Checking starts again with the next change.',
      detail: event.message,
    });
    started.terminate();
    worker = undefined;
    busy = false;
    for (const resolve of questions.values()) resolve(undefined);
    questions.clear();
  };
  return started;
}
