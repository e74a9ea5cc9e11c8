import { z } from 'zod';
import { baked, plain } from './help.ts';
import { namedDocument } from './metadata.ts';
import { byteSize, documentReference, elementName, fileName, packageName, textOrNumber } from './scalars.ts';
import { release } from './site.ts';

/** What can be built today; the schema refuses what the builder does not make. */
export const outputFormats = ['iso'] as const;
export type OutputFormat = (typeof outputFormats)[number];

const output = z.strictObject({
  format: z
    .enum(outputFormats)
    .meta(baked('`iso` boots from a stick, a CD and virtual media, with BIOS and UEFI.')),
  name: fileName.optional().meta(baked('File name of the image. The name of the document when left out.')),
  volumeId: z
    .string()
    .regex(/^[A-Z0-9_]{1,32}$/, {
      error: 'A volume id has 1 to 32 of A to Z, 0 to 9 and _, for example EDGE_NODE.',
    })
    .optional()
    .meta(baked('Label of the medium (ISO 9660 volume id). Made from the name when left out.')),
});

const bootMenu = z.strictObject({
  timeout: z
    .int()
    .min(0)
    .max(3600)
    .default(3)
    .meta(baked('How long the boot menu waits. 0 boots at once. Range 0 to 3600.', { unit: 'seconds' })),
  title: z
    .string()
    .regex(/^[ -~]{1,64}$/, { error: 'A menu title has 1 to 64 printable ASCII characters.' })
    .optional()
    .meta(baked('Text of the entry in the boot menu. The name of the document when left out.')),
});

const imageSpec = z.strictObject({
  base: elementName
    .default('debian-minimal')
    .meta(baked('The diskimage-builder element that the others stand on.', { examples: ['debian-minimal'] })),
  release: release
    .optional()
    .meta(
      baked('Debian release of this image. The one of the site when left out.', { examples: ['bookworm'] }),
    ),
  architecture: z.enum(['amd64']).default('amd64').meta(baked('Architecture, by its Debian name.')),
  profile: documentReference.meta(baked('Name of a document in profiles/ that is baked into this image.')),
  elements: z
    .array(elementName)
    .max(64)
    .default([])
    .meta(
      baked('More diskimage-builder elements: those of the builder, and those in elements/ of this site.'),
    ),
  environment: z
    .record(
      z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, {
        error: 'A variable of the environment has letters, digits and underscores, for example DIB_RELEASE.',
      }),
      textOrNumber,
    )
    .default({})
    .meta(baked('Variables for elements, most of them starting with DIB_.')),
  packages: z.array(packageName).max(2000).default([]).meta(baked('Packages beside those of the profile.')),
  outputs: z.array(output).min(1).max(1).meta(baked('What is built: one image.')),
  stampArea: byteSize.default('1MiB').meta(
    baked('Room for the seed of one host: user-data, network and certificates, compressed.', {
      examples: ['1MiB', '4MiB'],
    }),
  ),
  sizeLimit: byteSize.optional().meta(
    plain('The build fails when the image is larger, for example than the stick.', {
      examples: ['900MiB'],
    }),
  ),
  bootMenu: bootMenu.prefault({}).meta(baked('What the boot menu shows.')),
});

export const imageSchema = namedDocument('Image', imageSpec);
export type Image = z.infer<typeof imageSchema>;
