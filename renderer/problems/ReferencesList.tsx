import './problems.css';
import { FileText } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import type { Place, Places } from '../authoring/protocol.ts';
import { VirtualList } from '../components/VirtualList.tsx';
import { closePlaces, jumpToPlace } from '../editor/at-caret.ts';
import { openDocument } from '../workbench/documents.ts';
import { keyOfRow, type ReferenceRow, referenceRows } from './reference-rows.ts';

/** Where a name stands, by document. It takes the keys as soon as it is shown: it was asked for. */
export function ReferencesList({ found }: { readonly found: Places }) {
  const element = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => referenceRows(found.places), [found]);
  const first = rows.find((row) => row.type === 'place');
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new list takes the keys
  useEffect(() => element.current?.querySelector<HTMLElement>('[role="tree"]')?.focus(), [found]);
  return (
    <div className="references" ref={element} data-testid="references">
      <VirtualList
        label={found.title}
        role="tree"
        className="problems"
        rows={rows}
        rowHeight={24}
        unfoldsActive
        keyOf={keyOfRow}
        selectedKey={first === undefined ? undefined : keyOfRow(first)}
        rowProps={rowProps}
        onChoose={choose}
        onKey={(row, key) => {
          if (key !== 'Escape') return false;
          closePlaces();
          if (row.type === 'file') openDocument(row.path);
          return true;
        }}
        render={(row, { active }) =>
          row.type === 'file' ? <FileRow row={row} /> : <PlaceLine place={row.place} isUnfolded={active} />
        }
      />
    </div>
  );
}

function rowProps(row: ReferenceRow): Record<string, string | number | boolean> {
  return row.type === 'file'
    ? { 'aria-level': 1, 'aria-expanded': true }
    : { 'aria-level': 2, title: row.place.line };
}

function choose(row: ReferenceRow): void {
  if (row.type === 'place') jumpToPlace(row.place);
  else openDocument(row.path);
}

function FileRow({ row }: { readonly row: Extract<ReferenceRow, { type: 'file' }> }) {
  return (
    <span className="problem-row problem-file">
      <FileText size={14} className="tone-muted" aria-hidden />
      {row.path}
      <span className="muted small tabular">{row.count}</span>
    </span>
  );
}

interface PlaceLineProps {
  readonly place: Place;
  /** Whether the line is there to its end, on as many lines as it takes. */
  readonly isUnfolded: boolean;
}

function PlaceLine({ place, isUnfolded }: PlaceLineProps) {
  const { line, role, range } = place;
  return (
    <span className="problem-row problem-line" data-unfolded={isUnfolded || undefined}>
      <span className={`code ${isUnfolded ? 'problem-message' : 'truncate'}`}>
        {line === '' ? 'the document' : line}
      </span>
      {role === 'definition' && <span className="muted small">defined here</span>}
      <span className="muted small tabular problem-place">
        Ln {range.start.line}, Col {range.start.column}
      </span>
    </span>
  );
}
