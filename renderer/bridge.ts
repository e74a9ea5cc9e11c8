import type {
  Answer,
  Bridge,
  CallInput,
  CallName,
  CallOutput,
  OpenedSite,
  PushName,
  PushValue,
} from '#shared/contract.ts';
import { toFailure } from '#shared/errors.ts';
import { showFailure } from './state/notices.ts';

declare global {
  interface Window {
    readonly siteforge: Bridge;
  }
}

/**
 * The only module that talks to main. A call never throws: what the border itself loses (a closed channel, an answer
 * that cannot be cloned) comes back as a failure like any other.
 */
export async function ask<Name extends CallName>(
  name: Name,
  input: CallInput<Name>,
): Promise<Answer<CallOutput<Name>>> {
  try {
    return await window.siteforge.call(name, input);
  } catch (thrown) {
    return { ok: false, failure: toFailure(thrown) };
  }
}

/** Asks main and shows a failure as a notice; undefined means that it failed and the user has been told. */
export async function request<Name extends CallName>(
  name: Name,
  input: CallInput<Name>,
): Promise<CallOutput<Name> | undefined> {
  const answer = await ask(name, input);
  if (answer.ok) return answer.value;
  showFailure(answer.failure);
  return undefined;
}

export async function openDroppedFolder(file: unknown): Promise<OpenedSite | undefined> {
  try {
    const answer = await window.siteforge.openDropped(file);
    if (answer.ok) return answer.value;
    showFailure(answer.failure);
  } catch (thrown) {
    showFailure(toFailure(thrown));
  }
  return undefined;
}

export function listen<Name extends PushName>(
  name: Name,
  listener: (value: PushValue<Name>) => void,
): () => void {
  return window.siteforge.listen(name, listener);
}

export function isMac(): boolean {
  return window.siteforge.platform === 'darwin';
}

/** Copies text and says so: a copy that nothing confirms is done twice. */
export async function copyText(text: string): Promise<boolean> {
  return (await request('clipboard.write', { text })) !== undefined;
}
