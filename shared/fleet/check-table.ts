import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { createSiteAnalyser, type SiteAnalyser } from '../site/analyser.ts';
import type { SiteAnalysis } from '../site/analysis.ts';
import { describeNameProblem, isSameName, nameProblem } from '../site/document-name.ts';
import { valueOfCell } from './cell-text.ts';
import { type Column, headerOf, type PlainKind, readHeader } from './columns.ts';
import type { Grid } from './grid.ts';
import { isSameValue, valueIn } from './host-cells.ts';
import { type HostText, hostText } from './host-text.ts';
import { emptyCells, missingColumns } from './required-columns.ts';
import { expandRow } from './sequences.ts';

export interface CellProblem {
  /** Counted from 0; -1 is the header. */
  readonly row: number;
  readonly column: number;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** What the cell most likely means. */
  readonly meant?: string;
}

export interface TableHost {
  readonly name: string;
  /** Of the grid; several hosts have the row of their sequence. */
  readonly row: number;
  readonly path: string;
  /** `same`: the site has it already, and says the same. `refused`: it has an error. */
  readonly state: 'new' | 'same' | 'refused';
  /** Of the document that is made. */
  readonly text: string;
}

export interface CheckedTable {
  readonly hosts: readonly TableHost[];
  /** By row and column. */
  readonly problems: readonly CellProblem[];
}

interface Draft {
  readonly row: number;
  readonly values: readonly string[];
  readonly name: string;
  readonly path: string;
  readonly made: HostText;
}

/**
 * Judges a table against a site: the documents that it makes get the same verdict as if they were there, and each
 * finding is told at its cell. Keeps its analysis, so that an edit of a cell costs what changed.
 */
export class TableChecker {
  readonly #analyser: SiteAnalyser = createSiteAnalyser();
  readonly #site: ReadonlyMap<string, string>;
  readonly #before: SiteAnalysis;
  #made = new Set<string>();

  /** `files`: the texts of the site by path. */
  constructor(files: ReadonlyMap<string, string>, otherPaths?: readonly string[]) {
    this.#site = files;
    for (const [path, text] of files) this.#analyser.update(path, text);
    if (otherPaths !== undefined) this.#analyser.setOtherPaths(otherPaths);
    this.#before = this.#analyser.analyse();
  }

  check(grid: Grid): CheckedTable {
    const problems: CellProblem[] = [];
    const columns = this.#columns(grid, problems);
    if (problems.length > 0) return { hosts: [], problems };
    const nameColumn = columns.findIndex(({ kind }) => kind === 'name');
    const drafts = grid.rows.flatMap((cells, row) => draftsOf(columns, cells, row, nameColumn, problems));
    const same = new Set<Draft>();
    const fresh = this.#withoutKnown(drafts, columns, nameColumn, same, problems);
    for (const each of this.#verdict(fresh, columns, nameColumn)) problems.push(each);
    const refused = new Set(problems.filter(({ severity }) => severity === 'error').map(({ row }) => row));
    const isHeaderWrong = refused.has(-1);
    const hosts = drafts.map((draft): TableHost => {
      const { name, row, path, made } = draft;
      const state = isHeaderWrong || refused.has(row) ? 'refused' : same.has(draft) ? 'same' : 'new';
      return { name, row, path, state, text: made.text };
    });
    return { hosts, problems: problems.sort((a, b) => a.row - b.row || a.column - b.column) };
  }

  #columns({ header, rows }: Grid, problems: CellProblem[]): readonly Column[] {
    const seen = new Set<string>();
    const columns: Column[] = [];
    for (const [column, written] of header.entries()) {
      const read = readHeader(written);
      const strays =
        written.trim() === '' ? [...rows.entries()].filter(([, cells]) => cells[column]?.trim()) : [];
      if (strays.length > 0) {
        // A separator that stands in a value makes one cell more.
        const message =
          'No column of the first line stands above this cell. A value with a separator in it needs quotes.';
        for (const [row] of strays) problems.push({ row, column, severity: 'error', message });
        continue;
      }
      if ('message' in read) {
        problems.push({ row: -1, column, severity: 'error', ...read });
        continue;
      }
      const name = headerOf(read.column);
      if (seen.has(name))
        problems.push({ row: -1, column, severity: 'error', message: `The column ${name} stands twice.` });
      seen.add(name);
      columns.push(read.column);
    }
    if (problems.length === 0 && !seen.has('name')) {
      const message = 'The first line names the columns, and one of them is “name”: that of the host.';
      problems.push({ row: -1, column: 0, severity: 'error', message });
    }
    return columns;
  }

