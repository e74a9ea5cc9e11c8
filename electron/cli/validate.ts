import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { compareDiagnostics, type Diagnostic } from '#shared/diagnostics/diagnostic.ts';
import { guessKind, type Kind } from '#shared/site/document-kinds.ts';
import { checkedKinds, validateText } from '#shared/site/validate-text.ts';
import { blocking } from '../core/files/file-access.ts';
import { fileFailure } from '../core/files/file-failures.ts';
import { readBounded } from '../core/files/read-bounded.ts';
import type { SecretFinding } from '../core/secrets/secret-folder.ts';
import { analyseSite } from '../core/site/analyse-site.ts';
import { absentInputsOfIsogen } from '../core/site/isogen-inputs.ts';
import { readSite } from '../core/site/read-site.ts';
import { maximumDocumentBytes } from '../core/site/site-folder.ts';
import { type Command, parse, wrongUse } from './arguments.ts';
import { secretsOf } from './host-seed.ts';
import { countLine, printDiagnostics, type ReportedDiagnostic, reported } from './print-diagnostics.ts';

export const validate: Command = {
  usage: 'siteforge validate PATH... [--as KIND] [--json]',
  summary: `Checks sites (folders) and single documents. KIND is ${checkedKinds.join(', ')}; guessed when left out.`,
  async run(parameters, output) {
    const { values, positionals } = parse(parameters, { as: { type: 'string' }, json: { type: 'boolean' } });
    if (positionals.length === 0) throw wrongUse('PATH is missing.');
    const kind = values.as === undefined ? undefined : parseKind(values.as);
    const found: ReportedDiagnostic[] = [];
    for (const path of positionals) {
      output.signal.throwIfAborted();
      for (const diagnostic of await diagnosticsOf(path, kind)) found.push(diagnostic);
    }
    if (values.json) output.out(`${JSON.stringify(found)}\n`);
    else {
      printDiagnostics(output, found);
      output.error(`${positionals.join(', ')}: ${countLine(found)}\n`);
    }
    return found.some(({ severity }) => severity === 'error') ? 1 : 0;
  },
};

function parseKind(name: string): Kind {
  const kind = checkedKinds.find((one) => one === name);
  if (kind === undefined) throw wrongUse(`--as ${name}: a kind is one of ${checkedKinds.join(', ')}.`);
  return kind;
}

async function diagnosticsOf(path: string, kind: Kind | undefined): Promise<ReportedDiagnostic[]> {
  const status = await stat(path).catch((thrown: unknown) => {
    throw fileFailure(thrown, path, 'read');
  });
  if (status.isDirectory()) {
    if (kind !== undefined) throw wrongUse(`--as is for single documents; ${path} is a folder.`);
    const snapshot = await readSite(path, blocking);
    const secrets = secretsOf(snapshot);
    const otherPaths = [...snapshot.otherPaths, ...(await secrets.paths())];
    const { diagnostics } = analyseSite({ ...snapshot, otherPaths });
    const open = (await secrets.findings()).map(asDiagnostic);
    const isogen = snapshot.files.get('isogen.yaml');
    const absent = isogen === undefined ? [] : await absentInputsOfIsogen('isogen.yaml', isogen);
    return [...diagnostics, ...open, ...absent].sort(compareDiagnostics).map((one) => reported(one, path));
  }
  const bytes = await readBounded(path, maximumDocumentBytes).catch((thrown: unknown) => {
    throw fileFailure(thrown, path, 'read');
  });
  if (bytes === undefined) return [reported(tooLarge(path))];
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  // The kind is guessed from the folder that a document lies in, which a relative path need not show.
  const place = resolve(path);
  const diagnostics = validateText(place, text, kind === undefined ? {} : { as: kind });
  const isIsogen = (kind ?? guessKind(place, text)) === 'isogen';
  const absent = isIsogen ? await absentInputsOfIsogen(place, text) : [];
  return [...diagnostics, ...absent].sort(compareDiagnostics).map((one) => reported({ ...one, file: path }));
}

function asDiagnostic({ code, path, message }: SecretFinding): Diagnostic {
  const start = { line: 1, column: 1 };
  return { file: path, range: { start, end: start }, severity: 'warning', code, message };
}

function tooLarge(file: string): Diagnostic {
  const start = { line: 1, column: 1 };
  const message = 'The document is larger than 2 MiB.';
  return { file, range: { start, end: start }, severity: 'error', code: 'document-too-large', message };
}
