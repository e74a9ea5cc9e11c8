import { DiagnosticSink } from '#shared/diagnostics/diagnostic.ts';
import { hostKeyfiles } from '#shared/render/host-keyfiles.ts';
import { secretsIn } from '#shared/secrets/mask.ts';
import { blocking } from '../core/files/file-access.ts';
import { type FilledStamps, fillKeyfile, fillStamps, type SecretValues } from '../core/secrets/fill-stamp.ts';
import { type AnalysedSite, analyseSite } from '../core/site/analyse-site.ts';
import { readSite, unreadHosts } from '../core/site/read-site.ts';
import type { HostStamp } from '../core/stamp/host-stamp.ts';
import type { Output } from './arguments.ts';
import { allHosts, secretsOf, seedOf } from './host-seed.ts';
import { printDiagnostics, reported } from './print-diagnostics.ts';
import type { RenderOrder } from './render.ts';
import { renderInShares } from './render-in-shares.ts';
import type { ShareThread } from './share-threads.ts';
import { filesOf, makeOutFolder, type RenderedHost, writeHosts } from './write-hosts.ts';

/** @param threads where the hosts can be rendered in shares */
export async function renderSite(
  order: RenderOrder,
  threads: readonly ShareThread[],
  output: Output,
): Promise<void> {
  const { folder, host, out } = order;
  const snapshot = await readSite(folder, blocking);
  if (out !== undefined && threads.length > 0 && unreadHosts(snapshot).length === 0) {
    const written = await renderInShares(snapshot, out, threads, output.signal);
    if (written !== undefined) {
      tellWritten(written.hosts, out, output);
      tellMasks(written.secrets, output);
      return;
    }
  }
  const rendered = await renderHere(analyseSite(snapshot), order, output);
  if (out !== undefined) {
    const fresh = await makeOutFolder(out);
    writeHosts(rendered, out, host === undefined ? 'each' : fresh ? 'fresh' : 'there', output.signal);
  }
  if (order.json) output.out(`${JSON.stringify(host === undefined ? rendered : rendered[0])}\n`);
  else if (out !== undefined) tellWritten(rendered.length, out, output);
  else print(rendered, output);
  if (!order.withSecrets) {
    const texts = rendered.flatMap(({ files }) => Object.values(files));
    tellMasks(secretsIn(texts.join('\n')), output);
  }
}

async function renderHere(
  site: AnalysedSite,
  { folder, host, format, withSecrets }: RenderOrder,
  output: Output,
): Promise<readonly RenderedHost[]> {
  const names = host === undefined ? allHosts(site, folder, output) : [host];
  const masked = names.map((name) => seedOf(site, name, folder, output));
  const filled = withSecrets ? await fill(masked, site, folder, output) : undefined;
  const stamps = filled?.stamps ?? masked;
  if (format === 'nocloud') return stamps.map(filesOf);
  return stamps.map((stamp) => withKeyfiles(stamp, site, folder, output, filled?.values));
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

function tellMasks(names: readonly string[], output: Output): void {
  if (names.length > 0) output.error(`Masked: ${names.join(', ')}. --with-secrets writes the values.\n`);
}

function tellWritten(hosts: number, out: string, output: Output): void {
  output.error(`${hosts} ${hosts === 1 ? 'host' : 'hosts'} rendered to ${out}\n`);
}

function print(rendered: readonly RenderedHost[], output: Output): void {
  for (const { files } of rendered) {
    for (const [name, text] of Object.entries(files)) output.out(`==> ${name} <==\n${text}\n`);
  }
}
