import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { childOf, entryOf, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { positionAt } from '../source/source-text.ts';
import { itemsUnder, userEntries } from './user-entries.ts';

/** crypt(5) hashes start with `$id$`; everything else that is not locked is taken as plain text by people's mistake. */
const hashed = /^(\$[0-9a-z]+\$|[!*])/;

export function checkUsers(
  root: SourceNode,
  sink: DiagnosticSink,
  isOpen: (node: ScalarNode) => boolean,
): void {
  const seen = new Map<string, ScalarNode>();
  for (const { name, node } of userEntries(childOf(root, 'users'))) {
    const first = seen.get(String(name.value));
    if (first === undefined) seen.set(String(name.value), name);
    else {
      const { line } = positionAt(first.source, first.span.start);
      const message = `The user “${String(name.value)}” stands twice; it is first on line ${line}. cloud-init makes it once and ignores most of the second.`;
      sink.at(name, 'warning', 'cloud-config-user', message);
    }
    checkPasswords(node, sink, isOpen);
  }
  for (const item of itemsUnder(childOf(root, 'users'))) {
    if (item.type !== 'map' || childOf(item, 'name') !== undefined || childOf(item, 'snapuser') !== undefined)
      continue;
    const message = 'A user has a name. cloud-init skips entries without one.';
    sink.at(item.entries[0]?.key ?? item, 'warning', 'cloud-config-user', message);
  }
  plainPassword(entryOf(root, 'password')?.value, sink, isOpen);
  checkChangedPasswords(childOf(root, 'chpasswd'), sink, isOpen);
}

function checkPasswords(user: SourceNode, sink: DiagnosticSink, isOpen: (node: ScalarNode) => boolean): void {
  plainPassword(childOf(user, 'plain_text_passwd'), sink, isOpen);
  for (const key of ['passwd', 'hashed_passwd']) {
    const value = childOf(user, key);
    if (value?.type !== 'scalar' || value.value === null || hashed.test(String(value.value)) || isOpen(value))
      continue;
    const message = `“${key}” takes a hash (mkpasswd --method=yescrypt); with plain text nobody can log in.`;
    sink.at(value, 'warning', 'cloud-config-password', message);
  }
}

function checkChangedPasswords(
  node: SourceNode | undefined,
  sink: DiagnosticSink,
  isOpen: (node: ScalarNode) => boolean,
): void {
  for (const user of itemsUnder(childOf(node, 'users'))) {
    const type = childOf(user, 'type');
    const isText = type?.type === 'scalar' && type.value === 'text';
    if (isText) plainPassword(childOf(user, 'password'), sink, isOpen);
  }
  const list = childOf(node, 'list');
  const lines = list?.type === 'scalar' ? [list] : itemsUnder(list);
  for (const line of lines) {
    if (line.type !== 'scalar' || isOpen(line)) continue;
    const plain = String(line.value)
      .split('\n')
      .map((each) => each.slice(each.indexOf(':') + 1).trim())
      .some(
        (password) => password !== '' && password !== 'R' && password !== 'RANDOM' && !hashed.test(password),
      );
    if (plain) reportPlain(line, sink);
  }
}

function plainPassword(
  node: SourceNode | undefined,
  sink: DiagnosticSink,
  isOpen: (node: ScalarNode) => boolean,
): void {
  if (node?.type !== 'scalar' || node.value === null || isOpen(node) || hashed.test(String(node.value)))
    return;
  if (node.value === 'R' || node.value === 'RANDOM') return;
  reportPlain(node, sink);
}

function reportPlain(node: ScalarNode, sink: DiagnosticSink): void {
  const message =
    'The password stands in plain text: whoever has the medium or the seed can read it. Use SSH keys, or a hash (mkpasswd --method=yescrypt).';
  sink.at(node, 'warning', 'cloud-config-password', message);
}
