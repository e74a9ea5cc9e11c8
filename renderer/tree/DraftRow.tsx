import { FileText } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { nameOfPath } from '#shared/site/document-kinds.ts';
import { describeNameProblem, folderOf, nameProblem, typedName } from '#shared/site/document-name.ts';
import { useDocuments } from '../state/documents.ts';
import { leaveDraft, type TreeDraft } from '../state/tree-editing.ts';
import { finishDraft } from '../workbench/change-documents.ts';
import { groups } from './tree-rows.ts';

/** Pixels below the name for what is wrong with it. */
const messageHeight = 64;

/** A row of the tree in which a name is typed: Enter takes it, Escape leaves, and what is wrong is said at once. */
export function DraftRow({ draft }: { readonly draft: TreeDraft }) {
  const folder = draft.type === 'new' ? draft.folder : folderOf(draft.path);
  const [text, setText] = useState(() => firstName(draft));
  const [refused, setRefused] = useState('');
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const messageId = useId();
  const name = typedName(text);
  const problem = nameProblem(name, folder, takenBeside(draft));
  // Nothing is wrong with a name that nobody has begun to type.
  const message =
    refused || (problem === undefined || problem === 'empty' ? '' : describeNameProblem(problem, name));
  const above = useIsLow(input, message !== '');

  useFocusOnce(input);

  const finish = async () => {
    if (problem !== undefined || busy) return;
    setBusy(true);
    const failure = await finishDraft(draft, name);
    setBusy(false);
    if (failure !== undefined) setRefused(`${failure.message} ${failure.next}`);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // The list below moves its active row by these keys.
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') void finish();
    else if (event.key === 'Escape') leave(event.currentTarget);
    else return;
    event.preventDefault();
  };
  return (
    <span className="tree-row" data-level={2}>
      <FileText size={14} className="tone-muted" aria-hidden />
      <input
        ref={input}
        className="tree-name"
        aria-label={labelOf(draft, folder)}
        aria-invalid={message !== ''}
        aria-describedby={message === '' ? undefined : messageId}
        placeholder="name"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setRefused('');
        }}
        onKeyDown={onKeyDown}
        onClick={(event) => event.stopPropagation()}
        onBlur={() => {
          // Another window in front is no answer; a click elsewhere is.
          if (document.hasFocus() && !busy) leaveDraft();
        }}
      />
      {message !== '' && (
        <span className="tree-name-problem" data-above={above || undefined} id={messageId} role="alert">
          {message}
        </span>
      )}
    </span>
  );
}

/** A copy starts from the name of its original, which has to be changed. */
function firstName(draft: TreeDraft): string {
  if (draft.type === 'rename') return nameOfPath(draft.path);
  return draft.copyOf === undefined ? '' : nameOfPath(draft.copyOf);
}

/** The name that a document has is free for itself. */
function takenBeside(draft: TreeDraft): string[] {
  const paths = Object.keys(useDocuments.getState().byPath);
  return draft.type === 'rename' ? paths.filter((path) => path !== draft.path) : paths;
}

function labelOf(draft: TreeDraft, folder: string): string {
  if (draft.type === 'rename') return `New name of ${draft.path}`;
  if (draft.copyOf !== undefined) return `Name of the copy of ${draft.copyOf}`;
  return `Name of the new ${groups.find(({ id }) => id === folder)?.one ?? 'document'}`;
}

/** Back to the tree, so that the arrows go on from here. */
function leave(element: HTMLElement): void {
  const tree = element.closest<HTMLElement>('[role="tree"]');
  leaveDraft();
  tree?.focus();
}

/** The palette and menus give the focus back to where it was when they close: this one asks again after them. */
function useFocusOnce(input: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const take = () => {
      if (document.activeElement === input.current) return;
      input.current?.focus();
      input.current?.select();
    };
    take();
    const frame = requestAnimationFrame(() => requestAnimationFrame(take));
    return () => cancelAnimationFrame(frame);
  }, [input]);
}

/** Whether there is no room for the message below, inside the list that cuts it off. */
function useIsLow(input: React.RefObject<HTMLInputElement | null>, shown: boolean): boolean {
  const [low, setLow] = useState(false);
  useLayoutEffect(() => {
    const list = input.current?.closest('[role="tree"]');
    if (!shown || input.current === null || list === null || list === undefined) return;
    const room = list.getBoundingClientRect().bottom - input.current.getBoundingClientRect().bottom;
    setLow(room < messageHeight);
  }, [input, shown]);
  return low;
}
