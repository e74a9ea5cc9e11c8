import type * as Monaco from 'monaco-editor/editor';

/** The editor's themes, computed from the tokens, so that a colour is named in one place only. */

/** Always six digits: the style sheet's minifier shortens `#ffffff` to `#fff`, which Monaco does not understand. */
function token(style: CSSStyleDeclaration, name: string): string {
  return style
    .getPropertyValue(name)
    .trim()
    .replace(/^#([0-9a-f])([0-9a-f])([0-9a-f])$/i, '#$1$1$2$2$3$3');
}

export function defineThemes(monaco: typeof Monaco): void {
  const root = document.documentElement;
  const shown = root.dataset.theme;
  for (const theme of ['light', 'dark'] as const) {
    root.dataset.theme = theme;
    monaco.editor.defineTheme(theme, themeFrom(getComputedStyle(root), theme));
  }
  if (shown === undefined) delete root.dataset.theme;
  else root.dataset.theme = shown;
}

function themeFrom(style: CSSStyleDeclaration, theme: 'light' | 'dark'): Monaco.editor.IStandaloneThemeData {
  const of = (name: string) => token(style, name);
  const bare = (name: string) => of(name).replace('#', '');
  return {
    base: theme === 'light' ? 'vs' : 'vs-dark',
    inherit: true,
    rules: [
      { token: '', foreground: bare('--text') },
      { token: 'type.yaml', foreground: bare('--code-key') },
      { token: 'string.yaml', foreground: bare('--code-string') },
      { token: 'number.yaml', foreground: bare('--code-number') },
      { token: 'keyword.yaml', foreground: bare('--code-keyword') },
      { token: 'comment.yaml', foreground: bare('--code-comment') },
      { token: 'tag.yaml', foreground: bare('--code-keyword') },
      { token: 'namespace.yaml', foreground: bare('--code-keyword') },
      { token: 'operators.yaml', foreground: bare('--text-muted') },
      { token: 'delimiter', foreground: bare('--text-muted') },
    ],
    colors: {
      'editor.background': of('--surface-page'),
      'editor.foreground': of('--text'),
      'editor.lineHighlightBackground': of('--surface-frame'),
      'editor.lineHighlightBorder': '#00000000',
      'editorLineNumber.foreground': of('--text-muted'),
      'editorLineNumber.activeForeground': of('--text'),
      'editorLineNumber.dimmedForeground': of('--text-muted'),
      'editorBracketHighlight.foreground1': of('--text-muted'),
      'editorIndentGuide.background1': of('--line'),
      'editorIndentGuide.activeBackground1': of('--line-strong'),
      'editorCursor.foreground': of('--accent'),
      'editorError.foreground': of('--failed'),
      'editorWarning.foreground': of('--attention'),
      'editorInfo.foreground': of('--running'),
      'editorWidget.background': of('--surface-overlay'),
      'editorWidget.border': of('--line'),
      'editorHoverWidget.background': of('--surface-overlay'),
      'editorHoverWidget.border': of('--line'),
      'editorSuggestWidget.background': of('--surface-overlay'),
      'editorSuggestWidget.border': of('--line'),
      'editorSuggestWidget.selectedBackground': of('--surface-selected'),
      'editorSuggestWidget.selectedForeground': of('--text'),
      'editorSuggestWidget.highlightForeground': of('--accent'),
      'editorSuggestWidget.focusHighlightForeground': of('--accent'),
      'list.hoverBackground': of('--surface-hover'),
      'list.focusBackground': of('--surface-selected'),
      'input.background': of('--surface-page'),
      'input.border': of('--line-strong'),
      'menu.background': of('--surface-overlay'),
      'menu.foreground': of('--text'),
      'menu.selectionBackground': of('--surface-selected'),
      'menu.selectionForeground': of('--text'),
      'widget.shadow': '#00000022',
      'scrollbarSlider.background': `${of('--line-strong')}66`,
      'scrollbarSlider.hoverBackground': `${of('--line-strong')}99`,
      'scrollbarSlider.activeBackground': of('--line-strong'),
      focusBorder: of('--accent'),
      'diffEditor.insertedLineBackground': `${of('--fine')}14`,
      'diffEditor.removedLineBackground': `${of('--failed')}14`,
      'diffEditor.insertedTextBackground': `${of('--fine')}26`,
      'diffEditor.removedTextBackground': `${of('--failed')}26`,
    },
  };
}
