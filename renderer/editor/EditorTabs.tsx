import { Eye, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { BuildButton } from '../builds/BuildButton.tsx';
import { closeTab, useDocuments } from '../state/documents.ts';
import { changeLayout, useLayout } from '../state/layout.ts';
import { openDocument } from '../workbench/documents.ts';
import { type TabLabel, tabLabels } from './tab-labels.ts';

export function EditorTabs() {
  const tabs = useDocuments((state) => state.tabs);
  const active = useDocuments((state) => state.active);
  const previewOpen = useLayout((state) => state.previewOpen);
  const onKeyDown = (event: KeyboardEvent) => {
    if (active === undefined) return;
    if (event.key === 'Delete') closeTab(active);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = tabs[(tabs.indexOf(active) + step + tabs.length) % tabs.length];
    if (next !== undefined) openDocument(next);
    event.preventDefault();
  };
  const list = useRef<HTMLDivElement>(null);
  // It gets its width after the first tab was scrolled to, and another one with the window and the panes.
  useEffect(() => {
    const observer = new ResizeObserver(() =>
      list.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    );
    if (list.current !== null) observer.observe(list.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div className="editor-tabs">
      <div
        className="editor-tab-list"
        role="tablist"
        aria-label="Open documents"
        ref={list}
        onKeyDown={onKeyDown}
      >
        {tabLabels(tabs).map((label) => (
          <EditorTab key={label.path} {...label} active={label.path === active} />
        ))}
      </div>
      <div className="editor-actions">
        {!previewOpen && (
          <button
            type="button"
            className="icon-button"
            aria-label="Show the preview"
            title="Show the preview (Ctrl+Shift+V)"
            onClick={() => changeLayout({ previewOpen: true })}
          >
            <Eye size={16} aria-hidden />
          </button>
        )}
        <BuildButton />
      </div>
    </div>
  );
}

function EditorTab({ path, name, folder, active }: TabLabel & { readonly active: boolean }) {
  const dirty = useDocuments((state) => state.byPath[path]?.dirty ?? false);
  const tab = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with the folder behind its name a tab is wider
  useEffect(() => {
    if (active) tab.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [active, folder]);
  return (
    <div
      className="editor-tab"
      role="presentation"
      data-active={active || undefined}
      ref={tab}
      title={path}
      onAuxClick={(event) => {
        if (event.button === 1) closeTab(path);
      }}
    >
      <button
        type="button"
        role="tab"
        className="editor-tab-name truncate"
        aria-selected={active}
        aria-controls="editor-surface"
        tabIndex={active ? 0 : -1}
        onClick={() => openDocument(path)}
      >
        {name}
        {folder !== undefined && <span className="editor-tab-folder"> {folder}</span>}
        {dirty && <span className="visually-hidden"> (unsaved)</span>}
      </button>
      <button
        type="button"
        className="icon-button editor-tab-close"
        data-dirty={dirty || undefined}
        // For the mouse: a tab list may hold tabs only. By keyboard, Delete and Ctrl+W close.
        aria-hidden
        title={`Close ${path} (Ctrl+W)`}
        tabIndex={-1}
        onClick={() => closeTab(path)}
      >
        {dirty && <span className="unsaved-dot" />}
        <X size={14} aria-hidden />
      </button>
    </div>
  );
}
