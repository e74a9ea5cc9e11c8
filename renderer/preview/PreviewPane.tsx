import './preview.css';
import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Preview } from '../authoring/protocol.ts';
import { PanelTabs } from '../components/PanelTabs.tsx';
import type { TextView } from '../editor/code-editor.ts';
import { loadEditor } from '../editor/load.ts';
import { changeLayout, type PreviewTab, useLayout } from '../state/layout.ts';
import { usePreview } from '../state/preview.ts';
import { useSite } from '../state/site.ts';
import { NetworkView } from './NetworkView.tsx';

const tabs = [
  { id: 'user-data', title: 'user-data' },
  { id: 'network', title: 'network' },
  { id: 'meta', title: 'meta' },
  { id: 'links', title: 'Links' },
] as const;

/** What the chosen host will receive, as it is typed. */
export function PreviewPane() {
  const host = useSite((state) => state.chosenHost);
  const tab = useLayout((state) => state.previewTab);
  return (
    <section className="pane preview" aria-label="Preview">
      <div className="preview-header">
        <div className="preview-title">
          <h2 className="truncate">{host ?? 'Preview'}</h2>
          <span className="status-space" />
          <button
            type="button"
            className="icon-button"
            aria-label="Close the preview"
            title="Close the preview (Ctrl+Shift+V)"
            onClick={() => changeLayout({ previewOpen: false })}
          >
            <X size={14} aria-hidden />
          </button>
        </div>
        <PanelTabs<PreviewTab>
          label="What the host receives"
          controls="preview-content"
          tabs={tabs}
          selected={tab}
          onSelect={(previewTab) => changeLayout({ previewTab })}
        />
      </div>
      <div
        className="preview-content"
        id="preview-content"
        role="tabpanel"
        aria-labelledby={`preview-content-tab-${tab}`}
      >
        <PreviewContent tab={tab} />
      </div>
    </section>
  );
}

function PreviewContent({ tab }: { readonly tab: PreviewTab }) {
  const preview = usePreview((state) => state.preview);
  const hasHosts = useSite((state) => (state.overview?.hosts.length ?? 1) > 0);
  if (!hasHosts) {
    return (
      <div className="empty">
        <p>A host in hosts/ is shown here as it will receive its seed: user-data, network and meta-data.</p>
      </div>
    );
  }
  if (preview === null) {
    return (
      <div className="empty">
        <p>This host cannot be rendered yet: mend the errors in its document first.</p>
      </div>
    );
  }
  if (preview === undefined) return null;
  if (tab === 'links') return <NetworkView preview={preview} />;
  return <PreviewText text={textOf(preview, tab)} label={`${tab} of ${preview.host}`} />;
}

function textOf(preview: Preview, tab: Exclude<PreviewTab, 'links'>): string {
  if (tab === 'user-data') return preview.userData;
  if (tab === 'network') return preview.networkConfig;
  const { kernelArguments } = preview;
  if (kernelArguments.length === 0) return preview.metaData;
  return `${preview.metaData}\n# kernel arguments stamped for this host\n# ${kernelArguments.join(' ')}\n`;
}

function PreviewText({ text, label }: { readonly text: string; readonly label: string }) {
  const element = useRef<HTMLDivElement>(null);
  const view = useRef<TextView | undefined>(undefined);
  const newest = useRef(text);
  newest.current = text;
  useEffect(() => {
    let gone = false;
    void loadEditor().then(({ createTextView }) => {
      if (gone || element.current === null) return;
      view.current = createTextView(element.current, label);
      view.current.setText(newest.current);
    });
    return () => {
      gone = true;
      view.current?.dispose();
      view.current = undefined;
    };
  }, [label]);
  useEffect(() => view.current?.setText(text), [text]);
  return <div className="preview-text" ref={element} data-testid="preview-text" />;
}
