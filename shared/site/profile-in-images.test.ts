import { expect, test } from 'vitest';
import { createSiteAnalyser } from './analyser.ts';

const profile =
  'apiVersion: siteforge/v1\nkind: HostProfile\nmetadata: {name: p}\nspec:\n  systemd: {enable: [chrony.service, squid.service]}\n';
const image = (name: string, packages: string) =>
  `apiVersion: siteforge/v1\nkind: Image\nmetadata: {name: ${name}}\nspec:\n  profile: p\n  packages: [${packages}]\n  outputs: [{format: iso}]\n`;

const analyser = createSiteAnalyser();
analyser.update('site.yaml', 'apiVersion: siteforge/v1\nkind: Site\nmetadata: {name: edge}\nspec: {}\n');
analyser.update('profiles/p.yaml', profile);

/** Units of the profile that lack their package. */
function lacking(images: Readonly<Record<string, string | undefined>>): string[] {
  for (const [name, packages] of Object.entries(images))
    analyser.update(`images/${name}.yaml`, packages === undefined ? undefined : image(name, packages));
  return analyser
    .analyse()
    .diagnostics.flatMap(({ message }) => /^(\S+) comes with the package/.exec(message)?.[1] ?? []);
}

test('a package that every image of the profile brings is not missed', () => {
  expect(lacking({})).toEqual(['chrony.service', 'squid.service']);
  expect(lacking({ a: 'chrony' })).toEqual(['squid.service']);
  expect(lacking({ b: 'chrony, squid' })).toEqual(['squid.service']);
  expect(lacking({ b: 'squid' })).toEqual(['chrony.service', 'squid.service']);
  expect(lacking({ a: undefined })).toEqual(['chrony.service']);
});
