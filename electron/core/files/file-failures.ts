import { type ErrorCode, SiteforgeError } from '#shared/errors.ts';

/** The errno of a failed system call (`ENOENT`), or undefined for anything else. */
export function errnoOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}

export function isMissing(thrown: unknown): boolean {
  const errno = errnoOf(thrown);
  return errno === 'ENOENT' || errno === 'ENOTDIR';
}

const full = new Set(['ENOSPC', 'EDQUOT']);

/** What a failed read or write of `where` is to the user. Failures that already have a code pass through. */
export function fileFailure(thrown: unknown, where: string, purpose: 'read' | 'write'): SiteforgeError {
  if (thrown instanceof SiteforgeError) return thrown;
  const errno = errnoOf(thrown);
  if (errno === undefined) return new SiteforgeError('internal', { where, cause: thrown });
  return new SiteforgeError(codeOf(errno, purpose), {
    where,
    message: sentenceOf(errno, where, purpose),
    detail: thrown instanceof Error ? thrown.message : errno,
    cause: thrown,
  });
}

function codeOf(errno: string, purpose: 'read' | 'write'): ErrorCode {
  if (full.has(errno)) return 'disk-full';
  if (purpose === 'write') return 'file-not-writable';
  return errno === 'ENOENT' || errno === 'ENOTDIR' ? 'file-not-found' : 'file-not-readable';
}

function sentenceOf(errno: string, where: string, purpose: 'read' | 'write'): string {
  if (full.has(errno)) return `There is no space left to write ${where}.`;
  if (errno === 'EROFS') return `${where} lies on a medium that is mounted read-only.`;
  if (errno === 'EACCES' || errno === 'EPERM') return `This account may not ${purpose} ${where}.`;
  if (errno === 'ENOENT' || errno === 'ENOTDIR') {
    return purpose === 'read' ? `${where} does not exist.` : `The folder of ${where} does not exist.`;
  }
  return `${where} could not be ${purpose === 'read' ? 'read' : 'written'} (${errno}).`;
}
