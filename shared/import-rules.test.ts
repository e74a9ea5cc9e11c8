import { readdirSync, readFileSync } from 'node:fs';
import { dirname, normalize } from 'node:path';
import { expect, test } from 'vitest';

/**
 * What a file may import, by the folder it lies in; the first rule that fits counts. Rooms are folders of the
 * checkout, packages stand with their names. Tests may import anything.
 */
const rules: readonly { folder: string; rooms: readonly string[]; packages: RegExp }[] = [
  { folder: 'shared/', rooms: ['shared/'], packages: /^(zod|yaml)$/ },
  {
    folder: 'electron/core/engine/',
    rooms: ['shared/', 'electron/core/'],
    packages: /^(node:.+|dockerode|zod|yaml)$/,
  },
  { folder: 'electron/core/', rooms: ['shared/', 'electron/core/'], packages: /^(node:.+|zod|yaml)$/ },
  {
    folder: 'electron/cli/',
    rooms: ['shared/', 'electron/core/', 'electron/cli/', 'package.json'],
    packages: /^(node:.+|zod|yaml)$/,
  },
  {
    folder: 'electron/setup/',
    rooms: ['electron/setup/'],
    packages: /^(node:.+|@electron\/(fuses|asar)|extract-zip|electron|yauzl)$/,
  },
  { folder: 'electron/preload.ts', rooms: ['shared/contract.ts'], packages: /^electron$/ },
  { folder: 'electron/', rooms: ['shared/', 'electron/'], packages: /^(node:.+|electron|zod)$/ },
  {
    folder: 'renderer/',
    rooms: ['shared/', 'renderer/'],
    packages:
      /^(react|react-dom|react-dom\/client|zustand|zustand\/.+|monaco-editor(\/.+)?|react-aria-components|react-resizable-panels|lucide-react|@fontsource-variable\/.+|@tanstack\/react-virtual|zod)$/,
  },
  // The bench calls the core directly: a stamp takes less time than a process needs to start.
  {
    folder: 'e2e/bench/',
    rooms: ['e2e/bench/', 'shared/', 'electron/core/'],
    packages: /^(node:.+|@playwright\/test)$/,
  },
  {
    folder: 'e2e/',
    rooms: ['e2e/', 'shared/'],
    packages: /^(node:.+|@playwright\/test|playwright|@axe-core\/playwright|@electron\/fuses)$/,
  },
];

const sources = ['shared', 'electron', 'renderer', 'e2e']
  .flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' }).map((file) => `${room}/${file}`),
  )
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !/\.(test|test-support|config)\.(ts|tsx|mjs)$/.test(file))
  .filter((file) => !file.includes('/development/'));

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8').replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, '');
  const pattern =
    /(?:^|[\s;}])(?:import|export)\s*(?:type\s*)?(?:[\w*{][^'";]*?from\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;
  return [...text.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? '');
}

/** The file in the checkout that an import names, or undefined when it names a package. */
function roomOf(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (specifier.startsWith('.')) return normalize(`${dirname(file)}/${specifier}`).replaceAll('\\', '/');
  return undefined;
}

function breaches(file: string): string[] {
  const rule = rules.find(({ folder }) => file.startsWith(folder));
  if (rule === undefined) return [`${file} lies in no room`];
  return importsOf(file)
    .filter((specifier) => {
      const room = roomOf(file, specifier.replace(/\?.*$/, ''));
      return room === undefined
        ? !rule.packages.test(specifier)
        : !rule.rooms.some((allowed) => room.startsWith(allowed));
    })
    .map((specifier) => `${file} imports ${specifier}`);
}

test('every file imports only what its room may', () => {
  expect(sources.length).toBeGreaterThan(50);
  expect(sources.flatMap(breaches)).toEqual([]);
});

test('only one module of the window talks to main', () => {
  const talkers = sources.filter(
    (file) =>
      file.startsWith('renderer/') && /window\.siteforge|\['siteforge'\]/.test(readFileSync(file, 'utf8')),
  );
  expect(talkers).toEqual(['renderer/bridge.ts']);
});

test('the rules see an import that breaks them', () => {
  expect(roomOf('renderer/App.tsx', '../electron/core/places.ts')).toBe('electron/core/places.ts');
  expect(importsOf('electron/main.ts')).toContain('electron');
});

test('only the engine knows dockerode', () => {
  const users = sources.filter((file) => importsOf(file).includes('dockerode')).map(dirname);
  expect(users.every((folder) => folder.startsWith('electron/core/engine'))).toBe(true);
});
