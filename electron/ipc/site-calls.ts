import { cp } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { BrowserWindow, dialog, shell, type WebContents, webContents } from 'electron';
import { newSite } from '#shared/assist/new-site.ts';
import type { OpenedSite, RecentSite } from '#shared/contract.ts';
import { SiteforgeError } from '#shared/errors.ts';
import type { Places } from '../core/places.ts';
import type { KeyStore } from '../core/secrets/key-store.ts';
import { redactedData } from '../core/secrets/known-values.ts';
import { type OpenSite, openSite } from '../core/site/open-site.ts';
import { listOtherPaths, maximumOtherPaths } from '../core/site/other-paths.ts';
import { newFolder, rescueBeside, rescueIntoFolder } from '../core/site/rescue-site.ts';
import { resolveSite, siteIdOf, siteNameOf } from '../core/site/site-folder.ts';
import type { UnsavedTexts } from '../core/site/unsaved-texts.ts';
import { writeExported } from '../core/site/write-exported.ts';
import { writeNewSite } from '../core/site/write-new-site.ts';
import type { SettingsFile } from '../settings-file.ts';
import { noteUnsaved, push } from '../windows.ts';
import type { CallHandlers } from './answer-calls.ts';

/** The sites that windows have open. A window has one at a time, and may name only its own. */
export class OpenSites {
  readonly #places: Places;
  readonly #settings: SettingsFile;
  readonly #keyStore: KeyStore;
  readonly #unsaved: UnsavedTexts;
  readonly #byWindow = new Map<number, OpenSite>();

  constructor(places: Places, settings: SettingsFile, keyStore: KeyStore, unsaved: UnsavedTexts) {
    this.#places = places;
    this.#settings = settings;
    this.#keyStore = keyStore;
    this.#unsaved = unsaved;
  }

