import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { amountWords, styleOfAmount } from '#shared/partition-form/amounts.ts';
import { type Bar, barOf } from '#shared/partition-form/bar.ts';
import { problemsOfRow } from '#shared/partition-form/partition-problems.ts';
import { layOutRows, type PartitionRow } from '#shared/partition-form/read-partitions.ts';
import { type Border, bordersOf, resized, type SizeChange } from '#shared/partition-form/resize.ts';
import { useWidth } from '../document-forms/use-width.ts';
import { changeDocument } from '../forms/change-document.ts';
import { BorderHandle } from './BorderHandle.tsx';
import { PartitionPiece } from './PartitionPiece.tsx';
import { movePartition, removePartition } from './partition-changes.ts';
import type { PartsProps } from './parts.ts';

interface PartitionBarProps extends PartsProps {
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
}

const laneHeight = 88;
/** Of the last border, half of which lies behind the bar. */
const handleWidth = 6;

/** A border that is drawn: what it was when it was taken, and how far it is. */
interface Drawn {
  readonly border: Border;
  readonly bytesPerPixel: number;
  readonly changes: readonly SizeChange[];
}

/** The disk to scale. One tab stop for the partitions (arrows choose), one for the border of the chosen one. */
export function PartitionBar({ path, table, problems, isReadOnly, chosen, onChoose }: PartitionBarProps) {
  const [frame, width] = useWidth<HTMLDivElement>();
  const group = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<Drawn>();
  const rows = useMemo(() => rowsAfter(table.rows, drawn?.changes), [table.rows, drawn]);
  const layout = useMemo(() => layOutRows(rows, table.disk), [rows, table.disk]);
  const bar = useMemo(() => barOf(layout, Math.max(width - handleWidth, 1)), [layout, width]);
  const borders = useMemo(() => bordersOf(table.layout), [table.layout]);
  const style = styleOfAmount(table.disk ?? table.rows.find(({ size }) => size !== undefined)?.size);
  const focusOn = (index: number) => {
    onChoose(index);
    requestAnimationFrame(() =>
      group.current?.querySelector<HTMLElement>(`[data-partition="${index}"]`)?.focus(),
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = keyTarget(event, chosen, table.rows.length);
    if (next === undefined || isReadOnly) {
      if (next?.type !== 'choose') return;
    }
    event.preventDefault();
    if (next.type === 'remove') removePartition(path, chosen);
    if (next.type === 'move') movePartition(path, chosen, next.to);
    focusOn(next.to);
  };
  const take = (changes: readonly SizeChange[]) => {
    if (changes.length > 0)
      changeDocument(
        path,
        changes.map((change) => changeOfSize(table.rows, change)),
      );
  };
  return (
    <div className="partition-frame" ref={frame}>
      {/* biome-ignore lint/a11y/useSemanticElements: a group of buttons, not of form controls */}
      <div
        ref={group}
        className="partition-bar"
        role="group"
        aria-label="Partitions of the disk: arrow keys choose one, Alt with arrow keys moves it, Delete removes it"
        style={{ width: bar.width, height: bar.lanes * laneHeight }}
        data-over={bar.diskEnd !== undefined || undefined}
      >
        <Beyond bar={bar} />
        {bar.free.map(({ left, width: wide, bytes }) => (
          <div key={left} className="partition-free small" style={{ left, width: wide }}>
            <span className="truncate">{wide > 64 ? `${amountWords(bytes, style)} free` : ''}</span>
          </div>
        ))}
        {bar.pieces.map((piece) => {
          const row = rows[piece.index];
          return row === undefined ? null : (
            <PartitionPiece
              key={piece.index}
              row={row}
              piece={piece}
              top={piece.lane * laneHeight}
              sizeWords={sizeWords(layout.placed[piece.index], style)}
              problems={problemsOfRow(problems, piece.index)}
              isChosen={piece.index === chosen}
              onChoose={() => onChoose(piece.index)}
              onKeyDown={onKeyDown}
            />
          );
        })}
        {!isReadOnly &&
          borders.map((border) => {
            const piece = bar.pieces[border.before];
            return piece === undefined ? null : (
              <BorderHandle
                key={border.before}
                border={border}
                name={rows[border.target]?.name ?? `partition ${border.target + 1}`}
                words={sizeWords(layout.placed[border.target], style) ?? ''}
                left={piece.left + piece.width}
                top={piece.lane * laneHeight}
                isStop={border.target === chosen}
                onDraw={(pixels) => {
                  const scale = drawn?.bytesPerPixel ?? bar.bytesPerPixel;
                  const bytes = border.bytes + pixels * scale * (border.growsForward ? 1 : -1);
                  // Taken and left where it was, it changes nothing, however odd its size.
                  const changes = pixels === 0 ? [] : resized(table.layout, border, bytes, scale);
                  setDrawn({ border, bytesPerPixel: scale, changes });
                  onChoose(border.target);
                }}
                onDrop={() => {
                  if (drawn !== undefined) take(drawn.changes);
                  setDrawn(undefined);
                }}
                onLeave={() => setDrawn(undefined)}
                onStep={(change) => take(change(table.layout, bar.bytesPerPixel))}
              />
            );
          })}
      </div>
      {!bar.isToScale && (
        <p className="small muted partition-note">Small parts are drawn wider than they are.</p>
      )}
    </div>
  );
}

/** What lies behind the end of the disk. */
function Beyond({ bar }: { readonly bar: Bar }) {
  if (bar.diskEnd === undefined) return null;
  return (
    <div className="partition-beyond small" style={{ left: bar.diskEnd, width: bar.width - bar.diskEnd }}>
      <span>end of the disk</span>
    </div>
  );
}

function rowsAfter(
  rows: readonly PartitionRow[],
  changes: readonly SizeChange[] | undefined,
): readonly PartitionRow[] {
  if (changes === undefined || changes.length === 0) return rows;
  return rows.map((row) => {
    const own = changes.filter(({ index }) => index === row.index);
    return { ...row, ...Object.fromEntries(own.map(({ key, text }) => [key, text])) };
  });
}

function changeOfSize(rows: readonly PartitionRow[], { index, key, text }: SizeChange) {
  return { type: 'set' as const, path: [...(rows[index]?.path ?? []), key], value: text };
}

function sizeWords(
  placed: { readonly start?: number; readonly end?: number; readonly least: number } | undefined,
  style: ReturnType<typeof styleOfAmount>,
): string | undefined {
  if (placed === undefined) return undefined;
  const { start, end, least } = placed;
  if (start !== undefined && end !== undefined) return amountWords(end - start, style);
  return least > 0 ? amountWords(least, style) : undefined;
}

type KeyTarget = { readonly type: 'choose' | 'move' | 'remove'; readonly to: number };

function keyTarget({ key, altKey, ctrlKey, metaKey }: KeyboardEvent, chosen: number, count: number) {
  if (ctrlKey || metaKey) return undefined;
  const of = (type: KeyTarget['type'], to: number): KeyTarget | undefined =>
    to < 0 || to >= count ? undefined : { type, to };
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 }[key];
  if (step !== undefined) return of(altKey ? 'move' : 'choose', chosen + step);
  if (altKey) return undefined;
  if (key === 'Home') return of('choose', 0);
  if (key === 'End') return of('choose', count - 1);
  // The last one stays: a list of partitions has at least one.
  return key === 'Delete' && count > 1 ? of('remove', Math.min(chosen, count - 2)) : undefined;
}
