import { SiteforgeError } from '#shared/errors.ts';
import { errnoOf } from '../files/file-failures.ts';

const lostErrnos = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ENOENT', 'ECONNABORTED', 'ETIMEDOUT']);

/** The HTTP status of an answer that dockerode turned into an error. */
export function statusOf(thrown: unknown): number | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('statusCode' in thrown)) return undefined;
  return typeof thrown.statusCode === 'number' ? thrown.statusCode : undefined;
}

/** What a failed request to an engine that did answer before is to the user. */
export function engineFailure(thrown: unknown, where: string): SiteforgeError {
  if (thrown instanceof SiteforgeError) return thrown;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  const errno = errnoOf(thrown);
  const lost = (errno !== undefined && lostErrnos.has(errno)) || /socket hang up|aborted/.test(detail);
  return new SiteforgeError(lost && statusOf(thrown) === undefined ? 'engine-lost' : 'engine-refused', {
    where,
    detail,
    cause: thrown,
    ...(lost ? {} : { message: `The engine refused: ${answerOf(thrown) ?? detail}` }),
  });
}

function answerOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('json' in thrown)) return undefined;
  const { json } = thrown;
  if (typeof json !== 'object' || json === null || !('message' in json)) return undefined;
  return typeof json.message === 'string' ? json.message : undefined;
}
