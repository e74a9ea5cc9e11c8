import { chmod } from 'node:fs/promises';

/** Of the account `nobody` on Debian, and on most others. */
const nobody = 65534;

/**
 * Runs something as an account that owns nothing: as root, no mode of a file refuses anything. `folder`, as `mkdtemp`
 * made it, is opened to it. Another account runs it as it is: for that one, modes count anyway.
 */
export async function asAnotherAccount(folder: string, work: () => Promise<void>): Promise<void> {
  if (process.seteuid === undefined || process.getuid?.() !== 0) return work();
  await chmod(folder, 0o755);
  process.seteuid(nobody);
  try {
    await work();
  } finally {
    process.seteuid(0);
  }
}
