import type { OpenedSite } from '#shared/contract.ts';
import { changeOtherPathsInWorker, openInWorker, workAgain } from '../authoring/client.ts';
import { ask, listen, openDroppedFolder, request } from '../bridge.ts';
import { closePlaces } from '../editor/at-caret.ts';
import { currentText, textModels } from '../editor/text-models.ts';
import { documentsOf, noDocuments, unsavedPaths, useDocuments } from '../state/documents.ts';
import { clearJobs, loadJobs } from '../state/jobs.ts';
import { goTo } from '../state/layout.ts';
import { showFailure, showNotice } from '../state/notices.ts';
import { usePreview } from '../state/preview.ts';
import { clearProblems } from '../state/problems.ts';
import { leaveRenaming } from '../state/renaming.ts';
import { identityOf, useSite } from '../state/site.ts';
import { noTreeEditing, useTreeEditing } from '../state/tree-editing.ts';
import { applyDiskChanges, forgetRemoved, keepWhatVanished } from './documents.ts';
import { bringBackUnsaved, keepUnsaved } from './keep-unsaved.ts';

const tabsKey = (siteId: string) => `siteforge.tabs.${siteId}`;

export function openSite(opened: OpenedSite): void {
  textModels()?.forgetAll();
  clearProblems();
  clearJobs();
  usePreview.setState({ preview: undefined });
  useTreeEditing.setState(noTreeEditing);
  closePlaces();
  leaveRenaming();
  forgetRemoved();
  const byPath = documentsOf(opened.documents);
  useDocuments.setState({ ...noDocuments, byPath, ...rememberedTabs(opened.siteId, byPath) });
  useSite.setState({
    status: 'open',
    site: identityOf(opened),
    otherPaths: opened.otherPaths,
    vanished: undefined,
    overview: undefined,
    chosenHost: null,
  });
  goTo('site');
  document.title = `${opened.name} - Siteforge`;
  openInWorker(() => Object.keys(useDocuments.getState().byPath).map((path) => [path, currentText(path)]));
  void loadJobs(opened.siteId);
  void bringBackUnsaved(opened);
}

function rememberedTabs(
  siteId: string,
  byPath: Readonly<Record<string, unknown>>,
): { tabs: string[]; active: string | undefined } {
  const first = byPath['site.yaml'] === undefined ? Object.keys(byPath)[0] : 'site.yaml';
  const fallback = { tabs: first === undefined ? [] : [first], active: first };
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(tabsKey(siteId)) ?? 'null');
    if (typeof stored !== 'object' || stored === null || !('tabs' in stored) || !Array.isArray(stored.tabs)) {
      return fallback;
    }
    const tabs = stored.tabs.filter(
      (tab): tab is string => typeof tab === 'string' && byPath[tab] !== undefined,
    );
    const wanted = 'active' in stored ? stored.active : undefined;
    return tabs.length === 0 ? fallback : { tabs, active: tabs.find((tab) => tab === wanted) ?? tabs[0] };
  } catch {
    return fallback;
  }
}

/** Writes every text of the window again, where it was or elsewhere, after the folder of the site is gone. */
export async function rescueSite(to: 'same-folder' | 'other-folder'): Promise<void> {
  const { site } = useSite.getState();
  if (site === undefined) return;
  const { byPath } = useDocuments.getState();
  const documents = Object.values(byPath)
    .filter(({ tooLarge }) => !tooLarge)
    .map(({ path }) => ({ path, text: currentText(path) }));
  const opened = await request('site.rescue', { siteId: site.siteId, to, documents });
  if (opened === null || opened === undefined) return;
  if (to === 'other-folder') openSite(opened);
  else {
    useSite.setState({ vanished: undefined });
    applyDiskChanges(opened.documents);
  }
  const count = documents.length;
  showNotice({
    tone: 'fine',
    title: `${count} ${count === 1 ? 'document is' : 'documents are'} written to ${opened.folder}`,
  });
}

/** Refuses to leave unsaved text behind: a site is only changed when everything is saved. */
function mayLeave(): boolean {
  const unsaved = unsavedPaths(useDocuments.getState());
  if (unsaved.length === 0) return true;
  showNotice({
    tone: 'attention',
    title: `${unsaved.length} ${unsaved.length === 1 ? 'document has' : 'documents have'} unsaved text`,
    next: 'Save all with Ctrl+Shift+S, then open the other site.',
  });
  return false;
}

async function openFrom(opening: () => Promise<OpenedSite | null | undefined>): Promise<void> {
  if (!mayLeave()) return;
  const opened = await opening();
  if (opened !== null && opened !== undefined) openSite(opened);
}

export const chooseSite = () => openFrom(() => request('site.choose', undefined));
export const createSite = () => openFrom(() => request('site.create', undefined));
export const openExample = () => openFrom(() => request('site.open-example', undefined));
export const openRecent = (siteId: string) => openFrom(() => request('site.open-recent', { siteId }));
export const openDropped = (file: unknown) => openFrom(() => openDroppedFolder(file));

export async function loadRecent(): Promise<void> {
  const answer = await ask('site.recent', undefined);
  if (answer.ok) useSite.setState({ recent: answer.value });
}

export async function forgetRecent(siteId: string): Promise<void> {
  if ((await request('site.forget-recent', { siteId })) !== undefined) await loadRecent();
}

/** Opens what was open last, or welcomes; then listens to the disk for as long as the window lives. */
export async function startSite(): Promise<void> {
  listen('site.changed', ({ siteId, changes, otherPaths }) => {
    if (siteId !== useSite.getState().site?.siteId) return;
    useSite.setState({ vanished: undefined });
    applyDiskChanges(changes);
    if (otherPaths === undefined) return;
    useSite.setState({ otherPaths });
    changeOtherPathsInWorker(otherPaths);
  });
  listen('site.vanished', ({ siteId, failure }) => {
    if (siteId !== useSite.getState().site?.siteId) return;
    keepWhatVanished();
    useSite.setState({ vanished: failure });
  });
  useSite.subscribe((state, before) => {
    if (state.chosenHost !== before.chosenHost) workAgain();
  });
  tellUnsaved();
  keepUnsaved();
  rememberTabs();
  const initial = await ask('site.initial', undefined);
  if (initial.ok && initial.value !== null) openSite(initial.value);
  else {
    if (!initial.ok) showFailure(initial.failure);
    useSite.setState({ status: 'none' });
    await loadRecent();
  }
}

function tellUnsaved(): void {
  let told = 0;
  const tell = () => {
    const documents = useDocuments.getState();
    // Of a site whose folder is gone, the window holds the only texts.
    const isGone = useSite.getState().vanished !== undefined;
    const count = isGone ? Object.keys(documents.byPath).length : unsavedPaths(documents).length;
    if (count === told) return;
    told = count;
    void ask('window.unsaved', { count });
  };
  useDocuments.subscribe(tell);
  useSite.subscribe(tell);
}

function rememberTabs(): void {
  useDocuments.subscribe((state, before) => {
    const { site } = useSite.getState();
    if (site === undefined || (state.tabs === before.tabs && state.active === before.active)) return;
    const { tabs, active } = state;
    localStorage.setItem(tabsKey(site.siteId), JSON.stringify({ tabs, active }));
  });
}
