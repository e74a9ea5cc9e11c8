import path from 'node:path';
import { BrowserWindow, dialog, nativeTheme, screen, type WebContents } from 'electron';
import type { PushName, PushValue } from '#shared/contract.ts';
import { applicationOrigin } from './application-protocol.ts';
import type { SettingsFile, WindowBounds } from './settings-file.ts';

const smallest = { width: 900, height: 560 };

/** The colours behind the page before its first paint, as in the window's own tokens: nothing flashes. */
const backgrounds = { light: '#fbfbfa', dark: '#1b1d1f' };

export interface WindowOptions {
  readonly distFolder: string;
  readonly settings: SettingsFile;
  /** Whether closing the last window would cancel a build. */
  readonly isBuilding: () => boolean;
  /** The page of a window is gone, and nobody was asked about the text that it held. */
  readonly onCrashed: (contentsId: number) => void;
  /** Called once, when the window is gone. `hasCrashed`: nobody was asked about the text that its page held. */
  readonly onClosed: (contentsId: number, hasCrashed: boolean) => void;
}

const unsavedCounts = new Map<number, number>();

/** How many documents of a window hold text that is not on disk; closing the window asks while there are any. */
export function noteUnsaved(contents: WebContents, count: number): void {
  unsavedCounts.set(contents.id, count);
}

export function openWindow(options: WindowOptions): BrowserWindow {
  nativeTheme.themeSource = options.settings.settings.theme;
  const window = new BrowserWindow({
    ...visibleBounds(options.settings.bounds),
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: 'Siteforge',
    backgroundColor: nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light,
    webPreferences: {
      preload: path.join(options.distFolder, 'preload', 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  const contentsId = window.webContents.id;
  let hasCrashed = false;
  window.once('ready-to-show', () => window.show());
  window.on('close', (event) => {
    void options.settings.rememberBounds(window.getNormalBounds());
    if (!mayLoseText(window) || !mayCancelBuild(window, options.isBuilding)) event.preventDefault();
  });
  window.on('closed', () => {
    unsavedCounts.delete(contentsId);
    options.onClosed(contentsId, hasCrashed);
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    hasCrashed = true;
    options.onCrashed(contentsId);
    void openAgain(window);
  });
  window.webContents.on('did-finish-load', () => {
    hasCrashed = false;
  });
  void window.loadURL(`${applicationOrigin}/`);
  return window;
}

export function push<Name extends PushName>(contents: WebContents, name: Name, value: PushValue<Name>): void {
  if (!contents.isDestroyed()) contents.send('siteforge:push', name, value);
}

/** A page that crashed leaves an empty window, which says nothing and does nothing. */
async function openAgain(window: BrowserWindow): Promise<void> {
  unsavedCounts.delete(window.webContents.id);
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The window stopped working.',
    detail:
      'Text that was not saved comes back when the site is opened again. Documents on the disk are as they were, and a build goes on.',
    buttons: ['Open it again', 'Close'],
    defaultId: 0,
    cancelId: 0,
  });
  if (window.isDestroyed()) return;
  if (response === 0) window.webContents.reload();
  else window.close();
}

/** Unsaved text and minutes of a build are what closing a window could lose: the two questions asked on our own. */
function mayLoseText(window: BrowserWindow): boolean {
  const count = unsavedCounts.get(window.webContents.id) ?? 0;
  if (count === 0) return true;
  const choice = dialog.showMessageBoxSync(window, {
    type: 'warning',
    message: count === 1 ? 'One document is not saved.' : `${count} documents are not saved.`,
    detail: 'What you changed is lost when the window closes without saving.',
    buttons: ['Keep editing', 'Close without saving'],
    defaultId: 0,
    cancelId: 0,
  });
  return choice === 1;
}

function mayCancelBuild(window: BrowserWindow, isBuilding: () => boolean): boolean {
  if (BrowserWindow.getAllWindows().length > 1 || !isBuilding()) return true;
  const choice = dialog.showMessageBoxSync(window, {
    type: 'warning',
    message: 'A build is running.',
    detail: 'Closing the last window cancels it. What it has finished stays in the cache.',
    buttons: ['Keep building', 'Cancel the build and close'],
    defaultId: 0,
    cancelId: 0,
  });
  return choice === 1;
}

/** Bounds of a screen that is no longer connected would put the window where nobody sees it. */
function visibleBounds(bounds: WindowBounds): { x?: number; y?: number; width: number; height: number } {
  const { x, y, width, height } = bounds;
  if (x === undefined || y === undefined) return { width, height };
  const { workArea } = screen.getDisplayMatching({ x, y, width, height });
  const visible =
    x < workArea.x + workArea.width - 100 &&
    x + width > workArea.x + 100 &&
    y >= workArea.y - 10 &&
    y < workArea.y + workArea.height - 100;
  return visible ? { x, y, width, height } : { width, height };
}
