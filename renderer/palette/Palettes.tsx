import { useMemo } from 'react';
import { isMac } from '../bridge.ts';
import { availableCommands, runCommand } from '../commands/commands.ts';
import { shortcutText } from '../commands/shortcut.ts';
import { ProblemCounts } from '../components/Icons.tsx';
import { useDocuments } from '../state/documents.ts';
import { changeLayout, type Palette } from '../state/layout.ts';
import { countBySeverity, useProblems } from '../state/problems.ts';
import { chooseHost, useSite } from '../state/site.ts';
import { groups, likelyFolder } from '../tree/tree-rows.ts';
import { beginNew } from '../workbench/change-documents.ts';
import { openDocument } from '../workbench/documents.ts';
import { QuickPick } from './QuickPick.tsx';

function close(): void {
  changeLayout({ palette: 'none' });
}

export function Palettes({ palette }: { readonly palette: Palette }) {
  if (palette === 'commands') return <CommandPalette />;
  if (palette === 'documents') return <DocumentPalette />;
  if (palette === 'hosts') return <HostPalette />;
  if (palette === 'new') return <NewDocumentPalette />;
  return null;
}

function CommandPalette() {
  const choices = useMemo(() => availableCommands().filter(({ id }) => id !== 'palette.show'), []);
  return (
    <QuickPick
      label="Commands"
      placeholder="Type a command"
      choices={choices}
      onClose={close}
      onChoose={({ id }) => runCommand(id)}
      aside={({ shortcut }) => shortcut !== undefined && <kbd>{shortcutText(shortcut, isMac())}</kbd>}
    />
  );
}

function DocumentPalette() {
  const byPath = useDocuments((state) => state.byPath);
  const choices = useMemo(
    () =>
      Object.keys(byPath)
        .sort()
        .map((path) => ({
          id: path,
          title: path.replace(/^.*\//, ''),
          detail: path.includes('/') ? path.replace(/\/[^/]*$/, '') : undefined,
        })),
    [byPath],
  );
  return (
    <QuickPick
      label="Open a document"
      placeholder="Name of a document"
      choices={choices}
      onClose={close}
      onChoose={({ id }) => openDocument(id)}
      aside={({ id }) => <DocumentProblems path={id} />}
    />
  );
}

function DocumentProblems({ path }: { readonly path: string }) {
  const found = useProblems((state) => state.byFile[path]);
  if (found === undefined) return null;
  const { errors, warnings } = countBySeverity(found);
  return <ProblemCounts errors={errors} warnings={warnings} />;
}

/** What kind of document; the name is typed in the tree. The folder of the shown document comes first. */
function NewDocumentPalette() {
  const choices = useMemo(() => {
    const likely = likelyFolder(useDocuments.getState().active);
    const inOrder = [...groups].sort((a, b) => Number(b.id === likely) - Number(a.id === likely));
    return inOrder.map(({ id, one }) => ({ id, title: `New ${one}`, detail: `${id}/` }));
  }, []);
  return (
    <QuickPick
      label="New document"
      placeholder="What kind of document"
      choices={choices}
      onClose={close}
      onChoose={({ id }) => beginNew(id)}
    />
  );
}

function HostPalette() {
  const hosts = useSite((state) => state.overview?.hosts);
  const choices = useMemo(
    () =>
      (hosts ?? []).map((host) => ({
        id: host.name,
        title: host.name,
        detail: [host.role, ...host.addresses].join('  '),
        problems: host.problems,
      })),
    [hosts],
  );
  return (
    <QuickPick
      label="Choose the host"
      placeholder="Name, role or address of a host"
      choices={choices}
      onClose={close}
      onChoose={({ id }) => chooseHost(id)}
      aside={({ problems }) => <ProblemCounts {...problems} />}
    />
  );
}
