import { stat } from 'node:fs/promises';
import { type Diagnostic, DiagnosticSink } from '#shared/diagnostics/diagnostic.ts';
import { inputsOfIsogen } from '#shared/schema/isogen-checks.ts';
import { parseYaml } from '#shared/source/parse-yaml.ts';
import { createSourceText } from '#shared/source/source-text.ts';
import { isMissing } from '../files/file-failures.ts';

/**
 * Warns of what an isogen configuration names and this machine does not have. No more than a warning: the
 * configuration may be meant for another machine, and airshipctl writes user-data and network itself when it is
 * given documents.
 */
export async function absentInputsOfIsogen(file: string, text: string): Promise<readonly Diagnostic[]> {
  const inputs = inputsOfIsogen(parseYaml(createSourceText(file, text), new DiagnosticSink()));
  const sink = new DiagnosticSink();
  for (const { path, isFolder, place } of inputs) {
    if (!(await isAbsent(path))) continue;
    const what = isFolder ? 'the folder of the volume' : 'the file';
    sink.at(
      place,
      'warning',
      'isogen-file',
      `On this machine there is no ${path}, ${what} that is named here.`,
    );
    // Without the folder its files are absent as well, which needs no saying.
    if (isFolder) break;
  }
  return sink.list();
}

/** What this account may not look at is not called absent. */
async function isAbsent(path: string): Promise<boolean> {
  return stat(path).then(
    () => false,
    (thrown: unknown) => isMissing(thrown),
  );
}
