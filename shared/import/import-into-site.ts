import { importAirship } from '../airship/import-airship.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { guessKind, type Kind } from '../site/document-kinds.ts';
import { importNetworks, type NetworkSource } from './import-networks.ts';
import type { ImportedDocument, ImportedSite, SiteFile } from './imported-site.ts';
import { isPart } from './netplan-hosts.ts';
import { importedProfile, siteFilesOf } from './site-files.ts';

export type ImportFormat = 'airship' | NetworkSource;

export interface ImportRequest {
  /** Paths inside the folder that was chosen, or names of files that were chosen alone. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Left out: what the files look like. */
  readonly format?: ImportFormat | undefined;
  /** Of a single file that describes a network; named like the file when left out. */
  readonly host?: string | undefined;
}

export type ImportedState = 'new' | 'same' | 'taken';

export interface ImportIntoSite {
  /** Undefined: nothing that can be imported is in the files. */
  readonly format: ImportFormat | undefined;
  /** `same`: the site holds this very text. `taken`: another document has the path, and is left alone. */
  readonly documents: readonly (Pick<SiteFile, 'path' | 'text'> & { readonly state: ImportedState })[];
  /** Values for secrets/, which no document holds. */
  readonly secrets: readonly Pick<ImportedDocument, 'name' | 'text'>[];
  readonly diagnostics: readonly Diagnostic[];
}

const ofAirship = /^["' ]*kind["']?: *["']?(BareMetalHost|Secret|Kustomization)\b/m;
const sources: Readonly<Partial<Record<Kind, NetworkSource>>> = {
  nmstate: 'nmstate',
  'network-config': 'netplan',
  'network-data': 'network-data',
};

/** What most of the files are taken for; a set of Airship is one whatever lies beside its documents. */
export function formatOfFiles(files: ImportRequest['files']): ImportFormat | undefined {
  if (files.some(({ text }) => ofAirship.test(text))) return 'airship';
  const counts = new Map<NetworkSource, number>();
  for (const { path, text } of files) {
    const kind = guessKind(path, text);
    const source = kind === undefined ? undefined : sources[kind];
    if (source !== undefined) counts.set(source, (counts.get(source) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}

/** What files of other programs become in a site that is there already. Nothing of it is written over. Never throws. */
export function importIntoSite(
  { files, format = formatOfFiles(files), host }: ImportRequest,
  existing: ReadonlyMap<string, string>,
): ImportIntoSite {
  if (format === undefined) return { format, documents: [], secrets: [], diagnostics: [] };
  const { site, diagnostics } = read(files, format, host);
  const paths = new Map([...existing.keys()].map((path) => [path.toLowerCase(), path]));
  const documents = siteFilesOf(site)
    .filter(({ path, isPrivate }) => !isPrivate && path !== '.gitignore' && path !== 'site.yaml')
    .map(({ path, text }) => {
      const other = paths.get(path.toLowerCase());
      if (other === undefined) return { path, text, state: 'new' as const };
      // The profile of an earlier import may have been filled in since.
      const isKept = path === `profiles/${importedProfile}.yaml` || existing.get(other) === text;
      return { path, text, state: isKept ? ('same' as const) : ('taken' as const) };
    });
  return { format, documents, secrets: site.secrets, diagnostics };
}

interface Read {
  readonly site: ImportedSite;
  readonly diagnostics: readonly Diagnostic[];
}

function read(files: ImportRequest['files'], format: ImportFormat, host: string | undefined): Read {
  const [first] = files;
  const origin = files.length === 1 && first !== undefined ? `${first.path}.` : `${files.length} files.`;
  const options = { name: 'imported', origin };
  if (format === 'airship') return importAirship(files, options);
  const ofHosts = files.filter(
    ({ path }) => /^[^/]+\.(ya?ml|json)$/i.test(path) || (format === 'netplan' && isPart(path)),
  );
  // Several files of one host are netplan's alone.
  const named =
    ofHosts.length === 1 || format === 'netplan' ? ofHosts.map((file) => ({ ...file, host })) : ofHosts;
  return importNetworks(named, { ...options, format });
}