  /** Leaves out hosts that are there already; those that say something else are refused, never written over. */
  #withoutKnown(
    drafts: readonly Draft[],
    columns: readonly Column[],
    nameColumn: number,
    same: Set<Draft>,
    problems: CellProblem[],
  ): Draft[] {
    const paths = [...this.#site.keys()].filter((path) => path.startsWith('hosts/'));
    const byFolded = new Map(paths.map((path) => [folded(path), path]));
    const first = new Map<string, Draft>();
    const fresh: Draft[] = [];
    for (const draft of drafts) {
      const { name, path, row } = draft;
      const error = (column: number, message: string) =>
        problems.push({ row, column, severity: 'error', message });
      const earlier = first.get(path);
      first.set(path, earlier ?? draft);
      if (earlier !== undefined) {
        const where = earlier.row === row ? 'in this row' : 'further up in the table';
        error(nameColumn, `${name} stands ${where} already.`);
        continue;
      }
      const file = byFolded.get(folded(path));
      const known = this.#before.analysedHosts.get(name);
      if (known === undefined && file === undefined) {
        fresh.push(draft);
        continue;
      }
      const where = file ?? known?.summary.path ?? path;
      if (known === undefined || !isSameName(known.summary.path, where)) {
        error(nameColumn, `${where} is there already. Nothing is written over it.`);
        continue;
      }
      let isSame = true;
      for (const [index, column] of columns.entries()) {
        const there = valueIn(known.reading, column);
        if (isSameValue(column, there, draft.values[index] ?? '')) continue;
        isSame = false;
        const what = `with ${there || 'nothing'} for ${headerOf(column)}`;
        error(index, `${where} is there already, ${what}. Nothing is written over it.`);
      }
      if (isSame) same.add(draft);
    }
    return fresh;
  }

  /** Findings of a document of the site that were not there without the table. */
  #brought(path: string, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
    const known = new Set(this.#before.diagnosticsByFile.get(path)?.map(identityOf));
    return diagnostics.filter((each) => !known.has(identityOf(each)));
  }

  #verdict(drafts: readonly Draft[], columns: readonly Column[], nameColumn: number): CellProblem[] {
    const byPath = new Map(drafts.map((draft) => [draft.path, draft]));
    for (const path of this.#made) if (!byPath.has(path)) this.#analyser.update(path, undefined);
    for (const { path, made } of drafts) this.#analyser.update(path, made.text);
    this.#made = new Set(byPath.keys());
    const { diagnosticsByFile } = this.#analyser.analyse();
    const found = new Map<string, CellProblem>();
    // Hosts of one sequence share a cell: what is wrong with all of them is told once.
    const tell = (problem: CellProblem) =>
      found.set(`${problem.row} ${problem.column} ${problem.message}`, problem);
    for (const problem of drafts.length > 0 ? missingColumns(columns, nameColumn) : []) tell(problem);
    for (const { row, values } of drafts)
      for (const problem of emptyCells(columns, values, row)) tell(problem);
    const elsewhere: Diagnostic[] = [];
    for (const [path, diagnostics] of diagnosticsByFile) {
      const draft = byPath.get(path);
      // What a new host shares with one that is there is told at both; its own cell is enough.
      if (draft === undefined && !path.startsWith('hosts/'))
        for (const each of this.#brought(path, diagnostics)) elsewhere.push(each);
      if (draft === undefined) continue;
      for (const each of diagnostics) {
        const problem = cellProblem(each, draft, nameColumn);
        if (problem !== undefined) tell(problem);
      }
    }
    // What follows from a cell or a header that is wrong by itself is not told beside it.
    const errors = [...found.values()].filter(({ severity }) => severity === 'error');
    const wrong = new Set(errors.map(({ row }) => row));
    const sound = wrong.has(-1) ? [] : drafts.filter(({ row }) => !wrong.has(row));
    for (const problem of problemsElsewhere(elsewhere, sound, columns, nameColumn)) tell(problem);
    return [...found.values()];
  }
}

function folded(path: string): string {
  return path
    .replace(/\.ya?ml$/, '')
    .normalize('NFC')
    .toLowerCase();
}

function draftsOf(
  columns: readonly Column[],
  cells: readonly string[],
  row: number,
  nameColumn: number,
  problems: CellProblem[],
): Draft[] {
  const isHexadecimal = (column: number) =>
    columns[column]?.kind === 'mac' || columns[column]?.kind === 'bmc.mac';
  const { rows, problem } = expandRow(cells, isHexadecimal);
  if (rows === undefined) {
    if (problem !== undefined) problems.push({ row, severity: 'error', ...problem });
    return [];
  }
  const drafts: Draft[] = [];
  for (const expanded of rows) {
    const values = columns.map((_column, index) => valueOfCell(expanded[index] ?? ''));
    const name = values[nameColumn] ?? '';
    const wrong = nameProblem(name, 'hosts', []);
    if (wrong !== undefined) {
      problems.push({
        row,
        column: nameColumn,
        severity: 'error',
        message: describeNameProblem(wrong, name),
      });
      continue;
    }
    drafts.push({ row, values, name, path: `hosts/${name}.yaml`, made: hostText(columns, values) });
  }
  return drafts;
}

/** One mistake of several hosts is told in one finding: with another host it is another. */
function identityOf({ code, message, hosts, range: { start } }: Diagnostic): string {
  return `${start.line}:${start.column} ${code} ${message} ${hosts?.join()}`;
}

/** The column that names a document of a folder. */
const columnOfFolder: ReadonlyMap<string, PlainKind> = new Map([
  ['networks', 'network'],
  ['profiles', 'profile'],
  ['user-data', 'userData'],
]);

/**
 * What a shared document cannot do for hosts of the table: a network that lacks a value, or whose gateway the address of a
 * host does not reach. Told at the rows of the hosts that the finding names.
 */
function problemsElsewhere(
  brought: readonly Diagnostic[],
  drafts: readonly Draft[],
  columns: readonly Column[],
  nameColumn: number,
): CellProblem[] {
  return brought.flatMap(({ code, severity, message, file, range, hosts, values }) => {
    if (severity === 'info') return [];
    const words = new Set(message.split(/[\s,:;()“”]+/).map((word) => word.replace(/\.$/, '')));
    const affected = new Set(hosts ?? words);
    const named = drafts.filter(({ name }) => affected.has(name));
    const told = `${message} It stands in ${file}, line ${range.start.line}.`;
    const mentioned = columns.findIndex((each) => words.has(headerOf(each)));
    // Without a value that is wrong, it is the document that the row asks for; a value that no column gives is the row's.
    const asked = code === 'variable-unknown' ? undefined : columnOfFolder.get(file.split('/')[0] ?? '');
    const reference = columns.findIndex(({ kind }) => kind === asked);
    const [fallback = nameColumn] = [mentioned, reference].filter((column) => column >= 0);
    return named.map(({ row, path, made }) => {
      const value = values?.find((place) => place.file === path);
      const column = value === undefined ? undefined : made.columns[value.range.start.line - 1];
      return { row, column: column ?? fallback, severity, message: told };
    });
  });
}

function cellProblem(
  { code, severity, range, message, fixes }: Diagnostic,
  { row, made }: Draft,
  nameColumn: number,
): CellProblem | undefined {
  if (severity === 'info') return undefined;
  const column = made.columns[range.start.line - 1];
  // Told in the words of a table (`missingColumns`, `emptyCells`).
  if (code === 'key-missing' && column === undefined) return undefined;
  const [fix] = fixes ?? [];
  const isWhole = fix !== undefined && fix.range.start.line === range.start.line && column !== undefined;
  return {
    row,
    column: column ?? nameColumn,
    severity,
    message,
    ...(isWhole ? { meant: fix.newText } : {}),
  };
}
