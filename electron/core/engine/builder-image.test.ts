import { expect, test } from 'vitest';
import { keysOf } from '../build/build-keys.ts';
import { builderConfig } from '../build/fake-builder.test-support.ts';
import { findPlaces } from '../places.ts';
import { readBuilderSources } from './builder-image.ts';

const { builder } = findPlaces();

test('a builder is named after its sources and after where its packages come from', async () => {
  const own = await readBuilderSources(builder);
  const site = await readBuilderSources(builder, { mirror: 'http://mirror.example/debian' });
  expect(site.packages.sources).toEqual([
    { uri: 'http://mirror.example/debian', suite: 'bookworm', options: [] },
  ]);
  const securityMirror = 'http://mirror.example/debian-security';
  const secure = await readBuilderSources(builder, {
    mirror: 'http://mirror.example/debian',
    securityMirror,
  });
  expect(secure.packages.sources.at(-1)).toEqual({
    uri: securityMirror,
    suite: 'bookworm-security',
    options: [],
  });
  expect(secure.image).not.toBe(site.image);
  expect((await readBuilderSources(builder)).image).toBe(own.image);
  expect(site.image).not.toBe(own.image);
  expect(site.image).toMatch(/^siteforge\/debian:[0-9a-f]{12}$/);
  // What was composed by one is not taken for the work of the other.
  const keys = [own, site].map(({ digest }) => keysOf(digest, 'elements', builderConfig()));
  expect(keys[0]?.tree).not.toBe(keys[1]?.tree);
  expect(keys[0]?.image).not.toBe(keys[1]?.image);
});
