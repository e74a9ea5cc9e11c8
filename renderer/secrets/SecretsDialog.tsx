import './secrets.css';
import { AlertTriangle, Eye, KeyRound, Plus, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { storedName } from '#shared/secrets/stored-name.ts';
import { DialogActions, DialogTitle, OverlayDialog } from '../components/OverlayDialog.tsx';
import { takeFocus } from '../components/take-focus.ts';
import { jumpTo } from '../workbench/documents.ts';
import { RevealedValue } from './RevealedValue.tsx';
import { SecretForm } from './SecretForm.tsx';
import { neededBy, placeWord, type SecretRow, secretRows } from './secret-rows.ts';
import { hideSecrets, mendSecrets, removeSecret, useSecrets } from './secrets-store.ts';

/** What the dialog is about at the moment: all secrets, or the value of one. */
type Subject = { readonly name: string | undefined } | undefined;

/** The secrets of the site: which there are, where their values lie, who needs them. */
export function SecretsDialog({ name }: { readonly name: string | undefined }) {
  const list = useSecrets((state) => state.list);
  const uses = useSecrets((state) => state.uses);
  const [edited, setEdited] = useState<Subject>(undefined);
  const [returnedTo, setReturnedTo] = useState<string | undefined>(undefined);
  const rows = secretRows(list, uses);
  const leaveForm = () => {
    setReturnedTo(edited?.name ?? '');
    setEdited(undefined);
  };
  return (
    <OverlayDialog surface="secrets-modal" isDismissable={edited === undefined} onClose={hideSecrets}>
      {edited === undefined ? (
        <SecretsList
          rows={rows}
          chosen={chosenRow(rows, name)}
          returnedTo={returnedTo}
          onEdit={(of) => setEdited({ name: of })}
        />
      ) : (
        <SecretForm
          name={edited.name}
          where={rows.find((row) => row.name === edited.name)?.where}
          onDone={leaveForm}
        />
      )}
    </OverlayDialog>
  );
}

/** A name without the ending of its file means the row of the file. */
function chosenRow(rows: readonly SecretRow[], name: string | undefined): string | undefined {
  const files = rows.flatMap((row) => (row.where === undefined ? [] : [row.name]));
  return name === undefined ? undefined : (storedName(name, files) ?? name);
}

interface SecretsListProps {
  readonly rows: readonly SecretRow[];
  readonly chosen: string | undefined;
  /** The secret whose form was left, so that the keyboard goes on there; empty for the form of a new one. */
  readonly returnedTo: string | undefined;
  readonly onEdit: (name: string | undefined) => void;
}

function SecretsList({ rows, chosen, returnedTo, onEdit }: SecretsListProps) {
  const asked = useSecrets((state) => state.list !== undefined);
  return (
    <div className="dialog">
      <DialogTitle>Secrets</DialogTitle>
      <p className="muted">
        Networks and user-data name them as <code>((secret.NAME))</code>. Their values stay on this machine
        and are put in when a host is stamped.
      </p>
      <Findings />
      {rows.length === 0 && asked && (
        <p className="secrets-empty">
          This site has no secrets yet. Passwords, join tokens and private keys belong here, so that no
          document and no commit holds them.
        </p>
      )}
      <ul className="secrets-rows" aria-label="Secrets of the site">
        {rows.map((row) => (
          <Row
            key={row.name}
            row={row}
            isChosen={row.name === chosen}
            isReturnedTo={row.name === returnedTo}
            onEdit={onEdit}
          />
        ))}
      </ul>
      <DialogActions>
        <button
          type="button"
          className="button"
          ref={returnedTo === '' ? takeFocus : undefined}
          onClick={() => onEdit(undefined)}
        >
          <Plus size={14} aria-hidden />
          New secret…
        </button>
        <span className="status-space" />
        <button type="button" className="button" onClick={hideSecrets}>
          Close
        </button>
      </DialogActions>
    </div>
  );
}

const mostFindings = 4;

function Findings() {
  const findings = useSecrets((state) => state.list?.findings);
  if (findings === undefined || findings.length === 0) return null;
  return (
    <div className="secrets-findings" role="alert">
      <AlertTriangle size={16} className="state-icon tone-attention" aria-hidden />
      <ul>
        {findings.slice(0, mostFindings).map(({ path, message }) => (
          <li key={path}>{message}</li>
        ))}
        {findings.length > mostFindings && (
          <li>And {findings.length - mostFindings} more files like these.</li>
        )}
      </ul>
      <button type="button" className="button button-small" onClick={() => void mendSecrets()}>
        Put it right
      </button>
    </div>
  );
}

interface RowProps {
  readonly row: SecretRow;
  readonly isChosen: boolean;
  readonly isReturnedTo: boolean;
  readonly onEdit: (name: string) => void;
}

function Row({ row, isChosen, isReturnedTo, onEdit }: RowProps) {
  const { name, where, uses } = row;
  const [shown, setShown] = useState(false);
  const [removing, setRemoving] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  // The keyboard goes on at the secret that was asked for, which may lie below the fold of a long list.
  useEffect(() => {
    if (!isChosen) return;
    button.current?.focus();
    button.current?.closest('li')?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  // The keyboard goes on at the secret, whatever was answered.
  const leaveQuestion = () => {
    setRemoving(false);
    button.current?.focus();
  };
  useEffect(() => {
    if (isReturnedTo) button.current?.focus();
  }, [isReturnedTo]);
  return (
    <li className="secrets-row" data-chosen={isChosen || undefined}>
      <div className="secrets-line">
        <KeyRound size={14} className={where === undefined ? 'tone-attention' : 'tone-muted'} aria-hidden />
        <span className="secrets-name truncate code">{name}</span>
        <span className={where === undefined ? 'tone-attention' : 'muted'}>{placeWord(where)}</span>
        <span className="status-space" />
        <button type="button" className="button button-small" ref={button} onClick={() => onEdit(name)}>
          {where === undefined ? 'Set…' : 'Replace…'}
        </button>
        {where !== undefined && (
          <>
            <button
              type="button"
              className="icon-button"
              aria-label={`Show the value of ${name}`}
              aria-expanded={shown}
              title="Show the value for half a minute"
              onClick={() => setShown(!shown)}
            >
              <Eye size={14} aria-hidden />
            </button>
            <button
              type="button"
              className="icon-button"
              aria-label={`Remove ${name}`}
              title="Remove"
              onClick={() => setRemoving(true)}
            >
              <Trash2 size={14} aria-hidden />
            </button>
          </>
        )}
      </div>
      <Uses row={row} />
      {shown && <RevealedValue name={name} onHide={() => setShown(false)} />}
      {removing && (
        <div className="secrets-question" role="alertdialog" aria-label={`Remove ${name}`}>
          <span>
            {uses.length === 0
              ? 'The value cannot be brought back.'
              : 'The value cannot be brought back, and documents refer to it.'}
          </span>
          <span className="status-space" />
          <button type="button" className="button button-small" ref={takeFocus} onClick={leaveQuestion}>
            Keep it
          </button>
          <button
            type="button"
            className="button button-small button-danger"
            onClick={() => void removeSecret(name).then(leaveQuestion)}
          >
            Remove it
          </button>
        </div>
      )}
    </li>
  );
}

/** As many places as are read at a glance; the others are found by F12 on the name in a document. */
const mostPlaces = 4;

function Uses({ row: { uses } }: { readonly row: SecretRow }) {
  const goTo = ({ file, range }: SecretRow['uses'][number]) => {
    hideSecrets();
    jumpTo({ path: file, ...range.start, endLine: range.end.line, endColumn: range.end.column });
  };
  const places = uses.slice(0, mostPlaces);
  return (
    <p className="secrets-uses small muted">
      {neededBy(uses)}
      {places.map((use) => (
        <span key={`${use.file}:${use.range.start.line}:${use.range.start.column}`}>
          {' · '}
          <button type="button" className="link-button" onClick={() => goTo(use)}>
            {use.file}:{use.range.start.line}
          </button>
        </span>
      ))}
      {uses.length > mostPlaces && ` and ${uses.length - mostPlaces} more`}
    </p>
  );
}
