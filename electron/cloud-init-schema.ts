import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const step = fileURLToPath(new URL('setup/cloud-init-schema.mjs', import.meta.url));

/**
 * What the bundlers put in the place of `CLOUD_INIT_SCHEMA`: the text of cloud-init's own JSON schema, or `undefined`
 * where none can be had (the step then says so on standard error). It comes from Debian's package at build time, so
 * that the checks are those of the cloud-init in the images and nothing of it is kept in this tree.
 */
export function cloudInitSchemaDefine(): Record<string, string> {
  const answer = execFileSync(process.execPath, [step], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const found = JSON.parse(answer) as { readonly file: string } | null;
  const schema = found === null ? undefined : JSON.stringify(JSON.parse(readFileSync(found.file, 'utf8')));
  // A text that is parsed when it is first needed starts faster than 100 KB of program.
  return { CLOUD_INIT_SCHEMA: schema === undefined ? 'undefined' : JSON.stringify(schema) };
}
