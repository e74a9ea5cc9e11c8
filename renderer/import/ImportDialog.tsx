import '../fleet/fleet.css';
import './import.css';
import { type ChangeEvent, useRef } from 'react';
import type { Diagnostic } from '#shared/diagnostics/diagnostic.ts';
import type { ImportedState, ImportFormat } from '#shared/import/import-into-site.ts';
import { FormatChoice } from '../components/FormatChoice.tsx';
import { SeverityIcon, severityWord } from '../components/Icons.tsx';
import { DialogActions, OverlayDialog } from '../components/OverlayDialog.tsx';
import { takeFocus } from '../components/take-focus.ts';
import { addImported, chooseFormat, hideImport, nameHost, takeFiles, useImport } from './import-store.ts';

const formats: Readonly<Record<ImportFormat, string>> = {
  airship: 'Airship: BareMetalHosts and Secrets',
  nmstate: 'NMState, a file per host',
  netplan: 'netplan, a file per host',
  'network-data': 'network_data.json, a file per host',
};

/** Hosts from files of other programs: read, looked at, then written as documents. */
export function ImportDialog() {
  const read = useImport((state) => state.read);
  return (
    <OverlayDialog
      title="Import hosts from files"
      surface="import-modal"
      isDismissable={read === undefined}
      onClose={hideImport}
    >
      {read === undefined ? <Source /> : <Judged />}
    </OverlayDialog>
  );
}

function Source() {
  const problem = useImport((state) => state.problem);
  const busy = useImport((state) => state.busy);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = ({ target }: ChangeEvent<HTMLInputElement>) => {
    void takeFiles([...(target.files ?? [])]);
    target.value = '';
  };
  return (
    <>
      <p className="muted">
        BareMetalHosts of Airship with their Secrets, as one file or as a folder with kustomizations. Or the
        network of each host as NMState, netplan or network_data.json, in a file named like the host. Nothing
        in this site is written over.
      </p>
      <p className="fleet-problem" role="alert">
        {problem}
      </p>
      <DialogActions>
        <input ref={files} type="file" hidden multiple aria-label="Files of hosts" onChange={take} />
        <input
          ref={(input) => {
            folder.current = input;
            input?.setAttribute('webkitdirectory', '');
          }}
          type="file"
          hidden
          aria-label="Folder of hosts"
          onChange={take}
        />
        <button
          type="button"
          ref={takeFocus}
          className="button button-primary"
          onClick={() => files.current?.click()}
        >
          Choose files…
        </button>
        <button type="button" className="button" onClick={() => folder.current?.click()}>
          Choose a folder…
        </button>
        <span className="dialog-status muted" role="status">
          {busy && 'Reading…'}
        </span>
        <button type="button" className="button" onClick={hideImport}>
          Cancel
        </button>
      </DialogActions>
    </>
  );
}

function Judged() {
  const read = useImport((state) => state.read);
  const busy = useImport((state) => state.busy);
  const fileCount = useImport((state) => state.files?.length ?? 0);
  if (read === undefined) return null;
  const { format, documents, secrets, diagnostics } = read;
  const fresh = documents.filter(({ state }) => state === 'new').length;
  const taken = documents.filter(({ state }) => state === 'taken').length;
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return (
    <>
      <div className="import-choices">
        <FormatChoice
          label="Read as"
          formats={formats}
          value={format}
          onChoose={(chosen) => void chooseFormat(chosen)}
        />
        {(fileCount === 1 || format === 'netplan') && format !== 'airship' && (
          <label className="format-choice">
            <span>Name of the host</span>
            <input
              className="field code"
              placeholder="as the file"
              spellCheck={false}
              onChange={({ target }) => void nameHost(target.value)}
            />
          </label>
        )}
      </div>
      <Made documents={documents} secrets={secrets} />
      <Findings diagnostics={diagnostics} />
      <DialogActions status={verdict(fresh, taken, errors)}>
        <button type="button" className="button" onClick={hideImport}>
          Cancel
        </button>
        <button
          type="button"
          className={errors > 0 ? 'button' : 'button button-primary'}
          disabled={busy || fresh === 0 || taken > 0}
          onClick={() => void addImported()}
        >
          {errors > 0 ? 'Add what can be read' : `Add ${fresh} ${fresh === 1 ? 'document' : 'documents'}`}
        </button>
      </DialogActions>
    </>
  );
}

function verdict(fresh: number, taken: number, errors: number): string {
  if (taken > 0) {
    const those = taken === 1 ? 'One path is' : `${taken} paths are`;
    return `${those} taken by another document. Rename that one, or leave its file out.`;
  }
  if (errors > 0) return `${errors} ${errors === 1 ? 'error' : 'errors'} in the files`;
  return fresh === 0 ? 'Nothing to do: all of it is there already' : '';
}

const stateWords: Readonly<Record<ImportedState, string>> = {
  new: 'new',
  same: 'there already',
  taken: 'taken by another document',
};

type MadeProps = Pick<NonNullable<ReturnType<typeof useImport.getState>['read']>, 'documents' | 'secrets'>;

function Made({ documents, secrets }: MadeProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <ul className="import-made" aria-label="What they become" tabIndex={0}>
      {documents.map(({ path, state }) => (
        <li key={path} className="import-row">
          <span className="code truncate">{path}</span>
          <span className={state === 'taken' ? 'import-taken' : 'muted'}>{stateWords[state]}</span>
        </li>
      ))}
      {secrets.map(({ name }) => (
        <li key={name} className="import-row">
          <span className="code truncate">secrets/{name}</span>
          <span className="muted">a secret, ignored by git</span>
        </li>
      ))}
    </ul>
  );
}

/** As many as are read before the first is mended. */
const mostFindings = 50;

function Findings({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }) {
  if (diagnostics.length === 0) return null;
  // What keeps the whole from being added is not cut off by notes about what is left out.
  const rank = ({ severity }: Diagnostic) => (severity === 'error' ? 0 : 1);
  const inOrder = [...diagnostics].sort((one, other) => rank(one) - rank(other));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: as above
    <ul className="fleet-problems" aria-label="Problems in the files" tabIndex={0}>
      {inOrder.slice(0, mostFindings).map(({ file, range, severity, message }) => (
        <li key={`${file} ${range.start.line} ${range.start.column} ${message}`} className="fleet-finding">
          <SeverityIcon severity={severity} />
          <span className="visually-hidden">{severityWord(severity)}</span>
          <span className="code">
            {file}:{range.start.line}
          </span>
          <span className="fleet-message">{message}</span>
        </li>
      ))}
      {diagnostics.length > mostFindings && (
        <li className="muted">And {diagnostics.length - mostFindings} more.</li>
      )}
    </ul>
  );
}
