import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { DiagnosticCode } from '../diagnostics/diagnostic-codes.ts';
import { checkAgainstSchema } from '../schema/check-against-schema.ts';
import { cloudConfigSchema } from '../schema/cloud-config.ts';
import { pemCertificateProblem } from '../schema/pem-certificate.ts';
import { sshPublicKeyProblem } from '../schema/ssh-public-key.ts';
import { childOf, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { checkUsers } from './check-users.ts';
import { checkWriteFiles } from './check-write-files.ts';
import { MergeFailure, readMergers } from './mergers.ts';
import { itemsUnder, userEntries } from './user-entries.ts';

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
  const secrets = new Map<SourceNode, Judge>([...authorizedKeys(root), ...trustedCertificates(root)]);
  checkAgainstSchema(root, cloudConfigSchema, sink, {
    unknownKeys: 'warning',
    code: 'cloud-config-type',
    ignore: (node) => node.type === 'scalar' && (secrets.has(node) || isOpen(node)),
  });
  for (const [node, { problemOf, code }] of secrets) {
    if (node.type !== 'scalar' || typeof node.value !== 'string' || isOpen(node)) continue;
    const problem = problemOf(node.value);
    // cloud-init installs them unseen, so they are no error, however useless.
    if (problem !== undefined) sink.at(node, 'warning', code, problem);
  }
  checkUsers(root, sink, isOpen);
  checkWriteFiles(root, sink);
  checkMergeSetting(root, sink);
}

/** How a text that cloud-init does not look into is judged. */
interface Judge {
  readonly problemOf: (text: string) => string | undefined;
  readonly code: DiagnosticCode;
}

const sshKey: Judge = { problemOf: sshPublicKeyProblem, code: 'cloud-config-ssh-key' };
const certificate: Judge = { problemOf: pemCertificateProblem, code: 'cloud-config-type' };

function authorizedKeys(root: SourceNode): [SourceNode, Judge][] {
  const lists = [root, ...userEntries(childOf(root, 'users')).map(({ node }) => node)];
  return lists
    .flatMap((node) => itemsUnder(childOf(node, 'ssh_authorized_keys')))
    .map((node): [SourceNode, Judge] => [node, sshKey]);
}

function trustedCertificates(root: SourceNode): [SourceNode, Judge][] {
  return ['ca_certs', 'ca-certs']
    .flatMap((key) => itemsUnder(childOf(childOf(root, key), 'trusted')))
    .map((node): [SourceNode, Judge] => [node, certificate]);
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
