import { execFile, spawnSync } from 'node:child_process';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { renderKernelArguments } from '#shared/stamp/kernel-arguments.ts';

const run = promisify(execFile);

export const hasXorriso = spawnSync('xorriso', ['--version']).status === 0;

export interface TinyIsoOptions {
  /** Without Rock Ridge the names are those of ISO 9660 itself: "GRUB.CFG;1". */
  readonly rockRidge?: boolean;
  readonly seedBytes?: number;
  /** Changes the index before it is written. */
  readonly index?: (index: TinyIndex) => unknown;
  /** More files: path in the image to content. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
}

interface TinyArea {
  path: string;
  offset: number;
  length: number;
  format: string;
}
export interface TinyIndex {
  siteforge: number;
  volumeId: string;
  architecture: string;
  seed: TinyArea & { directory: string };
  kernelArguments: TinyArea & { variable: string };
  baked: { kernelArguments: string };
  origin?: { site?: string; image?: string; profile?: string; release?: string };
}

export const tinySeedPath = '/live/site-seed.img';
export const tinyArgumentsPath = '/boot/grub/site-kernel-arguments.cfg';
export const tinyIndexPath = '/siteforge/index.json';
const indexBytes = 8192;
const argumentsArea = { length: 4096, variable: 'site_kernel_arguments' };

/** An ISO with the layout of an assembled image but without a system in it. Where files lie is asked of xorriso. */
export async function makeTinyIso(folder: string, options: TinyIsoOptions = {}): Promise<string> {
  const seedBytes = options.seedBytes ?? 65_536;
  const tree = join(folder, 'tree');
  const noise = Uint8Array.from({ length: 100_000 }, (_, at) => (at * 7919) >> 3);
  const files: Record<string, Uint8Array> = {
    [tinySeedPath]: new Uint8Array(seedBytes),
    [tinyArgumentsPath]: renderKernelArguments([], argumentsArea),
    [tinyIndexPath]: new Uint8Array(indexBytes),
    '/live/filesystem.squashfs': noise,
    ...options.files,
  };
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    await writeFile(join(tree, path), content);
  }
  const image = join(folder, 'tiny.iso');
  // mkisofs emulation adds Rock Ridge by itself unless told not to.
  const names = options.rockRidge === false ? ['--norock', '-iso-level', '3'] : ['-R'];
  await run('xorriso', ['-as', 'mkisofs', ...names, '-V', 'TINY_NODE', '-o', image, tree]);
  const offset = await offsetsIn(image);
  const index: TinyIndex = {
    siteforge: 1,
    volumeId: 'TINY_NODE',
    architecture: 'amd64',
    seed: {
      path: tinySeedPath,
      offset: offset(tinySeedPath),
      length: seedBytes,
      format: 'newc-gzip',
      directory: 'site-seed',
    },
    kernelArguments: {
      path: tinyArgumentsPath,
      offset: offset(tinyArgumentsPath),
      format: 'grub-set',
      ...argumentsArea,
    },
    baked: { kernelArguments: 'boot=live' },
  };
  const text = JSON.stringify(options.index?.(index) ?? index);
  await patchFile(image, offset(tinyIndexPath), Buffer.from(`${text.padEnd(indexBytes - 1)}\n`));
  return image;
}

/** Plain ISO names have no case and an underscore for a dash. */
function bare(path: string): string {
  return path.toLowerCase().replaceAll('-', '_');
}

/** Byte offsets of the image's files, as xorriso reports them. */
async function offsetsIn(image: string): Promise<(path: string) => number> {
  const { stdout } = await run('xorriso', [
    '-indev',
    image,
    '-find',
    '/',
    '-type',
    'f',
    '-exec',
    'report_lba',
  ]);
  const offsets = new Map<string, number>();
  for (const [, block, path] of stdout.matchAll(/^File data lba:\s*\d+ ,\s*(\d+) ,.* , '(.*)'$/gm)) {
    offsets.set(bare(path ?? ''), Number(block) * 2048);
  }
  return (path) => {
    const found = offsets.get(bare(path));
    if (found === undefined) throw new Error(`no ${path} in ${[...offsets.keys()].join(', ')}`);
    return found;
  };
}

export async function patchFile(path: string, offset: number, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.write(bytes, 0, bytes.length, offset);
  } finally {
    await file.close();
  }
}
