import {
  findReferences,
  goToDefinition,
  renameAtCaret,
  showQuickFixes,
  textHasFocus,
} from '../editor/at-caret.ts';
import { showProblem } from '../problems/show-problem.ts';
import { useDocuments } from '../state/documents.ts';
import { neighbouringProblem, useProblems } from '../state/problems.ts';
import { type Command, shortcut } from './command.ts';

/** What stands at the caret: names and problems. */
export const caretCommands: readonly Command[] = [
  {
    id: 'symbol.definition',
    title: 'Go to where the name at the caret is defined',
    words: 'definition jump',
    shortcut: shortcut('F12', 'none'),
    needsSite: true,
    keyMeansIt: textHasFocus,
    run: () => void goToDefinition(),
  },
  {
    id: 'symbol.references',
    title: 'List the places of the name at the caret',
    words: 'find references usages used where',
    shortcut: shortcut('F12', 'shift'),
    needsSite: true,
    keyMeansIt: textHasFocus,
    run: () => void findReferences(),
  },
  {
    id: 'symbol.rename',
    title: 'Rename the name at the caret everywhere…',
    words: 'refactor host network secret variable link',
    shortcut: shortcut('F2', 'none'),
    needsSite: true,
    keyMeansIt: textHasFocus,
    run: () => void renameAtCaret(),
  },
  {
    id: 'problem.fix',
    title: 'Mend the problem at the caret…',
    words: 'quick fix repair correct suggestion',
    shortcut: shortcut('.'),
    needsSite: true,
    keyMeansIt: textHasFocus,
    run: () => void showQuickFixes(),
  },
  {
    id: 'problem.next',
    title: 'Go to the next problem',
    words: 'error warning',
    shortcut: shortcut('F8', 'none'),
    needsSite: true,
    run: () => goToProblem(1),
  },
  {
    id: 'problem.previous',
    title: 'Go to the previous problem',
    words: 'error warning',
    shortcut: shortcut('F8', 'shift'),
    needsSite: true,
    run: () => goToProblem(-1),
  },
];

function goToProblem(step: 1 | -1): void {
  const { active, caret } = useDocuments.getState();
  const from = active === undefined ? undefined : { path: active, ...caret };
  const problem = neighbouringProblem(useProblems.getState().byFile, from, step);
  if (problem !== undefined) showProblem(problem);
}
