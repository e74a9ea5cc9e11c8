import { join } from 'node:path';
import { SiteforgeError } from '#shared/errors.ts';
import { exportNetworks as networksOf } from '#shared/import/export-networks.ts';
import type { NetworkSource } from '#shared/import/import-networks.ts';
import { secretsIn } from '#shared/secrets/mask.ts';
import { writeFileAtomically } from '../core/files/atomic-write.ts';
import { blocking } from '../core/files/file-access.ts';
import { fileFailure } from '../core/files/file-failures.ts';
import { makeFolder } from '../core/files/make-folder.ts';
import { analyseSite } from '../core/site/analyse-site.ts';
import { readSite } from '../core/site/read-site.ts';
import { exportedFileMode } from '../core/site/write-exported.ts';
import { type Output, parse, required, single } from './arguments.ts';
import { seedOf } from './host-seed.ts';
import { countLine, printDiagnostics, reported } from './print-diagnostics.ts';

export const exportNetworksUsage =
  'siteforge export nmstate|netplan|network-data SITE --out DIR [--host NAME] [--json]';
export const exportNetworksSummary =
  'Or writes the network of each host as a file named after it, as import takes it in again; secrets in it stay masked.';

export async function exportNetworks(
  format: NetworkSource,
  parameters: readonly string[],
  output: Output,
): Promise<0> {
  const { values, positionals } = parse(parameters, {
    host: { type: 'string' },
    out: { type: 'string' },
    json: { type: 'boolean' },
  });
  const folder = single(positionals, 'SITE');
  const out = required(values.out, 'out');
  const site = analyseSite(await readSite(folder, blocking));
  const names = values.host === undefined ? site.analysis.hosts.map(({ name }) => name) : [values.host];
  // Throws for a host that is not there or has errors: half a set is worse than none.
  for (const name of names) seedOf(site, name, folder, output);
  const { files, diagnostics } = networksOf(site.analysis, names, format);
  if (files.length === 0)
    throw new SiteforgeError('host-not-found', { where: folder, message: 'No host has a network.' });
  try {
    await makeFolder(out);
    for (const { name, text } of files) {
      output.signal.throwIfAborted();
      await writeFileAtomically(join(out, name), text, { mode: exportedFileMode });
    }
  } catch (thrown) {
    throw fileFailure(thrown, out, 'write');
  }
  const found = diagnostics.map((one) => reported(one, folder));
  const masked = secretsIn(files.map(({ text }) => text).join('\n'));
  if (values.json) {
    output.out(`${JSON.stringify({ out, files: files.map(({ name }) => name), masked, warnings: found })}\n`);
    return 0;
  }
  printDiagnostics(output, found);
  if (masked.length > 0) output.error(`Masked: ${masked.join(', ')}.\n`);
  output.error(
    `${files.length} ${files.length === 1 ? 'network' : 'networks'} written to ${out}; ${countLine(found)}\n`,
  );
  return 0;
}
