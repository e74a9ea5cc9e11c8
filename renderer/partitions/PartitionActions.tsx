import { ArrowLeft, ArrowRight, Plus, Trash2 } from 'lucide-react';
import { newPartition } from '#shared/partition-form/new-partition.ts';
import { entriesPath } from '#shared/partition-form/read-partitions.ts';
import { changeDocument } from '../forms/change-document.ts';
import { movePartition, removePartition } from './partition-changes.ts';
import type { PartsProps } from './parts.ts';

interface PartitionActionsProps extends PartsProps {
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
}

/** What the schema takes at most. */
const mostPartitions = 128;

export function PartitionActions({ path, table, isReadOnly, chosen, onChoose }: PartitionActionsProps) {
  const count = table.rows.length;
  const add = () => {
    const at = Math.min(chosen + 1, count);
    changeDocument(path, [{ type: 'insert', path: [...entriesPath, at], value: newPartition(table) }]);
    onChoose(at);
  };
  const move = (to: number) => {
    movePartition(path, chosen, to);
    onChoose(to);
  };
  const remove = () => {
    removePartition(path, chosen);
    onChoose(Math.max(0, Math.min(chosen, count - 2)));
  };
  return (
    <div className="partition-actions" role="toolbar" aria-label="Partitions">
      <button
        type="button"
        className="button button-small"
        disabled={isReadOnly || count >= mostPartitions}
        onClick={add}
      >
        <Plus size={14} aria-hidden />
        Add a partition
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Move it towards the start"
        title="Move it towards the start (Alt+Left)"
        disabled={isReadOnly || chosen <= 0}
        onClick={() => move(chosen - 1)}
      >
        <ArrowLeft size={16} aria-hidden />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Move it towards the end"
        title="Move it towards the end (Alt+Right)"
        disabled={isReadOnly || chosen >= count - 1}
        onClick={() => move(chosen + 1)}
      >
        <ArrowRight size={16} aria-hidden />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Remove the partition"
        title={count > 1 ? 'Remove the partition (Delete)' : 'The last partition stays'}
        disabled={isReadOnly || count <= 1}
        onClick={remove}
      >
        <Trash2 size={16} aria-hidden />
      </button>
    </div>
  );
}
