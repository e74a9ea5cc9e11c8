import { gzipSync } from 'node:zlib';
import { SiteforgeError } from '#shared/errors.ts';
import { secretsIn } from '#shared/secrets/mask.ts';
import type { AreaIndex } from '#shared/stamp/area-index.ts';
import { checkCommandLine, renderKernelArguments } from '#shared/stamp/kernel-arguments.ts';
import { fillSeedArea, type Seed, seedArchive } from '#shared/stamp/seed-archive.ts';

/** Everything that a stamp decides. What it does not name is emptied, so that nothing of an earlier host remains. */
export interface Stamp {
  /** null leaves the image without a seed. */
  readonly seed: Seed | null;
  /** Added behind the baked ones; one argument each, without blanks and quotes. */
  readonly kernelArguments: readonly string[];
}

/** An image as its builder left it. */
export const emptyStamp: Stamp = { seed: null, kernelArguments: [] };

/** Bytes that take the place of those at `offset`; a whole area each, in rising order, never overlapping. */
export interface AreaPatch {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** The first byte after the fixed part of a gzip header that names the writer's system (RFC 1952, 2.3): 255, unknown. */
const gzipSystemByte = 9;

/** Equal input gives equal bytes: zlib writes no time, and the byte that differs between systems is set. */
export function deterministicGzip(bytes: Uint8Array): Buffer {
  const compressed = gzipSync(bytes, { level: 9 });
  compressed.fill(0, 4, 8);
  compressed[gzipSystemByte] = 255;
  return compressed;
}

/** A host whose password is a row of bullets is worse than none. Never so after `fillStamps`; this is the last door. */
function requireFilled(seed: Seed | null): void {
  const names = secretsIn(Object.values(seed ?? {}).join('\n'));
  if (names.length > 0) throw new SiteforgeError('secret-missing', { where: names.join(', ') });
}

/** Errors: `secret-missing`, `seed-too-large`, `kernel-arguments-too-long`, `kernel-arguments-invalid`. */
export function areaPatches(index: AreaIndex, stamp: Stamp): AreaPatch[] {
  requireFilled(stamp.seed);
  checkCommandLine(index.baked.kernelArguments, stamp.kernelArguments);
  const seed =
    stamp.seed === null
      ? new Uint8Array(index.seed.length)
      : fillSeedArea(deterministicGzip(seedArchive(stamp.seed, index.seed.directory)), index.seed.length);
  const patches = [
    { offset: index.seed.offset, bytes: seed },
    {
      offset: index.kernelArguments.offset,
      bytes: renderKernelArguments(stamp.kernelArguments, index.kernelArguments),
    },
  ];
  return patches.toSorted((one, other) => one.offset - other.offset);
}
