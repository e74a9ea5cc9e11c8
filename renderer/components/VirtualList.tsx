import './virtual-list.css';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { findTyped } from './find-typed.ts';

interface VirtualListProps<Row> {
  readonly label: string;
  readonly role: 'listbox' | 'tree' | 'grid';
  readonly rows: readonly Row[];
  /** Pixels; every row has the same height, but for an active one that `unfoldsActive`. */
  readonly rowHeight: number;
  /** The active row is as high as what `render` gives for it, so that long words can be read to their end. */
  readonly unfoldsActive?: boolean;
  readonly keyOf: (row: Row) => string;
  readonly render: (row: Row, state: { active: boolean }) => ReactNode;
  /** ARIA of one row beyond its role and position. */
  readonly rowProps?: (row: Row) => Record<string, string | number | boolean | undefined>;
  readonly selectedKey?: string | undefined;
  /** Enter, or a click. */
  readonly onChoose: (row: Row) => void;
  /** Left and right: fold, unfold. True when it did something. */
  readonly onSideways?: (row: Row, step: 1 | -1) => boolean;
  /** The context menu, by mouse or by key; in pixels of the window. */
  readonly onMenu?: (row: Row, place: { readonly x: number; readonly y: number }) => void;
  /** Keys beyond those that every list has. True when it did something. */
  readonly onKey?: (row: Row, key: string) => boolean;
  /** What typing letters searches. */
  readonly textOf?: (row: Row) => string;
  readonly header?: ReactNode;
  readonly className?: string;
}

const rowRoles = { listbox: 'option', tree: 'treeitem', grid: 'row' } as const;

/**
 * A list of any length of which only the visible part exists, with one tab stop: the list holds the focus, arrows
 * move an active row inside it.
 */
export function VirtualList<Row>(props: VirtualListProps<Row>) {
  const { rows, rowHeight, keyOf, role, selectedKey, unfoldsActive = false } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const [activeKey, setActiveKey] = useState<string | undefined>(undefined);
  const active = Math.max(
    0,
    rows.findIndex((row) => keyOf(row) === (activeKey ?? selectedKey)),
  );
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : keyOf(row);
    },
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new selection scrolls; rows that change under the reader must not
  useEffect(() => {
    if (selectedKey === undefined) return;
    setActiveKey(selectedKey);
    const index = rows.findIndex((row) => keyOf(row) === selectedKey);
    if (index >= 0) virtualizer.scrollToIndex(index, { align: 'auto' });
  }, [selectedKey]);

  // Before it is painted: no row lies over another for a moment. A row that unfolds at the edge comes into view whole.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is active changed, and with it the heights of two rows
  useLayoutEffect(() => {
    if (!unfoldsActive) return;
    for (const row of scroller.current?.querySelectorAll<HTMLElement>('.virtual-row') ?? [])
      virtualizer.resizeItem(Number(row.dataset.index), row.offsetHeight);
    if (activeKey !== undefined)
      scroller.current?.querySelector('.virtual-row[data-active]')?.scrollIntoView({ block: 'nearest' });
  }, [active, activeKey, unfoldsActive]);

  const items = virtualizer.getVirtualItems();
  const activeIsThere = items.some(({ index }) => index === active);
  const move = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (row === undefined) return;
    setActiveKey(keyOf(row));
    virtualizer.scrollToIndex(rows.indexOf(row), { align: 'auto' });
  };
  const onKeyDown = useListKeys(
    props,
    active,
    move,
    Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight),
  );

  return (
    <div className={`virtual-list ${props.className ?? ''}`}>
      {props.header}
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: the role is one of listbox, tree and grid */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
      <div
        ref={scroller}
        className="virtual-list-scroller"
        role={role}
        aria-label={props.label}
        aria-rowcount={role === 'grid' ? rows.length : undefined}
        aria-activedescendant={activeIsThere ? `${id}-${active}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        // Without a row under the pointer there is nothing to offer, and the key is handled above.
        onContextMenu={(event) => event.preventDefault()}
      >
        <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
          {items.map(({ index, key, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys for its active row
              // biome-ignore lint/a11y/noStaticElementInteractions: the role is one of option, treeitem and row
              // biome-ignore lint/a11y/useAriaPropsSupportedByRole: as above
              <div
                key={key}
                id={`${id}-${index}`}
                ref={unfoldsActive ? virtualizer.measureElement : undefined}
                data-index={index}
                role={rowRoles[role]}
                aria-selected={keyOf(row) === selectedKey}
                {...position(role, index, rows.length)}
                {...props.rowProps?.(row)}
                className="virtual-row"
                data-active={index === active || undefined}
                style={{
                  transform: `translateY(${start}px)`,
                  ...(unfoldsActive && index === active ? { minHeight: rowHeight } : { height: rowHeight }),
                }}
                onClick={() => {
                  setActiveKey(keyOf(row));
                  props.onChoose(row);
                }}
                onContextMenu={(event) => {
                  if (props.onMenu === undefined) return;
                  event.preventDefault();
                  setActiveKey(keyOf(row));
                  props.onMenu(row, { x: event.clientX, y: event.clientY });
                }}
              >
                {props.render(row, { active: index === active })}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function isMenuKey(event: KeyboardEvent): boolean {
  return event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
}

/** Below the active row, where the eye is. */
function menuPlace(list: Element): { x: number; y: number } {
  const { left, bottom } = (list.querySelector('[data-active]') ?? list).getBoundingClientRect();
  return { x: left + 36, y: bottom };
}

function position(role: VirtualListProps<unknown>['role'], index: number, length: number) {
  return role === 'grid'
    ? { 'aria-rowindex': index + 1 }
    : { 'aria-posinset': index + 1, 'aria-setsize': length };
}

function useListKeys<Row>(
  { rows, onChoose, onSideways, onMenu, onKey, textOf }: VirtualListProps<Row>,
  active: number,
  move: (index: number) => void,
  page: number,
) {
  const typed = useRef({ text: '', at: 0 });
  return (event: KeyboardEvent) => {
    const row = rows[active];
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: rows.length - 1,
    };
    const target = steps[event.key];
    if (target !== undefined) move(target);
    else if (onMenu !== undefined && isMenuKey(event)) onMenu(row, menuPlace(event.currentTarget));
    else if (onKey?.(row, event.key) === true) {
      // The key was meant for the row.
    } else if (event.key === 'Enter' || event.key === ' ') onChoose(row);
    else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      if (onSideways?.(row, event.key === 'ArrowRight' ? 1 : -1) !== true) return;
    } else if (event.key.length === 1 && textOf !== undefined) {
      const now = event.timeStamp;
      typed.current = {
        text: now - typed.current.at < 700 ? typed.current.text + event.key : event.key,
        at: now,
      };
      const found = findTyped(rows.map(textOf), active, typed.current.text);
      if (found !== undefined) move(found);
    } else return;
    event.preventDefault();
  };
}
