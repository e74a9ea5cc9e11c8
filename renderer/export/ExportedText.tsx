import { VirtualList } from '../components/VirtualList.tsx';
import { lookAtExported, useExport } from './export-store.ts';
import type { ExportedHosts } from './exported-hosts.ts';

type Files = ExportedHosts['files'];

/** What is written, letter by letter; of several files, the one that is chosen. */
export function ExportedText({ files }: { readonly files: Files }) {
  const wanted = useExport((state) => state.file);
  const shown = files.find(({ name }) => name === wanted) ?? files[0];
  if (shown === undefined) return null;
  const lines = shown.text.replace(/\n$/, '').split('\n');
  return (
    <div className="export-files">
      {files.length > 1 && (
        <VirtualList
          label="Files that are written"
          role="listbox"
          className="export-list"
          rows={files}
          rowHeight={28}
          keyOf={({ name }) => name}
          selectedKey={shown.name}
          textOf={({ name }) => name}
          onChoose={({ name }) => lookAtExported(name)}
          render={({ name }) => <span className="code truncate">{name}</span>}
        />
      )}
      <div className="export-file">
        <p className="export-name">
          <span className="code truncate">{shown.name}</span>
          <span className="muted small">{lines.length === 1 ? '1 line' : `${lines.length} lines`}</span>
        </p>
        <BeginningOf key={shown.name} name={shown.name} lines={lines} />
      </div>
    </div>
  );
}

/** Lines to look at: whoever wants to read more opens the file. */
const mostLines = 400;

function BeginningOf({ name, lines }: { readonly name: string; readonly lines: readonly string[] }) {
  const more = lines.length - mostLines;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="export-text" aria-label={`Text of ${name}`} tabIndex={0}>
      <pre className="code">{lines.slice(0, mostLines).join('\n')}</pre>
      {more > 0 && (
        <p className="muted">
          And {more} more {more === 1 ? 'line' : 'lines'}.
        </p>
      )}
    </section>
  );
}
