import { commonOptions, disposeAfterDifference, monaco } from '../editor/monaco.ts';
import { gutterWidth } from './origin-words.ts';

/** Texts to read, in Monaco: loaded when the first one is in sight. */

const quiet = {
  ...commonOptions,
  readOnly: true,
  domReadOnly: true,
  fontSize: 12,
  glyphMargin: false,
  lineDecorationsWidth: 12,
  occurrencesHighlight: 'off',
  contextmenu: false,
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false },
} as const;

export type TextLanguage = 'yaml' | 'plaintext';

/** What a view says of its lines; lines count from 1. */
export interface LineHelp {
  /** A sentence for the hover. */
  wordsOf(line: number): Promise<string | undefined>;
  goTo(line: number): void;
}

export interface TextView {
  setText(text: string, language?: TextLanguage): void;
  /** What stands in the gutter, by line; undefined for no gutter. */
  setGutter(texts: readonly string[] | undefined): void;
  dispose(): void;
}

const helpByModel = new Map<string, LineHelp>();

monaco.languages.registerHoverProvider(['yaml', 'plaintext'], {
  async provideHover(model, { lineNumber }) {
    const words = await helpByModel.get(model.uri.toString())?.wordsOf(lineNumber);
    if (words === undefined) return null;
    const range = new monaco.Range(lineNumber, 1, lineNumber, model.getLineMaxColumn(lineNumber));
    return { range, contents: [{ value: escaped(words) }, { value: 'Alt+click or Enter goes there.' }] };
  },
});

/** File names and words are text, whatever they hold. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!<>|~]/g, '\\$&');
}

/** Changes of the text keep the scroll position. */
export function createTextView(element: HTMLElement, label: string, help?: LineHelp): TextView {
  const model = monaco.editor.createModel('', 'yaml');
  if (help !== undefined) helpByModel.set(model.uri.toString(), help);
  const editor = monaco.editor.create(element, {
    ...quiet,
    model,
    lineNumbers: 'off',
    folding: false,
    lineNumbersMinChars: 0,
    renderLineHighlight: 'line',
    renderLineHighlightOnlyWhenFocus: true,
    wordWrap: 'off',
    ariaLabel: label,
  });
  editor.onMouseDown(({ event, target }) => {
    const isGutter = target.type === monaco.editor.MouseTargetType.GUTTER_LINE_NUMBERS;
    const line = target.position?.lineNumber;
    if (line === undefined || !(event.altKey || isGutter)) return;
    event.preventDefault();
    help?.goTo(line);
  });
  editor.onKeyDown((event) => {
    if (event.keyCode !== monaco.KeyCode.Enter || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const line = editor.getPosition()?.lineNumber;
    if (line !== undefined) help?.goTo(line);
  });
  return {
    setText(text, language = 'yaml') {
      if (model.getLanguageId() !== language) monaco.editor.setModelLanguage(model, language);
      if (text === model.getValue()) return;
      const top = editor.getScrollTop();
      model.setValue(text);
      editor.setScrollTop(top);
    },
    setGutter(texts) {
      editor.updateOptions(
        texts === undefined
          ? { lineNumbers: 'off', lineNumbersMinChars: 0 }
          : { lineNumbers: (line) => texts[line - 1] ?? '', lineNumbersMinChars: gutterWidth(texts) },
      );
    },
    dispose() {
      helpByModel.delete(model.uri.toString());
      editor.dispose();
      model.dispose();
    },
  };
}

export interface DifferenceView {
  setTexts(before: string, now: string): void;
  dispose(): void;
}

/** Two texts side by side where there is room, else one below the other; what is the same is folded. */
export function createDifferenceView(
  element: HTMLElement,
  labels: { readonly before: string; readonly now: string },
): DifferenceView {
  const original = monaco.editor.createModel('', 'yaml');
  const modified = monaco.editor.createModel('', 'yaml');
  const editor = monaco.editor.createDiffEditor(element, {
    ...quiet,
    originalEditable: false,
    lineNumbers: 'off',
    folding: false,
    renderOverviewRuler: false,
    renderSideBySide: true,
    useInlineViewWhenSpaceIsLimited: true,
    renderSideBySideInlineBreakpoint: 560,
    renderIndicators: true,
    renderMarginRevertIcon: false,
    hideUnchangedRegions: { enabled: true, contextLineCount: 2, minimumLineCount: 3, revealLineCount: 20 },
    originalAriaLabel: labels.before,
    modifiedAriaLabel: labels.now,
  });
  return {
    setTexts(before, now) {
      replaceWhatDiffers(original, before);
      replaceWhatDiffers(modified, now);
      // Not earlier: what is folded of two empty texts would be told of these for a moment.
      if (editor.getModel() === null) editor.setModel({ original, modified });
    },
    dispose() {
      editor.dispose();
      disposeAfterDifference(original, modified);
    },
  };
}

/** A model whose whole value is set forgets what was folded, and shows every line. */
function replaceWhatDiffers(model: monaco.editor.ITextModel, text: string): void {
  const held = model.getValue();
  if (held === text) return;
  const shorter = Math.min(held.length, text.length);
  let start = 0;
  while (start < shorter && held[start] === text[start]) start++;
  let tail = 0;
  while (tail < shorter - start && held.at(-1 - tail) === text.at(-1 - tail)) tail++;
  const range = monaco.Range.fromPositions(
    model.getPositionAt(start),
    model.getPositionAt(held.length - tail),
  );
  model.applyEdits([{ range, text: text.slice(start, text.length - tail) }]);
}
