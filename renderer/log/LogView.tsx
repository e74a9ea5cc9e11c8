import './log-view.css';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDownToLine, Copy, Search } from 'lucide-react';
import { useEffect, useReducer, useRef, useState } from 'react';
import { ask, copyText, isMac } from '../bridge.ts';
import { fits, shortcutText } from '../commands/shortcut.ts';
import { useJobs } from '../state/jobs.ts';
import { LogFindBar } from './LogFindBar.tsx';
import { LogPages, pageLines } from './log-pages.ts';
import { partsOf } from './log-search.ts';
import { toneOfLine } from './tone-of-line.ts';
import { openLogFind, useLogFind, useLogSearch } from './use-log-search.ts';

const lineHeight = 18;
/** Layout is exact to a pixel up to 2^24 of them (32-bit floats); of a longer log, one end is shown at a time. */
const maximumLines = 900_000;
/** Copying takes what people paste into a report, not a million lines. */
const copiedLines = 2000;

const findKeys = { key: 'f', control: true, shift: false };

/** The log of a job: a million lines scroll like fifty, because only the pages in view are held. */
export function LogView({ jobId }: { readonly jobId: string }) {
  const [pages] = useState(() => new LogPages());
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const pushed = useJobs((state) => state.logLines[jobId] ?? 0);
  const [counted, setCounted] = useState(0);
  const [asked, setAsked] = useState(false);
  const total = Math.max(pushed, counted);
  const [atStart, setAtStart] = useState(false);
  const skipped = atStart ? 0 : Math.max(0, total - maximumLines);
  const shown = Math.min(total, maximumLines);
  const [follow, setFollow] = useState(true);
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: shown,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 30,
  });
  const items = virtualizer.getVirtualItems();
  const first = (items[0]?.index ?? 0) + skipped;
  const last = (items.at(-1)?.index ?? 0) + skipped;

  useEffect(() => {
    void ask('job.log', { jobId, from: 0, count: 1 }).then((answer) => {
      if (answer.ok) setCounted(answer.value.total);
      setAsked(true);
    });
  }, [jobId]);

  useEffect(() => {
    for (const page of pages.missing(first, last, total)) {
      pages.begin(page);
      void ask('job.log', { jobId, from: page * pageLines, count: pageLines }).then((answer) => {
        pages.finish(page, answer.ok ? answer.value.lines : undefined);
        if (answer.ok) redraw();
      });
    }
  }, [pages, jobId, first, last, total]);

  useEffect(() => {
    if (follow && shown > 0) virtualizer.scrollToIndex(shown - 1, { align: 'end' });
  }, [follow, shown, virtualizer]);

  const finding = useLogFind((state) => state.open);
  const wanted = useLogFind((state) => (state.open ? state.text : ''));
  // Who follows a log searches it from its beginning, who reads it from where they are.
  const matches = useLogSearch(jobId, total, () => (follow ? 0 : first));
  const found = matches.lines[matches.current];
  // biome-ignore lint/correctness/useExhaustiveDependencies: a match is shown once, and a log that grows does not move it
  useEffect(() => {
    if (found === undefined) return;
    setFollow(false);
    setAtStart(found < Math.max(0, total - maximumLines));
  }, [found]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => {
    if (found === undefined || found < skipped || found - skipped >= shown) return;
    virtualizer.scrollToIndex(found - skipped, { align: 'center' });
  }, [found, atStart]);

  const copyLast = async () => {
    const from = Math.max(0, total - copiedLines);
    const answer = await ask('job.log', { jobId, from, count: copiedLines });
    if (answer.ok) await copyText(answer.value.lines.join('\n'));
  };

  return (
    <section
      className="log"
      aria-label="Log"
      onKeyDown={(event) => {
        if (fits(findKeys, event, isMac())) openLogFind();
        else if (finding && event.key === 'F3') matches.step(event.shiftKey ? -1 : 1);
        else return;
        event.preventDefault();
      }}
    >
      <div className="log-bar">
        <span className="muted small tabular">{total.toLocaleString('en')} lines</span>
        {total > maximumLines && (
          <button
            type="button"
            className="link-button small"
            onClick={() => {
              setFollow(atStart);
              setAtStart(!atStart);
              scroller.current?.scrollTo({ top: 0 });
            }}
          >
            {atStart
              ? 'Show its end'
              : `Show its beginning (now from line ${(skipped + 1).toLocaleString('en')})`}
          </button>
        )}
        <span className="status-space" />
        {(total > 0 || finding) && (
          <>
            {finding ? (
              <LogFindBar matches={matches} total={total} onClose={() => scroller.current?.focus()} />
            ) : (
              <button
                type="button"
                className="button button-small button-plain"
                title={`Find in the log (${shortcutText(findKeys, isMac())})`}
                onClick={openLogFind}
              >
                <Search size={14} aria-hidden />
                Find
              </button>
            )}
            <button
              type="button"
              className="button button-small button-plain"
              aria-pressed={follow}
              onClick={() => {
                setAtStart(false);
                setFollow(!follow);
              }}
            >
              <ArrowDownToLine size={14} aria-hidden />
              {follow ? 'Following' : 'Follow'}
            </button>
            <button
              type="button"
              className="button button-small button-plain"
              onClick={() => void copyLast()}
            >
              <Copy size={14} aria-hidden />
              Copy the last {copiedLines.toLocaleString('en')} lines
            </button>
          </>
        )}
      </div>
      <section
        ref={scroller}
        className="log-scroller selectable"
        aria-label="Log of the build"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled area must be reachable by keyboard
        tabIndex={0}
        onWheel={(event) => {
          if (event.deltaY < 0) setFollow(false);
        }}
        onKeyDown={(event) => {
          if (['ArrowUp', 'PageUp', 'Home'].includes(event.key)) setFollow(false);
        }}
        onScroll={(event) => {
          const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
          if (!finding && !atStart && scrollTop + clientHeight >= scrollHeight - lineHeight) setFollow(true);
        }}
      >
        {asked && total === 0 && (
          <p className="log-empty muted">No lines. Steps that come from the cache run nothing.</p>
        )}
        <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
          <div className="log-lines" style={{ top: items[0]?.start ?? 0 }}>
            {items.map(({ index, key }) => {
              const line = pages.line(index + skipped);
              return (
                <div
                  key={key}
                  className="log-line"
                  data-tone={line === undefined ? undefined : toneOfLine(line)}
                  data-found={index + skipped === found || undefined}
                >
                  {wanted === '' ? (line ?? '') : <MarkedLine line={line ?? ''} wanted={wanted} />}
                </div>
              );
            })}
          </div>
        </div>
      </section>
    </section>
  );
}

function MarkedLine({ line, wanted }: { readonly line: string; readonly wanted: string }) {
  return partsOf(line, wanted).map(({ text, hit }, place) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a line have no other name than their place
    hit ? <mark key={place}>{text}</mark> : text,
  );
}
