import { basename, join, resolve } from 'node:path';
import { importAirship } from '#shared/airship/import-airship.ts';
import type { Diagnostic } from '#shared/diagnostics/diagnostic.ts';
import { hostFilesOf } from '#shared/import/host-files.ts';
import { importNetworks, type NetworkSource, networkSources } from '#shared/import/import-networks.ts';
import type { ImportedSite } from '#shared/import/imported-site.ts';
import { netplanFilesLeftOut } from '#shared/import/netplan-hosts.ts';
import { siteFilesOf } from '#shared/import/site-files.ts';
import { readImportSource, readStream } from '../core/site/read-import-source.ts';
import { requireEmpty, writeNewSite } from '../core/site/write-new-site.ts';
import { type Command, type Output, parse, required, single, wrongUse } from './arguments.ts';
import { importHosts, importHostsSummary, importHostsUsage } from './import-hosts.ts';
import { countLine, printDiagnostics, type ReportedDiagnostic, reported } from './print-diagnostics.ts';

const standardInput = '-';

export const importSite: Command = {
  usage: [
    'siteforge import airship PATH|- --out SITE [--keep-going] [--json]',
    'siteforge import nmstate DIR | netplan PATH... [--host NAME] | network-data DIR | network-data FILE --host NAME --out SITE [--keep-going] [--json]',
    importHostsUsage,
  ].join('\n  '),
  summary: `Makes a site of Airship documents: a rendered set (a file, a folder, or - for standard input) of BareMetalHosts with their Secrets. Or of the networks of hosts: each file becomes the host that it is named after; files of netplan that are one host's (--host, a folder etc/netplan, names such as 50-cloud-init.yaml) are merged as netplan does. With errors nothing is written, unless --keep-going is given. ${importHostsSummary}`,
  async run(parameters, output) {
    if (parameters[0] === 'hosts') return importHosts(parameters.slice(1), output);
    const { values, positionals } = parse(parameters, {
      out: { type: 'string' },
      host: { type: 'string' },
      'keep-going': { type: 'boolean' },
      json: { type: 'boolean' },
    });
    const [format, ...paths] = positionals;
    if (format === undefined)
      throw wrongUse(`What is to be imported is missing: hosts, ${formats.join(', ')}.`);
    const read = readerOf(format, paths, values.host);
    const out = required(values.out, 'out');
    await requireEmpty(out);
    const { site, diagnostics: found } = await read(resolve(out), output);
    const isSound = !found.some(({ severity }) => severity === 'error');
    const isWritten = isSound || values['keep-going'] === true;
    const files = siteFilesOf(site);
    output.signal.throwIfAborted();
    if (isWritten) await writeNewSite(out, files);
    const written = isWritten ? files.map((file) => file.path).sort() : [];
    if (values.json)
      output.out(`${JSON.stringify({ site: isWritten ? out : null, files: written, diagnostics: found })}\n`);
    else tell(paths.join(', '), out, isWritten ? site : undefined, found, output);
    return isSound ? 0 : 1;
  },
};

const formats = ['airship', ...networkSources];

interface Read {
  readonly site: ImportedSite;
  readonly diagnostics: readonly ReportedDiagnostic[];
}

/** Judges the parameters before anything is read. */
function readerOf(
  format: string,
  paths: readonly string[],
  host: string | undefined,
): (out: string, output: Output) => Promise<Read> {
  if (host !== undefined && format !== 'netplan' && format !== 'network-data')
    throw wrongUse('--host names the host of files of netplan, or of one of network-data.');
  if (format === 'airship') {
    const path = single(paths, 'PATH');
    return (out, output) => readAirship(path, out, output);
  }
  if (format === 'nmstate') {
    const folder = single(paths, 'DIR');
    return (out) => readFolderOfHosts('nmstate', folder, out);
  }
  if (format === 'network-data') {
    const path = single(paths, 'FILE');
    return (out) => readNetworkData(path, host, out);
  }
  if (format !== 'netplan')
    throw wrongUse(`${format} cannot be imported; a format is one of hosts, ${formats.join(', ')}.`);
  if (paths.length === 0) throw wrongUse('FILE is missing.');
  return (out) => readNetplan(paths, host, out);
}

/** Files under the paths by which they were named, and those of folders. */
async function readNetplan(paths: readonly string[], host: string | undefined, out: string): Promise<Read> {
  const files = [];
  const left = [];
  for (const path of paths) {
    const found = await readImportSource(path);
    const isFile = found.length === 1 && found[0]?.path === basename(path);
    for (const file of found) {
      const named = { ...file, path: isFile ? path : join(path, file.path), host };
      if (isFile || /\.yaml$/i.test(file.path)) files.push(named);
      else left.push(named);
    }
  }
  const { site, diagnostics } = importNetworks(files, {
    format: 'netplan',
    name: siteNameOf(out),
    origin: 'netplan.',
  });
  return { site, diagnostics: [...diagnostics, ...netplanFilesLeftOut(left)].map((each) => reported(each)) };
}

/** What a machine was given, network_data.json, does not say whose it is; files of a folder are named after their hosts. */
async function readNetworkData(path: string, host: string | undefined, out: string): Promise<Read> {
  const [file, ...others] = await readImportSource(path);
  if (file === undefined || others.length > 0 || file.path !== basename(path)) {
    if (host !== undefined) throw wrongUse(`${path} is a folder; --host names the host of one file.`);
    return readFolderOfHosts('network-data', path, out);
  }
  const files = [{ ...file, path, host: required(host, 'host') }];
  const options = { format: 'network-data', name: siteNameOf(out), origin: 'network-data.' } as const;
  const { site, diagnostics } = importNetworks(files, options);
  return { site, diagnostics: diagnostics.map((each) => reported(each)) };
}

/** A folder with a file for each host, or with a folder for each. */
async function readFolderOfHosts(format: NetworkSource, folder: string, out: string): Promise<Read> {
  const files = await readImportSource(folder);
  const { networks, diagnostics: left } = hostFilesOf(files);
  const options = { format, name: siteNameOf(out), origin: `${basename(resolve(folder))}.` };
  const { site, diagnostics } = importNetworks(networks, options);
  const isFile = files.length === 1 && files[0]?.path === basename(folder);
  return { site, diagnostics: [...diagnostics, ...left].map((each) => named(each, folder, isFile)) };
}

async function readAirship(path: string, out: string, { signal }: Output): Promise<Read> {
  const isPipe = path === standardInput;
  const files = isPipe ? [await readStream(process.stdin, 'standard input')] : await readImportSource(path);
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
