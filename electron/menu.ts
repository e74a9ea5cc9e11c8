import { BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import type { commandIds } from '#shared/contract.ts';
import { push } from './windows.ts';

type CommandId = (typeof commandIds)[number];

/** Menus carry the shortcuts; what they mean is the window's business. */
export function buildMenu(actions: { newWindow: () => void; developer: boolean }): Menu {
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
    {
      label: '&File',
      submenu: [
        command('New Document…', 'document.new', 'CmdOrCtrl+N'),
        { label: 'New Window', accelerator: 'CmdOrCtrl+Shift+N', click: actions.newWindow },
        command('New Site…', 'site.create'),
        command('Open Site…', 'site.choose', 'CmdOrCtrl+O'),
        { type: 'separator' },
        command('Save', 'document.save', 'CmdOrCtrl+S'),
        command('Save All', 'document.save-all', 'CmdOrCtrl+Shift+S'),
        { type: 'separator' },
        { role: process.platform === 'darwin' ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        command('Site', 'view.site', 'CmdOrCtrl+1'),
        command('Hosts', 'view.hosts', 'CmdOrCtrl+2'),
        command('Images', 'view.images', 'CmdOrCtrl+3'),
        command('Builds', 'view.builds', 'CmdOrCtrl+4'),
        { type: 'separator' },
        command('Problems', 'view.problems', 'CmdOrCtrl+Shift+M'),
        command('Preview', 'view.preview', 'CmdOrCtrl+Shift+V'),
        command('Command Palette', 'palette.show', 'CmdOrCtrl+Shift+P'),
        { type: 'separator' },
        command('Light or Dark', 'theme.toggle'),
        { role: 'zoomIn', label: 'Larger' },
        { role: 'zoomOut', label: 'Smaller' },
        { role: 'resetZoom', label: 'Original Size' },
        { role: 'togglefullscreen' },
        ...(actions.developer ? [{ role: 'toggleDevTools' as const }] : []),
      ],
    },
    { label: '&Build', submenu: [command('Build Image', 'build.start', 'CmdOrCtrl+B')] },
  ];
  return Menu.buildFromTemplate(template);
}

function command(label: string, id: CommandId, accelerator?: string): MenuItemConstructorOptions {
  return {
    label,
    ...(accelerator === undefined ? {} : { accelerator }),
    click: (_item, window) => {
      if (window instanceof BrowserWindow) push(window.webContents, 'command', { id });
    },
  };
}
