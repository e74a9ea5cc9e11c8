import { z } from 'zod';
import { plain } from './help.ts';
import { hostnameLabel } from './scalars.ts';

export const apiVersion = 'siteforge/v1';
export const documentKinds = ['Site', 'Host', 'HostProfile', 'Image'] as const;
export type DocumentKind = (typeof documentKinds)[number];

const description = z.string().max(1000).optional().meta(plain('A sentence for people: what this is for.'));

const namedByFile = z.strictObject({
  name: hostnameLabel.meta(
    plain('The name by which other documents refer to this one: the name of the file without .yaml.'),
  ),
  description,
});

const freelyNamed = z.strictObject({
  name: z
    .string()
    .regex(/^[^\p{Cc}\s](.{0,61}[^\p{Cc}\s])?$/u, {
      error: 'A site has a name of 1 to 63 characters on one line.',
    })
    .meta(
      plain('The name of the site, as it stands in the title of the window.', { examples: ['edge-berlin'] }),
    ),
  description,
});

function documentOf<Kind extends DocumentKind, Metadata extends z.ZodType, Spec extends z.ZodType>(
  kind: Kind,
  metadata: Metadata,
  spec: Spec,
) {
  return z.strictObject({
    apiVersion: z.literal(apiVersion).meta(plain('The version of the document format.')),
    kind: z.literal(kind).meta(plain('What this document describes.')),
    metadata: metadata.meta(plain('The name of the document.')),
    spec: spec.meta(plain('What the document says.')),
  });
}

export function namedDocument<Kind extends DocumentKind, Spec extends z.ZodType>(kind: Kind, spec: Spec) {
  return documentOf(kind, namedByFile, spec);
}

export function siteDocument<Spec extends z.ZodType>(spec: Spec) {
  return documentOf('Site', freelyNamed, spec);
}
