import { useEffect, useState } from 'react';
import { create } from 'zustand';
import { ask } from '../bridge.ts';
import { firstFrom, ignoresCase, type SearchProgress, searchThrough } from './log-search.ts';

interface LogFindState {
  readonly open: boolean;
  readonly text: string;
  /** Counts how often it was asked for: the field takes the focus each time. */
  readonly asked: number;
}

/** Of the window, not of one log: another build is searched for the same text. */
export const useLogFind = create<LogFindState>()(() => ({ open: false, text: '', asked: 0 }));

export function openLogFind(): void {
  useLogFind.setState(({ asked }) => ({ open: true, asked: asked + 1 }));
}

export function closeLogFind(): void {
  useLogFind.setState({ open: false });
}

/** Milliseconds after the last letter: a search of what is half typed is thrown away. */
const typingMilliseconds = 150;

const nothing: SearchProgress = { lines: [], searched: 0, done: true };

export interface LogMatches extends SearchProgress {
  /** Place in `lines` of the one that is shown; -1 without any. */
  readonly current: number;
  readonly step: (by: 1 | -1) => void;
}

/** Searches the log of a job for the text of the find bar; `from` is the line where the reader is. */
export function useLogSearch(jobId: string, total: number, from: () => number): LogMatches {
  const text = useLogFind((state) => (state.open ? state.text : ''));
  const [progress, setProgress] = useState(nothing);
  const [chosen, setChosen] = useState<number | undefined>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `from` is asked once, when the search begins
  useEffect(() => {
    setProgress(nothing);
    setChosen(undefined);
    if (text === '') return;
    const controller = new AbortController();
    const anchor = from();
    const tell = (told: SearchProgress) => {
      setProgress(told);
      // The first line behind the reader is shown as soon as it is known, the first of all when there is none.
      const place = firstFrom(told.lines, anchor);
      const isBehind = place >= 0 && (told.lines[place] ?? 0) >= anchor;
      if (isBehind || (told.done && place >= 0)) setChosen((before) => before ?? told.lines[place]);
    };
    const timer = setTimeout(() => {
      void searchThrough((next) => portion(jobId, text, next), 0, controller.signal, tell);
    }, typingMilliseconds);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [jobId, text]);

  // What the builder writes meanwhile is searched as well.
  useEffect(() => {
    if (text === '' || progress === nothing || !progress.done || progress.searched >= total) return;
    const controller = new AbortController();
    const known = progress;
    void searchThrough(
      (next) => portion(jobId, text, next),
      known.searched,
      controller.signal,
      (more) => {
        // Told at its end: each telling begins this effect anew.
        if (more.done) setProgress({ ...more, lines: [...known.lines, ...more.lines] });
      },
    );
    return () => controller.abort();
  }, [jobId, text, total, progress]);

  const { lines } = progress;
  const current = chosen === undefined ? -1 : firstFrom(lines, chosen);
  const step = (by: 1 | -1) => {
    if (lines.length === 0) return;
    setChosen(lines[(Math.max(0, current) + by + lines.length) % lines.length]);
  };
  return { ...progress, current, step };
}

async function portion(jobId: string, text: string, from: number) {
  const answer = await ask('job.search-log', { jobId, text, ignoreCase: ignoresCase(text), from });
  return answer.ok ? answer.value : undefined;
}