  async open(folder: string, sender: WebContents): Promise<OpenedSite> {
    const siteId = siteIdOf(await resolveSite(folder));
    const site = await openSite({
      folder,
      places: this.#places,
      onChange: (changes, otherPaths) => {
        push(sender, 'site.changed', { siteId, changes: [...changes] });
        // On its own: texts must reach the window in the order in which they changed, whatever the key store takes.
        if (otherPaths !== undefined) void this.otherPathsChanged(siteId);
      },
      onVanished: (failure) => push(sender, 'site.vanished', { siteId, failure }),
    });
    const before = this.#byWindow.get(sender.id)?.snapshot.siteId;
    this.close(sender.id);
    this.#byWindow.set(sender.id, site);
    if (before !== undefined && before !== siteId) await this.#unsaved.leave(before, sender.id);
    // Nobody waits for the disk to have it.
    void this.#settings.rememberFolder(site.snapshot.folder);
    return {
      ...openedSite(site),
      otherPaths: await this.#withKeyStore(siteId, site.snapshot.otherPaths),
      unsaved: [...(await this.#unsaved.takeOver(siteId, sender.id))],
    };
  }

  /** Tells every window of a site what lies beside its documents now, after a change in the key store. */
  async otherPathsChanged(siteId: string): Promise<void> {
    for (const [contentsId, { snapshot }] of this.#byWindow) {
      const contents = webContents.fromId(contentsId);
      if (snapshot.siteId !== siteId || contents === undefined) continue;
      const otherPaths = await this.#withKeyStore(siteId, await listOtherPaths(snapshot.folder));
      push(contents, 'site.changed', { siteId, changes: [], otherPaths });
    }
  }

  /** A secret in the key store is as good as a file in secrets/, for those who ask whether its name has a value. */
  async #withKeyStore(siteId: string, otherPaths: readonly string[]): Promise<string[]> {
    const stored = await this.#keyStore.list(siteId);
    const all = new Set([...otherPaths, ...stored.map(({ name }) => `secrets/${name}`)]);
    return [...all].slice(0, maximumOtherPaths).sort();
  }

  /** The site of this window. A window that names another gets `request-invalid`. */
  of(sender: WebContents, siteId: string): OpenSite {
    const site = this.#byWindow.get(sender.id);
    if (site === undefined || site.snapshot.siteId !== siteId)
      throw new SiteforgeError('request-invalid', { where: siteId });
    return site;
  }

  /** The folder of the site that this window has open. */
  folderOf(sender: WebContents): string | undefined {
    return this.#byWindow.get(sender.id)?.snapshot.folder;
  }

  close(contentsId: number): void {
    this.#byWindow.get(contentsId)?.close();
    this.#byWindow.delete(contentsId);
  }
}

function openedSite({ snapshot }: OpenSite): Omit<OpenedSite, 'otherPaths' | 'unsaved'> {
  return {
    siteId: snapshot.siteId,
    name: snapshot.name,
    folder: asPeopleWriteIt(snapshot.folder),
    readOnly: snapshot.readOnly,
    documents: [...snapshot.documents],
  };
}

function asPeopleWriteIt(folder: string): string {
  const home = homedir();
  return folder === home || folder.startsWith(home + path.sep) ? `~${folder.slice(home.length)}` : folder;
}

type SiteCallName = Extract<
  keyof CallHandlers,
  | `site.${string}`
  | `document.${string}`
  | `documents.${string}`
  | 'hosts.export'
  | 'window.unsaved'
  | 'unsaved.keep'
>;

export function siteCalls(
  sites: OpenSites,
  settings: SettingsFile,
  places: Places,
  unsaved: UnsavedTexts,
  initialFolder: (sender: WebContents) => string | undefined,
): Pick<CallHandlers, SiteCallName> {
  const recentFolder = async (siteId: string): Promise<string> => {
    const folder = settings.recentFolders.find((candidate) => siteIdOf(candidate) === siteId);
    if (folder === undefined) throw new SiteforgeError('site-not-found');
    return folder;
  };
  return {
    'site.choose': async (_input, sender) => {
      const folder = await chooseFolder(sender, 'Open a site', 'Open');
      return folder === undefined ? null : await sites.open(folder, sender);
    },
    'site.open-recent': async ({ siteId }, sender) => sites.open(await recentFolder(siteId), sender),
    'site.open-example': async (_input, sender) => {
      const parent = await chooseFolder(sender, 'Choose where the example is copied to', 'Copy here');
      return parent === undefined ? null : await sites.open(await copyExample(places, parent), sender);
    },
    'site.create': async (_input, sender) => {
      const folder = await chooseFolder(sender, 'Choose or make an empty folder', 'Make the site here');
      if (folder === undefined) return null;
      await writeNewSite(folder, newSite(siteNameOf(folder)));
      return sites.open(folder, sender);
    },
    'site.initial': async (_input, sender) => {
      // A page that is loaded again gets the site that it had, which need not be the first one.
      const folder = sites.folderOf(sender) ?? initialFolder(sender);
      return folder === undefined ? null : await sites.open(folder, sender);
    },
    'site.recent': async () => Promise.all(settings.recentFolders.map(recentSite)),
    'site.forget-recent': async ({ siteId }) => {
      await settings.forgetFolder(await recentFolder(siteId));
      return null;
    },
    'site.reload': async ({ siteId }, sender) => sites.open(sites.of(sender, siteId).snapshot.folder, sender),
    'site.rescue': async ({ siteId, to, documents }, sender) => {
      const { folder, name } = sites.of(sender, siteId).snapshot;
      if (to === 'same-folder') {
        await rescueIntoFolder(folder, documents);
        return sites.open(folder, sender);
      }
      const parent = await chooseFolder(sender, 'Choose where the site is written to', 'Write here');
      return parent === undefined ? null : sites.open(await rescueBeside(parent, name, documents), sender);
    },
    'documents.save': async ({ siteId, documents }, sender) => {
      const { saved, failed } = await sites.of(sender, siteId).save(documents);
      return { saved: [...saved], failed: redactedData([...failed]) };
    },
    'documents.create': ({ siteId, documents }, sender) => sites.of(sender, siteId).create(documents),
    'document.rename': async ({ siteId, from, to }, sender) => {
      await sites.of(sender, siteId).rename(from, to);
      return null;
    },
    'document.remove': async ({ siteId, path: document, to }, sender) => {
      const discard = to === 'trash' ? (file: string) => shell.trashItem(file) : undefined;
      await sites.of(sender, siteId).remove(document, discard);
      return null;
    },
    'document.show-in-folder': ({ siteId, path: document }, sender) => {
      shell.showItemInFolder(path.join(sites.of(sender, siteId).snapshot.folder, document));
      return null;
    },
    'hosts.export': async ({ siteId, as, files }, sender) => {
      const { name } = sites.of(sender, siteId).snapshot;
      const parent = await chooseFolder(sender, 'Choose where the hosts are written to', 'Write here');
      if (parent === undefined) return null;
      return { folder: asPeopleWriteIt(await writeExported(parent, `${name}-${as}`, files)) };
    },
    'window.unsaved': ({ count }, sender) => {
      noteUnsaved(sender, count);
      return null;
    },
    'unsaved.keep': async ({ siteId, documents }, sender) => {
      await unsaved.keep(sites.of(sender, siteId).snapshot.siteId, sender.id, documents);
      return null;
    },
  };
}

async function recentSite(folder: string): Promise<RecentSite> {
  const present = await resolveSite(folder).then(
    () => true,
    () => false,
  );
  return { siteId: siteIdOf(folder), name: siteNameOf(folder), folder: asPeopleWriteIt(folder), present };
}

async function chooseFolder(
  sender: WebContents,
  title: string,
  buttonLabel: string,
): Promise<string | undefined> {
  const window = BrowserWindow.fromWebContents(sender);
  const options: Electron.OpenDialogOptions = {
    title,
    buttonLabel,
    properties: ['openDirectory', 'createDirectory'],
  };
  const answer = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  return answer.canceled ? undefined : answer.filePaths[0];
}

/** Copies the example beside what is there already: an existing folder is never written into. */
async function copyExample(places: Places, parent: string): Promise<string> {
  const name = 'edge-berlin';
  const target = await newFolder(parent, name);
  await cp(path.join(places.examples, name), target, {
    recursive: true,
    filter: (source) => !/[\\/](out|secrets)$/.test(source),
  });
  return target;
}
