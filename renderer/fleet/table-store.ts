import { create } from 'zustand';
import type { CheckedTable } from '#shared/fleet/check-table.ts';
import { type Grid, gridOf } from '#shared/fleet/grid.ts';
import { withBlock } from '#shared/fleet/with-block.ts';
import { readBlock } from '#shared/hosts-form/cell-block.ts';
import { asOneChange, changeInWorker, checkTableFrom } from '../authoring/client.ts';
import { ask } from '../bridge.ts';
import { addDocuments } from '../state/documents.ts';
import { goTo } from '../state/layout.ts';
import { showFailure, showNotice } from '../state/notices.ts';
import { useSite } from '../state/site.ts';
import { mayWrite } from '../workbench/change-documents.ts';

/** A table of hosts on its way into the site. */
interface TableState {
  readonly shown: boolean;
  /** Undefined until something was pasted or opened. */
  readonly grid: Grid | undefined;
  /** Why what was pasted is no table. */
  readonly problem: string | undefined;
  /** Of an earlier grid while a newer is being checked. */
  readonly checked: CheckedTable | undefined;
  readonly checking: boolean;
  readonly writing: boolean;
}

const closed: TableState = {
  shown: false,
  grid: undefined,
  problem: undefined,
  checked: undefined,
  checking: false,
  writing: false,
};

export const useTable = create<TableState>()(() => closed);

export function showTable(): void {
  if (mayWrite()) useTable.setState({ ...closed, shown: true });
}

export function hideTable(): void {
  useTable.setState(closed);
}

export function takeTable(text: string): void {
  const { grid, problem } = gridOf(text);
  useTable.setState({ problem, checked: undefined });
  if (problem === undefined) takeGrid(grid);
}

/** The row -1 is the header. */
export function setCell(row: number, column: number, text: string): void {
  const { grid } = useTable.getState();
  if (grid === undefined) return;
  if (row < 0) takeGrid({ ...grid, header: grid.header.with(column, text) });
  else takeGrid({ ...grid, rows: grid.rows.with(row, (grid.rows[row] ?? []).with(column, text)) });
}

/** Cells that were copied elsewhere, into the cells from there on; false for a text that is one cell. */
export function pasteInto(row: number, column: number, text: string): boolean {
  const { grid } = useTable.getState();
  const block = readBlock(text);
  if (grid === undefined || block.flat().length < 2) return false;
  const { grid: filled, problem } = withBlock(grid, block, row, column);
  if (problem === undefined) takeGrid(filled);
  else showNotice({ tone: 'attention', title: 'Nothing was pasted', next: problem });
  return true;
}

/** Milliseconds without a key after which a table is checked. */
const pause = 250;
let timer: ReturnType<typeof setTimeout> | undefined;

function takeGrid(grid: Grid): void {
  const isFirst = useTable.getState().grid === undefined;
  useTable.setState({ grid, checking: true });
  clearTimeout(timer);
  timer = setTimeout(() => void check(grid), isFirst ? 0 : pause);
}

async function check(grid: Grid): Promise<void> {
  const checked = await checkTableFrom(grid);
  // An answer about a grid that was edited meanwhile is about other cells.
  if (useTable.getState().grid === grid) useTable.setState({ checked, checking: false });
}

/** Writes the new hosts, one document each: all of them, or none when one cannot be written. */
export async function addHosts(): Promise<void> {
  const { checked, grid } = useTable.getState();
  const siteId = useSite.getState().site?.siteId;
  if (checked === undefined || grid === undefined || siteId === undefined) return;
  const fresh = checked.hosts
    .filter(({ state }) => state === 'new')
    .map(({ path, text }) => ({ path, text }));
  useTable.setState({ writing: true });
  const answer = await ask('documents.create', { siteId, documents: fresh });
  if (!answer.ok) {
    showFailure(answer.failure);
    useTable.setState({ writing: false });
    await check(grid);
    return;
  }
  addDocuments(
    fresh.map(({ path, text }) => ({
      path,
      saved: text,
      digest: answer.value[path] ?? null,
      dirty: false,
      tooLarge: false,
    })),
  );
  asOneChange(() => {
    for (const { path, text } of fresh) changeInWorker(path, text);
  });
  hideTable();
  goTo('hosts');
  showNotice({
    tone: 'fine',
    title: `${fresh.length} ${fresh.length === 1 ? 'host was' : 'hosts were'} added`,
  });
}
