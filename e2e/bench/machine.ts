import { readFileSync } from 'node:fs';
import os from 'node:os';

/** Without the machine no figure means anything. Sizes in bytes, `load` is the average of the last minute. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memory: number;
  readonly kernel: string;
  readonly system: string;
  readonly node: string;
  readonly disk: string;
  readonly load: { readonly before: number; readonly after: number };
}

export function describeMachine(folder: string, loadBefore: number): Machine {
  return {
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.cpus().length,
    memory: os.totalmem(),
    kernel: `${os.type()} ${os.release()}`,
    system: /^PRETTY_NAME="?([^"\n]*)/m.exec(textOf('/etc/os-release'))?.[1] ?? os.platform(),
    node: process.version,
    disk: diskOf(folder),
    load: { before: loadBefore, after: load() },
  };
}

export function load(): number {
  return Math.round((os.loadavg()[0] ?? 0) * 100) / 100;
}

export function machineLines(machine: Machine): string[] {
  const { cpu, cores, memory, kernel, system, node, disk } = machine;
  return [
    `${cores} x ${cpu}, ${Math.round(memory / 2 ** 30)} GiB, ${disk}`,
    `${system}, ${kernel}, Node ${node}; load ${machine.load.before} before, ${machine.load.after} after`,
  ];
}

/** The file system that holds a folder: the mount with the longest path. */
function diskOf(folder: string): string {
  const mounts = textOf('/proc/self/mounts')
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, place = '']) => place !== '' && `${folder}/`.startsWith(place === '/' ? '/' : `${place}/`))
    .toSorted(([, a = ''], [, b = '']) => a.length - b.length);
  const [device = '', , type = 'unknown'] = mounts.at(-1) ?? [];
  return `${type} on ${device || 'an unknown device'}`;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
