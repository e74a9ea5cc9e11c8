import './convert.css';
import type { DocumentTarget } from '#shared/network/convert-network.ts';
import type { Conversion } from '#shared/refactor/convert-document.ts';
import { FormatChoice } from '../components/FormatChoice.tsx';
import { DialogActions, OverlayDialog } from '../components/OverlayDialog.tsx';
import { goToPlace } from '../preview/go-to-place.ts';
import { useSite } from '../state/site.ts';
import {
  chooseTarget,
  convert,
  hideConvert,
  readyToConvert,
  targetWords,
  useConvert,
} from './convert-store.ts';

/** A network in another format: looked at with what would be lost, then put in the place of its text. */
export function ConvertDialog({ path }: { readonly path: string }) {
  const to = useConvert((state) => state.to);
  const made = useConvert((state) => state.made);
  const from = made?.conversion.from;
  const targets: Partial<Record<DocumentTarget, string>> = Object.fromEntries(
    Object.entries(targetWords).filter(([id]) => id === to || id !== from),
  );
  return (
    <OverlayDialog title={`Convert ${path}`} surface="convert-modal" onClose={hideConvert}>
      <FormatChoice
        label="Write as"
        formats={targets}
        value={to}
        onChoose={(target) => void chooseTarget(target)}
      />
      <div className="convert-body">
        {made !== undefined && <Converted path={path} conversion={made.conversion} />}
      </div>
      <Actions />
    </OverlayDialog>
  );
}

interface ConvertedProps {
  readonly path: string;
  readonly conversion: Conversion;
}

function Converted({ path, conversion }: ConvertedProps) {
  if ('refused' in conversion)
    return (
      <div className="empty convert-refused" role="alert">
        <h3>This cannot be converted</h3>
        <p>{conversion.refused}</p>
      </div>
    );
  const { text, losses, hasComments } = conversion;
  const go = (place: (typeof losses)[number]) => {
    hideConvert();
    goToPlace(place);
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="convert-text" aria-label={`Text of ${path}`} tabIndex={0}>
        <pre className="code">{text}</pre>
      </section>
      {(losses.length > 0 || hasComments) && (
        <ul className="convert-losses" aria-label="What is lost">
          {losses.map((loss) => (
            <li key={`${loss.range.start.line}:${loss.range.start.column} ${loss.message}`}>
              <button type="button" className="link-button" onClick={() => go(loss)}>
                Line {loss.range.start.line}
              </button>{' '}
              {loss.message}
            </li>
          ))}
          {hasComments && <li>The comments stay behind.</li>}
        </ul>
      )}
    </>
  );
}

function Actions() {
  const ready = useConvert(readyToConvert);
  const isMaking = useConvert(({ made, to }) => made?.to !== to);
  const isReadOnly = useSite(({ site }) => site?.readOnly === true);
  return (
    <DialogActions status={isReadOnly ? 'This site can only be read.' : isMaking ? 'Converting…' : ''}>
      <button type="button" className="button" onClick={hideConvert}>
        Cancel
      </button>
      <button
        type="button"
        className="button button-primary"
        disabled={ready === undefined || isReadOnly}
        onClick={convert}
      >
        Convert
      </button>
    </DialogActions>
  );
}
