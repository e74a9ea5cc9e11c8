import { readdirSync, readFileSync } from 'node:fs';

/** Bytes of memory: resident, and the share of it that is not counted twice when pages are shared (proc(5)). */
export interface Memory {
  readonly resident: number;
  readonly proportional: number;
}

/** A process and all that it started, directly or not, with the parts of their command lines. */
export function processTree(root: number): { pid: number; command: string }[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const status = /^\d+$/.test(name) ? textOf(`/proc/${name}/status`) : '';
    const parent = /^PPid:\s*(\d+)/m.exec(status)?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const belongs = (pid: number): boolean => pid === root || (pid > 1 && belongs(parents.get(pid) ?? 0));
  return [...parents.keys()]
    .filter(belongs)
    .map((pid) => ({ pid, command: textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ') }));
}

export function memoryOf(pids: readonly number[]): Memory {
  const sum = (field: string) =>
    pids
      .map((pid) => textOf(`/proc/${pid}/smaps_rollup`))
      .map((text) => Number(new RegExp(`^${field}:\\s*(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) * 1024)
      .reduce((all, one) => all + one, 0);
  return { resident: sum('Rss'), proportional: sum('Pss') };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The process has ended meanwhile.
    return '';
  }
}
