import { childOf, type SourceNode } from '../source/source-node.ts';

/** Which options a merger was given; cloud-init tests them with Python's `in`, so a text counts by its parts. */
type Options = (option: string) => boolean;

export interface Merger {
  readonly type: 'dict' | 'list' | 'str';
  readonly has: Options;
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
  merger('dict', ['replace']),
  merger('list', []),
  merger('str', []),
];

/** `merge_how` is looked at first, `merge_type` only without it (`dict_extract_mergers`). */
export function mergeSetting(fragment: SourceNode): { key: string; node: SourceNode } | undefined {
  for (const key of ['merge_how', 'merge_type']) {
    const node = childOf(fragment, key);
    if (node !== undefined && !(node.type === 'scalar' && node.value === null)) return { key, node };
  }
  return undefined;
}

/** Reads both syntaxes: `"list(append)+dict(recurse_list)"` and `[{name: list, settings: [append]}]`. */
export function readMergers(fragment: SourceNode): readonly Merger[] {
  const setting = mergeSetting(fragment);
  if (setting === undefined) return defaultMergers;
  const { node } = setting;
  const mergers = node.type === 'scalar' ? readMergerText(node) : readMergerList(node);
  return mergers.length === 0 ? defaultMergers : mergers;
}

function readMergerText(node: SourceNode & { type: 'scalar' }): Merger[] {
  if (typeof node.value !== 'string')
    throw new MergeFailure(node, 'The merge setting is neither text nor list.');
  const mergers: Merger[] = [];
  for (const part of node.value.split('+')) {
    const name = part.toLowerCase().trim().replaceAll('-', '_');
    if (name === '') continue;
    const match = /^([a-z_][a-z0-9_]*)\((.*?)\)$/.exec(name);
    if (match === null) throw new MergeFailure(node, `"${part.trim()}" is not of the form name(options).`);
    const options = (match[2] ?? '').split(',').map((option) => option.trim());
    mergers.push(merger(mergerType(node, match[1] ?? ''), options));
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
    const has = item.type === 'sequence' ? optionsIn(item.items.slice(1)) : settingsOf(item);
    const written = item.type === 'sequence' ? name.value : name.value.replaceAll('-', '_').trim();
    return [{ type: mergerType(name, written), has }];
  });
}

function settingsOf(item: SourceNode): Options {
  const settings = childOf(item, 'settings');
  if (settings?.type === 'sequence') return optionsIn(settings.items);
  if (settings?.type === 'map') return optionsIn(settings.entries.map(({ key }) => key));
  const text = settings?.value;
  if (typeof text !== 'string') throw new MergeFailure(item, 'The merger lacks its list of settings.');
  return (option) => text.includes(option);
}

function optionsIn(nodes: readonly SourceNode[]): Options {
  return (option) => nodes.some((node) => node.type === 'scalar' && node.value === option);
}

function merger(type: Merger['type'], options: readonly string[]): Merger {
  return { type, has: (option) => options.includes(option) };
}

function mergerType(node: SourceNode, name: string): Merger['type'] {
  const type = name.startsWith('m_') ? name.slice(2) : name;
  if (type === 'dict' || type === 'list' || type === 'str') return type;
  throw new MergeFailure(node, `There is no merger "${name}"; there are dict, list and str.`);
}
