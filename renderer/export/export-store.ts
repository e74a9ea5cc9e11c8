import { create } from 'zustand';
import type { ExportFormat } from '#shared/contract.ts';
import { exportFrom } from '../authoring/client.ts';
import { copyText, request } from '../bridge.ts';
import { showNotice } from '../state/notices.ts';
import { useSite } from '../state/site.ts';
import type { ExportedHosts } from './exported-hosts.ts';

/** The hosts on their way to other programs. */
interface ExportState {
  readonly shown: boolean;
  readonly format: ExportFormat;
  /** Of the format before while the one that was chosen is being made. */
  readonly made: ExportedHosts | undefined;
}

const closed: ExportState = { shown: false, format: 'table', made: undefined };

export const useExport = create<ExportState>()(() => closed);

export function showExport(): void {
  useExport.setState({ ...closed, shown: true });
  void chooseExportFormat('table');
}

export function hideExport(): void {
  useExport.setState(closed);
}

export async function chooseExportFormat(format: ExportFormat): Promise<void> {
  useExport.setState({ format });
  const made = await exportFrom(format);
  const { shown, format: newest } = useExport.getState();
  if (shown && newest === format) useExport.setState({ made });
}

/** Characters that the clipboard takes. */
const longestCopy = 2 * 1024 * 1024;

export function mayCopy(made: ExportedHosts | undefined): boolean {
  return made?.copy !== undefined && made.copy.length <= longestCopy;
}

export async function copyExported(): Promise<void> {
  const { made } = useExport.getState();
  if (made?.copy === undefined || !(await copyText(made.copy))) return;
  hideExport();
  showNotice({ tone: 'fine', title: `${hostsInWords(made.count)} on the clipboard` });
}

/** Into a folder of its own inside the one that is chosen: nothing that exists is written over. */
export async function writeExported(): Promise<void> {
  const { made, format } = useExport.getState();
  const { site } = useSite.getState();
  if (made === undefined || made.files.length === 0 || site === undefined) return;
  const files = made.files.map(({ name, text }) => ({ name, text }));
  const written = await request('hosts.export', { siteId: site.siteId, as: format, files });
  if (written === null || written === undefined) return;
  hideExport();
  showNotice({ tone: 'fine', title: `${hostsInWords(made.count)} written to ${written.folder}` });
}

function hostsInWords(count: number): string {
  return `${count} ${count === 1 ? 'host is' : 'hosts are'}`;
}
