import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import { type Answer, type CallInput, type CallName, type CallOutput, calls } from '#shared/contract.ts';
import { SiteforgeError, toFailure } from '#shared/errors.ts';
import { applicationOrigin } from '../application-protocol.ts';
import { redactedData } from '../core/secrets/known-values.ts';

/** What main does for one call. The input has been parsed; whatever is thrown becomes a failure of the closed table. */
export type CallHandlers = {
  readonly [Name in CallName]: (
    input: ParsedInput<Name>,
    sender: WebContents,
  ) => Promise<CallOutput<Name>> | CallOutput<Name>;
};

type ParsedInput<Name extends CallName> = Exclude<CallInput<Name>, never>;

export function answerCalls(
  handlers: CallHandlers,
  openDropped: (path: string, sender: WebContents) => Promise<unknown>,
): void {
  ipcMain.handle('siteforge:call', (event, name: unknown, input: unknown) =>
    answered(async () => {
      checkSender(event);
      if (typeof name !== 'string' || !Object.hasOwn(calls, name))
        throw new SiteforgeError('request-invalid');
      return await dispatch(handlers, name as CallName, input, event.sender);
    }),
  );
  ipcMain.handle('siteforge:open-dropped', (event, path: unknown) =>
    answered(async () => {
      checkSender(event);
      if (typeof path !== 'string' || path === '' || path.length > 4096)
        throw new SiteforgeError('request-invalid');
      return await openDropped(path, event.sender);
    }),
  );
}

/** Only the top frame of a window of ours may call: never a frame inside it, never a page that came from elsewhere. */
export function checkSender(event: IpcMainInvokeEvent): void {
  const frame = event.senderFrame;
  const trusted =
    frame !== null && frame === event.sender.mainFrame && frame.url.startsWith(`${applicationOrigin}/`);
  if (!trusted) throw new SiteforgeError('request-invalid', { where: frame?.url ?? 'a page that is gone' });
}

async function dispatch(
  handlers: CallHandlers,
  name: CallName,
  input: unknown,
  sender: WebContents,
): Promise<unknown> {
  const parsed = calls[name].input.safeParse(input);
  if (!parsed.success) {
    throw new SiteforgeError('request-invalid', { where: name, detail: parsed.error.message });
  }
  const handler = handlers[name] as (input: unknown, sender: WebContents) => unknown;
  return await handler(parsed.data, sender);
}

async function answered<Value>(work: () => Promise<Value>): Promise<Answer<Value>> {
  try {
    return { ok: true, value: await work() };
  } catch (thrown) {
    return { ok: false, failure: redactedData(toFailure(thrown)) };
  }
}
