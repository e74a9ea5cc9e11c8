import { type Diagnostic, DiagnosticSink, type Severity, type TextFix } from '../diagnostics/diagnostic.ts';
import type { DiagnosticCode } from '../diagnostics/diagnostic-codes.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { pemCertificateProblem } from '../schema/pem-certificate.ts';
import { sshPublicKeyProblem } from '../schema/ssh-public-key.ts';
import { withMergedKeys } from '../source/merge-keys.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { childOf, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { offsetAt, type SourceText, type Span } from '../source/source-text.ts';
import { checkAccounts } from './check-accounts.ts';
import { checkCommands } from './check-commands.ts';
import { checkPrivateKeys } from './check-private-keys.ts';
import { checkSettings } from './check-settings.ts';
import { checkShape } from './check-shape.ts';
import { checkUnfilledTemplate } from './check-unfilled-template.ts';
import { checkUsers } from './check-users.ts';
import { checkWriteFiles } from './check-write-files.ts';
import { keepingBoth, MergeFailure, readMergers, type UnknownOption, unknownOptions } from './mergers.ts';
import { itemsUnder, userEntries } from './user-entries.ts';

/**
 * Checks one cloud-config. `isOpen` tells which scalars stand for a value that is not known yet; nothing is said
 * about them. What cloud-init accepts is at most a warning. The checks that know what a setting is for come first, and
 * the schema then says nothing of the same place.
 */
export function checkCloudConfig(
  written: SourceNode,
  sink: DiagnosticSink,
  isOpen: (node: ScalarNode) => boolean = () => false,
): void {
  const root = withMergedKeys(written);
  if (root.type !== 'map') {
    // "#cloud-config\n{}" and an empty text are accepted; a list or a word is not.
    if (root.type === 'scalar' && root.value === null) return;
    sink.at(
      root,
      'error',
      'cloud-config-type',
      'A cloud-config is a mapping of settings, for example “runcmd:”.',
    );
    return;
  }
  const told = new ToldPlaces();
  checkSecrets(root, told, isOpen);
  checkUsers(root, told, isOpen);
  checkAccounts(root, told, isOpen);
  checkWriteFiles(root, told, isOpen);
  checkCommands(root, told, isOpen);
  checkSettings(root, told, isOpen);
  checkMergeSetting(root, told);
  checkUnfilledTemplate(root, told);
  checkPrivateKeys(root, told, (node) => told.has(node));
  for (const each of told.list()) sink.report(each);
  checkShape(root, sink, { isOpen, isTold: (node) => told.has(node) });
}

/** Remembers the nodes at which something was found. */
class ToldPlaces extends DiagnosticSink {
  readonly #nodes = new Set<unknown>();

  override at(
    place: SourceNode | { source: SourceText; span: Span },
    severity: Severity,
    code: DiagnosticCode,
    message: string,
    fixes?: readonly TextFix[],
  ): void {
    this.#nodes.add(place);
    super.at(place, severity, code, message, fixes);
  }

  has(node: SourceNode): boolean {
    return this.#nodes.has(node);
  }
}

/** Tags of PyYAML's safe loader that our parser does not know (cloudinit/safeyaml.py adds the last). */
const knownTags = /^Unresolved tag: tag:yaml\.org,2002:(timestamp|omap|pairs|set|python\/unicode)\b/;

/** Reads a text as cloud-init does, with PyYAML: what that takes is a warning at most. */
export function parseForCloudInit(source: SourceText, sink: DiagnosticSink): SourceNode | undefined {
  const found = new DiagnosticSink();
  const root = parseYaml(source, found, { lastKeyCounts: () => true });
  for (const each of found.list()) sink.report(asCloudInitTakesIt(each, source));
  return root;
}

/** What the constructors of PyYAML's safe loader make something of, behind a tag that our parser takes of less. */
const takenValues: Readonly<Record<string, RegExp>> = {
  bool: /^(yes|no|true|false|on|off)$/i,
  null: /^/,
  float: /^[-+]?([0-9][0-9_]*(\.[0-9_]*)?(e[-+]?[0-9]+)?|\.inf|\.nan)$/i,
};

