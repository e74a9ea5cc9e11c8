import { isToldAtKey } from '#shared/assist/fixes/findings-at.ts';
import type { Diagnostic } from '#shared/diagnostics/diagnostic.ts';
import {
  completionsFrom,
  definitionFrom,
  fixesFrom,
  highlightsFrom,
  hoverFrom,
} from '../authoring/client.ts';
import type { Completion, Definitions, Fix } from '../authoring/protocol.ts';
import { mayConvert, showConvert } from '../convert/convert-store.ts';
import { whereaboutsOf } from '../secrets/secret-words.ts';
import { showSecrets, useSecrets } from '../secrets/secrets-store.ts';
import { useDocuments } from '../state/documents.ts';
import { useProblems } from '../state/problems.ts';
import { applyFix } from '../workbench/apply-fix.ts';
import { editorRange } from './markers.ts';
import { modelOf, pathOf, uriOf } from './models.ts';
import { monaco } from './monaco.ts';
import { addressOfSecret } from './secret-addresses.ts';

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
      const target = found === undefined ? undefined : targetOf(found);
      // Left to itself, the editor draws the link below a word: of a name with hyphens that is a part.
      return found && target ? [{ ...target, originSelectionRange: editorRange(found.name) }] : null;
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
  monaco.editor.registerCommand(secretCommand, (_accessor, name: string) => showSecrets(name));
  monaco.editor.registerCommand(convertCommand, (_accessor, path: string) => showConvert(path));
  monaco.languages.registerCodeActionProvider('yaml', { provideCodeActions });
}

function targetOf({ secret, places: [first] }: Definitions): monaco.languages.Location | undefined {
  if (secret !== undefined) return { uri: addressOfSecret(secret), range: new monaco.Range(1, 1, 1, 1) };
  // A definition is only shown for a document that has a model.
  if (first === undefined || modelOf(first.file) === undefined) return undefined;
  return { uri: uriOf(first.file), range: editorRange(first.range) };
}

const applyCommand = 'siteforge.apply-fix';
const convertCommand = 'siteforge.convert';
const secretCommand = 'siteforge.secret';

async function provideCodeActions(
  model: monaco.editor.ITextModel,
  asked: monaco.Range,
): Promise<monaco.languages.CodeActionList> {
  const found = await Promise.all([fixActions(model, asked), secretActions(model, asked)]);
  return { actions: [...found.flat(), ...conversionActions(model, asked)], dispose() {} };
}

function problemsAt(model: monaco.editor.ITextModel, asked: monaco.Range): Diagnostic[] {
  const all = useProblems.getState().byFile[pathOf(model.uri)] ?? [];
  return all.filter(({ range }) => monaco.Range.areIntersectingOrTouching(editorRange(range), asked));
}

/** Where a secret without a value is named: no text mends that. */
async function secretActions(
  model: monaco.editor.ITextModel,
  asked: monaco.Range,
): Promise<monaco.languages.CodeAction[]> {
  const missing = problemsAt(model, asked).find(
    ({ code }) => code === 'secret-unknown' || code === 'reference-unknown',
  );
  if (missing === undefined || !isDocument(model)) return [];
  const { start } = missing.range;
  const offset = model.getOffsetAt({ lineNumber: start.line, column: start.column });
  const name = (await definitionFrom(pathOf(model.uri), offset))?.secret;
  if (name === undefined) return [];
  const title = `Set the value of “${name}”…`;
  return [{ title, kind: 'quickfix', command: { id: secretCommand, title, arguments: [name] } }];
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

/** A finding at the caret, or one above it that is told at the key of what the caret is in. */
function mayHaveFixes(model: monaco.editor.ITextModel, asked: monaco.Range): boolean {
  if (problemsAt(model, asked).length > 0) return true;
  const all = useProblems.getState().byFile[pathOf(model.uri)] ?? [];
  return all.some(({ code, range }) => isToldAtKey(code) && range.start.line < asked.endLineNumber);
}

/** Asked by the editor for the light bulb too: where no finding may be meant, nothing is computed. */
async function fixActions(
  model: monaco.editor.ITextModel,
  asked: monaco.Range,
): Promise<monaco.languages.CodeAction[]> {
  const path = pathOf(model.uri);
  if (!mayHaveFixes(model, asked) || !isDocument(model)) return [];
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
