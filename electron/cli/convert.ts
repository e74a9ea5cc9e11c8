import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  type ConvertedNetwork,
  type NetworkTarget,
  networkTargets,
} from '#shared/network/convert-network.ts';
import { convertText } from '#shared/site/convert-text.ts';
import type { Kind } from '#shared/site/document-kinds.ts';
import { writeFileAtomically } from '../core/files/atomic-write.ts';
import { fileFailure } from '../core/files/file-failures.ts';
import { makeFolder } from '../core/files/make-folder.ts';
import { readBounded } from '../core/files/read-bounded.ts';
import { maximumDocumentBytes } from '../core/site/site-folder.ts';
import { type Command, type Output, parse, required, single, wrongUse } from './arguments.ts';
import { countLine, printDiagnostics, type ReportedDiagnostic, reported } from './print-diagnostics.ts';

/** Both versions of cloud-init's own format say which one they are. */
const sources: Readonly<Record<string, Kind>> = {
  'network-config': 'network-config',
  'network-config-v1': 'network-config',
  'network-config-v2': 'network-config',
  nmstate: 'nmstate',
  'network-data': 'network-data',
};

export const convert: Command = {
  usage: `siteforge convert FILE --to ${networkTargets.join('|')} [--from KIND] [--out FILE|DIR] [--json]`,
  summary:
    'Writes a network in another format to standard output or --out (keyfiles: a folder), and says on standard error what that format cannot say. KIND is network-config, nmstate or network-data; guessed when left out.',
  async run(parameters, output) {
    const { values, positionals } = parse(parameters, {
      to: { type: 'string' },
      from: { type: 'string' },
      out: { type: 'string' },
      json: { type: 'boolean' },
    });
    const path = single(positionals, 'FILE');
    const to = targetOf(required(values.to, 'to'));
    const from = values.from === undefined ? undefined : sourceOf(values.from);
    if (values.out === '') throw wrongUse('--out is empty.');
    if (to === 'keyfiles' && values.out === undefined && !values.json)
      throw wrongUse('keyfiles are several files: name their folder with --out, or take them with --json.');
    const { diagnostics, result } = convertText(resolve(path), await readText(path), { to, from });
    const found = diagnostics.map((one) => reported({ ...one, file: path }));
    output.signal.throwIfAborted();
    if (result !== undefined && values.out !== undefined) await write(result, values.out);
    if (values.json) output.out(`${JSON.stringify({ to, ...result, diagnostics: found })}\n`);
    else {
      printDiagnostics(output, found);
      tell({ path, to, out: values.out }, result, found, output);
    }
    return result === undefined ? 1 : 0;
  },
};

function targetOf(name: string): NetworkTarget {
  const target = networkTargets.find((each) => each === name);
  if (target === undefined) throw wrongUse(`--to ${name}: a format is one of ${networkTargets.join(', ')}.`);
  return target;
}

function sourceOf(name: string): Kind {
  const kind = Object.hasOwn(sources, name) ? sources[name] : undefined;
  if (kind === undefined)
    throw wrongUse(`--from ${name}: a kind is one of ${Object.keys(sources).join(', ')}.`);
  return kind;
}

async function readText(path: string): Promise<string> {
  try {
    const status = await stat(path);
    if (status.isDirectory()) throw wrongUse(`${path} is a folder; convert takes one document.`);
    const bytes = await readBounded(path, maximumDocumentBytes);
    if (bytes === undefined) throw wrongUse(`${path} is larger than 2 MiB.`);
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  } catch (thrown) {
    throw fileFailure(thrown, path, 'read');
  }
}

/** NetworkManager refuses keyfiles that others may read (nm-settings-keyfile(5)). */
const keyfileMode = 0o600;

async function write(result: ConvertedNetwork, out: string): Promise<void> {
  try {
    if ('text' in result) {
      await writeFileAtomically(out, result.text);
      return;
    }
    await makeFolder(out);
    for (const { name, text } of result.files)
      await writeFileAtomically(join(out, name), text, { mode: keyfileMode });
  } catch (thrown) {
    throw fileFailure(thrown, out, 'write');
  }
}

interface Asked {
  readonly path: string;
  readonly to: NetworkTarget;
  readonly out: string | undefined;
}

function tell(
  { path, to, out }: Asked,
  result: ConvertedNetwork | undefined,
  found: readonly ReportedDiagnostic[],
  output: Output,
): void {
  if (result === undefined)
    output.error(`${path}: ${countLine(found)}; nothing was written.${nextStep(to, found)}\n`);
  else if (out !== undefined)
    output.error(`${path}: written to ${out}; ${countLine(found)}${lossesOf(found)}\n`);
  else if ('text' in result) output.out(result.text);
}

/** Of a document that is no network its one error says all. */
function nextStep(to: NetworkTarget, found: readonly ReportedDiagnostic[]): string {
  const errors = found.filter(({ severity }) => severity === 'error');
  if (errors.some(({ code }) => code === 'document-kind')) return '';
  if (errors.every(({ code }) => code === 'variable-unknown'))
    return ' Convert the network-config that “siteforge render SITE --host NAME --out DIR” writes.';
  const those = errors.length === 1 ? 'that error' : `those ${errors.length} errors`;
  return ` Mend ${those} and convert again: what ${to} cannot say is told when there are none.`;
}

function lossesOf(found: readonly ReportedDiagnostic[]): string {
  const losses = found.filter(({ code }) => code === 'network-unsupported').length;
  return losses === 0 ? '' : `. What is left out or said in another way: ${losses}, told above`;
}
