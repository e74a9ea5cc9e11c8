import '../palette/palette.css';
import '../fleet/fleet.css';
import '../import/import.css';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { ExportFormat } from '#shared/contract.ts';
import { takeFocus } from '../components/take-focus.ts';
import {
  chooseExportFormat,
  copyExported,
  hideExport,
  mayCopy,
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
  return (
    <ModalOverlay
      className="palette-overlay"
      isOpen
      isDismissable
      onOpenChange={(open) => !open && hideExport()}
    >
      <Modal className="palette-modal import-modal">
        <Dialog className="fleet">
          <Heading slot="title" className="fleet-title">
            Export the hosts
          </Heading>
          <div className="import-choices">
            <label className="import-choice">
              Write as
              <select
                ref={takeFocus}
                className="field"
                value={format}
                onChange={({ target }) => void chooseExportFormat(target.value as ExportFormat)}
              >
                {Object.entries(formats).map(([id, title]) => (
                  <option key={id} value={id}>
                    {title}
                  </option>
                ))}
              </select>
            </label>
          </div>
          {made !== undefined && <Made made={made} format={format} />}
          <div className="fleet-actions">
            <span className="muted" role="status">
              {made === undefined ? 'Writing…' : countOf(made)}
            </span>
            <span className="status-space" />
            <button type="button" className="button" onClick={hideExport}>
              Cancel
            </button>
            {mayCopy(made) && (
              <button type="button" className="button" onClick={() => void copyExported()}>
                Copy
              </button>
            )}
            <button
              type="button"
              className="button button-primary"
              disabled={made === undefined || made.files.length === 0}
              onClick={() => void writeExported()}
            >
              Write into a folder…
            </button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Made({ made, format }: { readonly made: ExportedHosts; readonly format: ExportFormat }) {
  const { files, leftOut, losses } = made;
  const told = [
    ...(format === 'table' ? [] : ['Values of secrets are masked.']),
    ...(leftOut.length > 0 ? [`Left out because of errors: ${leftOut.join(', ')}.`] : []),
    ...losses,
  ];
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <ul className="import-made" aria-label="What is written" tabIndex={0}>
        {files.map(({ name, text }) => (
          <li key={name} className="import-row">
            <span className="code truncate">{name}</span>
            <span className="muted">{linesOf(text)}</span>
          </li>
        ))}
      </ul>
      {told.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: as above
        <ul className="fleet-problems" aria-label="What is not in it" tabIndex={0}>
          {told.map((sentence) => (
            <li key={sentence} className="fleet-message">
              {sentence}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function countOf({ count }: ExportedHosts): string {
  if (count === 0) return 'No host without errors is there to be exported';
  return count === 1 ? '1 host' : `${count} hosts`;
}

function linesOf(text: string): string {
  const count = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return count === 1 ? '1 line' : `${count} lines`;
}
