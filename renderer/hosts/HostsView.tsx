import './hosts.css';
import { type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import type { HostSummary } from '#shared/site/analysis.ts';
import { FineIcon, ProblemCounts } from '../components/Icons.tsx';
import { PanelTabs } from '../components/PanelTabs.tsx';
import { VirtualList } from '../components/VirtualList.tsx';
import { showExport } from '../export/export-store.ts';
import { showTable } from '../fleet/table-store.ts';
import { HostsForm } from '../hosts-form/HostsForm.tsx';
import { showImport } from '../import/import-store.ts';
import { type HostsTab, showHostsTab, useHostsTab } from '../realms/hosts-tab.ts';
import { RealmsView } from '../realms/RealmsView.tsx';
import { chooseHost, useSite } from '../state/site.ts';
import { jumpTo } from '../workbench/documents.ts';
import { filterHosts } from './filter-hosts.ts';

/** node-9 before node-10. */
const byName = new Intl.Collator('en', { numeric: true });
const tabs = [
  { id: 'table', title: 'Table' },
  { id: 'edit', title: 'Edit' },
  { id: 'realms', title: 'Baked and stamped' },
] as const;
const columns = ['Name', 'Role', 'Profile', 'Addresses', 'MACs', 'Problems'] as const;

export function HostsView() {
  const hosts = useSite((state) => state.overview?.hosts);
  const chosen = useSite((state) => state.chosenHost);
  const [filter, setFilter] = useState('');
  const tab = useHostsTab((state) => state.tab);
  const wanted = useDeferredValue(filter);
  const sorted = useMemo(() => hosts?.toSorted((a, b) => byName.compare(a.name, b.name)) ?? [], [hosts]);
  const rows = useMemo(() => filterHosts(sorted, wanted), [sorted, wanted]);
  return (
    <section className="view" aria-label="Hosts">
      <header className="view-header">
        <h1>Hosts</h1>
        <span className="muted tabular">
          {hosts === undefined
            ? 'Reading…'
            : rows.length === hosts.length
              ? rows.length
              : `${rows.length} of ${hosts.length}`}
        </span>
        {sorted.length > 0 && (
          <PanelTabs<HostsTab>
            label="What is shown of the hosts"
            controls="hosts-content"
            tabs={tabs}
            selected={tab}
            onSelect={showHostsTab}
          />
        )}
        <span className="status-space" />
        <div className="hosts-actions">
          <button type="button" className="button button-plain" onClick={showTable}>
            Add from a table…
          </button>
          <button type="button" className="button button-plain" onClick={showImport}>
            Import…
          </button>
          <button type="button" className="button button-plain" onClick={showExport}>
            Export…
          </button>
        </div>
        {tab !== 'realms' ? (
          <input
            type="search"
            className="field hosts-filter"
            placeholder="Name, role, MAC…"
            aria-label="Filter the hosts"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
        ) : (
          <select
            className="field hosts-choice"
            aria-label="Chosen host"
            value={chosen ?? ''}
            onChange={(event) => chooseHost(event.target.value)}
          >
            {sorted.map(({ name, path }) => (
              <option key={path}>{name}</option>
            ))}
          </select>
        )}
      </header>
      {hosts !== undefined && hosts.length === 0 ? (
        <div className="empty">
          <h2>This site has no hosts</h2>
          <p>
            A host is a document in hosts/ that names its role, its host profile, its MACs and its network.
            Paste many of them as a table, or import them from Airship, NMState or netplan.
          </p>
        </div>
      ) : (
        <div
          className="hosts-content"
          id="hosts-content"
          role="tabpanel"
          aria-labelledby={`hosts-content-tab-${tab}`}
        >
          {tab === 'realms' ? (
            <RealmsView />
          ) : tab === 'edit' ? (
            <HostsForm filter={wanted} />
          ) : (
            <VirtualList
              label="Hosts"
              role="grid"
              className="hosts-table"
              rows={rows}
              rowHeight={32}
              keyOf={({ path }) => path}
              selectedKey={rows.find(({ name }) => name === chosen)?.path}
              textOf={({ name }) => name}
              header={
                <div className="host-row host-header" aria-hidden>
                  {columns.map((column) => (
                    <span key={column}>{column}</span>
                  ))}
                </div>
              }
              onChoose={chooseOrOpen}
              render={(row) => <HostCells row={row} />}
            />
          )}
        </div>
      )}
    </section>
  );
}

/** The first click chooses the host, so that the preview shows it; on the chosen one it opens the document. */
function chooseOrOpen({ name, path }: HostSummary): void {
  if (useSite.getState().chosenHost === name) jumpTo({ path, line: 1, column: 1 });
  else chooseHost(name);
}

function HostCells({ row }: { readonly row: HostSummary }) {
  const { name, role, profile, addresses, macs, problems } = row;
  const fine = problems.errors + problems.warnings === 0;
  return (
    <div className="host-row" role="presentation">
      <Cell className="host-name truncate">{name}</Cell>
      <Cell className="truncate">{role}</Cell>
      <Cell className="truncate">{profile}</Cell>
      <Several values={addresses} />
      <Several values={macs} />
      <Cell className="host-problems">
        {fine && <FineIcon />}
        {fine && <span className="visually-hidden">none</span>}
        <ProblemCounts {...problems} />
      </Cell>
    </div>
  );
}

/** The first of several, and how many more: all of them are in the title and in the preview. */
function Several({ values }: { readonly values: readonly string[] }) {
  const [first, ...more] = values;
  return (
    <Cell className="host-several" title={values.join('\n')}>
      <span className="code truncate">{first}</span>
      {more.length > 0 && (
        <span className="muted small">
          +{more.length}
          <span className="visually-hidden"> more: {more.join(', ')}</span>
        </span>
      )}
    </Cell>
  );
}

interface CellProps {
  readonly className: string;
  readonly title?: string;
  readonly children: ReactNode;
}

/** A cell of a row that is not a table's: rows are placed by the virtual list, which a table does not allow. */
function Cell(props: CellProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and names its active row
    <span role="gridcell" {...props} />
  );
}
