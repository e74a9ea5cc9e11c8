import { formatOfText } from '../network/network-format.ts';
import { networkHelp } from '../network/network-help.ts';
import { cloudConfigSchema } from '../schema/cloud-config.ts';
import { isogenSchemas, isogenShapeOfText } from '../schema/isogen.ts';
import { type JsonSchema, jsonSchemaOf, jsonSchemaOfKind, schemasAt } from '../schema/json-schema.ts';
import type { DocumentKind } from '../schema/metadata.ts';
import { guessKind, isNetworkKind, type Kind } from '../site/document-kinds.ts';
import type { PathSegment } from '../source/source-node.ts';
import { withCloudInitHelp } from './cloud-init-help.ts';

/** Kinds of our own documents, as these name them. */
export const ownKinds: Partial<Record<Kind, DocumentKind>> = {
  site: 'Site',
  host: 'Host',
  'host-profile': 'HostProfile',
  image: 'Image',
};

/** A kind and a path inside it; the inline network of a host is a network document of its own. */
export interface Place {
  readonly kind: Kind | undefined;
  readonly path: readonly PathSegment[];
}

export function placeIn(file: string, text: string, path: readonly PathSegment[]): Place {
  const kind = guessKind(file, text);
  const isInline = kind === 'host' && path[0] === 'spec' && path[1] === 'network' && path[2] === 'inline';
  if (isInline) return { kind: 'network-config', path: withoutWrapper(path.slice(3)) };
  return { kind, path: kind === 'network-config' ? withoutWrapper(path) : path };
}

/** cloud-init takes a network configuration with or without `network:` around it. */
function withoutWrapper(path: readonly PathSegment[]): readonly PathSegment[] {
  return path[0] === 'network' ? path.slice(1) : path;
}

/** What may stand at a place, in all alternatives; nothing for kinds without help. */
export function schemasOfPlace({ kind, path }: Place, text: string): JsonSchema[] {
  const root = rootSchema(kind, text);
  const schemas = root === undefined ? [] : schemasAt(root, path);
  return kind === 'cloud-config' ? withCloudInitHelp(schemas, path) : schemas;
}

/** Whether a network says to be of cloud-init's version 1. */
export function isVersion1(text: string): boolean {
  return /^\s*version:[ \t]*1\b/m.test(text);
}

function rootSchema(kind: Kind | undefined, text: string): JsonSchema | undefined {
  if (kind === 'cloud-config') return jsonSchemaOf(cloudConfigSchema);
  if (kind === 'isogen') return jsonSchemaOf(isogenSchemas[isogenShapeOfText(text)]);
  if (isNetworkKind(kind)) {
    const format = kind === 'network-config' ? formatOfText(text) : kind;
    return networkHelp[format ?? 'network-config-v2'];
  }
  const own = kind === undefined ? undefined : ownKinds[kind];
  return own === undefined ? undefined : jsonSchemaOfKind(own);
}
