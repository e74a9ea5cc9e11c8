import { showConvertActive } from '../convert/convert-store.ts';
import { toggleForm } from '../document-forms/toggle-form.ts';
import {
  findReferences,
  goToDefinition,
  renameAtCaret,
  showQuickFixes,
  textHasFocus,
} from '../editor/at-caret.ts';
import { showExport } from '../export/export-store.ts';
import { showTable } from '../fleet/table-store.ts';
import { showImport } from '../import/import-store.ts';
import { openLogFind } from '../log/use-log-search.ts';
import { chooseComparison, showDrawing, toggleOrigins } from '../preview/preview-commands.ts';
import { showProblem } from '../problems/show-problem.ts';
import { showHostsTab } from '../realms/hosts-tab.ts';
import { showSecrets } from '../secrets/secrets-store.ts';
import { closeTab, neighbouringTab, useDocuments } from '../state/documents.ts';
import { askEngine } from '../state/jobs.ts';
import { changeLayout, goTo, showBottom, toggleBottom, useLayout } from '../state/layout.ts';
import { neighbouringProblem, useProblems } from '../state/problems.ts';
import { toggleTheme } from '../state/settings.ts';
import { useSite } from '../state/site.ts';
import { groups } from '../tree/tree-rows.ts';
import { startBuild } from '../workbench/build.ts';
import {
  askDelete,
  beginCopy,
  beginNew,
  beginRename,
  mayChangeName,
  showInFolder,
} from '../workbench/change-documents.ts';
import { openDocument } from '../workbench/documents.ts';
import { chooseSite, createSite, openExample } from '../workbench/open-site.ts';
import { saveAllDocuments, saveDocument } from '../workbench/save-documents.ts';
import type { Shortcut } from './shortcut.ts';

export interface Command {
  readonly id: string;
  readonly title: string;
  readonly shortcut?: Shortcut;
  /** Commands that need an open site are not offered without one. */
  readonly needsSite: boolean;
  /** When its key means this command; elsewhere the key is left to what has the focus. */
  readonly keyMeansIt?: () => boolean;
  readonly run: () => void;
}

const shortcut = (key: string, modifiers: 'none' | 'control' | 'control-shift' | 'shift' = 'control') => ({
  key,
  control: modifiers.startsWith('control'),
  shift: modifiers.endsWith('shift'),
});

export function goToProblem(step: 1 | -1): void {
  const { active, caret } = useDocuments.getState();
  const from = active === undefined ? undefined : { path: active, ...caret };
  const problem = neighbouringProblem(useProblems.getState().byFile, from, step);
  if (problem !== undefined) showProblem(problem);
}

function saveActive(): void {
  const { active } = useDocuments.getState();
  if (active !== undefined) void saveDocument(active);
}

/** Of the documents that are shown, those outside the folders keep their name and their place. */
function ofActive(change: (path: string) => void): void {
  const { active } = useDocuments.getState();
  if (active !== undefined && mayChangeName(active)) change(active);
}

function showActiveInFolder(): void {
  const { active } = useDocuments.getState();
  if (active !== undefined) void showInFolder(active);
}

/** The list of builds has its own log; elsewhere the panel below shows it. */
function findInLog(): void {
  if (useLayout.getState().place !== 'builds') showBottom('log');
  openLogFind();
}

function showNeighbour(step: 1 | -1): void {
  const tab = neighbouringTab(step);
  if (tab !== undefined) openDocument(tab);
}

function closeActive(): void {
  const { active } = useDocuments.getState();
  if (active !== undefined) closeTab(active);
}

