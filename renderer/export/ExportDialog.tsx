import './export.css';
import type { ExportFormat } from '#shared/contract.ts';
import type { Failure } from '#shared/errors.ts';
import { FormatChoice } from '../components/FormatChoice.tsx';
import { DialogActions, OverlayDialog } from '../components/OverlayDialog.tsx';
import { ExportedText } from './ExportedText.tsx';
import {
  chooseExportFormat,
  copyExported,
  hideExport,
  mayCopy,
  readyToExport,
  useExport,
  writeExported,
} from './export-store.ts';
import type { ExportedHosts } from './exported-hosts.ts';

const formats: Readonly<Record<ExportFormat, string>> = {
  table: 'A table for a spreadsheet',
  airship: 'Airship: BareMetalHosts and Secrets',
  nmstate: 'NMState, a file per host',
  netplan: 'netplan, a file per host',
  'network-data': 'network_data.json, a file per host',
};

/** The hosts for other programs: looked at, then copied or written. */
export function ExportDialog() {
  const format = useExport((state) => state.format);
  const made = useExport((state) => state.made);
  const failure = useExport((state) => state.failure);
  return (
    <OverlayDialog title="Export the hosts" surface="export-modal" onClose={hideExport}>
      <FormatChoice
        label="Write as"
        formats={formats}
        value={format}
        onChoose={(chosen) => void chooseExportFormat(chosen)}
      />
      <div className="export-body">{made !== undefined && <Made made={made} format={made.format} />}</div>
      {failure !== undefined && <NotWritten failure={failure} />}
      <Actions />
    </OverlayDialog>
  );
}

interface MadeProps {
  readonly made: ExportedHosts;
  readonly format: ExportFormat;
}

function Made({ made, format }: MadeProps) {
  const told = missing(made, format);
  if (made.count === 0) return <NothingToExport isTable={format === 'table'} leftOut={made.leftOut.length} />;
  return (
    <>
      <ExportedText files={made.files} />
      {told.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <ul className="export-told" aria-label="What is not in it" tabIndex={0}>
          {told.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Enough to know which; the list of problems has all of them. */
const mostNames = 5;

function missing({ leftOut, losses }: ExportedHosts, format: ExportFormat): string[] {
  const more = leftOut.length > mostNames ? ` and ${leftOut.length - mostNames} more` : '';
  const names = leftOut.slice(0, mostNames).join(', ') + more;
  return [
    ...(leftOut.length > 0 ? [`Left out because of errors: ${names}.`] : []),
    ...losses,
    ...(format === 'table' ? [] : ['Values of secrets are masked.']),
  ];
}

interface NothingToExportProps {
  readonly isTable: boolean;
  readonly leftOut: number;
}

function NothingToExport({ isTable, leftOut }: NothingToExportProps) {
  return (
    <div className="empty export-nothing">
      <h3>{leftOut === 0 ? 'This site has no hosts' : 'No host is without errors'}</h3>
      <p>
        {isTable || leftOut === 0
          ? 'Make a host in the tree of documents, or add several from a table.'
          : 'What a host with errors receives is not known. Mend the errors, or write a table, which takes hosts as they are.'}
      </p>
    </div>
  );
}

function NotWritten({ failure: { message, next } }: { readonly failure: Failure }) {
  return (
    <p className="export-failure" role="alert">
      {message} {next}
    </p>
  );
}

function Actions() {
  const made = useExport((state) => state.made);
  const ready = useExport(readyToExport);
  const isMaking = useExport(({ made: of, format }) => of?.format !== format);
  return (
    <DialogActions status={isMaking ? 'Reading the hosts…' : countOf(made?.count ?? 0)}>
      <button type="button" className="button" onClick={hideExport}>
        Cancel
      </button>
      {mayCopy(made) && (
        <button
          type="button"
          className="button"
          disabled={ready === undefined}
          onClick={() => void copyExported()}
        >
          Copy
        </button>
      )}
      <button
        type="button"
        className="button button-primary"
        disabled={ready === undefined}
        onClick={() => void writeExported()}
      >
        Write into a folder…
      </button>
    </DialogActions>
  );
}

function countOf(count: number): string {
  if (count === 0) return '';
  return count === 1 ? '1 host' : `${count} hosts`;
}
