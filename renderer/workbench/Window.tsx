import '../components/controls.css';
import { lazy, Suspense } from 'react';
import { Notices } from '../components/Notices.tsx';
import { useConvert } from '../convert/convert-store.ts';
import { useExport } from '../export/export-store.ts';
import { useTable } from '../fleet/table-store.ts';
import { useImport } from '../import/import-store.ts';
import { useSecrets } from '../secrets/secrets-store.ts';
import { useLayout } from '../state/layout.ts';
import { useRenaming } from '../state/renaming.ts';
import { useSite } from '../state/site.ts';
import { useTreeEditing } from '../state/tree-editing.ts';
import { Welcome } from '../welcome/Welcome.tsx';
import { atRest } from './at-rest.ts';
import { DropFolder } from './DropFolder.tsx';
import { Workbench } from './Workbench.tsx';

// Dialogs bring the component library along: fetched when the window is at rest, so that the first key is not lost.
const loadPalettes = () => import('../palette/Palettes.tsx').then(({ Palettes }) => ({ default: Palettes }));
const Palettes = lazy(loadPalettes);
const loadTreeOverlays = () =>
  import('../tree/TreeOverlays.tsx').then(({ TreeOverlays }) => ({ default: TreeOverlays }));
const TreeOverlays = lazy(loadTreeOverlays);
const loadRenameDialog = () =>
  import('../editor/RenameDialog.tsx').then(({ RenameDialog }) => ({ default: RenameDialog }));
const RenameDialog = lazy(loadRenameDialog);
void atRest().then(() => Promise.all([loadPalettes(), loadTreeOverlays(), loadRenameDialog()]));
const TableDialog = lazy(() =>
  import('../fleet/TableDialog.tsx').then(({ TableDialog }) => ({ default: TableDialog })),
);
const ImportDialog = lazy(() =>
  import('../import/ImportDialog.tsx').then(({ ImportDialog }) => ({ default: ImportDialog })),
);
const ExportDialog = lazy(() =>
  import('../export/ExportDialog.tsx').then(({ ExportDialog }) => ({ default: ExportDialog })),
);
const ConvertDialog = lazy(() =>
  import('../convert/ConvertDialog.tsx').then(({ ConvertDialog }) => ({ default: ConvertDialog })),
);
const SecretsDialog = lazy(() =>
  import('../secrets/SecretsDialog.tsx').then(({ SecretsDialog }) => ({ default: SecretsDialog })),
);
const SettingsDialog = lazy(() =>
  import('../palette/SettingsDialog.tsx').then(({ SettingsDialog }) => ({ default: SettingsDialog })),
);

export function Window() {
  const status = useSite((state) => state.status);
  const palette = useLayout((state) => state.palette);
  const settingsOpen = useLayout((state) => state.settingsOpen);
  const table = useTable((state) => state.shown);
  const importing = useImport((state) => state.shown);
  const exporting = useExport((state) => state.shown);
  const converting = useConvert((state) => state.path);
  const secrets = useSecrets((state) => state.shown);
  const renaming = useRenaming((state) => state.subject);
  const treeOverlay = useTreeEditing(({ menu, question }) => menu !== undefined || question !== undefined);
  return (
    <DropFolder>
      {status === 'open' && <Workbench />}
      {status === 'none' && <Welcome />}
      <Suspense fallback={null}>
        {palette !== 'none' && <Palettes palette={palette} />}
        {settingsOpen && <SettingsDialog />}
        {table && status === 'open' && <TableDialog />}
        {importing && status === 'open' && <ImportDialog />}
        {exporting && status === 'open' && <ExportDialog />}
        {converting !== undefined && status === 'open' && <ConvertDialog path={converting} />}
        {secrets !== undefined && status === 'open' && <SecretsDialog name={secrets.name} />}
        {treeOverlay && <TreeOverlays />}
        {renaming !== undefined && <RenameDialog subject={renaming} />}
      </Suspense>
      <Notices />
    </DropFolder>
  );
}
