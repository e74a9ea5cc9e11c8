import { childOf, type ScalarNode, type SourceNode } from '../source/source-node.ts';

/** Which options a merger was given; cloud-init tests them with Python's `in`, so a text counts by its parts. */
type Options = (option: string) => boolean;

export interface Merger {
  readonly type: 'dict' | 'list' | 'str';
  readonly has: Options;
  /** The options one by one, where they are written so. */
  readonly options: readonly WrittenOption[];
}

export interface WrittenOption {
  readonly option: string;
  readonly node: ScalarNode;
}

/** cloud-init would log the message and leave the whole fragment out. */
export class MergeFailure extends Error {
  readonly node: SourceNode;

  constructor(node: SourceNode, message: string) {
    super(message);
    this.name = 'MergeFailure';
    this.node = node;
  }
}

/**
 * Default for parts of user-data: `DEF_MERGERS` in cloudinit/handlers/cloud_config.py of 22.4. (The documentation
 * names `list()+dict()+str()`, which is the default of the merging functions, not of user-data.)
 */
export const defaultMergers: readonly Merger[] = [
  builtIn('dict', ['replace']),
  builtIn('list', []),
  builtIn('str', []),
];

/**
 * The setting that loses least: of lists both, of texts the later one. Without recurse_str the earlier text would stay
 * (`_do_dict_replace` of m_dict.py is for `replace` alone).
 */
export const keepingBoth = 'list(append)+dict(recurse_list,recurse_str)+str()';

/** `merge_how` is looked at first, `merge_type` only without it (`dict_extract_mergers`). */
export function mergeSetting(fragment: SourceNode): { key: string; node: SourceNode } | undefined {
  for (const key of ['merge_how', 'merge_type']) {
    const node = childOf(fragment, key);
    if (node !== undefined && !(node.type === 'scalar' && node.value === null)) return { key, node };
  }
  return undefined;
}

/**
 * What the mergers look for in their options (m_dict.py, m_list.py, m_str.py of cloudinit/mergers). They pass over any
 * other word, and then do what they do without it.
 */
const knownOptions: Readonly<Record<Merger['type'], readonly string[]>> = {
  dict: [
    'allow_delete',
    'no_replace',
    'replace',
    'recurse_dict',
    'recurse_list',
    'recurse_array',
    'recurse_str',
  ],
  list: [
    'append',
    'prepend',
    'no_replace',
    'replace',
    'recurse_dict',
    'recurse_list',
    'recurse_array',
    'recurse_str',
  ],
  str: ['append'],
};

/** An option that its merger does not know. */
export interface UnknownOption extends WrittenOption {
  readonly merger: Merger['type'];
  readonly known: readonly string[];
}

/** Options of a fragment's merge setting that do nothing. Throws MergeFailure when it cannot be read. */
export function unknownOptions(fragment: SourceNode): readonly UnknownOption[] {
  return readMergers(fragment).flatMap(({ type, options }) =>
    options.flatMap(({ option, node }) =>
      option === '' || knownOptions[type].includes(option)
        ? []
        : [{ option, merger: type, node, known: knownOptions[type] }],
    ),
  );
}

/** What was read of a merge setting: fragments of a profile are merged for each of its hosts. */
const readSettings = new WeakMap<SourceNode, readonly Merger[]>();

/** Reads both syntaxes: `"list(append)+dict(recurse_list)"` and `[{name: list, settings: [append]}]`. */
export function readMergers(fragment: SourceNode): readonly Merger[] {
  const setting = mergeSetting(fragment);
  if (setting === undefined) return defaultMergers;
  const { node } = setting;
  const known = readSettings.get(node);
  if (known !== undefined) return known;
  const written = node.type === 'scalar' ? readMergerText(node) : readMergerList(node);
  const mergers = written.length === 0 ? defaultMergers : written;
  readSettings.set(node, mergers);
  return mergers;
}

function readMergerText(node: ScalarNode): Merger[] {
  if (typeof node.value !== 'string')
    throw new MergeFailure(node, 'The merge setting is neither text nor list.');
  const mergers: Merger[] = [];
  for (const part of node.value.split('+')) {
    const name = part.toLowerCase().trim().replaceAll('-', '_');
    if (name === '') continue;
    const match = /^([a-z_][a-z0-9_]*)\((.*?)\)$/.exec(name);
    if (match === null) throw new MergeFailure(node, `"${part.trim()}" is not of the form name(options).`);
    const options = (match[2] ?? '').split(',').map((option) => option.trim());
    const type = mergerType(node, match[1] ?? '');
    const written = options.map((option) => ({ option, node: placedIn(node, option) }));
    mergers.push({ type, has: (option) => options.includes(option), options: written });
  }
  return mergers;
}

function readMergerList(node: SourceNode): Merger[] {
  if (node.type !== 'sequence') throw new MergeFailure(node, 'The merge setting is neither text nor list.');
  return node.items.flatMap((item) => {
    const name = item.type === 'sequence' ? item.items[0] : childOf(item, 'name');
    if (name?.type !== 'scalar' || typeof name.value !== 'string') {
      throw new MergeFailure(item, 'A merger is written as {name: list, settings: [append]}.');
    }
    if (name.value === '') return [];
    const settings = item.type === 'sequence' ? optionsIn(item.items.slice(1)) : settingsOf(item);
    const written = item.type === 'sequence' ? name.value : name.value.replaceAll('-', '_').trim();
    return [{ type: mergerType(name, written), ...settings }];
  });
}

type Settings = Pick<Merger, 'has' | 'options'>;

function settingsOf(item: SourceNode): Settings {
  const settings = childOf(item, 'settings');
  if (settings?.type === 'sequence') return optionsIn(settings.items);
  if (settings?.type === 'map') return optionsIn(settings.entries.map(({ key }) => key));
  const text = settings?.value;
  if (typeof text !== 'string') throw new MergeFailure(item, 'The merger lacks its list of settings.');
  return { has: (option) => text.includes(option), options: [] };
}

function optionsIn(nodes: readonly SourceNode[]): Settings {
  const options = nodes.flatMap((node) =>
    node.type === 'scalar' ? [{ option: String(node.value), node }] : [],
  );
  return { has: (option) => options.some(({ node }) => node.value === option), options };
}

function builtIn(type: Merger['type'], options: readonly string[]): Merger {
  return { type, has: (option) => options.includes(option), options: [] };
}

/** The option itself where the text stands as it is in the source, else the whole text. */
function placedIn(node: ScalarNode, option: string): ScalarNode {
  const { source, span } = node;
  const at = option === '' ? -1 : source.text.slice(span.start, span.end).search(wholeWord(option));
  return at < 0 ? node : { ...node, span: { start: span.start + at, end: span.start + at + option.length } };
}

function wholeWord(option: string): RegExp {
  return new RegExp(`(?<![\\w-])${option.replace(/[^\w]/g, '\\$&')}(?![\\w-])`, 'i');
}

function mergerType(node: SourceNode, name: string): Merger['type'] {
  const type = name.startsWith('m_') ? name.slice(2) : name;
  if (type === 'dict' || type === 'list' || type === 'str') return type;
  throw new MergeFailure(node, `There is no merger "${name}"; there are dict, list and str.`);
}
