import './uncaught.ts';
import path from 'node:path';
import { app, Menu, session, type WebContents } from 'electron';
import { declareApplicationScheme, serveApplication } from './application-protocol.ts';
import { findPlaces } from './core/places.ts';
import { KeyStore } from './core/secrets/key-store.ts';
import { UnsavedTexts } from './core/site/unsaved-texts.ts';
import { guardContents, guardSession } from './guards.ts';
import { answerCalls } from './ipc/answer-calls.ts';
import { Builds, buildCalls } from './ipc/build-calls.ts';
import { secretCalls } from './ipc/secret-calls.ts';
import { settingsCalls } from './ipc/settings-calls.ts';
import { OpenSites, siteCalls } from './ipc/site-calls.ts';
import { systemCipher } from './key-cipher.ts';
import { buildMenu } from './menu.ts';
import { SettingsFile } from './settings-file.ts';
import { openWindow } from './windows.ts';

const distFolder = path.join(import.meta.dirname, '..');
const places = findPlaces();

app.setName('Siteforge');
// The window's own state lies beside our jobs, so that SITEFORGE_HOME moves everything at once.
app.setPath('userData', path.join(places.data, 'window'));
// As root Chromium runs without its sandbox (development machines, containers); asking for it then would keep the
// window from ever showing.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
declareApplicationScheme();
guardContents();

// No top-level await: Electron becomes ready only after this module has been evaluated.
app.whenReady().then(start, (error: unknown) => {
  throw error;
});

async function start(): Promise<void> {
  const settings = await SettingsFile.read(path.join(places.data, 'settings.json'));
  guardSession(session.defaultSession);
  serveApplication(path.join(distFolder, 'renderer'));

  const keyStore = new KeyStore(places.data, systemCipher());
  const unsaved = new UnsavedTexts(places.data);
  const sites = new OpenSites(places, settings, keyStore, unsaved);
  const builds = await Builds.start(places);
  const firstFolders = new Map<number, string>();
  answerCalls(
    {
      ...siteCalls(sites, settings, places, unsaved, (sender) => firstFolder(firstFolders, sender)),
      ...buildCalls(builds, sites, places, keyStore),
      ...secretCalls(sites, keyStore),
      ...settingsCalls(settings),
    },
    (folder, sender) => sites.open(folder, sender),
  );

  const newWindow = (folder?: string) => {
    const window = openWindow({
      distFolder,
      settings,
      isBuilding: () => builds.running.busy,
      onCrashed: (contentsId) => unsaved.noteCrash(contentsId),
      onClosed: (contentsId, hasCrashed) => {
        sites.close(contentsId);
        if (hasCrashed) unsaved.noteCrash(contentsId);
        else unsaved.forget(contentsId);
      },
    });
    if (folder !== undefined) firstFolders.set(window.webContents.id, folder);
  };
  Menu.setApplicationMenu(buildMenu({ newWindow: () => newWindow(), developer: !app.isPackaged }));
  app.on('activate', () => newWindow());
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => builds.willQuit(event));
  newWindow(folderArgument(process.argv) ?? settings.recentFolders[0]);
}

/** What the application was started with, for its first window. */
function firstFolder(folders: Map<number, string>, sender: WebContents): string | undefined {
  return folders.get(sender.id);
}

/** `siteforge-desktop [electron's own] FOLDER`: the last argument, if it is no option and not the application itself. */
function folderArgument(argv: readonly string[]): string | undefined {
  const last = argv.at(-1);
  const isFolder =
    last !== undefined && argv.length > 1 && !last.startsWith('-') && path.resolve(last) !== app.getAppPath();
  return isFolder ? path.resolve(last) : undefined;
}
