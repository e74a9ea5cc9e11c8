import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codeAction/register';
import 'monaco-editor/features/codeEditor/register';
import 'monaco-editor/features/codicon/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/contextmenu/register';
import 'monaco-editor/features/cursorUndo/register';
import 'monaco-editor/features/diffEditor/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/gotoSymbol/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/readOnlyMessage/register';
import 'monaco-editor/features/smartSelect/register';
import 'monaco-editor/features/snippet/register';
// The widget itself: `features/suggest` (0.57) registers only its inline variant.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController';
import 'monaco-editor/features/tokenization/register';
import 'monaco-editor/features/unicodeHighlighter/register';
import 'monaco-editor/features/wordHighlighter/register';
import 'monaco-editor/features/wordOperations/register';
import 'monaco-editor/languages/definitions/yaml/register';
import * as monaco from 'monaco-editor/editor';
import editorWorkerAddress from 'monaco-editor/editor/editor.worker?worker&url';
import { shownTheme, useSettings } from '../state/settings.ts';
import { createModuleWorker } from '../trusted-types.ts';
import { defineThemes } from './theme.ts';

/**
 * Monaco with the features that a text of a site needs, and no language service: what is known about documents comes
 * from the authoring worker. Loaded after the first paint, in a chunk of its own.
 */
(globalThis as { MonacoEnvironment?: monaco.Environment }).MonacoEnvironment = {
  getWorker: () => createModuleWorker(editorWorkerAddress, 'editor'),
};

defineThemes(monaco);
monaco.editor.setTheme(shownTheme(useSettings.getState()));
useSettings.subscribe((state) => monaco.editor.setTheme(shownTheme(state)));

export const commonOptions = {
  automaticLayout: true,
  fontFamily: 'var(--font-code)',
  lineHeight: 1.5,
  minimap: { enabled: false },
  overviewRulerBorder: false,
  hideCursorInOverviewRuler: true,
  renderLineHighlight: 'line',
  renderLineHighlightOnlyWhenFocus: true,
  scrollBeyondLastLine: false,
  smoothScrolling: false,
  cursorBlinking: 'solid',
  occurrencesHighlight: 'singleFile',
  padding: { top: 8, bottom: 8 },
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
  bracketPairColorization: { enabled: false },
  guides: { indentation: true, bracketPairs: false },
  unicodeHighlight: { ambiguousCharacters: true, invisibleCharacters: true },
  fixedOverflowWidgets: true,
  editContext: false,
  accessibilitySupport: 'auto',
} as const satisfies monaco.editor.IEditorOptions & { automaticLayout: boolean };

export { monaco };

/** Milliseconds after which monaco gives up comparing two texts, by its own option `maxComputationTime`. */
const longestComparison = 5000;

/** A comparison that still runs in monaco's worker reports an error when its texts go. */
export function disposeAfterDifference(...models: readonly monaco.editor.ITextModel[]): void {
  setTimeout(() => {
    for (const model of models) model.dispose();
  }, longestComparison);
}
