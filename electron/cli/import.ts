import { basename, join, resolve } from 'node:path';
import { importAirship } from '#shared/airship/import-airship.ts';
import type { Diagnostic } from '#shared/diagnostics/diagnostic.ts';
import type { ImportedSite } from '#shared/import/imported-site.ts';
import { siteFilesOf } from '#shared/import/site-files.ts';
import { readImportSource, readStream } from '../core/site/read-import-source.ts';
import { requireEmpty, writeNewSite } from '../core/site/write-new-site.ts';
import { type Command, type Output, parse, required, single, wrongUse } from './arguments.ts';
import { countLine, printDiagnostics, type ReportedDiagnostic, reported } from './print-diagnostics.ts';

const standardInput = '-';

export const importSite: Command = {
  usage: 'siteforge import airship PATH|- --out SITE [--keep-going] [--json]',
  summary:
    'Makes a site of Airship documents: a rendered set (a file, a folder, or - for standard input) of BareMetalHosts with their Secrets. With errors nothing is written, unless --keep-going is given.',
  async run(parameters, output) {
    const { values, positionals } = parse(parameters, {
      out: { type: 'string' },
      'keep-going': { type: 'boolean' },
      json: { type: 'boolean' },
    });
    const [format, ...rest] = positionals;
    if (format === undefined) throw wrongUse('What is to be imported is missing: airship.');
    if (format !== 'airship') throw wrongUse(`${format} cannot be imported; airship can.`);
    const path = single(rest, 'PATH');
    const out = required(values.out, 'out');
    await requireEmpty(out);
    const { site, diagnostics } = await readAirship(path, resolve(out), output);
    const found = diagnostics;
    const isSound = !found.some(({ severity }) => severity === 'error');
    const isWritten = isSound || values['keep-going'] === true;
    const files = siteFilesOf(site);
    output.signal.throwIfAborted();
    if (isWritten) await writeNewSite(out, files);
    const paths = isWritten ? files.map((file) => file.path).sort() : [];
    if (values.json)
      output.out(`${JSON.stringify({ site: isWritten ? out : null, files: paths, diagnostics: found })}\n`);
    else tell(path, out, isWritten ? site : undefined, found, output);
    return isSound ? 0 : 1;
  },
};

async function readAirship(path: string, out: string, { signal }: Output) {
  const isPipe = path === standardInput;
  const files = isPipe ? [await readStream(process.stdin, standardInput)] : await readImportSource(path);
  signal.throwIfAborted();
  const origin = isPipe ? 'standard input' : basename(resolve(path));
  const { site, diagnostics } = importAirship(files, { name: siteNameOf(out), origin: `${origin}.` });
  const isFile = isPipe || (files.length === 1 && files[0]?.path === basename(path));
  return { site, diagnostics: diagnostics.map((each) => named(each, path, isFile)) };
}

/** Under the name by which the user can open the file. */
function named(diagnostic: Diagnostic, path: string, isFile: boolean): ReportedDiagnostic {
  if (path === standardInput) return { ...reported(diagnostic), file: standardInput };
  return reported(
    isFile ? { ...diagnostic, file: path } : { ...diagnostic, file: join(path, diagnostic.file) },
  );
}

function siteNameOf(out: string): string {
  const name = basename(out)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 63)
    .trim();
  return name === '' ? 'imported' : name;
}

function tell(
  path: string,
  out: string,
  site: ImportedSite | undefined,
  found: readonly ReportedDiagnostic[],
  output: Output,
): void {
  printDiagnostics(output, found);
  output.error(`${path}: ${countLine(found)}\n`);
  if (site === undefined) {
    output.error('Nothing was written. Mend the errors, or take over what can be read with --keep-going.\n');
    return;
  }
  const counts = [
    [site.hosts.length, 'host', 'hosts'],
    [site.networks.length, 'network', 'networks'],
    [site.fragments.length, 'user-data fragment', 'user-data fragments'],
    [site.secrets.length, 'secret', 'secrets'],
  ] as const;
  const words = counts.map(([count, one, more]) => `${count} ${count === 1 ? one : more}`).join(', ');
  output.error(`${words} written to ${out}\n`);
}
