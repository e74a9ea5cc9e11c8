import { SiteforgeError } from '#shared/errors.ts';
import { type CheckedTable, TableChecker } from '#shared/fleet/check-table.ts';
import { gridOf } from '#shared/fleet/grid.ts';
import { longestTable } from '#shared/fleet/read-table.ts';
import { createSourceText, type Range, rangeOf } from '#shared/source/source-text.ts';
import { blocking } from '../core/files/file-access.ts';
import { fileFailure } from '../core/files/file-failures.ts';
import { readBounded } from '../core/files/read-bounded.ts';
import { createDocuments } from '../core/site/change-documents.ts';
import { readStream } from '../core/site/read-import-source.ts';
import { readSite } from '../core/site/read-site.ts';
import { type Output, parse, required, single } from './arguments.ts';
import { secretsOf } from './host-seed.ts';
import { countLine } from './print-diagnostics.ts';
import { printable, styleFor } from './terminal-text.ts';

export const importHostsUsage = 'siteforge import hosts FILE.csv|- --site SITE [--dry-run] [--json]';
export const importHostsSummary =
  'Or adds hosts to a site from a table: a column each for name, role, profile, network, mac.NAME, var.NAME; {01..12} counts. With an error nothing is written, and never over a document that is there.';

/** A cell as people find it in their spreadsheet, rows and columns from 1, and in the text of the file. */
interface ReportedCell {
  readonly file: string;
  readonly row: number;
  readonly column: number;
  /** What the first row calls the column. */
  readonly name: string;
  readonly range: Range;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

export async function importHosts(parameters: readonly string[], output: Output): Promise<0 | 1> {
  const { values, positionals } = parse(parameters, {
    site: { type: 'string' },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
  });
  const file = single(positionals, 'FILE.csv');
  const folder = required(values.site, 'site');
  const snapshot = await readSite(folder, blocking);
  const text = await textOf(file);
  const { grid, problem, placeOf } = gridOf(text);
  if (problem !== undefined) throw new SiteforgeError('documents-invalid', { where: file, message: problem });
  const otherPaths = [...snapshot.otherPaths, ...(await secretsOf(snapshot).paths())];
  const table = new TableChecker(snapshot.files, otherPaths).check(grid);
  const isSound = !table.problems.some(({ severity }) => severity === 'error');
  const fresh = table.hosts.filter(({ state }) => state === 'new');
  output.signal.throwIfAborted();
  const writes = isSound && values['dry-run'] !== true;
  if (writes) await createDocuments(snapshot.folder, fresh);
  const source = createSourceText(file, text);
  const cells = table.problems.map(({ row, column, severity, message }): ReportedCell => {
    const { number, span } = placeOf(row, column);
    const name = grid.header[column] ?? '';
    return { file, row: number, column: column + 1, name, range: rangeOf(source, span), severity, message };
  });
  if (values.json) {
    const added = isSound ? fresh.map(({ path }) => path) : [];
    const unchanged = table.hosts.filter(({ state }) => state === 'same').map(({ path }) => path);
    output.out(`${JSON.stringify({ written: writes, hosts: added, unchanged, problems: cells })}\n`);
  } else tell(cells, table, writes, folder, output);
  return isSound ? 0 : 1;
}

async function textOf(file: string): Promise<string> {
  if (file === '-') return (await readStream(process.stdin, file)).text;
  const bytes = await readBounded(file, longestTable).catch((thrown: unknown) => {
    throw fileFailure(thrown, file, 'read');
  });
  if (bytes === undefined) throw new SiteforgeError('document-too-large', { where: file });
  const [first, second] = bytes;
  // What spreadsheets call “Unicode text”.
  const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const encoding = !isWide ? 'utf-8' : first === 0xff ? 'utf-16le' : 'utf-16be';
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
}

function tell(
  cells: readonly ReportedCell[],
  { hosts }: CheckedTable,
  written: boolean,
  folder: string,
  output: Output,
): void {
  const style = styleFor(output.terminal);
  for (const { file, row, column, name, severity, message } of cells) {
    const paint = severity === 'error' ? style.red : style.yellow;
    const called = name === '' ? '' : ` (${printable(name)})`;
    output.error(
      `${printable(file)}: row ${row}, column ${column}${called}: ${paint(severity)} ${printable(message)}\n`,
    );
  }
  if (cells.length > 0) output.error(`${countLine(cells)}\n`);
  if (cells.some(({ severity }) => severity === 'error')) {
    output.error('Nothing was written.\n');
    return;
  }
  const fresh = hosts.filter(({ state }) => state === 'new').length;
  const same = hosts.length - fresh;
  const known = same === 0 ? '' : ` ${hostsWord(same)} ${same === 1 ? 'is' : 'are'} there already.`;
  if (fresh === 0) output.error(`Nothing to do.${known}\n`);
  else if (written) output.error(`${hostsWord(fresh)} written to ${folder}.${known}\n`);
  else output.error(`${hostsWord(fresh)} would be written to ${folder}.${known}\n`);
}

function hostsWord(count: number): string {
  return `${count} ${count === 1 ? 'host' : 'hosts'}`;
}
