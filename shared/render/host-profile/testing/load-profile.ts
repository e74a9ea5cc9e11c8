import { DiagnosticSink } from '../../../diagnostics/diagnostic.ts';
import { checkAgainstSchema } from '../../../schema/check-against-schema.ts';
import { hostProfileSchema } from '../../../schema/host-profile.ts';
import { wholePart } from '../../../schema/readable-part.ts';
import { parseYaml } from '../../../source/parse-yaml.ts';
import { childOf } from '../../../source/source-node.ts';
import { createSourceText } from '../../../source/source-text.ts';
import { checkHostProfile } from '../check-host-profile.ts';
import { renderHostProfile } from '../render-host-profile.ts';

/** Findings of a profile with this spec, as `severity message`; those of the schema where it has no value. */
export function findingsOf(spec: string): string[] {
  return judge(spec).found.map(({ severity, message }) => `${severity} ${message}`);
}

/** What a profile with this spec bakes. Throws where it has an error of its schema. */
export function renderedOf(spec: string) {
  const { rendered, found } = judge(spec);
  if (rendered === undefined) throw new Error(JSON.stringify(found));
  return rendered;
}

function judge(spec: string) {
  const text = `apiVersion: siteforge/v1\nkind: HostProfile\nmetadata: {name: a}\nspec:\n${spec.replace(/^/gm, '  ')}\n`;
  const sink = new DiagnosticSink();
  const node = parseYaml(createSourceText('profiles/a.yaml', text), sink);
  const profile = node && checkAgainstSchema(node, hostProfileSchema, sink);
  const written = node && childOf(node, 'spec');
  if (written !== undefined && profile !== undefined)
    checkHostProfile(wholePart(profile.spec, written), sink);
  return { rendered: profile && renderHostProfile(profile.spec), found: sink.list() };
}

/** A public key of a repository, made for these tests. */
export const repositoryKey = `-----BEGIN PGP PUBLIC KEY BLOCK-----

mDMEawFbgxYJKwYBBAHaRw8BAQdAHlEp6ZEI4V7cfAj6j5umdFBMnyHQ7kBurvhv
YycSNGS0JUVkZ2UgcGFja2FnZXMgPHBhY2thZ2VzQGVkZ2UuZXhhbXBsZT6IkAQT
FggAOBYhBMNKuN47jSrDpzq7Q4Ym0s1uIQVWBQJrAVuDAhsDBQsJCAcCBhUKCQgL
AgQWAgMBAh4BAheAAAoJEIYm0s1uIQVWKU8BANK7//NgNvIYHI4wsnaE23nnEAZu
z77sIxZtivdseHKLAQCxi5b06KiINl/jUEiyC+2i+b9j9WVctkZ9Y3mT/c9BDA==
=vv79
-----END PGP PUBLIC KEY BLOCK-----
`;
