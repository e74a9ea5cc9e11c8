import { AlertTriangle, ChevronsUpDown, CircleCheck, CircleX, Container, Lock, Server } from 'lucide-react';
import { unsavedPaths, useDocuments } from '../state/documents.ts';
import { useJobs } from '../state/jobs.ts';
import { changeLayout, goTo, showBottom, useLayout } from '../state/layout.ts';
import { useProblems } from '../state/problems.ts';
import { useSite } from '../state/site.ts';

export function StatusBar() {
  return (
    <footer className="status-bar">
      <SiteItem />
      <HostItem />
      <EngineItem />
      <ReleaseItem />
      <span className="status-space" />
      <ProblemsItem />
      <CaretItem />
    </footer>
  );
}

function SiteItem() {
  const site = useSite((state) => state.site);
  const unsaved = useDocuments((state) => unsavedPaths(state).length);
  return (
    <span className="status-item" title={site?.folder}>
      <span className="truncate">{site?.folder}</span>
      {site?.readOnly === true && (
        <>
          <Lock size={12} aria-hidden /> read-only
        </>
      )}
      {unsaved > 0 && <span>· {unsaved} unsaved</span>}
    </span>
  );
}

function HostItem() {
  const host = useSite((state) => state.chosenHost);
  return (
    <button
      type="button"
      className="status-item"
      title="Choose the host (Ctrl+Shift+H)"
      onClick={() => changeLayout({ palette: 'hosts' })}
    >
      <Server size={12} aria-hidden />
      <span className="visually-hidden">Chosen host: </span>
      {host ?? 'no host'}
      <ChevronsUpDown size={12} aria-hidden />
    </button>
  );
}

function EngineItem() {
  const engine = useJobs((state) => state.engine);
  if (engine === undefined) return <span className="status-item">Looking for an engine…</span>;
  const ready = engine.state === 'ready';
  return (
    <button type="button" className="status-item" onClick={() => goTo('builds')}>
      {ready ? (
        <Container size={12} aria-hidden />
      ) : (
        <AlertTriangle size={12} className="tone-attention" aria-hidden />
      )}
      {ready ? engine.label : 'No engine'}
    </button>
  );
}

function ReleaseItem() {
  const release = useSite((state) => state.overview?.release);
  return release === undefined ? null : <span className="status-item">{release}</span>;
}

function ProblemsItem() {
  const { errors, warnings, infos } = useProblems((state) => state.counts);
  const checked = useSite((state) => state.overview !== undefined);
  if (!checked) return <span className="status-item">Checking…</span>;
  const words = [
    errors > 0 ? `${errors} ${errors === 1 ? 'error' : 'errors'}` : '',
    warnings > 0 ? `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}` : '',
    infos > 0 ? `${infos} ${infos === 1 ? 'note' : 'notes'}` : '',
  ].filter((word) => word !== '');
  const Icon = errors > 0 ? CircleX : warnings > 0 ? AlertTriangle : CircleCheck;
  const tone = errors > 0 ? 'tone-failed' : warnings > 0 ? 'tone-attention' : 'tone-fine';
  return (
    <button
      type="button"
      className="status-item"
      onClick={() => showBottom('problems')}
      data-testid="status-problems"
    >
      <Icon size={12} className={tone} aria-hidden />
      {words.length === 0 ? 'No problems' : words.join(', ')}
    </button>
  );
}

function CaretItem() {
  const caret = useDocuments((state) => state.caret);
  const shown = useDocuments((state) => state.active !== undefined);
  const place = useLayout((state) => state.place);
  if (!shown || place !== 'site') return null;
  return (
    <span className="status-item tabular" data-testid="caret">
      Ln {caret.line}, Col {caret.column}
    </span>
  );
}
