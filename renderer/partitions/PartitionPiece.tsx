import type { KeyboardEvent } from 'react';
import type { Diagnostic } from '#shared/diagnostics/diagnostic.ts';
import type { BarPiece } from '#shared/partition-form/bar.ts';
import type { PartitionRow } from '#shared/partition-form/read-partitions.ts';
import { SeverityIcon } from '../components/Icons.tsx';

interface PartitionPieceProps {
  readonly row: PartitionRow;
  readonly piece: BarPiece;
  readonly top: number;
  readonly sizeWords: string | undefined;
  readonly problems: readonly Diagnostic[];
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Below this width a name stands upright, in pixels. */
const narrow = 60;

export function PartitionPiece(props: PartitionPieceProps) {
  const { row, piece, top, sizeWords, problems, isChosen, onChoose, onKeyDown } = props;
  const gravest = (['error', 'warning'] as const).find((each) =>
    problems.some(({ severity }) => severity === each),
  );
  const words = [nameOf(row), sizeWords ?? sizeAsWritten(row), purposeOf(row)].filter((each) => each !== '');
  const count = problems.filter(({ severity }) => severity !== 'info').length;
  const problemWords = count === 0 ? [] : [`${count} ${count === 1 ? 'problem' : 'problems'}`];
  const isNarrow = piece.width < narrow;
  return (
    <button
      type="button"
      className="partition-piece"
      data-partition={row.index}
      data-severity={gravest}
      data-narrow={isNarrow || undefined}
      aria-pressed={isChosen}
      aria-label={[words.join(' '), ...problemWords].join(', ')}
      title={[...words, ...problems.map(({ message }) => message)].join('\n')}
      tabIndex={isChosen ? 0 : -1}
      style={{ left: piece.left, width: piece.width, top }}
      onClick={onChoose}
      onFocus={onChoose}
      onKeyDown={onKeyDown}
    >
      {gravest !== undefined && <SeverityIcon severity={gravest} />}
      <span className="partition-name truncate">{nameOf(row)}</span>{' '}
      {!isNarrow && (
        <>
          <span className="partition-size small truncate">{sizeWords ?? sizeAsWritten(row)}</span>{' '}
          <span className="partition-use small truncate">{purposeOf(row)}</span>
        </>
      )}
    </button>
  );
}

export function nameOf({ name, index }: PartitionRow): string {
  return name === undefined || name === '' ? `partition ${index + 1}` : name;
}

function sizeAsWritten({ size }: PartitionRow): string {
  return size === '-1' ? 'what is left' : (size ?? '');
}

/** `ext4 at /var`, `swap`, `bios_grub` */
function purposeOf({ fileSystem, flags }: PartitionRow): string {
  if (fileSystem?.type === undefined) return flags.join(', ');
  return fileSystem.mountPoint === undefined
    ? fileSystem.type
    : `${fileSystem.type} at ${fileSystem.mountPoint}`;
}
