import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { stepOf, styleOfAmount } from '#shared/partition-form/amounts.ts';
import type { PartitionTable } from '#shared/partition-form/read-partitions.ts';
import { type Border, resized, type SizeChange } from '#shared/partition-form/resize.ts';

type Step = (layout: PartitionTable['layout'], finest: number) => readonly SizeChange[];

interface BorderHandleProps {
  readonly border: Border;
  /** Of the partition whose size it is. */
  readonly name: string;
  readonly words: string;
  readonly left: number;
  readonly top: number;
  readonly isStop: boolean;
  /** Pixels from where it was taken. */
  readonly onDraw: (pixels: number) => void;
  readonly onDrop: () => void;
  readonly onLeave: () => void;
  readonly onStep: (step: Step) => void;
}

/** A border between two partitions: drawn with the pointer, or moved with arrow keys. */
export function BorderHandle(props: BorderHandleProps) {
  const { border, name, words, left, top, isStop, onDraw, onDrop, onLeave, onStep } = props;
  const from = useRef<number | undefined>(undefined);
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = event.clientX;
    onDraw(0);
  };
  const onPointerMove = ({ clientX }: PointerEvent) => {
    if (from.current !== undefined) onDraw(clientX - from.current);
  };
  const end = (done: () => void) => () => {
    if (from.current === undefined) return;
    from.current = undefined;
    done();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && from.current !== undefined) return end(onLeave)();
    const step = stepOfKey(event, border);
    if (step === undefined) return;
    event.preventDefault();
    onStep(step);
  };
  return (
    <div
      className="partition-border"
      role="slider"
      aria-orientation="horizontal"
      aria-label={`Size of ${name}`}
      aria-valuemin={Math.round(border.least / 2 ** 20)}
      aria-valuemax={Math.round(border.most / 2 ** 20)}
      aria-valuenow={Math.round(border.bytes / 2 ** 20)}
      aria-valuetext={words}
      title={`Size of ${name}: ${words}. Draw, or use the arrow keys.`}
      tabIndex={isStop ? 0 : -1}
      style={{ left, top }}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={end(onDrop)}
      onPointerCancel={end(onLeave)}
      onKeyDown={onKeyDown}
    />
  );
}

/** An arrow is the next round size, a page ten of them; Home and End are the limits. */
function stepOfKey({ key }: KeyboardEvent, border: Border): Step | undefined {
  if (key === 'Home') return (layout, finest) => resized(layout, border, border.least, finest);
  if (key === 'End') return (layout, finest) => resized(layout, border, border.most, finest);
  const arrows = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[key];
  if (arrows === undefined) return undefined;
  // Left and right follow the border; up and down, the size.
  const isAlongBar = key === 'ArrowLeft' || key === 'ArrowRight';
  const steps = isAlongBar && !border.growsForward ? -arrows : arrows;
  return (layout, finest) => {
    const { partition } = layout.placed[border.target] ?? {};
    const text = partition?.size ?? partition?.end;
    const share = text?.endsWith('%') === true && layout.disk !== undefined ? layout.disk / 100 : undefined;
    const size = share ?? stepOf(border.bytes, finest, styleOfAmount(text));
    return resized(layout, border, border.bytes + steps * size, finest);
  };
}
