import { SiteforgeError } from '#shared/errors.ts';

/** ECMA-119 counts in logical sectors; every image in use has them of this size. */
export const sectorBytes = 2048;

/** Reads exactly `length` bytes at `position`, both in bytes. */
export type ReadAt = (position: number, length: number) => Promise<Buffer>;

/** A run of bytes in the image. */
export interface Extent {
  readonly offset: number;
  readonly length: number;
}

export function damagedImage(what: string): SiteforgeError {
  return new SiteforgeError('image-damaged', { message: `The image's file system is damaged: ${what}.` });
}
