/**
 * Kills a process with all its children, and waits for their end: those of Chromium go on writing into their folder for
 * a moment, where what is written between two looks of a recursive removal stays (its retries do not look again).
 * @param leader the first of a group of its own, as `detached` and Playwright start it
 */
export async function endProcessGroup(leader: number | undefined): Promise<void> {
  if (leader === undefined) return;
  signal(leader, 'SIGKILL');
  for (const deadline = Date.now() + 10_000; signal(leader, 0); await pause(20)) {
    if (Date.now() > deadline) throw new Error(`The processes of group ${leader} do not end.`);
  }
}

/** @returns false when nobody of the group is left */
function signal(leader: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-leader, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
