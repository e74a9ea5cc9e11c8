import { z } from 'zod';
import { LineSplitter } from './lines.ts';

const messageSchema = z.object({
  stream: z.string().optional(),
  status: z.string().optional(),
  id: z.string().optional(),
  error: z.string().optional(),
});

/**
 * Reads what an engine says while it builds, pulls or imports: one JSON object a line. A failing build still answers
 * 200 and says so in its last message, hence the returned error. Lines for people go to `onLine`.
 */
export async function readEngineMessages(
  answer: NodeJS.ReadableStream,
  signal: AbortSignal,
  onLine: (line: string) => void | Promise<void>,
): Promise<string | undefined> {
  const stop = () => {
    if ('destroy' in answer && typeof answer.destroy === 'function') answer.destroy();
  };
  signal.addEventListener('abort', stop, { once: true });
  const splitter = new LineSplitter();
  let error: string | undefined;
  const take = async (lines: readonly string[]) => {
    for (const line of lines) {
      const message = parse(line);
      if (message === undefined) continue;
      error ??= message.error;
      const text = message.stream ?? (message.id === undefined ? message.status : undefined);
      for (const part of (text ?? '').split('\n')) if (part.trim() !== '') await onLine(part.trimEnd());
    }
  };
  try {
    for await (const chunk of answer)
      await take(splitter.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk));
    await take(splitter.end());
  } catch (thrown) {
    signal.throwIfAborted();
    throw thrown;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  signal.throwIfAborted();
  return error;
}

function parse(line: string): z.infer<typeof messageSchema> | undefined {
  try {
    return messageSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
