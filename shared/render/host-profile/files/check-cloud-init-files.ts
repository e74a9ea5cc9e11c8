import { DiagnosticSink } from '../../../diagnostics/diagnostic.ts';
import { linesOfText } from '../../../source/line-of-text.ts';
import { parseYaml } from '../../../source/parse-yaml.ts';
import { childOf, type SourceNode, toPlain } from '../../../source/source-node.ts';
import { createSourceText } from '../../../source/source-text.ts';
import type { ProfileCheck } from '../profile-check.ts';
import { removed } from '../remedy.ts';

/**
 * Baked settings of cloud-init with which a stamp has no effect. Read in cloud-init 22.4.2 of Debian 12: its generator
 * for systemd, ds-identify, stages.py (`_find_networking_config`) and DataSourceNoCloud.py.
 */
export function checkCloudInitFiles({ spec, at, value }: ProfileCheck): void {
  const files = spec.files ?? [];
  const isEnabled = files.some(({ path }) => path === enabledFile);
  for (const [index, { path, content }] of files.entries()) {
    if (path === disabledFile && !isEnabled)
      value(at('files', index, 'path'), `${path} ${turnsOff}`, removed('files', index));
    const why = path === '/etc/cloud/ds-identify.cfg' ? identifyProblem(content) : problemOf(path, content);
    if (why !== undefined) value(at('files', index, 'content'), why);
  }
  for (const [index, { content }] of (spec.scripts ?? []).entries()) {
    const lineAt = linesOfText(at('scripts', index, 'content'));
    for (const [number, line] of content.split('\n').entries())
      if (makesDisabledFile(line)) value(lineAt(number), `${disabledFile} ${turnsOff}`);
  }
}

const disabledFile = '/etc/cloud/cloud-init.disabled';
/** Looked for first, so that the other does nothing. */
const enabledFile = '/etc/cloud/cloud-init.enabled';
const makesDisabledFile = (line: string) =>
  line.includes(disabledFile) && !/^\s*#/.test(line) && /\btouch\s|>\s*\/etc\/cloud\//.test(line);
const turnsOff =
  'turns cloud-init off: no host would read the seed that is stamped for it, so that it has no name, no network and no users.';

/** ds-identify, `read_config`: a data source that is named is taken without looking for others. */
function identifyProblem(content: string): string | undefined {
  const settings = new Map(
    [...content.matchAll(/^[ \t]*(policy|datasource):[ \t]*([^#\s]+)/gm)].map(
      ([, key, text]) => [key, text] as const,
    ),
  );
  if (/^disabled(,|$)/.test(settings.get('policy') ?? '')) return `“policy: disabled” ${turnsOff}`;
  const named = settings.get('datasource');
  return named === undefined || named === 'NoCloud'
    ? undefined
    : `cloud-init looks for ${named} alone then, and no host would read the seed that is stamped for it (NoCloud).`;
}

/** Settings of the image itself, which those of files that come later in the alphabet replace. */
const ofImage = '/etc/cloud/cloud.cfg.d/90_siteforge.cfg';

function problemOf(path: string, content: string): string | undefined {
  if (path !== '/etc/cloud/cloud.cfg' && !/^\/etc\/cloud\/cloud\.cfg\.d\/[^/]+\.cfg$/.test(path))
    return undefined;
  const root = parseYaml(createSourceText(path, content), new DiagnosticSink());
  return (
    networkProblem(childOf(root, 'network')) ??
    (path < ofImage ? undefined : sourcesProblem(childOf(root, 'datasource_list'))) ??
    seedProblem(childOf(childOf(root, 'datasource'), 'NoCloud'))
  );
}

function networkProblem(network: SourceNode | undefined): string | undefined {
  if (network?.type !== 'map' || network.entries.length === 0) return undefined;
  const own = childOf(network, 'network') ?? network;
  const setting = childOf(own, 'config');
  return setting?.type === 'scalar' && setting.value === 'disabled'
    ? '“network: {config: disabled}” keeps cloud-init from the network: that which is stamped for each host is never set up.'
    : 'A network that is baked takes the place of the one that is stamped: all hosts would get this one.';
}

function sourcesProblem(list: SourceNode | undefined): string | undefined {
  const names = list === undefined ? undefined : toPlain(list);
  if (!Array.isArray(names) || names.includes('NoCloud')) return undefined;
  return 'This datasource_list leaves NoCloud out, which is what reads the seed: nothing that is stamped would have an effect.';
}

function seedProblem(settings: SourceNode | undefined): string | undefined {
  if (childOf(settings, 'seedfrom') !== undefined)
    return 'With “seedfrom” user-data comes from there, and what is stamped for each host is not read.';
  // Taken only with both.
  if (['user-data', 'meta-data'].some((key) => childOf(settings, key) === undefined)) return undefined;
  return 'This user-data takes the place of the one that is stamped for each host.';
}
