import type { z } from 'zod';
import { hostSchema } from './host.ts';
import { hostProfileSchema } from './host-profile.ts';
import { imageSchema } from './image.ts';
import type { DocumentKind } from './metadata.ts';
import { siteSchema } from './site.ts';

const schemas = {
  Site: siteSchema,
  Host: hostSchema,
  HostProfile: hostProfileSchema,
  Image: imageSchema,
} as const satisfies Record<DocumentKind, z.ZodType>;

export function schemaOfKind<Kind extends DocumentKind>(kind: Kind): (typeof schemas)[Kind] {
  return schemas[kind];
}
