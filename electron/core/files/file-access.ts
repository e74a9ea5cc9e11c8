import {
  type BigIntStats,
  constants,
  lstatSync,
  readFile as readFileByCallback,
  readFileSync,
} from 'node:fs';
import { lstat } from 'node:fs/promises';
import { promisify } from 'node:util';

/** How many small files are looked at and read. Both throw what the file system says. */
export interface FileAccess {
  status(path: string): BigIntStats | Promise<BigIntStats>;
  /** Not through a link that took the file's place. */
  content(path: string): Buffer | Promise<Buffer>;
}

/** The types know only names of flags, Node takes numbers as well. */
const unlinked = (constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)) as unknown as string;

/** Not through file handles as objects: they cost twice the time of plain descriptors, 57 ms against 30 for 500 files. */
const readFile = promisify(readFileByCallback);

/** The process goes on meanwhile, whatever the disk does: for a process that has a window. */
export const waiting: FileAccess = {
  status: (path) => lstat(path, { bigint: true }),
  content: (path) => readFile(path, { flag: unlinked }),
};

/** The process stands still: for a command, which has nothing else to do. 80 ms less for 500 files, a tenth of it. */
export const blocking: FileAccess = {
  status: (path) => lstatSync(path, { bigint: true }),
  content: (path) => readFileSync(path, { flag: unlinked }),
};
