import { Pencil, Trash2 } from 'lucide-react';
import { linkSections } from '#shared/network/version-2-keys.ts';
import { kindsOf } from '#shared/network-form/change-kind.ts';
import { changesOfRemoval, usesOf } from '#shared/network-form/network-changes.ts';
import type { WrittenLink, WrittenNetwork } from '#shared/network-form/read-network-form.ts';
import { renameSubjectFrom } from '../authoring/client.ts';
import { textModels } from '../editor/text-models.ts';
import { changeDocument } from '../forms/change-document.ts';
import { showNotice } from '../state/notices.ts';
import { useRenaming } from '../state/renaming.ts';
import { mayWrite } from '../workbench/change-documents.ts';
import type { LinkFieldsProps } from './LinkFields.tsx';
import { formattedList } from './words.ts';

/** The name of a link, and what is done with the whole of it. */
export function LinkHeading({ path, network, link, isReadOnly }: LinkFieldsProps) {
  const remove = () => {
    const uses = usesOf(network, link.id);
    if (!changeDocument(path, changesOfRemoval(network, link))) return;
    showNotice({
      tone: 'fine',
      title: `${link.id} is removed`,
      ...(uses.length === 0 ? {} : { next: removalWords(uses) }),
      action: { label: 'Put it back', run: () => textModels()?.undo(path) },
    });
  };
  return (
    <div className="link-heading">
      <h2 className="truncate">{link.id}</h2>
      {kindsOf(link).length === 0 && (
        <span className="muted truncate">{linkSections[link.section].description}</span>
      )}
      <span className="status-space" />
      <button
        type="button"
        className="icon-button"
        aria-label={`Rename ${link.id}…`}
        title="Rename it here and where other links refer to it"
        disabled={isReadOnly}
        onClick={() => void rename(path, link.id)}
      >
        <Pencil size={14} aria-hidden />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={`Remove ${link.id}`}
        title={removalTitle(network, link)}
        disabled={isReadOnly}
        onClick={remove}
      >
        <Trash2 size={14} aria-hidden />
      </button>
    </div>
  );
}

async function rename(path: string, name: string): Promise<void> {
  if (!mayWrite()) return;
  const subject = await renameSubjectFrom({ kind: 'link', name, scope: path });
  if (subject !== undefined) useRenaming.setState({ subject });
}

type Uses = ReturnType<typeof usesOf>;

function removalTitle(network: WrittenNetwork, { id }: WrittenLink): string {
  const uses = usesOf(network, id);
  if (uses.length === 0) return `Remove ${id}`;
  return `Remove ${id}, which ${formattedList(uses.map(({ by }) => by))} ${uses.length === 1 ? 'refers' : 'refer'} to`;
}

function removalWords(uses: Uses): string {
  const of = (as: Uses[number]['as'][]) => uses.filter((use) => as.includes(use.as)).map(({ by }) => by);
  const joined = [...new Set(of(['member', 'primary']))];
  const left = of(['carrier', 'peer']);
  return [
    ...(joined.length === 0 ? [] : [`It was taken out of ${formattedList(joined)}.`]),
    ...(left.length === 0
      ? []
      : [
          `${formattedList(left)} ${left.length === 1 ? 'lay' : 'lie'} on it and ${left.length === 1 ? 'needs' : 'need'} another link.`,
        ]),
  ].join(' ');
}
