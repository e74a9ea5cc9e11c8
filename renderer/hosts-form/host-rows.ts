import { HostRow } from '#shared/hosts-form/host-row.ts';
import { currentText, textModels } from '../editor/text-models.ts';
import { useDocuments } from '../state/documents.ts';

/** Rows by path, with the version of the text that they were read from. */
const read = new Map<string, { readonly version: unknown; readonly row: HostRow }>();

/** The row of a document as its text is now. */
export function rowOf(path: string): HostRow {
  const version = textModels()?.versionOf(path) ?? useDocuments.getState().byPath[path]?.saved;
  const known = read.get(path);
  if (known?.version === version && known?.row !== undefined) return known.row;
  const text = currentText(path);
  // A text that came under a new number, after undo or when the editor took it over, is the same row.
  const row = known?.row.source.text === text ? known.row : new HostRow(path, text);
  read.set(path, { version, row });
  return row;
}
