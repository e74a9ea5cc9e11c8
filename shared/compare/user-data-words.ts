import { type SourceNode, stringOf } from '../source/source-node.ts';
import type { TreeDifference } from './compare-trees.ts';
import type { Topic } from './difference.ts';
import type { Words } from './network-words.ts';
import { valueWords } from './value-words.ts';

const keys: Readonly<Record<string, { readonly topic: Topic; readonly words: string }>> = {
  hostname: { topic: 'names', words: 'host name' },
  fqdn: { topic: 'names', words: 'full name' },
  users: { topic: 'accounts', words: 'account' },
  groups: { topic: 'accounts', words: 'group' },
  ssh_authorized_keys: { topic: 'accounts', words: 'SSH key' },
  write_files: { topic: 'files', words: 'file' },
  runcmd: { topic: 'commands', words: 'command of runcmd' },
  bootcmd: { topic: 'commands', words: 'command of bootcmd' },
  packages: { topic: 'packages', words: 'package' },
  ntp: { topic: 'time', words: 'ntp' },
  timezone: { topic: 'time', words: 'time zone' },
  ca_certs: { topic: 'trust', words: 'trusted authority' },
};

/** A difference between two cloud-configs. */
export function userDataWords(difference: TreeDifference): Words {
  const { path, isOrder } = difference;
  const isItem = path.length === 2 && (path[0] === 'write_files' || path[0] === 'users');
  const values = isItem ? itemWords(difference) : valueWords(difference);
  const [first, ...rest] = path;
  if (first === undefined) return { topic: 'other settings', what: 'user-data', ...values };
  const known = Object.hasOwn(keys, first) ? keys[first] : undefined;
  const topic = known?.topic ?? 'other settings';
  const order = isOrder ? 'order: ' : '';
  return { topic, what: `${order}${whatOf(first, known?.words, rest)}`, ...values };
}

/** `content of /etc/site`, `shell of admin`, `servers of ntp`. */
function whatOf(first: string, words: string | undefined, rest: readonly string[]): string {
  const [item, ...settings] = rest;
  if (item === undefined) return words ?? first;
  if (first === 'write_files' || first === 'users')
    return settings.length === 0 ? `${words} ${item}` : `${settings.join(' ')} of ${item}`;
  if (first === 'ca_certs') return words ?? first;
  return `${rest.join(' ')} of ${first}`;
}

/** A file or an account that only one side has: its name is in `what`, so a word about it is enough. */
function itemWords({ here, there }: TreeDifference): {
  readonly here: string | undefined;
  readonly there: string | undefined;
} {
  const words = (value: SourceNode): string => {
    const content = stringOf(value, 'content');
    const lines = content?.trimEnd().split('\n').length;
    if (lines !== undefined) return lines === 1 ? '1 line' : `${lines} lines`;
    return stringOf(value, 'gecos') ?? stringOf(value, 'shell') ?? 'there';
  };
  return { here: here && words(here.value), there: there && words(there.value) };
}
