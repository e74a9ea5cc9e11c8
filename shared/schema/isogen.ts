import { z } from 'zod';
import { baked, plain } from './help.ts';

/**
 * The configuration of airshipctl's isogen, in the shapes that its history knows: a plain file with `builder` and
 * `container` (pkg/bootstrap/isogen/config.go), the same with the head of a Kubernetes document (ImageConfiguration,
 * pkg/api/v1alpha1/imageconfiguration_types.go), and IsoConfiguration (isoconfiguration.go), whose builder selects
 * documents instead of naming files. The names of variable files are those of Airship's image-builder.
 */
export const isogenKinds = ['IsoConfiguration', 'ImageConfiguration'] as const;
export const isogenApiVersion = 'airshipit.org/v1alpha1';
export const imageTypes = ['iso', 'qcow'] as const;

const fileExpected =
  'This is the name of a file in the volume itself, without folders, for example user_data.';
const fileInVolume = z
  .string()
  .max(255, { error: 'A file name has at most 255 bytes.' })
  .regex(/^(?!\.{1,2}$)[^/\\\p{Cc}]+$/u, { error: fileExpected });

const volumeExpected =
  'A volume is a folder of this machine and the place where the builder sees it, both absolute, with one colon between: /srv/iso:/config.';
/** airshipctl takes a single path for both sides, and refuses more than two (pkg/bootstrap/isogen/command.go). */
const volume = z.string().superRefine((text, context) => {
  const message = volumeProblem(text);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

function volumeProblem(text: string): string | undefined {
  const [host = '', inside = host, ...rest] = text.split(':');
  if (rest.length > 0) return `${volumeExpected} airshipctl refuses a third part such as :ro.`;
  if (/[\p{Cc}]/u.test(text)) return volumeExpected;
  if (!host.startsWith('/')) {
    return `${volumeExpected} Without a leading / the engine takes the left side for the name of a volume of its own.`;
  }
  if (!inside.startsWith('/')) return volumeExpected;
  if (/^\/+$/.test(inside))
    return 'The builder cannot have the volume as its whole file system: /srv/iso:/config.';
  if (hasDots(host) || hasDots(inside)) return 'A volume has no “.” and “..” in its paths.';
  return undefined;
}

function hasDots(path: string): boolean {
  return path.split('/').some((part) => part === '.' || part === '..');
}

const container = z.strictObject({
  volume: volume.meta(
    plain('The folder that builder and machine share: inputs go in, the image comes out.', {
      examples: ['/srv/images:/config'],
    }),
  ),
  image: z
    .string()
    .regex(/^[a-z0-9][\w.:/@-]*$/i, {
      error: 'A container image is written as port/image-builder:latest-ubuntu_focal, without blanks.',
    })
    .meta(plain('Container image of the builder.', { examples: ['port/image-builder:latest-ubuntu_focal'] })),
  containerRuntime: z
    .enum(['docker'])
    .optional()
    .meta(plain('What runs the container. airshipctl knows docker only.')),
  privileged: z
    .boolean()
    .optional()
    .meta(plain('Not used: builders never get all rights. The first example of Airship’s images has it.')),
});

const outputFileName = fileInVolume
  .optional()
  .meta(baked('Name of the image in the volume. The builder has its own default, ephemeral.iso for an ISO.'));

const fileBuilder = z.strictObject({
  imageType: z
    .enum(imageTypes)
    .optional()
    .meta(baked('`iso` for the ephemeral host, `qcow` for the image of the others. `iso` when left out.')),
  userDataFileName: fileInVolume
    .optional()
    .meta(plain('File of user-data in the volume. Needed for an ISO.', { examples: ['user_data'] })),
  networkConfigFileName: fileInVolume.optional().meta(
    plain('File of the network configuration in the volume. Needed for an ISO.', {
      examples: ['network_data.json', 'network-config'],
    }),
  ),
  outputMetadataFileName: fileInVolume.optional().meta(
    plain('Where the builder writes the path of the image. `output-metadata.yaml` when left out.', {
      examples: ['output-metadata.yaml'],
    }),
  ),
  outputFileName,
  osconfigVarsFileName: fileInVolume.optional().meta(
    baked('File of variables for the operating system: kernel, limits, sysctl, packages.', {
      examples: ['osconfig-vars.yaml'],
    }),
  ),
  qcowVarsFileName: fileInVolume
    .optional()
    .meta(baked('File of variables for partitions. For `qcow` only.', { examples: ['qcow-vars.yaml'] })),
});

const text = z.string().min(1);
/** types.Selector of kustomize. */
const selector = z.strictObject({
  group: text.optional().meta(plain('API group of the document.')),
  version: text.optional().meta(plain('API version of the document.')),
  kind: text.optional().meta(plain('Kind of the document.', { examples: ['Secret', 'BareMetalHost'] })),
  name: text.optional().meta(plain('Name of the document.')),
  namespace: text.optional().meta(plain('Namespace of the document.')),
  labelSelector: text.optional().meta(
    plain('Labels that the document has.', {
      examples: ['airshipit.org/ephemeral-user-data=true', 'airshipit.org/ephemeral-node=true'],
    }),
  ),
  annotationSelector: text.optional().meta(plain('Annotations that the document has.')),
});

const selectingBuilder = z.strictObject({
  userDataSelector: selector
    .optional()
    .meta(plain('The Secret that holds the user-data. The one with the ephemeral label when left out.')),
  userDataKey: text.optional().meta(plain('Key of the user-data in it. `userData` when left out.')),
  networkConfigSelector: selector
    .optional()
    .meta(plain('The BareMetalHost whose network is taken. The ephemeral one when left out.')),
  networkConfigKey: text
    .optional()
    .meta(plain('Key of the network in its Secret. `networkData` when left out.')),
  outputFileName,
});

const annotations = z.record(z.string(), z.string()).nullish();
const metadata = z.strictObject({
  name: z
    .string()
    .regex(/^(?=.{1,253}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, {
      error: 'The name of a Kubernetes document has lower-case letters, digits, hyphens and dots.',
    })
    .meta(plain('Name of the document.', { examples: ['isogen'] })),
  namespace: text.optional().meta(plain('Namespace of the document.')),
  labels: annotations.meta(plain('Labels. Their values are text: "false", in quotes.')),
  annotations: annotations.meta(plain('Annotations. Their values are text.')),
});

const head = {
  apiVersion: z.literal(isogenApiVersion).meta(plain('Version of the document format of airshipctl.')),
  metadata: metadata.meta(plain('Name and labels of the document.')),
};

const builderHelp = plain('What the builder reads and writes.');
const containerHelp = plain('How the builder is run.');

const plainFile = z.strictObject({
  builder: fileBuilder.meta(builderHelp),
  container: container.meta(containerHelp),
});

const imageConfiguration = z.strictObject({
  ...head,
  kind: z.enum(isogenKinds).meta(plain('What this document describes.')),
  builder: fileBuilder.meta(builderHelp),
  container: container.meta(containerHelp),
});

const isoConfiguration = z.strictObject({
  ...head,
  kind: z.enum(isogenKinds).meta(plain('What this document describes.')),
  builder: selectingBuilder.optional().meta(builderHelp),
  container: container.meta(containerHelp),
});

export type IsogenShape = 'plain' | (typeof isogenKinds)[number];
export const isogenSchemas = {
  plain: plainFile,
  ImageConfiguration: imageConfiguration,
  IsoConfiguration: isoConfiguration,
} as const satisfies Record<IsogenShape, z.ZodType>;

export type Isogen = z.infer<(typeof isogenSchemas)[IsogenShape]>;

/** The shape of a text that is being written, for help. */
export function isogenShapeOfText(document: string): IsogenShape {
  const kind = /^kind:[ \t]*["']?([A-Za-z]*)/m.exec(document)?.[1];
  if (kind === 'IsoConfiguration') return 'IsoConfiguration';
  return kind !== undefined || /^(apiVersion|metadata):/m.test(document) ? 'ImageConfiguration' : 'plain';
}

/** Both sides of a volume that the schema accepted. */
export function volumeSides(text: string): { readonly host: string; readonly inside: string } {
  const [host = '', inside = host] = text.split(':');
  return { host, inside };
}
