import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importAirship } from './import-airship.ts';

/** airshipctl's own test data, where a folder of real documents is given. */
const real = process.env.SITEFORGE_REAL_DOCUMENTS;

function errorsOf(...paths: readonly string[]): string[] {
  const files = paths.map((path) => ({
    path: path.slice(path.lastIndexOf('/') + 1),
    text: readFileSync(join(real ?? '', path), 'utf8'),
  }));
  const { diagnostics } = importAirship(files, { name: 'a', origin: 'a.' });
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}

describe.runIf(real !== undefined)('the documents of airshipctl', () => {
  test.each([
    ['ephemeralduplicate', ['key-missing', 'airship-ephemeral']],
    ['ephemeralmissing', ['airship-ephemeral']],
    ['networkdatabadpointer', ['reference-unknown']],
    ['networkdatamalformed', ['airship-secret']],
    ['networkdatamissing', ['key-missing']],
    ['userdatamalformed', ['airship-ephemeral', 'airship-secret']],
    ['userdatamissing', ['airship-ephemeral', 'airship-ephemeral']],
    ['validdocset', []],
  ])('%s', (name, expected) => expect(errorsOf(`airshipctl-cloudinit/${name}.yaml`)).toEqual(expected));

  test('a folder of nodes', () => {
    const names = readdirSync(join(real ?? '', 'airshipctl-site'));
    expect(errorsOf(...names.map((name) => `airshipctl-site/${name}`))).toEqual([]);
  });
});
