import '../tree/tree-overlays.css';
import './rename-dialog.css';
import { useId, useState } from 'react';
import { newNameProblem } from '#shared/refactor/new-name.ts';
import { wordOf } from '#shared/refactor/symbols.ts';
import { folderOf } from '#shared/site/document-name.ts';
import type { RenameSubject } from '../authoring/protocol.ts';
import { DialogActions, OverlayDialog } from '../components/OverlayDialog.tsx';
import { onEnter } from '../components/on-enter.ts';
import { takeFocus } from '../components/take-focus.ts';
import { showFailure } from '../state/notices.ts';
import { leaveRenaming } from '../state/renaming.ts';
import { renameEverywhere } from '../workbench/rename-everywhere.ts';
import { AffectedDocuments } from './AffectedDocuments.tsx';

/** Another name for what stands at the caret: what changes is listed before it does. */
export function RenameDialog({ subject }: { readonly subject: RenameSubject }) {
  const { symbol, documents, file } = subject;
  const [text, setText] = useState(symbol.name);
  const [busy, setBusy] = useState(false);
  const problemId = useId();
  const name = text.trim();
  const isSame = name === symbol.name;
  const problem = isSame ? undefined : newNameProblem(subject, name);
  const mayRename = !isSame && problem === undefined && !busy;
  const finish = async () => {
    if (!mayRename) return;
    setBusy(true);
    const failure = await renameEverywhere(symbol, name);
    leaveRenaming();
    if (failure !== undefined) showFailure(failure);
  };
  return (
    <OverlayDialog
      title={`Rename the ${wordOf(symbol)} ${symbol.name}`}
      surface="question-modal"
      onClose={leaveRenaming}
    >
      <div className="rename-field">
        <input
          className="rename-name code"
          aria-label="New name"
          aria-invalid={problem !== undefined}
          aria-describedby={problemId}
          ref={takeFocus}
          spellCheck={false}
          value={text}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onEnter(() => void finish())}
        />
        <p className="rename-problem small" id={problemId} role="alert">
          {problem}
        </p>
      </div>
      <p>{sentence(subject, isSame || problem !== undefined ? undefined : name)}</p>
      <AffectedDocuments documents={documents} />
      <Unreadable paths={subject.unreadable} />
      <DialogActions>
        <button type="button" className="button" onClick={leaveRenaming}>
          Keep the name
        </button>
        <button
          type="button"
          className="button button-primary"
          disabled={!mayRename}
          onClick={() => void finish()}
        >
          {file !== undefined
            ? 'Rename it and its file'
            : subject.value === undefined
              ? 'Rename'
              : 'Rename it and its value'}
        </button>
      </DialogActions>
    </OverlayDialog>
  );
}

function sentence(subject: RenameSubject, name: string | undefined): string {
  const { documents, file } = subject;
  const count = documents.length;
  const places = documents.reduce((sum, each) => sum + each.count, 0);
  const after = name === undefined ? 'takes the new name' : `becomes ${folderOf(file ?? '')}/${name}.yaml`;
  const moved = file === undefined ? valueSentence(subject) : ` The file ${after}.`;
  if (count === 0) return `No document names it.${moved}`;
  const where = `${places} ${places === 1 ? 'place' : 'places'} in ${count} ${count === 1 ? 'document' : 'documents'}`;
  return `${where} ${places === 1 ? 'changes' : 'change'}; comments stay as they are.${moved}`;
}

/** Where its value lies is of no matter: it goes along. */
function valueSentence({ symbol, value }: RenameSubject): string {
  if (symbol.kind !== 'secret') return '';
  return value === undefined ? ' It has no value on this machine.' : ' Its value takes the new name as well.';
}

function Unreadable({ paths }: { readonly paths: readonly string[] }) {
  const [first] = paths;
  if (first === undefined) return null;
  const others = paths.length === 1 ? '' : ` and ${paths.length - 1} more`;
  return (
    <p className="rename-unreadable">
      {first}
      {others} cannot be read to the end: what stands behind the mistake there does not change.
    </p>
  );
}
