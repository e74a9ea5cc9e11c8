import { z } from 'zod';
import { SiteforgeError } from '#shared/errors.ts';

/** Where an assembled ISO holds its index. */
export const areaIndexPath = '/siteforge/index.json';
/** The index has 8 KiB; more than this is not one of ours and is not read into memory. */
export const largestAreaIndex = 64 * 1024;

const mebibyte = 1024 * 1024;
const isoPath = z
  .string()
  .max(255)
  .regex(/^(\/[A-Za-z0-9_][A-Za-z0-9._-]*)+$/, 'must be an absolute path of plain names');
const offset = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

const areaIndexSchema = z.object({
  siteforge: z.literal(1),
  volumeId: z.string().max(32),
  architecture: z.string().min(1).max(32),
  seed: z.object({
    path: isoPath,
    offset,
    length: z
      .number()
      .int()
      .min(4096)
      .max(256 * mebibyte),
    format: z.literal('newc-gzip'),
    /** The folder inside the archive that the image's boot hook copies. */
    directory: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$/),
  }),
  kernelArguments: z.object({
    path: isoPath,
    offset,
    length: z.number().int().min(64).max(mebibyte),
    format: z.literal('grub-set'),
    variable: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/),
  }),
  /** What the image was made of; absent in images of earlier versions. */
  origin: z
    .object({
      site: z.string().max(253),
      image: z.string().max(253),
      profile: z.string().max(253),
      release: z.string().max(64),
    })
    .partial()
    .optional(),
  baked: z.object({ kernelArguments: z.string().max(16_384) }),
});

/** Offsets and lengths in bytes from the start of the image. */
export type AreaIndex = z.infer<typeof areaIndexSchema>;

/** Parses the content of the index file; `image-damaged` when it is not one, with the places that are wrong. */
export function parseAreaIndex(text: string, where?: string): AreaIndex {
  const refuse = (detail: string): SiteforgeError =>
    new SiteforgeError('image-damaged', {
      message: `The image's index of stamp areas (${areaIndexPath}) is not valid.`,
      detail,
      ...(where === undefined ? {} : { where }),
    });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw refuse(cause instanceof Error ? cause.message : 'not JSON');
  }
  const parsed = areaIndexSchema.safeParse(value);
  if (!parsed.success) throw refuse(z.prettifyError(parsed.error));
  const { seed, kernelArguments } = parsed.data;
  const apart =
    seed.offset + seed.length <= kernelArguments.offset ||
    kernelArguments.offset + kernelArguments.length <= seed.offset;
  if (!apart) throw refuse('the areas overlap');
  return parsed.data;
}
