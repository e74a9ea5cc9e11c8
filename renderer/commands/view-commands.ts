import { openLogFind } from '../log/use-log-search.ts';
import { chooseComparison, showDrawing, toggleOrigins } from '../preview/preview-commands.ts';
import { showHostsTab } from '../realms/hosts-tab.ts';
import { changeLayout, goTo, showBottom, toggleBottom, useLayout } from '../state/layout.ts';
import { type Command, shortcut } from './command.ts';

/** What the window shows. */
export const viewCommands: readonly Command[] = [
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
    words: 'grid spreadsheet form cells bulk',
    needsSite: true,
    run: () => {
      showHostsTab('edit');
      goTo('hosts');
    },
  },
  {
    id: 'view.realms',
    title: 'Show what is baked and stamped',
    words: 'realms day 2 day-2 neither carries settings of the host',
    needsSite: true,
    run: () => {
      showHostsTab('realms');
      goTo('hosts');
    },
  },
  {
    id: 'view.images',
    title: 'Show Images',
    words: 'elements dependency graph iso qcow2',
    shortcut: shortcut('3'),
    needsSite: true,
    run: () => goTo('images'),
  },
  {
    id: 'view.builds',
    title: 'Show Builds',
    words: 'jobs history artifacts images made',
    shortcut: shortcut('4'),
    needsSite: true,
    run: () => goTo('builds'),
  },
  {
    id: 'view.problems',
    title: 'Show or hide Problems',
    words: 'errors warnings diagnostics findings check validate',
    shortcut: shortcut('m', 'control-shift'),
    needsSite: true,
    run: () => toggleBottom('problems'),
  },
  {
    id: 'view.log',
    title: 'Show or hide the build log',
    words: 'output console',
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
    words: 'user-data network-config meta-data vendor-data seed rendered',
    shortcut: shortcut('v', 'control-shift'),
    needsSite: true,
    run: () => changeLayout({ previewOpen: !useLayout.getState().previewOpen }),
  },
  {
    id: 'preview.compare',
    title: 'Compare the host with another, its last stamp or build…',
    words: 'diff differences changes since build',
    needsSite: true,
    run: chooseComparison,
  },
  {
    id: 'preview.origins',
    title: 'Show or hide where the lines of the preview come from',
    words: 'source merged cloud-config',
    needsSite: true,
    run: toggleOrigins,
  },
  {
    id: 'preview.drawing',
    title: "Show the drawing of the host's network",
    words: 'links topology diagram picture bonds vlans',
    needsSite: true,
    run: showDrawing,
  },
];

/** The list of builds has its own log; elsewhere the panel below shows it. */
function findInLog(): void {
  if (useLayout.getState().place !== 'builds') showBottom('log');
  openLogFind();
}
