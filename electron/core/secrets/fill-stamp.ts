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
 * is told together. Errors: `secret-missing`, those of reading a value.
 */
export async function fillStamps(
  masked: readonly HostStamp[],
  { analysis }: AnalysedSite,
  secrets: Pick<SiteSecrets, 'value'>,
): Promise<FilledStamps> {
  const needed = new Map<string, string[]>();
  for (const { host, seed } of masked)
    for (const name of secretsIn(Object.values(seed).join('\n')))
      needed.set(name, [...(needed.get(name) ?? []), host]);
  const values = new Map<string, string>();
  const absent: string[] = [];
  for (const name of needed.keys()) {
    const value = await secrets.value(name);
    if (value === undefined) absent.push(name);
    else values.set(name, value);
  }
  if (absent.length > 0) throw missingValues(absent, needed);
  const warnings = masked.flatMap((stamp) => checkValues(stamp, analysis, values));
  return { stamps: masked.map((stamp) => fillStamp(stamp, values)), warnings, values };
}

function missingValues(
  absent: readonly string[],
  needed: ReadonlyMap<string, readonly string[]>,
): SiteforgeError {
  const sentences = absent.map((name) => {
    const hosts = needed.get(name) ?? [];
    const shown = hosts.slice(0, 5).join(', ') + (hosts.length > 5 ? ` and ${hosts.length - 5} more` : '');
    return `The secret ${name} has no value on this machine; ${shown} ${hosts.length === 1 ? 'needs' : 'need'} it.`;
  });
  return new SiteforgeError('secret-missing', { where: absent.join(', '), message: sentences.join(' ') });
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
