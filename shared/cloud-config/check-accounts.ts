import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { wordFix } from '../diagnostics/suggest.ts';
import { isWholeHash } from '../schema/password-hash.ts';
import { childOf, type MapNode, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { positionAt } from '../source/source-text.ts';
import { type UserEntry, userEntries } from './user-entries.ts';
import { asPython } from './yaml-1-1.ts';

type IsOpen = (node: ScalarNode) => boolean;

/** What useradd(8) refuses, so that an account is not made, and passwords that let nobody in. */
export function checkAccounts(root: MapNode, sink: DiagnosticSink, isOpen: IsOpen): void {
  const numbers = new Map<string, UserEntry>();
  for (const user of userEntries(childOf(root, 'users'))) {
    if (user.node.type !== 'map') continue;
    checkNumber(user, numbers, sink, isOpen);
    checkGroups(childOf(user.node, 'groups'), sink, isOpen);
    for (const key of ['passwd', 'hashed_passwd']) checkHash(childOf(user.node, key), sink, isOpen);
    checkLock(user, sink);
  }
}

/** (uid_t)-1 stands for no user. */
const largestNumber = 0xffff_ffff;

function checkNumber(
  user: UserEntry,
  numbers: Map<string, UserEntry>,
  sink: DiagnosticSink,
  isOpen: IsOpen,
): void {
  const node = childOf(user.node, 'uid');
  if (node?.type !== 'scalar' || node.value === null || isOpen(node)) return;
  const { text, value } = asPython(node);
  if (typeof value === 'number' && (value < 0 || value >= largestNumber)) {
    const message = `The number of a user is 0 to ${largestNumber - 1}; useradd refuses ${text}, and the account is not made.`;
    sink.at(node, 'warning', 'cloud-config-user', message);
    return;
  }
  const first = numbers.get(text);
  if (first === undefined) {
    numbers.set(text, user);
    return;
  }
  // One account that stands twice is told as that.
  if (first.name.value === user.name.value) return;
  const { line } = positionAt(first.name.source, first.name.span.start);
  const message = `The number ${text} is that of “${String(first.name.value)}” in line ${line}: useradd refuses it, and the account is not made.`;
  sink.at(node, 'warning', 'cloud-config-user', message);
}

/** `Distro.create_user` of cloud-init takes a text apart at its commas. */
function checkGroups(node: SourceNode | undefined, sink: DiagnosticSink, isOpen: IsOpen): void {
  const names = node?.type === 'sequence' ? node.items : [node];
  for (const name of names) {
    if (name?.type !== 'scalar' || typeof name.value !== 'string' || isOpen(name)) continue;
    const isWhole = name === node;
    const parts = isWhole ? name.value.split(',') : [name.value];
    const wrong = parts.map((part) => part.trim()).find((part) => /[\s,:;/]/.test(part));
    if (wrong === undefined) continue;
    const way = isWhole ? 'Write commas between groups' : 'Write each group as an item of its own';
    const message = `“${wrong.slice(0, 80)}” is taken for one group: useradd refuses it, and the account is not made. ${way}.`;
    const groups = name.value.split(/[\s,:;/]+/).filter((group) => group !== '');
    const fixes = isWhole ? [wordFix(name, groups.join(', '))] : undefined;
    sink.at(name, 'warning', 'cloud-config-user', message, fixes);
  }
}

function checkHash(node: SourceNode | undefined, sink: DiagnosticSink, isOpen: IsOpen): void {
  if (node?.type !== 'scalar' || typeof node.value !== 'string' || isOpen(node)) return;
  if (isWholeHash(node.value.trim())) return;
  const message =
    'The hash is cut short or damaged, and fits no password. Make it again (mkpasswd --method=yescrypt).';
  sink.at(node, 'warning', 'cloud-config-password', message);
}

/** `Distro.create_user` of cloud-init sets the password and then locks it, unless it is told not to. */
function checkLock({ name, node }: UserEntry, sink: DiagnosticSink): void {
  const isHash = (key: string) => {
    const value = childOf(node, key);
    return value?.type === 'scalar' && String(value.value).startsWith('$');
  };
  // Of plain text enough is said already.
  const password = ['hashed_passwd', 'passwd'].find(isHash);
  const lock = childOf(node, 'lock_passwd') ?? childOf(node, 'lock-passwd');
  if (password === undefined || (lock?.type === 'scalar' && asPython(lock).value === false)) return;
  // Any other word is told by the schema.
  if (lock?.type === 'scalar' && asPython(lock).value !== true) return;
  const message = `“${String(name.value)}” has a password, and cloud-init locks it: without “lock_passwd: false” nobody can log in with it.`;
  sink.at(childOf(node, password) ?? name, 'info', 'cloud-config-password', message);
}
