import { cloudConfigSchema } from './cloud-config.ts';
import { jsonSchemaOfKind, schemasAt } from './json-schema.ts';
import { type DocumentKind, documentKinds } from './metadata.ts';

const homes: Readonly<Record<DocumentKind, string>> = {
  Site: 'of site.yaml, where it holds for all hosts',
  Host: 'of the document of a host',
  HostProfile: 'of a host profile, which is baked into the image',
  Image: 'of an image',
};

const nameOfHost = 'The name of a host is “metadata.name” of its document, with “domain” in its “spec”.';

/** Words for what stands under another key elsewhere. */
const otherWords: Readonly<Record<string, string>> = {
  hostname: nameOfHost,
  fqdn: nameOfHost,
  kernelArguments:
    'Arguments for all hosts stand in the host profile, under “kernel.arguments”; those of one host in its document.',
};

/** Documents with settings of ours, and fragments of user-data. */
export type Holder = DocumentKind | 'cloud-config';

/** Where a key that a document of this kind does not have belongs, as a sentence; undefined for a key of none. */
export function homeOfKey(holder: Holder, key: string): string | undefined {
  if (Object.hasOwn(otherWords, key)) return otherWords[key];
  const others = kindsWithKey(holder, key);
  if (others.length > 0) return `It is a setting ${others.map((other) => homes[other]).join(', or ')}.`;
  return holder !== 'cloud-config' && isOfUserData(key)
    ? 'It is a setting of user-data, which is stamped: it stands in a document in user-data/ that hosts name under “userData”.'
    : undefined;
}

/** Whether cloud-init has such a key, for what stands under no key of ours. */
export function isOfUserData(key: string): boolean {
  return !Object.hasOwn(otherWords, key) && Object.hasOwn(cloudConfigSchema.shape, key);
}

/** The other kinds of documents whose `spec` has a key, for what it says here as well. */
export function kindsWithKey(holder: Holder, key: string): readonly DocumentKind[] {
  if (Object.hasOwn(otherWords, key)) return [];
  return documentKinds.filter((other) => other !== holder && hasKey(other, key));
}

function hasKey(kind: DocumentKind, key: string): boolean {
  return schemasAt(jsonSchemaOfKind(kind), ['spec']).some(
    ({ properties }) => properties !== undefined && Object.hasOwn(properties, key),
  );
}
