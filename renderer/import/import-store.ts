import { create } from 'zustand';
import type { ImportFormat, ImportIntoSite, ImportRequest } from '#shared/import/import-into-site.ts';
import { asOneChange, changeInWorker, importFrom } from '../authoring/client.ts';
import { ask } from '../bridge.ts';
import { addDocuments } from '../state/documents.ts';
import { goTo } from '../state/layout.ts';
import { showFailure, showNotice } from '../state/notices.ts';
import { useSite } from '../state/site.ts';
import { mayWrite } from '../workbench/change-documents.ts';

/** Files of other programs on their way into the site. */
interface ImportState {
  readonly shown: boolean;
  /** Undefined until files were chosen. */
  readonly files: ImportRequest['files'] | undefined;
  /** Undefined: what the files look like. */
  readonly format: ImportFormat | undefined;
  readonly host: string | undefined;
  /** Why what was chosen cannot be read. */
  readonly problem: string | undefined;
  /** Of the files and choices before while newer ones are being read. */
  readonly read: ImportIntoSite | undefined;
  readonly busy: boolean;
}

const closed: ImportState = {
  shown: false,
  files: undefined,
  format: undefined,
  host: undefined,
  problem: undefined,
  read: undefined,
  busy: false,
};

export const useImport = create<ImportState>()(() => closed);

export function showImport(): void {
  if (mayWrite()) useImport.setState({ ...closed, shown: true });
}

export function hideImport(): void {
  useImport.setState(closed);
}

/** As on the command line: a set of documents is smaller than this, a disk that was chosen by mistake is not. */
const maximumBytes = 32 * 1024 * 1024;
const maximumFiles = 5000;

/** Files alone, or all of a folder, of which hidden ones and those of other folders' tools are passed over. */
export async function takeFiles(chosen: readonly File[]): Promise<void> {
  const files = chosen.filter((file) => !/(^|\/)(\.|node_modules\/)/.test(pathOf(file)));
  if (chosen.length === 0) return;
  if (files.length > maximumFiles || files.reduce((sum, { size }) => sum + size, 0) > maximumBytes) {
    useImport.setState({
      problem: 'These are more than 5,000 files or 32 MiB. Choose the folder of the documents itself.',
    });
    return;
  }
  useImport.setState({ busy: true, problem: undefined });
  try {
    const read = await Promise.all(
      files.map(async (file) => ({ path: pathOf(file), text: await file.text() })),
    );
    read.sort((one, other) => (one.path < other.path ? -1 : 1));
    useImport.setState({ files: read, format: undefined, host: undefined });
    await readAgain();
  } catch {
    useImport.setState({ busy: false, problem: 'A file could not be read. Choose the files again.' });
  }
}

/** Inside the folder that was chosen. */
function pathOf(file: File): string {
  return file.webkitRelativePath === '' ? file.name : file.webkitRelativePath.replace(/^[^/]*\//, '');
}

export async function chooseFormat(format: ImportFormat): Promise<void> {
  useImport.setState({ format });
  await readAgain();
}

export async function nameHost(host: string): Promise<void> {
  useImport.setState({ host: host.trim() === '' ? undefined : host.trim() });
  await readAgain();
}

async function readAgain(): Promise<void> {
  const { files, format, host } = useImport.getState();
  if (files === undefined) return;
  useImport.setState({ busy: true });
  const read = await importFrom({ files, format, host });
  const now = useImport.getState();
  // An answer about other choices is not the one that is shown.
  if (now.files !== files || now.format !== format || now.host !== host) return;
  if (read?.format !== undefined) useImport.setState({ read, busy: false });
  else
    useImport.setState({
      ...closed,
      shown: true,
      problem: 'Nothing in these files is a BareMetalHost or a network of NMState, netplan or network_data.',
    });
}

/** Writes what is new, documents first: all of them or none. A secret that has a value on this machine keeps it. */
export async function addImported(): Promise<void> {
  const { read } = useImport.getState();
  const siteId = useSite.getState().site?.siteId;
  if (read === undefined || siteId === undefined) return;
  const fresh = read.documents
    .filter(({ state }) => state === 'new')
    .map(({ path, text }) => ({ path, text }));
  useImport.setState({ busy: true });
  const answer = await ask('documents.create', { siteId, documents: fresh });
  if (!answer.ok) {
    showFailure(answer.failure);
    return readAgain();
  }
  addDocuments(
    fresh.map(({ path, text }) => ({
      path,
      saved: text,
      digest: answer.value[path] ?? null,
      dirty: false,
      tooLarge: false,
    })),
  );
  asOneChange(() => {
    for (const { path, text } of fresh) changeInWorker(path, text);
  });
  hideImport();
  goTo('hosts');
  const kept = await keepSecrets(siteId, read.secrets);
  const hosts = fresh.filter(({ path }) => path.startsWith('hosts/')).length;
  showNotice({
    tone: 'fine',
    title: `${hosts} ${hosts === 1 ? 'host was' : 'hosts were'} imported`,
    next: kept === 0 ? undefined : `${kept} of their secrets had a value already, which stays.`,
  });
}

/** How many had a value already. */
async function keepSecrets(siteId: string, secrets: ImportIntoSite['secrets']): Promise<number> {
  if (secrets.length === 0) return 0;
  const list = await ask('secrets.list', { siteId });
  if (!list.ok) {
    showFailure(list.failure);
    return 0;
  }
  const known = new Set(list.value.secrets.map(({ name }) => name));
  for (const { name, text } of secrets.filter((secret) => !known.has(secret.name))) {
    const answer = await ask('secret.set', { siteId, name, where: 'folder', value: text });
    if (!answer.ok) {
      showFailure(answer.failure);
      break;
    }
  }
  return secrets.filter(({ name }) => known.has(name)).length;
}
