import { ChevronDown, ChevronUp, Search, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { keptLines } from './log-search.ts';
import { closeLogFind, type LogMatches, useLogFind } from './use-log-search.ts';

interface LogFindBarProps {
  readonly matches: LogMatches;
  readonly total: number;
  readonly onClose: () => void;
}

/** Enter and F3 go on, with Shift back, Escape leaves: as in the editor beside it. */
export function LogFindBar({ matches, total, onClose }: LogFindBarProps) {
  const text = useLogFind((state) => state.text);
  const asked = useLogFind((state) => state.asked);
  const input = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for again, it takes the focus again
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, [asked]);
  const none = matches.done && matches.lines.length === 0 && text !== '' && matches.searched > 0;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') matches.step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') {
      closeLogFind();
      onClose();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <search className="log-find">
      <Search size={14} className="state-icon tone-muted" aria-hidden />
      <input
        ref={input}
        className="log-find-text"
        aria-label="Find in the log"
        title="Capitals count when you type some"
        placeholder="Find in the log"
        spellCheck={false}
        maxLength={500}
        value={text}
        aria-invalid={none}
        onChange={(event) => useLogFind.setState({ text: event.target.value })}
        onKeyDown={onKeyDown}
      />
      <span className="muted small tabular log-find-count" aria-live="polite">
        {text === '' ? '' : describe(matches, total)}
      </span>
      <button
        type="button"
        className="icon-button"
        aria-label="Previous match"
        title="Previous match (Shift+Enter)"
        onClick={() => matches.step(-1)}
      >
        <ChevronUp size={14} aria-hidden />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Next match"
        title="Next match (Enter)"
        onClick={() => matches.step(1)}
      >
        <ChevronDown size={14} aria-hidden />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Close the search"
        title="Close the search (Escape)"
        onClick={() => {
          closeLogFind();
          onClose();
        }}
      >
        <X size={14} aria-hidden />
      </button>
    </search>
  );
}

function describe({ lines, searched, done, current }: LogMatches, total: number): string {
  const count = lines.length.toLocaleString('en');
  if (!done) return `${count} lines, ${Math.floor((100 * searched) / Math.max(1, total))}% searched`;
  if (lines.length === 0) return searched === 0 ? '' : 'Nothing found';
  const more = lines.length >= keptLines ? '+' : '';
  return `${(current + 1).toLocaleString('en')} of ${count}${more}`;
}
