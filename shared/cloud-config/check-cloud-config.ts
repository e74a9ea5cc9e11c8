import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { checkAgainstSchema } from '../schema/check-against-schema.ts';
import { cloudConfigSchema } from '../schema/cloud-config.ts';
import { sshPublicKeyProblem } from '../schema/ssh-public-key.ts';
import { childOf, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { checkUsers } from './check-users.ts';
import { checkWriteFiles } from './check-write-files.ts';
import { MergeFailure, readMergers } from './mergers.ts';
import { itemsUnder } from './user-entries.ts';

/**
 * Checks one cloud-config. `isOpen` tells which scalars stand for a value that is not known yet; nothing is said
 * about them. What cloud-init accepts is at most a warning.
 */
export function checkCloudConfig(
  root: SourceNode,
  sink: DiagnosticSink,
  isOpen: (node: ScalarNode) => boolean = () => false,
): void {
  if (root.type !== 'map') {
    // "#cloud-config\n{}" and an empty text are accepted; a list or a word is not.
    sink.at(
      root,
      'error',
      'cloud-config-type',
      'A cloud-config is a mapping of settings, for example “runcmd:”.',
    );
    return;
  }
  const keys = new Set<SourceNode>(authorizedKeys(root));
  checkAgainstSchema(root, cloudConfigSchema, sink, {
    unknownKeys: 'warning',
    code: 'cloud-config-type',
    ignore: (node) => node.type === 'scalar' && (keys.has(node) || isOpen(node)),
  });
  for (const node of keys) {
    if (node.type !== 'scalar' || typeof node.value !== 'string' || isOpen(node)) continue;
    const problem = sshPublicKeyProblem(node.value);
    if (problem !== undefined) sink.at(node, 'error', 'cloud-config-ssh-key', problem);
  }
  checkUsers(root, sink, isOpen);
  checkWriteFiles(root, sink);
  checkMergeSetting(root, sink);
}

function authorizedKeys(root: SourceNode): ScalarNode[] {
  const lists = [root, ...itemsUnder(childOf(root, 'users'))].map((node) =>
    childOf(node, 'ssh_authorized_keys'),
  );
  return lists.flatMap((list) => itemsUnder(list).filter((item) => item.type === 'scalar'));
}

/** A merge setting that cloud-init cannot read makes it leave out the whole fragment. */
function checkMergeSetting(root: SourceNode, sink: DiagnosticSink): void {
  try {
    const mergers = readMergers(root);
    if (mergers.some(({ type }) => type === 'dict')) return;
    const place = childOf(root, 'merge_how') ?? childOf(root, 'merge_type') ?? root;
    const message =
      'Without dict() nothing of this fragment is merged. Write for example “list(append)+dict(recurse_list)+str()”.';
    sink.at(place, 'warning', 'cloud-config-merge', message);
  } catch (thrown) {
    if (!(thrown instanceof MergeFailure)) throw thrown;
    const message = `${thrown.message} cloud-init leaves out the whole fragment. Write for example “list(append)+dict(recurse_list)+str()”.`;
    sink.at(thrown.node, 'error', 'cloud-config-merge', message);
  }
}
