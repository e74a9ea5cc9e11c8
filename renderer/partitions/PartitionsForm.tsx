import './partitions.css';
import { useMemo, useState } from 'react';
import { usualPartitions } from '#shared/partition-form/new-partition.ts';
import { partitionProblems } from '#shared/partition-form/partition-problems.ts';
import {
  hasOtherPartitions,
  type PartitionTable,
  partitionsPath,
  readPartitions,
} from '#shared/partition-form/read-partitions.ts';
import { BrokenText, InText } from '../document-forms/BrokenText.tsx';
import { ProblemLines } from '../document-forms/fields.tsx';
import { type FormDocument, useFormDocument } from '../document-forms/use-form-document.ts';
import { changeDocument } from '../forms/change-document.ts';
import { DiskFields } from './DiskFields.tsx';
import { PartitionActions } from './PartitionActions.tsx';
import { PartitionBar } from './PartitionBar.tsx';
import { PartitionFields } from './PartitionFields.tsx';

/** The disk of a host profile, drawn to scale and edited in place. */
export function PartitionsForm({ path }: { readonly path: string }) {
  const document = useFormDocument(path);
  if (document === undefined) return null;
  if (document.root === undefined) return <BrokenText path={path} />;
  const table = readPartitions(document.root);
  if (table !== undefined) return <Disk path={path} document={document} table={table} />;
  if (hasOtherPartitions(document.root))
    return (
      <InText
        path={path}
        title="The partitions cannot be drawn"
        next="A mapping with the partitions under “entries” belongs there; the text has something else."
      />
    );
  return <NoPartitions path={path} isReadOnly={document.isReadOnly} />;
}

function NoPartitions({ path, isReadOnly }: { readonly path: string; readonly isReadOnly: boolean }) {
  return (
    <div className="empty">
      <h2>This profile says nothing about partitions</h2>
      <p>
        A disk that a qcow2 or raw image is written to can be laid out here; this version makes ISOs, which
        run from their medium and need none.
      </p>
      <button
        type="button"
        className="button button-primary"
        disabled={isReadOnly}
        onClick={() => changeDocument(path, [{ type: 'set', path: partitionsPath, value: usualPartitions }])}
      >
        Lay out a disk
      </button>
    </div>
  );
}

interface DiskProps {
  readonly path: string;
  readonly document: FormDocument;
  readonly table: PartitionTable;
}

function Disk({ path, document, table }: DiskProps) {
  const { source, root, problems: found, isReadOnly } = document;
  const [wanted, setChosen] = useState(0);
  const problems = useMemo(() => partitionProblems(source, root, table, found), [source, root, table, found]);
  const chosen = Math.min(wanted, table.rows.length - 1);
  const row = table.rows[chosen];
  const parts = { path, table, problems, isReadOnly };
  return (
    <div className="partitions-form">
      <DiskFields {...parts} />
      <PartitionBar key={path} {...parts} chosen={chosen} onChoose={setChosen} />
      <PartitionActions {...parts} chosen={chosen} onChoose={setChosen} />
      <div className="partitions-problems small">
        <ProblemLines problems={[...(problems.get('') ?? []), ...(problems.get('entries') ?? [])]} />
      </div>
      {row !== undefined && <PartitionFields key={chosen} {...parts} row={row} />}
    </div>
  );
}
