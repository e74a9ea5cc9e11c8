import {
  completionsFrom,
  definitionFrom,
  fixesFrom,
  highlightsFrom,
  hoverFrom,
} from '../authoring/client.ts';
import type { Completion, Fix } from '../authoring/protocol.ts';
import { mayConvert, showConvert } from '../convert/convert-store.ts';
import { whereaboutsOf } from '../secrets/secret-words.ts';
import { useSecrets } from '../secrets/secrets-store.ts';
import { useDocuments } from '../state/documents.ts';
import { useProblems } from '../state/problems.ts';
import { applyFix } from '../workbench/apply-fix.ts';
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

const highlightKinds = {
  definition: monaco.languages.DocumentHighlightKind.Write,
  reference: monaco.languages.DocumentHighlightKind.Read,
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
      const { markdown, range, secret } = hover;
      const whereabouts = secret === undefined ? '' : whereaboutsOf(secret, useSecrets.getState().list);
      return { range: editorRange(range), contents: [{ value: `${markdown}\n\n${whereabouts}` }] };
    },
  });
  monaco.languages.registerDefinitionProvider('yaml', {
    async provideDefinition(model, position) {
      const found = await definitionFrom(pathOf(model.uri), model.getOffsetAt(position));
      const first = found?.places[0];
      // A definition is only shown for a document that has a model.
      if (first === undefined || modelOf(first.file) === undefined) return null;
      return { uri: uriOf(first.file), range: editorRange(first.range) };
    },
  });
  monaco.languages.registerDocumentHighlightProvider('yaml', {
    async provideDocumentHighlights(model, position) {
      if (!isDocument(model)) return null;
      const found = await highlightsFrom(pathOf(model.uri), model.getOffsetAt(position));
      return found === undefined
        ? null
        : found.map(({ range, role }) => ({ range: editorRange(range), kind: highlightKinds[role] }));
    },
  });
  monaco.editor.registerCommand(applyCommand, (_accessor, fix: Fix) => void applyFix(fix));
  monaco.editor.registerCommand(convertCommand, (_accessor, path: string) => showConvert(path));
  monaco.languages.registerCodeActionProvider('yaml', { provideCodeActions });
}

const applyCommand = 'siteforge.apply-fix';
const convertCommand = 'siteforge.convert';

async function provideCodeActions(
  model: monaco.editor.ITextModel,
  asked: monaco.Range,
): Promise<monaco.languages.CodeActionList> {
  const actions = [...(await fixActions(model, asked)), ...conversionActions(model, asked)];
  return { actions, dispose() {} };
}

/** At a key that tells the format of a network. */
function conversionActions(
  model: monaco.editor.ITextModel,
  { startLineNumber }: monaco.Range,
): monaco.languages.CodeAction[] {
  const path = pathOf(model.uri);
  const tellsFormat = /^(?:network|version|config|interfaces|links)[ \t]*:/;
  if (!mayConvert(path) || !tellsFormat.test(model.getLineContent(startLineNumber))) return [];
  const title = 'Convert to another format…';
  return [{ title, kind: 'refactor.rewrite', command: { id: convertCommand, title, arguments: [path] } }];
}

/** Asked by the editor for the light bulb too: without a finding at the caret, nothing is computed. */
async function fixActions(
  model: monaco.editor.ITextModel,
  asked: monaco.Range,
): Promise<monaco.languages.CodeAction[]> {
  const path = pathOf(model.uri);
  const touching = (useProblems.getState().byFile[path] ?? []).filter(({ range }) =>
    monaco.Range.areIntersectingOrTouching(editorRange(range), asked),
  );
  if (touching.length === 0 || !isDocument(model)) return [];
  const fixes = await fixesFrom(path, {
    start: { line: asked.startLineNumber, column: asked.startColumn },
    end: { line: asked.endLineNumber, column: asked.endColumn },
  });
  return fixes.map(
    (fix): monaco.languages.CodeAction => ({
      title: fix.title,
      kind: 'quickfix',
      isPreferred: fix.isPreferred,
      // A command, since a fix may change documents that the editor does not hold.
      command: { id: applyCommand, title: fix.title, arguments: [fix] },
    }),
  );
}