/** Characters of a tag and its value: no truth and no number is longer. */
const longestTagged = 100;

/** What our parser found, as PyYAML would take it: at a tag that it does not know the whole text is left out. */
function asCloudInitTakesIt(diagnostic: Diagnostic, source: SourceText): Diagnostic {
  if (diagnostic.code !== 'yaml-syntax' || !diagnostic.message.startsWith('Unresolved tag'))
    return diagnostic;
  const start = offsetAt(source, diagnostic.range.start);
  const written = source.text.slice(start, start + longestTagged);
  const [, type = '', value = ''] = /^!!(bool|null|float)[ \t]+["']?([^"',\]}#\s]*)/.exec(written) ?? [];
  if (Object.hasOwn(takenValues, type) && takenValues[type]?.test(value)) {
    const message = `cloud-init takes “${value}” for !!${type}, and here it stays a text. Write the value as YAML has it, without the tag.`;
    return { ...diagnostic, code: 'cloud-config-type', severity: 'warning', message };
  }
  if (knownTags.test(diagnostic.message)) {
    const message = 'cloud-init knows this tag, others may not. It is left out of what a host receives.';
    return { ...diagnostic, severity: 'info', message };
  }
  const tag = diagnostic.message.replace(/^Unresolved tag: |\.$/g, '');
  const message = `cloud-init knows no tag “${tag}” and leaves out the whole text. A text that starts with ! stands in quotes.`;
  return { ...diagnostic, code: 'cloud-config-type', severity: 'error', message };
}

/** How a text that cloud-init does not look into is judged. */
interface Judge {
  readonly problemOf: (text: string) => string | undefined;
  readonly code: DiagnosticCode;
}

const sshKey: Judge = { problemOf: sshPublicKeyProblem, code: 'cloud-config-ssh-key' };
const certificate: Judge = { problemOf: pemCertificateProblem, code: 'cloud-config-type' };

/** cloud-init installs keys and certificates unseen, so damaged ones are no error, however useless. */
function checkSecrets(root: SourceNode, sink: DiagnosticSink, isOpen: (node: ScalarNode) => boolean): void {
  for (const [node, { problemOf, code }] of [...authorizedKeys(root), ...trustedCertificates(root)]) {
    if (node.type !== 'scalar' || typeof node.value !== 'string' || isOpen(node)) continue;
    const problem = problemOf(node.value);
    if (problem !== undefined) sink.at(node, 'warning', code, problem);
  }
}

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

function reportUnknownOption({ option, node, merger, known }: UnknownOption, sink: DiagnosticSink): void {
  const { hint, fixes } = didYouMean(node, option, known);
  const message = `${merger}() has no option “${option}”, and cloud-init passes over it. Its options are ${known.join(', ')}.${hint}`;
  sink.at(node, 'warning', 'cloud-config-merge', message, fixes);
}

/** A merge setting that cloud-init cannot read makes it leave out the whole fragment. */
function checkMergeSetting(root: SourceNode, sink: DiagnosticSink): void {
  try {
    const mergers = readMergers(root);
    for (const unknown of unknownOptions(root)) reportUnknownOption(unknown, sink);
    if (mergers.some(({ type }) => type === 'dict')) return;
    const place = childOf(root, 'merge_how') ?? childOf(root, 'merge_type') ?? root;
    const message = `Without dict() nothing of this fragment is merged. Write for example “${keepingBoth}”.`;
    sink.at(place, 'warning', 'cloud-config-merge', message);
  } catch (thrown) {
    if (!(thrown instanceof MergeFailure)) throw thrown;
    const message = `${thrown.message} cloud-init leaves out the whole fragment. Write for example “${keepingBoth}”.`;
    sink.at(thrown.node, 'error', 'cloud-config-merge', message);
  }
}
