import { resolve } from 'node:path';
import { formatBytes } from '../core/files/disk-space.ts';
import { blocking } from '../core/files/file-access.ts';
import { fillStamps } from '../core/secrets/fill-stamp.ts';
import { analyseSite } from '../core/site/analyse-site.ts';
import { readSite } from '../core/site/read-site.ts';
import { emptyStamp } from '../core/stamp/area-patches.ts';
import { type Inspection, inspectImage } from '../core/stamp/inspect-image.ts';
import { resetImage, stampToFile } from '../core/stamp/stamp-file.ts';
import { isInOut, recordStamp } from '../core/stamp/stamp-record.ts';
import { stampWarnings } from '../core/stamp/stamp-warnings.ts';
import { openStampable } from '../core/stamp/stampable-image.ts';
import { stampedStream } from '../core/stamp/stamped-stream.ts';
import { type Command, type Output, parse, required, single, wrongUse } from './arguments.ts';
import { secretsOf, seedOf } from './host-seed.ts';
import { printDiagnostics, reported } from './print-diagnostics.ts';
import { formatDuration, printable } from './terminal-text.ts';

export const stamp: Command = {
  usage:
    'siteforge stamp IMAGE --site SITE --host NAME --out FILE | --inspect | --reset [--out FILE] [--json]',
  summary:
    'Writes a copy of an image with the seed of a host in it, tells what is stamped into an image, or takes it out. --out - streams the image to standard output.',
  async run(parameters, output) {
    const { values, positionals } = parse(parameters, {
      site: { type: 'string' },
      host: { type: 'string' },
      out: { type: 'string' },
      inspect: { type: 'boolean' },
      reset: { type: 'boolean' },
      json: { type: 'boolean' },
    });
    const path = single(positionals, 'IMAGE');
    if (values.inspect && values.reset) throw wrongUse('--inspect and --reset exclude each other.');
    const json = values.json === true;
    if (values.inspect || values.reset) {
      if (values.site ?? values.host) throw wrongUse('--site and --host belong to stamping.');
      if (values.inspect && values.out) throw wrongUse('--inspect writes no file.');
      return values.inspect ? inspect(path, json, output) : reset(path, values.out, json, output);
    }
    const site = required(values.site, 'site');
    const order = { path, site, host: required(values.host, 'host'), out: required(values.out, 'out') };
    return stampHost(order, json, output);
  },
};

async function stampHost(
  order: { path: string; site: string; host: string; out: string },
  json: boolean,
  output: Output,
): Promise<0> {
  const site = analyseSite(await readSite(order.site, blocking));
  const host = seedOf(site, order.host, order.site, output);
  const image = await openStampable(order.path);
  const { stamps, warnings: unfit } = await fillStamps([host], site, secretsOf(site.snapshot));
  const { seed, kernelArguments } = stamps[0] ?? host;
  const warnings = [...stampWarnings(image, host), ...unfit].map((one) => reported(one, order.site));
  printDiagnostics(output, warnings);
  if (order.out === '-') {
    await output.send(stampedStream(image, { seed, kernelArguments }));
    return 0;
  }
  const start = performance.now();
  await stampToFile(image, { seed, kernelArguments }, order.out, { signal: output.signal });
  if (isInOut(order.site, order.out)) await recordStamp(order.out, image, host);
  const milliseconds = Math.round(performance.now() - start);
  const result = { out: resolve(order.out), host: order.host, size: image.size, milliseconds, warnings };
  if (json) output.out(`${JSON.stringify(result)}\n`);
  else {
    const took = formatDuration(milliseconds);
    output.error(`${order.out}: ${order.host} stamped, ${formatBytes(image.size)} in ${took}\n`);
  }
  return 0;
}

async function reset(path: string, out: string | undefined, json: boolean, output: Output): Promise<0> {
  const image = await openStampable(path);
  if (out === '-') {
    await output.send(stampedStream(image, emptyStamp));
    return 0;
  }
  await resetImage(image, out ?? image.path, { signal: output.signal });
  if (json) output.out(`${JSON.stringify({ out: resolve(out ?? path), size: image.size })}\n`);
  else output.error(`${out ?? path}: seed and kernel arguments taken out\n`);
  return 0;
}

/** Contents stay out of it: they hold keys and passwords. */
async function inspect(path: string, json: boolean, output: Output): Promise<0> {
  const inspection = await inspectImage(await openStampable(path));
  if (json) output.out(`${JSON.stringify(withoutContents(inspection))}\n`);
  else output.out(`${linesOf(inspection).map(printable).join('\n')}\n`);
  return 0;
}

function withoutContents(inspection: Inspection): object {
  if (inspection.seed.state !== 'stamped') return inspection;
  const { seed: _contents, ...seed } = inspection.seed;
  return { ...inspection, seed };
}

function linesOf({ path, size, volumeId, architecture, seed, seedAreaBytes, ...more }: Inspection): string[] {
  const lines = [`${path}: ${volumeId}, ${architecture}, ${formatBytes(size)}`, ...originLines(more.origin)];
  if (seed.state === 'empty') lines.push('  not stamped');
  else if (seed.state === 'unreadable') lines.push(`  a seed that cannot be read: ${seed.reason}`);
  else {
    const room = `${formatBytes(seed.usedBytes)} of ${formatBytes(seedAreaBytes)}`;
    lines.push(`  stamped for ${seed.host ?? 'a host without a name'} (${room})`);
    for (const file of seed.files) lines.push(`    ${file.name.padEnd(16)} ${formatBytes(file.size)}`);
  }
  lines.push(`  kernel arguments, baked:   ${more.bakedKernelArguments || 'none'}`);
  lines.push(`  kernel arguments, stamped: ${more.kernelArguments.join(' ') || 'none'}`);
  return lines;
}

function originLines(origin: Inspection['origin']): string[] {
  if (origin === undefined) return [];
  const { image, profile, site, release } = origin;
  const parts = [
    ...(image === undefined ? [] : [`image ${image}`]),
    ...(profile === undefined ? [] : [`profile ${profile}`]),
    ...(site === undefined ? [] : [`site ${site}`]),
    ...(release === undefined ? [] : [`release ${release}`]),
  ];
  return parts.length === 0 ? [] : [`  made of ${parts.join(', ')}`];
}
