import { changeKind, kindsOf } from '#shared/network-form/change-kind.ts';
import type { AddableSection } from '#shared/network-form/network-changes.ts';
import { replacementsAsEdits } from '#shared/source/edit-value.ts';
import { ChoiceField } from '../document-forms/fields.tsx';
import { smallestReplacement } from '../editor/text-edit.ts';
import { currentText, textModels } from '../editor/text-models.ts';
import { showNotice } from '../state/notices.ts';
import { mayWrite } from '../workbench/change-documents.ts';
import { changeTexts } from '../workbench/change-texts.ts';
import type { LinkFieldsProps } from './LinkFields.tsx';
import { formattedList, kindWords } from './words.ts';

/** The section that the link stands in: its lines move, and what the new kind does not have goes. */
export function KindChoice({ path, network, link, isReadOnly }: LinkFieldsProps) {
  const kinds = kindsOf(link);
  if (kinds.length === 0) return null;
  const take = (section: AddableSection) => {
    const before = currentText(path);
    const change = changeKind(before, network, link, section);
    if (change === undefined) {
      showNotice({
        tone: 'attention',
        title: `${link.id} was not changed`,
        next: 'Its lines cannot be moved as they are written. Change its kind in the text.',
      });
      return;
    }
    if (!mayWrite() || !replaceText(path, before, change.text) || change.dropped.length === 0) return;
    showNotice({
      tone: 'fine',
      title: `${link.id} is a ${kindWords[section]} now`,
      next: `It has no ${formattedList(change.dropped)} any more.`,
      action: { label: 'Put it back', run: () => textModels()?.undo(path) },
    });
  };
  return (
    <ChoiceField<AddableSection>
      label="Kind"
      value={link.section as AddableSection}
      choices={kinds.map((section) => ({ value: section, title: kindWords[section] }))}
      disabled={isReadOnly}
      onTake={take}
    />
  );
}

/** The whole text as one edit that is as small as it can be. */
function replaceText(path: string, before: string, after: string): boolean {
  const { start, end, text } = smallestReplacement(before, after);
  return changeTexts([{ path, edits: replacementsAsEdits(before, [{ start, end, newText: text }]) }]);
}
