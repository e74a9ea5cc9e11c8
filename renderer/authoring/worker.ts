import '../no-code-from-strings.ts';
import type { WorkerRequest, WorkerResponse } from './protocol.ts';
import { type AuthoringSession, createSession } from './session.ts';
import { VerdictDifference } from './verdict-difference.ts';

/** The thread that parses, checks and renders, so that typing never waits for it. */

const scope = globalThis as unknown as {
  postMessage(message: WorkerResponse): void;
  onmessage: ((event: { data: WorkerRequest }) => void) | null;
};

let session: AuthoringSession = createSession();
let difference = new VerdictDifference();

scope.onmessage = ({ data }) => {
  switch (data.type) {
    case 'open':
      session = createSession();
      difference = new VerdictDifference();
      for (const [path, text] of data.documents) session.update(path, text);
      return;
    case 'work':
      return work(data);
    case 'ask':
      return scope.postMessage({ type: 'answer', id: data.id, value: answer(data.question) });
  }
};

function work(request: Extract<WorkerRequest, { type: 'work' }>): void {
  const { sequence, changes, host } = request;
  try {
    for (const [path, text] of changes) session.update(path, text ?? undefined);
    const { overview, diagnostics } = session.verdict();
    scope.postMessage({ type: 'verdict', sequence, ...difference.of(overview, diagnostics) });
    const preview = host === null ? null : session.preview(host);
    scope.postMessage({ type: 'preview', sequence, preview: difference.ofPreview(preview ?? null) });
  } catch (thrown) {
    const detail = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    scope.postMessage({ type: 'broken', sequence, detail });
  }
}

function answer(question: Extract<WorkerRequest, { type: 'ask' }>['question']): unknown {
  try {
    switch (question.about) {
      case 'completions':
        return session.completions(question.path, question.offset);
      case 'hover':
        return session.hover(question.path, question.offset);
      case 'definition':
        return session.definition(question.path, question.offset);
    }
  } catch {
    // A half-typed document may confuse help at the caret; the verdict on it is reported by `work`.
    return undefined;
  }
}
