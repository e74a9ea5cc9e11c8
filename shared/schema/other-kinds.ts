import { jsonSchemaOfKind, schemasAt } from './json-schema.ts';
import { type DocumentKind, documentKinds } from './metadata.ts';

const homes: Readonly<Record<DocumentKind, string>> = {
  Site: 'of site.yaml, where it holds for all hosts',
  Host: 'of the document of a host',
  HostProfile: 'of a host profile, which is baked into the image',
  Image: 'of an image',
};

/** Words for what stands under another key elsewhere. */
const otherWords: Readonly<Record<string, string>> = {
  kernelArguments:
    'Arguments for all hosts stand in the host profile, under “kernel.arguments”; those of one host in its document.',
};

/** Where a key of `spec` that a document of this kind does not have belongs, as a sentence; undefined for a key of none. */
export function homeOfKey(kind: DocumentKind, key: string): string | undefined {
  if (Object.hasOwn(otherWords, key)) return otherWords[key];
  const others = kindsWithKey(kind, key);
  return others.length === 0
    ? undefined
    : `It is a setting ${others.map((other) => homes[other]).join(', or ')}.`;
}

/** The other kinds of documents whose `spec` has a key, for what it says here as well. */
export function kindsWithKey(kind: DocumentKind, key: string): readonly DocumentKind[] {
  if (Object.hasOwn(otherWords, key)) return [];
  return documentKinds.filter((other) => other !== kind && hasKey(other, key));
}

function hasKey(kind: DocumentKind, key: string): boolean {
  return schemasAt(jsonSchemaOfKind(kind), ['spec']).some(
    ({ properties }) => properties !== undefined && Object.hasOwn(properties, key),
  );
}
