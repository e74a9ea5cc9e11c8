import { expect, test } from 'vitest';
import { tabLabels } from './tab-labels.ts';

test('tabs of one name tell their folders, and others do not', () => {
  const shown = (...paths: string[]) => tabLabels(paths).map(({ name, folder }) => [name, folder]);
  expect(shown('profiles/edge.yaml', 'hosts/wk-1.yaml', 'images/edge.yaml', 'site.yaml')).toEqual([
    ['edge.yaml', 'profiles'],
    ['wk-1.yaml', undefined],
    ['edge.yaml', 'images'],
    ['site.yaml', undefined],
  ]);
  expect(shown('site.yaml', 'user-data/site.yaml')).toEqual([
    ['site.yaml', undefined],
    ['site.yaml', 'user-data'],
  ]);
});
