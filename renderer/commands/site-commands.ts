import { changeLayout } from '../state/layout.ts';
import { toggleTheme } from '../state/settings.ts';
import { chooseSite, createSite, openExample } from '../workbench/open-site.ts';
import { type Command, shortcut } from './command.ts';

/** Which site, and how the window looks. */
export const siteCommands: readonly Command[] = [
  {
    id: 'theme.toggle',
    title: 'Change between the light and the dark theme',
    words: 'appearance mode colours colors',
    needsSite: false,
    run: () => void toggleTheme(),
  },
  {
    id: 'settings.show',
    title: 'Settings',
    words: 'preferences options font',
    shortcut: shortcut(','),
    needsSite: false,
    run: () => changeLayout({ settingsOpen: true }),
  },
  {
    id: 'site.choose',
    title: 'Open a site folder…',
    words: 'project directory',
    shortcut: shortcut('o'),
    needsSite: false,
    run: () => void chooseSite(),
  },
  {
    id: 'site.create',
    title: 'New site in an empty folder…',
    words: 'project create start',
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
