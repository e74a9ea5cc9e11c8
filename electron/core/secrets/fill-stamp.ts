import { join } from 'node:path';
import type { Diagnostic } from '#shared/diagnostics/diagnostic.ts';
import { DiagnosticSink } from '#shared/diagnostics/diagnostic.ts';
import { SiteforgeError } from '#shared/errors.ts';
import { cloudInitYamlOf } from '#shared/render/cloud-init-yaml.ts';
import { metaDataOf } from '#shared/render/render-host.ts';
import { userDataHeader } from '#shared/render/render-user-data.ts';
import { replaceMasks, secretsIn } from '#shared/secrets/mask.ts';
import { parseYaml } from '#shared/source/parse-yaml.ts';
import type { SourceNode } from '#shared/source/source-node.ts';
import { createSourceText } from '#shared/source/source-text.ts';
import type { AnalysedSite } from '../site/analyse-site.ts';
import type { HostStamp } from '../stamp/host-stamp.ts';
import { checkValues } from './check-values.ts';
import { secretFolderName } from './secret-folder.ts';
import type { SiteSecrets } from './site-secrets.ts';

export type SecretValues = ReadonlyMap<string, string>;

export interface FilledStamps {
  /** What is written to media: the only texts that hold values. */
  readonly stamps: readonly HostStamp[];
  /** Values that do not fit where they are used, a warning each; none of them is quoted. */
  readonly warnings: readonly Diagnostic[];
  /** Of every secret that one of the hosts needs. */
  readonly values: SecretValues;
}

/**
 * Puts the values of secrets in the place of their masks, for several hosts at once, so that everything that is missing
 * is told together. Errors: `secret-missing`, `secret-in-key-store`, those of reading a value.
 */
export async function fillStamps(
  masked: readonly HostStamp[],
  { analysis, snapshot }: AnalysedSite,
  secrets: Pick<SiteSecrets, 'value'>,
): Promise<FilledStamps> {
  const needed = new Map<string, string[]>();
  for (const { host, seed } of masked)
    for (const name of secretsIn(Object.values(seed).join('\n')))
      needed.set(name, [...(needed.get(name) ?? []), host]);
  const values = new Map<string, string>();
  const absent: AbsentSecret[] = [];
  for (const [name, hosts] of needed) {
    const value = await secrets.value(name).catch((thrown: unknown) => {
      if (!(thrown instanceof SiteforgeError) || thrown.code !== 'secret-in-key-store') throw thrown;
      absent.push({ name, hosts, isLocked: true });
      return undefined;
    });
    if (value !== undefined) values.set(name, value);
    else if (absent.at(-1)?.name !== name) absent.push({ name, hosts, isLocked: false });
  }
  if (absent.length > 0) throw absentValues(absent, snapshot.folder);
  const warnings = masked.flatMap((stamp) => checkValues(stamp, analysis, values));
  return { stamps: masked.map((stamp) => fillStamp(stamp, values)), warnings, values };
}

interface AbsentSecret {
  readonly name: string;
  readonly hosts: readonly string[];
  /** It has a value, in the key store, which this process cannot open. */
  readonly isLocked: boolean;
}

function absentValues(absent: readonly AbsentSecret[], folder: string): SiteforgeError {
  const sentences = absent.map(({ name, hosts, isLocked }) => {
    const shown = hosts.slice(0, 5).join(', ') + (hosts.length > 5 ? ` and ${hosts.length - 5} more` : '');
    const why = isLocked
      ? 'lies in the key store of the system, which only the window can open'
      : 'has no value on this machine';
    return `The secret ${name} ${why}; ${shown} ${hosts.length === 1 ? 'needs' : 'need'} it.`;
  });
  const names = absent.map(({ name }) => name);
  const where = names.join(', ');
  const message = sentences.join(' ');
  if (absent.every(({ isLocked }) => !isLocked))
    return new SiteforgeError('secret-missing', { where, message });
  const detail = writingCommands(names, folder);
  return new SiteforgeError('secret-in-key-store', { where, message, ...(detail === '' ? {} : { detail }) });
}

/** What puts values into secrets/ from a terminal, each typed or pasted and ended with Ctrl-D. No shell keeps them. */
function writingCommands(names: readonly string[], siteFolder: string): string {
  if (process.platform === 'win32') return '';
  const quoted = (path: string) => (/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`);
  const folder = join(siteFolder, secretFolderName);
  return names
    .map((name) => `(umask 077; mkdir -p ${quoted(folder)} && cat > ${quoted(join(folder, name))})`)
    .join('\n');
}

function fillStamp(stamp: HostStamp, values: SecretValues): HostStamp {
  const { seed, host } = stamp;
  if (secretsIn(Object.values(seed).join('\n')).length === 0) return stamp;
  const userData = userDataHeader + filled(seed.userData, values);
  const networkConfig = filled(seed.networkConfig, values);
  // Another value is another instance, for which cloud-init runs its modules again.
  const metaData = metaDataOf(host, userData, networkConfig);
  return { ...stamp, seed: { ...seed, userData, networkConfig, metaData } };
}

/** In a keyfile a value stands on its line, with what would end or begin it escaped (GLib, g_key_file_set_string). */
export function fillKeyfile(text: string, values: SecretValues): string {
  const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  return replaceMasks(text, (name, mask) => {
    const value = values.get(name);
    if (value === undefined) return mask;
    return value.replace(/[\\\n\r\t]/g, (each) => escapes[each] ?? each).replace(/^ /, '\\s');
  });
}

/** Written anew as YAML, so that a value of any characters stands as the text that it is. */
function filled(text: string, values: SecretValues): string {
  const tree = parseYaml(createSourceText('', text), new DiagnosticSink());
  return tree === undefined ? text : cloudInitYamlOf(withValues(tree, values));
}

function withValues(node: SourceNode, values: SecretValues): SourceNode {
  if (node.type === 'sequence') return { ...node, items: node.items.map((item) => withValues(item, values)) };
  if (node.type === 'map') {
    const entries = node.entries.map(({ key, value }) => {
      const filledKey = withValues(key, values);
      return { key: filledKey.type === 'scalar' ? filledKey : key, value: withValues(value, values) };
    });
    return { ...node, entries };
  }
  if (typeof node.value !== 'string') return node;
  const value = replaceMasks(node.value, (name, mask) => values.get(name) ?? mask);
  return value === node.value ? node : { ...node, value };
}
