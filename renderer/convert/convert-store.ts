import { create } from 'zustand';
import type { DocumentTarget } from '#shared/network/convert-network.ts';
import { formatOfText } from '#shared/network/network-format.ts';
import type { Conversion } from '#shared/refactor/convert-document.ts';
import { createSourceText, rangeOf } from '#shared/source/source-text.ts';
import { conversionFrom } from '../authoring/client.ts';
import { currentText, textModels } from '../editor/text-models.ts';
import { useDocuments } from '../state/documents.ts';
import { showNotice } from '../state/notices.ts';
import { changeTexts } from '../workbench/change-texts.ts';
import { openDocument } from '../workbench/documents.ts';

export const targetWords: Readonly<Record<DocumentTarget, string>> = {
  'network-config-v2': 'cloud-init’s version 2',
  'network-config-v1': 'cloud-init’s version 1',
  nmstate: 'NMState',
  'network-data': 'OpenStack network_data',
};

/** A network document on its way to another format. */
interface ConvertState {
  /** The document; undefined while nothing is asked. */
  readonly path: string | undefined;
  readonly to: DocumentTarget;
  /** Of the format before while the one that was chosen is being made. */
  readonly made:
    | { readonly to: DocumentTarget; readonly of: string; readonly conversion: Conversion }
    | undefined;
}

const closed: ConvertState = { path: undefined, to: 'network-config-v2', made: undefined };

export const useConvert = create<ConvertState>()(() => closed);

/** For a document in networks/; for others nothing happens. */
export function showConvert(path: string): void {
  if (!mayConvert(path)) return;
  const to = formatOfText(currentText(path)) === 'network-config-v2' ? 'nmstate' : 'network-config-v2';
  useConvert.setState({ ...closed, path });
  void chooseTarget(to);
}

export function mayConvert(path: string): boolean {
  return path.startsWith('networks/');
}

export function showConvertActive(): void {
  const { active } = useDocuments.getState();
  if (active !== undefined && mayConvert(active)) showConvert(active);
  else
    showNotice({
      tone: 'attention',
      title: 'Only networks are converted. Open a document of “Networks” first.',
    });
}

export function hideConvert(): void {
  useConvert.setState(closed);
}

export async function chooseTarget(to: DocumentTarget): Promise<void> {
  const { path } = useConvert.getState();
  if (path === undefined) return;
  useConvert.setState({ to });
  const of = currentText(path);
  const conversion = await conversionFrom(path, to);
  const now = useConvert.getState();
  if (now.path === path && now.to === to && conversion !== undefined)
    useConvert.setState({ made: { to, of, conversion } });
}

/** The text that would be written now; undefined while there is none. */
export function readyToConvert({ made, to }: ConvertState): string | undefined {
  if (made === undefined || made.to !== to || 'refused' in made.conversion) return undefined;
  return made.conversion.text;
}

/** One step of undo. A text that changed since it was converted is converted again first, to be looked at. */
export function convert(): void {
  const state = useConvert.getState();
  const { path, made, to } = state;
  const text = readyToConvert(state);
  if (path === undefined || made === undefined || text === undefined) return;
  const range = rangeOf(createSourceText(path, made.of), { start: 0, end: made.of.length });
  // With what the editor holds, there is a way back.
  textModels()?.hold(path);
  if (!changeTexts([{ path, edits: [{ range, oldText: made.of, newText: text }] }])) {
    void chooseTarget(to);
    return;
  }
  hideConvert();
  openDocument(path);
  showNotice({ tone: 'fine', title: `${path} is ${targetWords[to]} now. Undo takes it back.` });
}
