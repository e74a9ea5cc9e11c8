import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileFailure } from '../core/files/file-failures.ts';
import { type AnalysedSite, analyseSite } from '../core/site/analyse-site.ts';
import { readSite } from '../core/site/read-site.ts';
import { type Command, type Output, parse, required, single, wrongUse } from './arguments.ts';
import { seedOf } from './host-seed.ts';

const formats = ['nocloud', 'configdrive', 'ignition', 'keyfiles'];

/** The seed of a host, by the file names of cloud-init's NoCloud data source. */
interface RenderedHost {
  readonly host: string;
  readonly files: Readonly<Record<string, string>>;
  readonly kernelArguments: readonly string[];
}

export const render: Command = {
  usage: 'siteforge render SITE --host NAME | --all [--as nocloud] [--out DIR] [--json]',
  summary:
    'Writes what a host receives: user-data, meta-data, network-config and vendor-data. With --all, for every host, in a folder each.',
  async run(parameters, output) {
    const { values, positionals } = parse(parameters, {
      host: { type: 'string' },
      all: { type: 'boolean' },
      as: { type: 'string' },
      out: { type: 'string' },
      json: { type: 'boolean' },
    });
    const folder = single(positionals, 'SITE');
    requireFormat(values.as ?? 'nocloud');
    if (values.all && values.host !== undefined) throw wrongUse('--host and --all exclude each other.');
    if (values.all && values.out === undefined && !values.json)
      throw wrongUse('--all needs --out DIR or --json.');
    const chosen = values.all ? undefined : required(values.host, 'host');
    const site = analyseSite(await readSite(folder));
    const names = chosen === undefined ? site.analysis.hosts.map(({ name }) => name) : [chosen];
    const rendered = names.map((name) => renderOne(site, name, folder, output));
    if (values.out !== undefined) writeAll(rendered, values.out, values.all === true, output.signal);
    if (values.json) output.out(`${JSON.stringify(values.all ? rendered : rendered[0])}\n`);
    else tell(rendered, values.out, output);
    return 0;
  },
};

function requireFormat(name: string): void {
  if (name === 'nocloud') return;
  if (formats.includes(name)) throw wrongUse(`--as ${name} is not there yet; nocloud is.`);
  throw wrongUse(`--as ${name}: a format is one of ${formats.join(', ')}.`);
}

function renderOne(site: AnalysedSite, name: string, folder: string, output: Output): RenderedHost {
  const { seed, kernelArguments } = seedOf(site, name, folder, output);
  const files = {
    'user-data': seed.userData,
    'meta-data': seed.metaData,
    'network-config': seed.networkConfig,
    'vendor-data': seed.vendorData,
  };
  return { host: name, files, kernelArguments };
}

/** Thousands of small files: each appears whole, but none is worth waiting for the disk, since it can be made again. */
function writeAll(rendered: readonly RenderedHost[], out: string, each: boolean, signal: AbortSignal): void {
  for (const { host, files } of rendered) {
    signal.throwIfAborted();
    const folder = each ? join(out, host) : out;
    try {
      const fresh = mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined;
      for (const [name, text] of Object.entries(files)) writePrivately(join(folder, name), text, fresh);
    } catch (thrown) {
      throw fileFailure(thrown, folder, 'write');
    }
  }
}

/** The files may hold keys and digests of passwords: only their owner may read them, from the first byte on. */
function writePrivately(path: string, text: string, fresh: boolean): void {
  const options = { mode: 0o600, flag: 'wx' } as const;
  if (fresh) {
    writeFileSync(path, text, options);
    return;
  }
  const temporary = `${path}.${process.pid}.tmp`;
  rmSync(temporary, { force: true });
  writeFileSync(temporary, text, options);
  renameSync(temporary, path);
}

function tell(rendered: readonly RenderedHost[], out: string | undefined, output: Output): void {
  if (out !== undefined) {
    output.error(`${rendered.length} ${rendered.length === 1 ? 'host' : 'hosts'} rendered to ${out}\n`);
    return;
  }
  for (const { files } of rendered) {
    for (const [name, text] of Object.entries(files)) output.out(`==> ${name} <==\n${text}\n`);
  }
}
