import { showSecrets } from '../secrets/secrets-store.ts';
import { useDocuments } from '../state/documents.ts';
import { useSettings } from '../state/settings.ts';
import { jumpTo, listenForJumps, takeJump } from '../workbench/documents.ts';
import { keepView, modelOf, pathOf, viewOf } from './models.ts';
import { commonOptions, disposeAfterDifference, monaco } from './monaco.ts';
import { registerProviders } from './providers.ts';
import { secretAtAddress } from './secret-addresses.ts';

/** The editors of the window, without React: created in an element, told what to show. */

registerProviders();
monaco.editor.registerEditorOpener({
  openCodeEditor(_source, resource, selection) {
    const secret = secretAtAddress(resource);
    if (secret !== undefined) {
      showSecrets(secret);
      return true;
    }
    const start =
      selection === undefined
        ? { line: 1, column: 1 }
        : 'lineNumber' in selection
          ? { line: selection.lineNumber, column: selection.column }
          : { line: selection.startLineNumber, column: selection.startColumn };
    jumpTo({ path: pathOf(resource), ...start });
    return true;
  },
});

export interface CodeEditor {
  show(path: string | undefined): void;
  setReadOnly(readOnly: boolean): void;
  focus(): void;
  dispose(): void;
}

let newest: monaco.editor.IStandaloneCodeEditor | undefined;

interface MessageController extends monaco.editor.IEditorContribution {
  showMessage(message: string, position: monaco.IPosition): void;
}

/** A sentence at the caret, which the next key takes away. */
export function showAtCaret(message: string): void {
  const position = newest?.getPosition();
  const controller = newest?.getContribution<MessageController>('editor.contrib.messageController');
  if (position !== null && position !== undefined) controller?.showMessage(message, position);
}

export function openQuickFixes(): void {
  newest?.focus();
  newest?.trigger('siteforge', 'editor.action.quickFix', null);
}

let painted = false;

/** Performance entry `siteforge:document-painted`: a second frame begins once the first document is on the screen. */
function markPainted(): void {
  if (painted) return;
  painted = true;
  const mark = () => performance.mark('siteforge:document-painted');
  requestAnimationFrame(() => requestAnimationFrame(mark));
}

export function createCodeEditor(element: HTMLElement): CodeEditor {
  const editor = monaco.editor.create(element, {
    ...commonOptions,
    model: null,
    fontSize: useSettings.getState().editorFontSize,
    glyphMargin: false,
    lineNumbersMinChars: 4,
    quickSuggestions: { other: true, comments: false, strings: true },
    suggest: { showWords: false, preview: false },
    wordBasedSuggestions: 'off',
    ariaLabel: 'Document text',
    // Of several definitions, the one of the chosen host comes first; F12 lists them all.
    gotoLocation: { multipleDefinitions: 'goto' },
    lightbulb: { enabled: monaco.editor.ShowLightbulbIconMode.On },
  });
  // What peeks is left out of the editor: without this, its menu and keys would offer it and do nothing.
  editor.createContextKey('inReferenceSearchEditor', true);
  newest = editor;
  let shown: string | undefined;

  const jump = () => {
    const place = shown === undefined ? undefined : takeJump(shown);
    if (place === undefined) return;
    const { line, column, endLine = line, endColumn = column } = place;
    editor.setSelection(new monaco.Range(line, column, endLine, endColumn));
    editor.revealRangeInCenterIfOutsideViewport(new monaco.Range(line, column, endLine, endColumn));
    editor.focus();
  };
  const stopListening = listenForJumps(jump);
  const unsubscribe = useSettings.subscribe(({ editorFontSize }) =>
    editor.updateOptions({ fontSize: editorFontSize }),
  );
  editor.onDidChangeCursorPosition(({ position }) =>
    useDocuments.setState({ caret: { line: position.lineNumber, column: position.column } }),
  );

  return {
    show(path) {
      if (path !== shown) {
        const model = path === undefined ? null : (modelOf(path) ?? null);
        // A document that was renamed keeps its model: there is nothing to show anew.
        const renamed = model !== null && model === editor.getModel();
        if (shown !== undefined && !renamed) keepView(shown, editor.saveViewState());
        shown = path;
        if (renamed) return jump();
        editor.setModel(model);
        if (model !== null) markPainted();
        const view = path === undefined ? null : viewOf(path);
        if (view !== null) editor.restoreViewState(view);
      }
      jump();
    },
    setReadOnly: (readOnly) => editor.updateOptions({ readOnly }),
    focus: () => editor.focus(),
    dispose() {
      if (newest === editor) newest = undefined;
      if (shown !== undefined) keepView(shown, editor.saveViewState());
      stopListening();
      unsubscribe();
      editor.dispose();
    },
  };
}

/** The disk's text on the left, the document with its own undo on the right. */
export function createComparison(element: HTMLElement, path: string, onDisk: string): () => void {
  const editor = monaco.editor.createDiffEditor(element, {
    ...commonOptions,
    fontSize: useSettings.getState().editorFontSize,
    originalEditable: false,
    renderOverviewRuler: false,
    renderSideBySide: true,
    useInlineViewWhenSpaceIsLimited: true,
    originalAriaLabel: 'Text on disk',
    modifiedAriaLabel: 'Your text',
  });
  const original = monaco.editor.createModel(onDisk, 'yaml');
  const modified = modelOf(path);
  if (modified !== undefined) editor.setModel({ original, modified });
  return () => {
    editor.dispose();
    disposeAfterDifference(original);
  };
}
