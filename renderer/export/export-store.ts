import { create } from 'zustand';
import type { ExportFormat } from '#shared/contract.ts';
import type { Failure } from '#shared/errors.ts';
import { exportFrom } from '../authoring/client.ts';
import { ask, copyText } from '../bridge.ts';
import { showNotice } from '../state/notices.ts';
import { useSite } from '../state/site.ts';
import type { ExportedHosts } from './exported-hosts.ts';

/** The hosts on their way to other programs. */
interface ExportState {
  readonly shown: boolean;
  readonly format: ExportFormat;
  /** Of the format before while the one that was chosen is being made: looked at, but neither copied nor written. */
  readonly made: (ExportedHosts & { readonly format: ExportFormat }) | undefined;
  /** Name of the file that is looked at; the first one when there is none of that name. */
  readonly file: string | undefined;
  readonly writing: boolean;
  /** Of the last attempt to write: behind the dialog, a notice could not be reached. */
  readonly failure: Failure | undefined;
}

const closed: ExportState = {
  shown: false,
  format: 'table',
  made: undefined,
  file: undefined,
  writing: false,
  failure: undefined,
};

export const useExport = create<ExportState>()(() => closed);

export function showExport(): void {
  useExport.setState({ ...closed, shown: true });
  void chooseExportFormat('table');
}

export function hideExport(): void {
  useExport.setState(closed);
}

export async function chooseExportFormat(format: ExportFormat): Promise<void> {
  useExport.setState({ format, failure: undefined });
  const made = await exportFrom(format);
  const { shown, format: newest } = useExport.getState();
  if (shown && newest === format && made !== undefined) useExport.setState({ made: { ...made, format } });
}

export function lookAtExported(file: string): void {
  useExport.setState({ file });
}

/** What may leave the window now: all of the format that was chosen, when there is a host in it. */
export function readyToExport({ made, format }: ExportState): ExportedHosts | undefined {
  return made?.format === format && made.count > 0 ? made : undefined;
}

/** Characters that the clipboard takes. */
const longestCopy = 2 * 1024 * 1024;

export function mayCopy(made: ExportedHosts | undefined): boolean {
  return made?.copy !== undefined && made.copy.length <= longestCopy;
}

export async function copyExported(): Promise<void> {
  const made = readyToExport(useExport.getState());
  if (made?.copy === undefined || !(await copyText(made.copy))) return;
  hideExport();
  showNotice({ tone: 'fine', title: `${hostsInWords(made.count)} on the clipboard` });
}

/** Into a folder of its own inside the one that is chosen: nothing that exists is written over. */
export async function writeExported(): Promise<void> {
  const { format, writing } = useExport.getState();
  const made = readyToExport(useExport.getState());
  const { site } = useSite.getState();
  // A button that is disabled meanwhile would lose the focus.
  if (made === undefined || site === undefined || writing) return;
  useExport.setState({ writing: true, failure: undefined });
  const files = made.files.map(({ name, text }) => ({ name, text }));
  const answer = await ask('hosts.export', { siteId: site.siteId, as: format, files });
  useExport.setState({ writing: false, failure: answer.ok ? undefined : answer.failure });
  if (!answer.ok || answer.value === null) return;
  hideExport();
  showNotice({ tone: 'fine', title: `${hostsInWords(made.count)} written to ${answer.value.folder}` });
}

function hostsInWords(count: number): string {
  return `${count} ${count === 1 ? 'host is' : 'hosts are'}`;
}
