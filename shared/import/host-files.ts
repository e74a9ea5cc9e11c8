import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { createSourceText } from '../source/source-text.ts';
import type { NetworkFile } from './import-networks.ts';

/**
 * The networks of hosts among the files of a folder: `NODE.yaml`, as Metal3's image customisation takes it, or the only
 * such file of a folder that is named like the host. Other YAML and JSON is told to be left out, never passed over.
 */
export function hostFilesOf(files: readonly NetworkFile[]): {
  readonly networks: readonly NetworkFile[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const sink = new DiagnosticSink();
  const candidates = files.filter(({ path }) => /\.(ya?ml|json)$/i.test(path));
  const counts = new Map<string, number>();
  for (const { path } of candidates) counts.set(folderOf(path), (counts.get(folderOf(path)) ?? 0) + 1);
  const networks = candidates.flatMap((file): NetworkFile[] => {
    const folder = folderOf(file.path);
    if (folder === '') return [file];
    const isDeep = folder.includes('/');
    const count = counts.get(folder) ?? 0;
    if (!isDeep && count === 1) return [{ ...file, host: folder }];
    const why = isDeep
      ? 'a network stands beside the others, or in a folder that is named like its host'
      : `${folder}/ holds ${count} files, and a host has one`;
    const place = { source: createSourceText(file.path, file.text), span: { start: 0, end: 0 } };
    sink.at(place, 'warning', 'import-left-out', `This file is left out: ${why}.`);
    return [];
  });
  return { networks, diagnostics: sink.list() };
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
