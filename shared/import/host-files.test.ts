import { expect, test } from 'vitest';
import { hostFilesOf } from './host-files.ts';

function read(...paths: readonly string[]) {
  const { networks, diagnostics } = hostFilesOf(paths.map((path) => ({ path, text: 'interfaces: []\n' })));
  return {
    hosts: networks.map(({ path, host }) => [path, host]),
    left: diagnostics.map(({ file, code, severity }) => [file, code, severity]),
  };
}

test('a file for each host, with whatever else lies beside them', () => {
  expect(read('README.md', 'cp-1.yaml', 'wk-1.yml', 'wk-2.json')).toEqual({
    hosts: [
      ['cp-1.yaml', undefined],
      ['wk-1.yml', undefined],
      ['wk-2.json', undefined],
    ],
    left: [],
  });
});

test('a folder for each host', () => {
  expect(read('cp-1/network.yaml', 'cp-1/notes.txt', 'wk-1/nmstate.yml')).toEqual({
    hosts: [
      ['cp-1/network.yaml', 'cp-1'],
      ['wk-1/nmstate.yml', 'wk-1'],
    ],
    left: [],
  });
});

test('what could be of several hosts is told', () => {
  expect(read('cp-1/a.yaml', 'cp-1/b.yaml', 'site/wk-1/network.yaml', 'wk-2.yaml')).toEqual({
    hosts: [['wk-2.yaml', undefined]],
    left: [
      ['cp-1/a.yaml', 'import-left-out', 'warning'],
      ['cp-1/b.yaml', 'import-left-out', 'warning'],
      ['site/wk-1/network.yaml', 'import-left-out', 'warning'],
    ],
  });
});
