import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { childOf, entryOf, type SourceNode } from '../source/source-node.ts';
import type { CheckedHost } from './check-host.ts';
import type { SiteDocument } from './document.ts';
import { knownElements } from './known-elements.ts';

/** What may open a way into hosts, beside the documents that hosts name. */
export interface LoginSources {
  readonly site: SiteDocument | undefined;
  readonly images: readonly SiteDocument[];
  /** The profile of a host as it is now. */
  readonly profileOf: (host: CheckedHost) => SiteDocument | undefined;
}

/**
 * Says once, where keys of administrators stand, that nobody can log in to some hosts. Information alone: such hosts may
 * be meant, and what else opens a door (a script, an element) is known to its author only, so that a hint of one counts.
 */
export function reportNoLogin(
  hosts: readonly CheckedHost[],
  { site, images, profileOf }: LoginSources,
  sink: DiagnosticSink,
): void {
  const root = site?.root;
  if (site === undefined || root === undefined || site.break !== undefined) return;
  const spec = childOf(root, 'spec');
  // An administrator without keys is told at the account itself.
  if (childOf(spec, 'adminUser') !== undefined || holdsSomething(childOf(spec, 'adminKeys'))) return;
  const shut = hosts.filter((host) => {
    const { reading, fragments } = host;
    const profile = profileOf(host);
    const ofProfile = images.filter(({ image }) => image?.spec.profile === profile?.name);
    // A fragment that is not there yet may be the one that names people.
    if (reading.document.break !== undefined || fragments.length < reading.userData.length) return false;
    return ![...fragments, ...(profile === undefined ? [] : [profile]), ...ofProfile].some(mayLetIn);
  });
  if (shut.length === 0) return;
  const names = shut.map(({ reading }) => String(reading.name?.value ?? reading.document.name));
  const which = shut.length === hosts.length ? 'the hosts of this site' : listed(names);
  const place = entryOf(spec, 'adminKeys')?.key ?? entryOf(root, 'spec')?.key ?? root;
  const message = `Nobody can log in to ${which}: there are no adminKeys, and what the hosts get names nobody with a key or a password. Write your public key here, which ssh-keygen leaves in ~/.ssh/id_ed25519.pub.`;
  sink.at(place, 'info', 'key-missing', message);
}

function listed(names: readonly string[]): string {
  return names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
}

const known = new WeakMap<SiteDocument, boolean>();

function mayLetIn(document: SiteDocument): boolean {
  let answer = known.get(document);
  if (answer === undefined) {
    answer =
      document.break !== undefined ||
      bringsElements(document) ||
      document.userDataType === 'other' ||
      document.references.some(({ namespace }) => namespace === 'secret') ||
      (document.root !== undefined && opensDoor(document.root, 0));
    known.set(document, answer);
  }
  return answer;
}

/** Elements of the site, and others that nothing is known of, may make accounts. */
export function bringsElements({ image }: SiteDocument): boolean {
  return image?.spec.elements.some((name) => !knownElements.includes(name)) ?? false;
}

/** Settings of cloud-config and of a host profile that give somebody a key or a password. */
const openingKeys: ReadonlySet<string> = new Set([
  ...['ssh_authorized_keys', 'ssh-authorized-keys', 'ssh_import_id', 'ssh-import-id', 'authorizedKeys'],
  ...['passwd', 'hashed_passwd', 'hashed-passwd', 'plain_text_passwd', 'plain-text-passwd', 'passwordHash'],
  ...['password', 'chpasswd', 'autoinstall', 'salt_minion', 'puppet', 'chef', 'ansible'],
]);

/** Texts of commands, files and elements that may do the same. */
const openingText =
  /authorized_?keys|chpasswd|passwd|useradd|adduser|usermod|sssd|realm join|ldap|freeipa|TrustedUserCAKeys|autologin|ssh-import-id|devuser|dynamic-login|local-config/i;

const deepest = 64;

function opensDoor(node: SourceNode, depth: number): boolean {
  if (depth > deepest) return true;
  if (node.type === 'scalar') return typeof node.value === 'string' && openingText.test(node.value);
  if (node.type === 'sequence') return node.items.some((item) => opensDoor(item, depth + 1));
  return node.entries.some(({ key, value }) => {
    const name = String(key.value);
    if (openingKeys.has(name)) return holdsSomething(value);
    return name !== 'lock_passwd' && name !== 'ssh_pwauth' && opensDoor(value, depth + 1);
  });
}

/** Not a hash that fits no password (crypt(5)). */
function holdsSomething(node: SourceNode | undefined): boolean {
  if (node === undefined) return false;
  if (node.type === 'sequence') return node.items.length > 0;
  if (node.type === 'map')
    return node.entries.some(({ key, value }) => key.value !== 'expire' && holdsSomething(value));
  return node.value !== null && node.value !== '' && !/^[!*]/.test(String(node.value));
}
