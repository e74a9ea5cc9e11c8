import './fleet.css';
import { type ChangeEvent, useRef } from 'react';
import type { CellProblem, CheckedTable } from '#shared/fleet/check-table.ts';
import { firstProblems } from '#shared/fleet/first-problems.ts';
import { SeverityIcon } from '../components/Icons.tsx';
import { DialogActions, OverlayDialog } from '../components/OverlayDialog.tsx';
import { takeFocus } from '../components/take-focus.ts';
import { TableGrid } from './TableGrid.tsx';
import { addHosts, hideTable, setCell, takeTable, useTable } from './table-store.ts';

/** Hosts from a spreadsheet: pasted or opened, judged and mended cell by cell, then written as documents. */
export function TableDialog() {
  const grid = useTable((state) => state.grid);
  return (
    <OverlayDialog
      title="Add hosts from a table"
      surface="fleet-modal"
      isDismissable={grid === undefined}
      onClose={hideTable}
    >
      {grid === undefined ? <Source /> : <Judged />}
    </OverlayDialog>
  );
}

const example =
  'name\trole\tprofile\tnetwork\tmac.eno1\tvar.oam-address\nrack1-node{01..12}\tworker\tedge-node\tbonded\t52:54:00:…\t10.20.0.{101..112}';

function Source() {
  const problem = useTable((state) => state.problem);
  const file = useRef<HTMLInputElement>(null);
  const open = (event: ChangeEvent<HTMLInputElement>) => {
    void event.target.files?.[0]?.text().then(takeTable);
    event.target.value = '';
  };
  return (
    <>
      <p className="muted">
        The first line names the columns: name, domain, role, profile, network, userData, bmc.address,
        mac.NAME, var.NAME. A cell such as <code>{'node{01..12}'}</code> counts, and so do MAC addresses and
        addresses beside it.
      </p>
      <textarea
        ref={takeFocus}
        className="fleet-source code"
        aria-label="Table of hosts"
        aria-describedby="fleet-problem"
        placeholder={example}
        spellCheck={false}
        rows={10}
        onPaste={(event) => {
          event.preventDefault();
          takeTable(event.clipboardData.getData('text/plain'));
        }}
        onChange={(event) => {
          // Typed by hand: taken when a second line begins with content.
          if (/\n.*\n$/.test(event.target.value)) takeTable(event.target.value);
        }}
      />
      <p className="fleet-problem" id="fleet-problem" role="alert">
        {problem}
      </p>
      <DialogActions>
        <input ref={file} type="file" hidden accept=".csv,.tsv,.txt,text/csv" onChange={open} />
        <button type="button" className="button" onClick={() => file.current?.click()}>
          Open a CSV file…
        </button>
        <span className="status-space" />
        <button type="button" className="button" onClick={hideTable}>
          Cancel
        </button>
      </DialogActions>
    </>
  );
}

function Judged() {
  const checked = useTable((state) => state.checked);
  const checking = useTable((state) => state.checking);
  const writing = useTable((state) => state.writing);
  const fresh = checked?.hosts.filter(({ state }) => state === 'new').length ?? 0;
  const errors = checked?.problems.filter(({ severity }) => severity === 'error').length ?? 0;
  const mayAdd = fresh > 0 && errors === 0 && !checking && !writing;
  return (
    <>
      <TableGrid />
      <Problems problems={checked?.problems ?? []} />
      <DialogActions status={writing ? 'Writing…' : verdict(checked, fresh, errors)}>
        <button type="button" className="button" onClick={hideTable}>
          Cancel
        </button>
        <button
          type="button"
          className="button button-primary"
          disabled={!mayAdd}
          onClick={() => void addHosts()}
        >
          {fresh === 0 ? 'Add hosts' : `Add ${fresh} ${fresh === 1 ? 'host' : 'hosts'}`}
        </button>
      </DialogActions>
    </>
  );
}

function verdict(checked: CheckedTable | undefined, fresh: number, errors: number): string {
  if (checked === undefined) return 'Checking…';
  if (errors > 0) return `${errors} ${errors === 1 ? 'cell has' : 'cells have'} an error`;
  const same = checked.hosts.filter(({ state }) => state === 'same').length;
  const known = same === 0 ? '' : `${same} ${same === 1 ? 'is' : 'are'} there already`;
  if (fresh === 0) return known === '' ? 'The table has no hosts' : `Nothing to do: ${known}`;
  return known;
}

function Problems({ problems }: { readonly problems: readonly CellProblem[] }) {
  const grid = useTable((state) => state.grid);
  if (problems.length === 0) return null;
  const { shown, more } = firstProblems(problems);
  return (
    <ul className="fleet-problems" aria-label="Problems in the table">
      {shown.map((problem) => (
        <li key={`${problem.row} ${problem.column} ${problem.message}`} className="fleet-finding">
          <SeverityIcon severity={problem.severity} />
          <button
            type="button"
            className="link-button"
            onClick={() => document.getElementById(`fleet-${problem.row}-${problem.column}`)?.focus()}
          >
            {problem.row < 0 ? 'Header' : `Row ${problem.row + 1}`},{' '}
            {grid?.header[problem.column] || `column ${problem.column + 1}`}
          </button>
          <span className="fleet-message">{problem.message}</span>
          {problem.meant !== undefined && (
            <button
              type="button"
              className="button button-small"
              onClick={() => setCell(problem.row, problem.column, problem.meant ?? '')}
            >
              Use {problem.meant}
            </button>
          )}
        </li>
      ))}
      {more !== undefined && <li className="muted">And {more} more.</li>}
    </ul>
  );
}
