import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { childOf, entryOf, type MapNode, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { positionAt } from '../source/source-text.ts';
import { itemsUnder, userEntries } from './user-entries.ts';

/** crypt(5) hashes start with `$id$`; everything else that is not locked is taken as plain text by people's mistake. */
const hashed = /^(\$[0-9a-z]+\$|[!*])/;

/** What cc_set_passwords of cloud-init 22.4 takes for a hash in `chpasswd.list`: yescrypt is not among them. */
const hashedInList = /^\$(1|2a|2y|5|6)(\$.+){2}/;

type IsOpen = (node: ScalarNode) => boolean;

export function checkUsers(root: SourceNode, sink: DiagnosticSink, isOpen: IsOpen): void {
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
    if (!isOpen(name)) checkName(name, node, sink);
  }
  checkLostDash(childOf(root, 'users'), sink);
  for (const item of itemsUnder(childOf(root, 'users'))) {
    if (item.type !== 'map' || hasName(item)) continue;
    const message = 'A user has a name. cloud-init gives the settings of this entry to the default user.';
    sink.at(item.entries[0]?.key ?? item, 'warning', 'cloud-config-user', message);
  }
  plainPassword(entryOf(root, 'password')?.value, sink, isOpen);
  checkChangedPasswords(childOf(root, 'chpasswd'), sink, isOpen);
}

/** Debian's useradd makes no account of a name that is longer than 32 characters or holds what would break passwd(5). */
function checkName(name: ScalarNode, node: SourceNode, sink: DiagnosticSink): void {
  const text = String(name.value);
  // One text of several names is taken apart at its commas.
  const isMalformed = node.type === 'map' && (/^[-+~]|[\s:,/]/.test(text) || text === '');
  if (text.length <= 32 && !isMalformed) return;
  const message =
    text.length > 32
      ? `The name of a user has at most 32 characters, but this one has ${text.length}; the account is not made.`
      : `“${text}” is no name of a user: it cannot hold blanks, colons, commas or slashes, nor start with -, + or ~.`;
  sink.at(name, 'warning', 'cloud-config-user', message);
}

/** What is left of a list without its dash: `ug_util._normalize_users` takes the settings for names of accounts. */
function checkLostDash(users: SourceNode | undefined, sink: DiagnosticSink): void {
  const name = entryOf(users, 'name');
  if (name?.value.type !== 'scalar' || typeof name.value.value !== 'string') return;
  const message = `Without a dash before it, “name” is taken for an account of that name, and “${name.value.value}” is not made. Write “- name: ${name.value.value}”, and indent what follows.`;
  sink.at(name.key, 'warning', 'cloud-config-user', message);
}

/** Whether a user is named, or meant to be: the misspelt key is told by the schema. */
function hasName({ entries }: MapNode): boolean {
  return entries.some(({ key: { value } }) => {
    if (value === 'name' || value === 'snapuser') return true;
    const isSetting = ['groups', 'shell', 'gecos', 'uid', 'sudo', 'passwd', 'system', 'doas'].includes(
      String(value),
    );
    return !isSetting && suggest(String(value), ['name', 'snapuser']) !== undefined;
  });
}

function checkPasswords(user: SourceNode, sink: DiagnosticSink, isOpen: IsOpen): void {
  plainPassword(childOf(user, 'plain_text_passwd'), sink, isOpen);
  for (const key of ['passwd', 'hashed_passwd']) {
    hashExpected(key, childOf(user, key), sink, isOpen);
  }
}

function hashExpected(
  key: string,
  value: SourceNode | undefined,
  sink: DiagnosticSink,
  isOpen: IsOpen,
): void {
  if (value?.type !== 'scalar' || value.value === null || hashed.test(String(value.value)) || isOpen(value))
    return;
  const message = `“${key}” takes a hash (mkpasswd --method=yescrypt); with plain text nobody can log in.`;
  sink.at(value, 'warning', 'cloud-config-password', message);
}

function checkChangedPasswords(node: SourceNode | undefined, sink: DiagnosticSink, isOpen: IsOpen): void {
  for (const user of itemsUnder(childOf(node, 'users'))) {
    const type = childOf(user, 'type');
    const kind = type?.type === 'scalar' ? type.value : undefined;
    const password = childOf(user, 'password');
    if (kind === 'text') {
      plainPassword(password, sink, isOpen);
      reportHashAsText(password, sink, isOpen);
    } else if (kind === undefined || kind === 'hash') hashExpected('password', password, sink, isOpen);
  }
  const list = childOf(node, 'list');
  const lines = list?.type === 'scalar' ? [list] : itemsUnder(list);
  for (const line of lines) {
    if (line.type !== 'scalar' || isOpen(line)) continue;
    const texts = String(line.value).split('\n');
    if (texts.some((each) => each.trim() !== '' && !each.includes(':'))) {
      // cc_set_passwords.handle takes every line apart at its colon: ValueError, before the first password is set.
      const message =
        'A line here has no colon. Each is name:password; cloud-init fails at any other and sets none of the passwords.';
      sink.at(line, 'error', 'cloud-config-type', message);
      continue;
    }
    const passwords = texts
      .map((each) => each.slice(each.indexOf(':') + 1).trim())
      .filter((password) => password !== '' && password !== 'R' && password !== 'RANDOM');
    if (passwords.some((password) => !hashed.test(password))) reportPlain(line, sink);
    else if (passwords.some((password) => !hashedInList.test(password))) {
      const message =
        'In “list” cloud-init knows the hashes $1$, $2a$, $2y$, $5$ and $6$ only and takes others for plain text. Use “users” with “type: hash”.';
      sink.at(line, 'warning', 'cloud-config-password', message);
    }
  }
}

/** chpasswd(8) hashes it again: what was hashed fits no more. */
function reportHashAsText(node: SourceNode | undefined, sink: DiagnosticSink, isOpen: IsOpen): void {
  if (node?.type !== 'scalar' || isOpen(node) || !/^\$[\dy]\w?\$.{20,}/.test(String(node.value))) return;
  const message =
    'This is a hash, and “type: text” makes the hash itself the password. Write “type: hash”, or leave the type out.';
  sink.at(node, 'warning', 'cloud-config-password', message);
}

function plainPassword(node: SourceNode | undefined, sink: DiagnosticSink, isOpen: IsOpen): void {
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
