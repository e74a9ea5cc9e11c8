import type { SiteDocument } from '../site/document.ts';
import { childOf, type SourceNode, stringOf } from '../source/source-node.ts';
import { type Addition, itemsOf, type Misplaced, saysSame } from './misplaced.ts';

/** Why no fix moves a setting to a document: what that says otherwise, as half a sentence for each. */
export function contradictionsWith({ move }: Misplaced, targets: readonly SiteDocument[]): string[] {
  if (move === undefined) return [];
  return targets.flatMap(({ path, root }) => {
    const spec = childOf(root, 'spec');
    const words = move.additions.flatMap((each) => contradictionOf(spec, each) ?? []);
    return words[0] === undefined ? [] : `${path} ${words[0]}`;
  });
}

function contradictionOf(spec: SourceNode | undefined, addition: Addition): string | undefined {
  const { account } = addition;
  if (account !== undefined) {
    // The default of the schema of a site.
    const administrator = stringOf(childOf(spec, 'adminUser'), 'name') ?? 'admin';
    if (account !== administrator)
      return `gives “${addition.path.join('.')}” to the account ${administrator}, not to ${account}`;
  }
  let parent = spec;
  for (const key of addition.path) parent = childOf(parent, key);
  if ('key' in addition) {
    const present = childOf(parent, addition.key);
    if (present === undefined || (present.type === 'scalar' && String(present.value) === addition.value))
      return undefined;
    const name =
      addition.path.at(-1) === 'sysctl' ? addition.key : [...addition.path, addition.key].join('.');
    return present.type === 'scalar'
      ? `sets ${name} to ${String(present.value)} already`
      : `sets ${name} otherwise already`;
  }
  const { item, path } = addition;
  if (typeof item === 'string') return oppositeOf(spec, path, item);
  const same = itemsOf(parent).some(
    (each) =>
      !saysSame(each, item) && identityOf((key) => stringOf(each, key)) === identityOf((key) => item[key]),
  );
  return same ? `has ${identityOf((key) => item[key])} under ${path.join('.')} already` : undefined;
}

/** What two items of a list may not share: the path of files, the name of certificates, whom and what a limit is for. */
function identityOf(read: (key: string) => unknown): string {
  const textOf = (key: string) => {
    const text = read(key);
    return typeof text === 'string' ? text : undefined;
  };
  const limit = ['domain', 'type', 'item'].map((key) => textOf(key) ?? '').join(' ');
  return textOf('path') ?? textOf('name') ?? limit;
}

/** Lists of which a name stands in one alone. */
const opposites = [
  ['systemd.enable', 'systemd.disable'],
  ['systemd.enable', 'systemd.mask'],
  ['kernel.modules.load', 'kernel.modules.blacklist'],
];

function oppositeOf(spec: SourceNode | undefined, path: readonly string[], item: string): string | undefined {
  const own = path.join('.');
  const others = opposites.flatMap((pair) => (pair.includes(own) ? pair.filter((each) => each !== own) : []));
  const other = others.find((each) => {
    const list = each.split('.').reduce<SourceNode | undefined>((node, key) => childOf(node, key), spec);
    return itemsOf(list).some((one) => one.type === 'scalar' && one.value === item);
  });
  return other && `has ${item} under ${other} already`;
}
