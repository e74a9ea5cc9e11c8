import './editor-area.css';
import { useEffect, useRef } from 'react';
import { DocumentForm } from '../document-forms/DocumentForm.tsx';
import { FormTabs } from '../document-forms/FormTabs.tsx';
import { formOf, useDocumentForms } from '../state/document-forms.ts';
import { useDocuments } from '../state/documents.ts';
import { useSite } from '../state/site.ts';
import { Comparison } from './Comparison.tsx';
import { ConflictBar } from './ConflictBar.tsx';
import type { CodeEditor } from './code-editor.ts';
import { EditorTabs } from './EditorTabs.tsx';
import { loadEditor } from './load.ts';

export function EditorArea() {
  const active = useDocuments((state) => state.active);
  const comparing = useDocuments((state) => state.comparing);
  const form = useSite(({ overview }) =>
    active === undefined ? undefined : formOf(active, overview?.hosts),
  );
  const formShown = useDocumentForms(({ shown }) => active !== undefined && shown.has(active));
  const shown = formShown && comparing === undefined ? form : undefined;
  return (
    <section className="editor-area" aria-label="Editor">
      <EditorTabs />
      {active !== undefined && <ConflictBar path={active} />}
      {active !== undefined && form !== undefined && <FormTabs path={active} form={form} />}
      <div className="editor-stack">
        <EditorSurface covered={active === undefined || comparing !== undefined || shown !== undefined} />
        {active !== undefined && shown !== undefined && <DocumentForm path={active} form={shown} />}
        {comparing !== undefined && <Comparison path={comparing} />}
        {active === undefined && <NoDocument />}
      </div>
    </section>
  );
}

/** Covered, it keeps its size: laid out anew, it would take a frame until it finds what is clicked. */
function EditorSurface({ covered }: { readonly covered: boolean }) {
  const element = useRef<HTMLDivElement>(null);
  const editor = useRef<CodeEditor | undefined>(undefined);
  const active = useDocuments((state) => state.active);
  const siteId = useSite((state) => state.site?.siteId);
  const tooLarge = useDocuments((state) =>
    active === undefined ? false : state.byPath[active]?.tooLarge === true,
  );
  const readOnly = useSite((state) => state.site?.readOnly === true) || tooLarge;

  useEffect(() => {
    let gone = false;
    void loadEditor().then(({ createCodeEditor }) => {
      if (gone || element.current === null) return;
      editor.current = createCodeEditor(element.current);
      editor.current.show(useDocuments.getState().active);
      performance.mark('siteforge:editor-ready');
    });
    return () => {
      gone = true;
      editor.current?.dispose();
      editor.current = undefined;
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another site may have a document of the same path
  useEffect(() => editor.current?.show(active), [active, siteId]);
  useEffect(() => editor.current?.setReadOnly(readOnly), [readOnly]);

  return (
    <div
      id="editor-surface"
      role="tabpanel"
      aria-label="Document"
      className="editor-surface"
      data-covered={covered || undefined}
      ref={element}
      data-testid="editor"
    />
  );
}

function NoDocument() {
  return (
    <div className="empty">
      <h2>No document is open</h2>
      <p>
        Choose one in the tree, or press <kbd>Ctrl+P</kbd> and type a part of its name.
      </p>
    </div>
  );
}