/** Every command of the window: the palette, the keyboard and the menus of main all run these. */
export const commands: readonly Command[] = [
  {
    id: 'palette.show',
    title: 'Show all commands',
    shortcut: shortcut('p', 'control-shift'),
    needsSite: false,
    run: () => changeLayout({ palette: 'commands' }),
  },
  {
    id: 'document.open',
    title: 'Open a document…',
    shortcut: shortcut('p'),
    needsSite: true,
    run: () => changeLayout({ palette: 'documents' }),
  },
  {
    id: 'document.new',
    title: 'New document…',
    shortcut: shortcut('n'),
    needsSite: true,
    run: () => changeLayout({ palette: 'new' }),
  },
  ...groups.map(({ id, one }) => ({
    id: `document.new.${id}`,
    title: `New ${one}…`,
    needsSite: true,
    run: () => beginNew(id),
  })),
  {
    id: 'document.duplicate',
    title: 'Duplicate the document…',
    needsSite: true,
    run: () => ofActive(beginCopy),
  },
  {
    id: 'document.rename',
    title: 'Rename the document…',
    needsSite: true,
    run: () => ofActive(beginRename),
  },
  {
    id: 'document.delete',
    title: 'Delete the document…',
    needsSite: true,
    run: () => ofActive(askDelete),
  },
  {
    id: 'document.show-in-folder',
    title: 'Show the document in its folder',
    needsSite: true,
    run: showActiveInFolder,
  },
  {
    id: 'document.form',
    title: 'Change between the text and the form of the document',
    shortcut: shortcut('e', 'control-shift'),
    needsSite: true,
    run: toggleForm,
  },
  {
    id: 'host.choose',
    title: 'Choose the host…',
    shortcut: shortcut('h', 'control-shift'),
    needsSite: true,
    run: () => changeLayout({ palette: 'hosts' }),
  },
  {
    id: 'build.start',
    title: 'Build the image',
    shortcut: shortcut('b'),
    needsSite: true,
    run: () => void startBuild(),
  },
  {
    id: 'build.refresh',
    title: 'Build again from the mirror',
    needsSite: true,
    run: () => void startBuild(undefined, true),
  },
  { id: 'document.save', title: 'Save', shortcut: shortcut('s'), needsSite: true, run: saveActive },
  {
    id: 'document.save-all',
    title: 'Save all',
    shortcut: shortcut('s', 'control-shift'),
    needsSite: true,
    run: () => void saveAllDocuments(),
  },
  {
    id: 'document.close',
    title: 'Close the tab',
    shortcut: shortcut('w'),
    needsSite: true,
    run: closeActive,
  },
  {
    id: 'document.next',
    title: 'Next tab',
    shortcut: shortcut('PageDown'),
    needsSite: true,
    run: () => showNeighbour(1),
  },
  {
    id: 'document.previous',
    title: 'Previous tab',
    shortcut: shortcut('PageUp'),
    needsSite: true,
    run: () => showNeighbour(-1),
  },
  {
    id: 'symbol.definition',
    title: 'Go to where the name at the caret is defined',
    shortcut: shortcut('F12', 'none'),
    needsSite: true,
    keyMeansIt: textHasFocus,
    run: () => void goToDefinition(),
  },
  {
    id: 'symbol.references',
    title: 'List the places of the name at the caret',
    shortcut: shortcut('F12', 'shift'),
    needsSite: true,
    keyMeansIt: textHasFocus,
    run: () => void findReferences(),
  },
  {
    id: 'symbol.rename',
    title: 'Rename the name at the caret everywhere…',
    shortcut: shortcut('F2', 'none'),
    needsSite: true,
    keyMeansIt: textHasFocus,
    run: () => void renameAtCaret(),
  },
  {
    id: 'problem.fix',
    title: 'Mend the problem at the caret…',
    shortcut: shortcut('.'),
    needsSite: true,
    keyMeansIt: textHasFocus,
    run: () => void showQuickFixes(),
  },
  {
    id: 'problem.next',
    title: 'Go to the next problem',
    shortcut: shortcut('F8', 'none'),
    needsSite: true,
    run: () => goToProblem(1),
  },
  {
    id: 'problem.previous',
    title: 'Go to the previous problem',
    shortcut: shortcut('F8', 'shift'),
    needsSite: true,
    run: () => goToProblem(-1),
  },
  { id: 'view.site', title: 'Show Site', shortcut: shortcut('1'), needsSite: true, run: () => goTo('site') },
  {
    id: 'view.hosts',
    title: 'Show Hosts',
    shortcut: shortcut('2'),
    needsSite: true,
    run: () => goTo('hosts'),
  },
  {
    id: 'hosts.edit',
    title: 'Edit the hosts in a table',
    needsSite: true,
    run: () => {
      showHostsTab('edit');
      goTo('hosts');
    },
  },
  {
    id: 'view.realms',
    title: 'Show what is baked and stamped',
    needsSite: true,
    run: () => {
      showHostsTab('realms');
      goTo('hosts');
    },
  },
  {
    id: 'view.images',
    title: 'Show Images',
    shortcut: shortcut('3'),
    needsSite: true,
    run: () => goTo('images'),
  },
  {
    id: 'view.builds',
    title: 'Show Builds',
    shortcut: shortcut('4'),
    needsSite: true,
    run: () => goTo('builds'),
  },
  {
    id: 'view.problems',
    title: 'Show or hide Problems',
    shortcut: shortcut('m', 'control-shift'),
    needsSite: true,
    run: () => toggleBottom('problems'),
  },
  {
    id: 'view.log',
    title: 'Show or hide the build log',
    shortcut: shortcut('l', 'control-shift'),
    needsSite: true,
    run: () => toggleBottom('log'),
  },
  {
    id: 'log.find',
    title: 'Find in the build log',
    needsSite: true,
    run: findInLog,
  },
  {
    id: 'view.preview',
    title: 'Show or hide the preview',
    shortcut: shortcut('v', 'control-shift'),
    needsSite: true,
    run: () => changeLayout({ previewOpen: !useLayout.getState().previewOpen }),
  },
  {
    id: 'preview.compare',
    title: 'Compare the host with another or its last stamp…',
    needsSite: true,
    run: chooseComparison,
  },
  {
    id: 'preview.origins',
    title: 'Show or hide where the lines of the preview come from',
    needsSite: true,
    run: toggleOrigins,
  },
  {
    id: 'preview.drawing',
    title: "Show the drawing of the host's network",
    needsSite: true,
    run: showDrawing,
  },
  {
    id: 'hosts.add-table',
    title: 'Add hosts from a table…',
    needsSite: true,
    run: showTable,
  },
  {
    id: 'hosts.import',
    title: 'Import hosts from Airship, NMState, netplan or network_data…',
    needsSite: true,
    run: showImport,
  },
  {
    id: 'hosts.export',
    title: 'Export the hosts as a table, Airship, NMState, netplan or network_data…',
    needsSite: true,
    run: showExport,
  },
  {
    id: 'network.convert',
    title: 'Convert the network to another format…',
    needsSite: true,
    run: showConvertActive,
  },
  {
    id: 'secrets.show',
    title: 'Secrets…',
    needsSite: true,
    run: () => showSecrets(),
  },
  {
    id: 'engine.ask',
    title: 'Look for the container engine again',
    needsSite: false,
    run: () => void askEngine(),
  },
  {
    id: 'theme.toggle',
    title: 'Change between the light and the dark theme',
    needsSite: false,
    run: () => void toggleTheme(),
  },
  {
    id: 'settings.show',
    title: 'Settings',
    shortcut: shortcut(','),
    needsSite: false,
    run: () => changeLayout({ settingsOpen: true }),
  },
  {
    id: 'site.choose',
    title: 'Open a site folder…',
    shortcut: shortcut('o'),
    needsSite: false,
    run: () => void chooseSite(),
  },
  {
    id: 'site.create',
    title: 'New site in an empty folder…',
    needsSite: false,
    run: () => void createSite(),
  },
  {
    id: 'site.example',
    title: 'Open the example site…',
    needsSite: false,
    run: () => void openExample(),
  },
];

export function availableCommands(): readonly Command[] {
  const open = useSite.getState().status === 'open';
  return commands.filter(({ needsSite }) => open || !needsSite);
}

export function runCommand(id: string): void {
  availableCommands()
    .find((command) => command.id === id)
    ?.run();
}
