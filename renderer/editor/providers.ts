import { completionsFrom, definitionFrom, hoverFrom } from '../authoring/client.ts';
import type { Completion } from '../authoring/protocol.ts';
import { useDocuments } from '../state/documents.ts';
import { useProblems } from '../state/problems.ts';
import { editorRange } from './markers.ts';
import { modelOf, pathOf, uriOf } from './models.ts';
import { monaco } from './monaco.ts';

/** Help at the caret, all of it from the authoring worker; quick fixes from the diagnostics themselves. */

const kinds = {
  key: monaco.languages.CompletionItemKind.Property,
  value: monaco.languages.CompletionItemKind.EnumMember,
  reference: monaco.languages.CompletionItemKind.Variable,
  document: monaco.languages.CompletionItemKind.File,
} as const;

function suggestion(completion: Completion, index: number): monaco.languages.CompletionItem {
  const { label, insertText, kind, detail, documentation, range } = completion;
  return {
    label,
    insertText,
    kind: kinds[kind],
    // It comes with its whole indentation.
    insertTextRules: monaco.languages.CompletionItemInsertTextRule.KeepWhitespace,
    range: editorRange(range),
    // The worker's order is by meaning (required keys first), not by alphabet.
    sortText: String(index).padStart(5, '0'),
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation: { value: documentation } }),
  };
}

function isDocument(model: monaco.editor.ITextModel): boolean {
  return useDocuments.getState().byPath[pathOf(model.uri)] !== undefined;
}

export function registerProviders(): void {
  monaco.languages.registerCompletionItemProvider('yaml', {
    triggerCharacters: [':', ' ', '-', '/', '(', '.'],
    async provideCompletionItems(model, position) {
      if (!isDocument(model)) return { suggestions: [] };
      const found = await completionsFrom(pathOf(model.uri), model.getOffsetAt(position));
      return { suggestions: found.map(suggestion) };
    },
  });
  monaco.languages.registerHoverProvider('yaml', {
    async provideHover(model, position) {
      if (!isDocument(model)) return null;
      const hover = await hoverFrom(pathOf(model.uri), model.getOffsetAt(position));
      if (hover === undefined) return null;
      return { range: editorRange(hover.range), contents: [{ value: hover.markdown }] };
    },
  });
  monaco.languages.registerDefinitionProvider('yaml', {
    async provideDefinition(model, position) {
      const found = await definitionFrom(pathOf(model.uri), model.getOffsetAt(position));
      // A definition is only shown for a document that has a model.
      if (found === undefined || modelOf(found.file) === undefined) return null;
      return { uri: uriOf(found.file), range: editorRange(found.range) };
    },
  });
  monaco.languages.registerCodeActionProvider('yaml', { provideCodeActions });
}

function provideCodeActions(
  model: monaco.editor.ITextModel,
  asked: monaco.Range,
): monaco.languages.CodeActionList {
  const path = pathOf(model.uri);
  const touching = (useProblems.getState().byFile[path] ?? []).filter(({ range }) =>
    monaco.Range.areIntersectingOrTouching(editorRange(range), asked),
  );
  const actions = touching.flatMap(({ fixes = [] }) =>
    fixes.map(
      (fix, index): monaco.languages.CodeAction => ({
        title: fix.title,
        kind: 'quickfix',
        isPreferred: index === 0,
        edit: {
          edits: [
            {
              resource: uriOf(fix.file),
              versionId: undefined,
              textEdit: { range: editorRange(fix.range), text: fix.newText },
            },
          ],
        },
      }),
    ),
  );
  return { actions, dispose() {} };
}
