import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DiagnosticSink } from '#shared/diagnostics/diagnostic.ts';
import { hostKeyfiles } from '#shared/render/host-keyfiles.ts';
import { secretsIn } from '#shared/secrets/mask.ts';
import { errnoOf, fileFailure } from '../core/files/file-failures.ts';
import { makeFolder } from '../core/files/make-folder.ts';
import { type FilledStamps, fillKeyfile, fillStamps, type SecretValues } from '../core/secrets/fill-stamp.ts';
import { type AnalysedSite, analyseSite } from '../core/site/analyse-site.ts';
import { readSite } from '../core/site/read-site.ts';
import type { HostStamp } from '../core/stamp/host-stamp.ts';
import { type Command, type Output, parse, required, single, wrongUse } from './arguments.ts';
import { secretsOf, seedOf } from './host-seed.ts';
import { printDiagnostics, reported } from './print-diagnostics.ts';

/** What a host receives, or its network as NetworkManager would hold it. */
const formats = ['nocloud', 'keyfiles'] as const;
type Format = (typeof formats)[number];

/** The files of a host: its seed by the names of cloud-init's NoCloud data source, or keyfiles. */
interface RenderedHost {
  readonly host: string;
  readonly files: Readonly<Record<string, string>>;
  readonly kernelArguments: readonly string[];
}

export const render: Command = {
  usage:
    'siteforge render SITE --host NAME | --all [--as nocloud|keyfiles] [--out DIR] [--with-secrets] [--json]',
  summary:
    'Writes what a host receives: user-data, meta-data, network-config and vendor-data; or, with --as keyfiles, its network as NetworkManager’s keyfiles. With --all, for every host, in a folder each. Secrets are masked unless --with-secrets is given.',
  async run(parameters, output) {
    const { values, positionals } = parse(parameters, {
      host: { type: 'string' },
      all: { type: 'boolean' },
      as: { type: 'string' },
      out: { type: 'string' },
      'with-secrets': { type: 'boolean' },
      json: { type: 'boolean' },
    });
    const folder = single(positionals, 'SITE');
    const format = formatOf(values.as ?? 'nocloud');
    if (values.all && values.host !== undefined) throw wrongUse('--host and --all exclude each other.');
    if (values.all && values.out === undefined && !values.json)
      throw wrongUse('--all needs --out DIR or --json.');
    const chosen = values.all ? undefined : required(values.host, 'host');
    const site = analyseSite(await readSite(folder));
    const names = chosen === undefined ? site.analysis.hosts.map(({ name }) => name) : [chosen];
    const masked = names.map((name) => seedOf(site, name, folder, output));
    const filled = values['with-secrets'] ? await fill(masked, site, folder, output) : undefined;
    const stamps = filled?.stamps ?? masked;
    const rendered =
      format === 'keyfiles'
        ? stamps.map((stamp) => withKeyfiles(stamp, site, folder, output, filled?.values))
        : stamps.map(filesOf);
    if (values.out !== undefined) await writeAll(rendered, values.out, values.all === true, output.signal);
    if (values.json) output.out(`${JSON.stringify(values.all ? rendered : rendered[0])}\n`);
    else tell(rendered, values.out, output);
    if (filled === undefined) tellMasks(rendered, output);
    return 0;
  },
};

function formatOf(name: string): Format {
  const format = formats.find((each) => each === name);
  if (format === undefined) throw wrongUse(`--as ${name}: a format is one of ${formats.join(', ')}.`);
  return format;
}

function filesOf({ host, seed, kernelArguments }: HostStamp): RenderedHost {
  const files = {
    'user-data': seed.userData,
    'meta-data': seed.metaData,
    'network-config': seed.networkConfig,
    'vendor-data': seed.vendorData,
  };
  return { host, files, kernelArguments };
}

/** Values that do not fit where they are used are told; a value that is missing ends the command. */
async function fill(
  masked: readonly HostStamp[],
  site: AnalysedSite,
  folder: string,
  output: Output,
): Promise<FilledStamps> {
  const filled = await fillStamps(masked, site, secretsOf(site.snapshot));
  printDiagnostics(
    output,
    filled.warnings.map((one) => reported(one, folder)),
  );
  return filled;
}

function tellMasks(rendered: readonly RenderedHost[], output: Output): void {
  const names = secretsIn(rendered.flatMap(({ files }) => Object.values(files)).join('\n'));
  if (names.length > 0) output.error(`Masked: ${names.join(', ')}. --with-secrets writes the values.\n`);
}

function withKeyfiles(
  { host, kernelArguments }: HostStamp,
  { analysis }: AnalysedSite,
  folder: string,
  output: Output,
  values: SecretValues = new Map(),
): RenderedHost {
  const sink = new DiagnosticSink();
  const keyfiles = hostKeyfiles(analysis, host, sink);
  printDiagnostics(
    output,
    sink.list().map((one) => reported(one, folder)),
  );
  return {
    host,
    files: Object.fromEntries(keyfiles.map(({ name, text }) => [name, fillKeyfile(text, values)])),
    kernelArguments,
  };
}

/** Thousands of small files: each appears whole, but none is worth waiting for the disk, since it can be made again. */
async function writeAll(
  rendered: readonly RenderedHost[],
  out: string,
  each: boolean,
  signal: AbortSignal,
): Promise<void> {
  const made = await makeFolder(out, 0o700).catch((thrown: unknown) => {
    throw fileFailure(thrown, out, 'write');
  });
  for (const { host, files } of rendered) {
    signal.throwIfAborted();
    const folder = each ? join(out, host) : out;
    try {
      const fresh = each ? makeBelow(folder) : made !== undefined;
      for (const [name, text] of Object.entries(files)) writePrivately(join(folder, name), text, fresh);
    } catch (thrown) {
      throw fileFailure(thrown, folder, 'write');
    }
  }
}

/** Whether the folder was not there yet. Not awaited: for thousands of hosts that would cost as much as their files. */
function makeBelow(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch (thrown) {
    if (errnoOf(thrown) !== 'EEXIST') throw thrown;
    return false;
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
